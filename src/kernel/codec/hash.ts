/**
 * 64 bits (two lanes of FNV-1a) over a value's structure. Equal worlds have equal hashes, whether or not they share their parts in
 * memory; what is met twice is hashed once.
 */
import BTree from '../btree.ts';
import { Filesystem } from '../fs.ts';
import { Failed, Nulls } from '../state.ts';
import { Table, View } from '../table.ts';

class Lanes {
  a = 2166136261;
  b = 0x9747b28c;
  text(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      this.a = Math.imul(this.a ^ c, 16777619);
      this.b = Math.imul(this.b ^ c, 0x01000193) ^ (this.b >>> 13);
    }
  }
  toString(): string {
    return (this.a >>> 0).toString(16).padStart(8, '0') + (this.b >>> 0).toString(16).padStart(8, '0');
  }
}

export class Hasher {
  readonly #known = new Map<object, string>();

  /** 16 hexadecimal digits. */
  of(value: unknown): string {
    const lanes = new Lanes();
    if (typeof value !== 'object' || value === null) {
      lanes.text(`${typeof value} ${String(value)}`);
      return lanes.toString();
    }
    let found = this.#known.get(value);
    if (found === undefined) {
      lanes.text(this.#kind(value));
      for (const part of this.#parts(value)) lanes.text(`|${typeof part === 'object' && part !== null ? this.of(part) : `${typeof part} ${String(part)}`}`);
      this.#known.set(value, (found = lanes.toString()));
    }
    return found;
  }

  #kind(value: object): string {
    return Array.isArray(value) ? 'array' : value instanceof Map ? 'map' : value instanceof BTree ? 'tree' : value instanceof View ? 'view' : value instanceof Table ? 'table' : value instanceof Filesystem ? 'filesystem' : value instanceof Failed ? 'failed' : value instanceof Nulls ? 'nulls' : 'object';
  }
  *#parts(value: object): Generator<unknown> {
    if (Array.isArray(value)) return yield* value;
    if (value instanceof View) yield value.version;
    if (value instanceof Map || value instanceof BTree || value instanceof View) {
      for (const [k, v] of value.entries() as Iterable<[unknown, unknown]>) { yield k; yield v; }
    } else if (value instanceof Table) yield* [value.object, value.version, value.tree];
    else if (value instanceof Filesystem) yield* [value.id, value.next, value.inodes];
    else for (const [k, v] of Object.entries(value)) if (v !== undefined) { yield k; yield v; }
  }
}
