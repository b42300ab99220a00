/** Nodes to a value. The text may come from anywhere: whatever does not fit is a CodecError, and no property can reach a prototype. */
import BTree, { byNumber, byText } from '../btree.ts';
import { Filesystem } from '../fs.ts';
import type { Inode } from '../fs.ts';
import { Failed, Nulls } from '../state.ts';
import { Table, View } from '../table.ts';
import { CodecError, TAG } from './tags.ts';
import type { Encoded } from './tags.ts';

const damaged = (): never => { throw new CodecError('the saved world is damaged'); };
const number = (value: unknown): number => (typeof value === 'number' ? value : damaged());
function tree<V>(value: unknown): BTree<string, V> {
  return value instanceof BTree ? (value as BTree<string, V>) : damaged();
}
interface Fillable { set(key: never, value: never): unknown }

export class Reader {
  readonly #shapes: readonly (readonly string[])[];
  readonly #nodes: readonly unknown[];
  readonly #made: unknown[] = [];
  readonly #making = new Set<number>();

  constructor({ shapes, shared }: Encoded) {
    if (!Array.isArray(shapes) || !Array.isArray(shared)) damaged();
    for (const keys of shapes) if (!Array.isArray(keys) || keys.some((key) => typeof key !== 'string' || key === '__proto__')) damaged();
    this.#shapes = shapes;
    this.#nodes = shared;
  }

  /** Errors: CodecError. */
  value(node: unknown, base: unknown): unknown {
    if (!Array.isArray(node)) return typeof node === 'object' && node !== null ? damaged() : node;
    const [tag, ...rest] = node as [number, ...unknown[]];
    switch (tag) {
      case TAG.shared: return this.#shared(number(rest[0]));
      case TAG.undefined: return undefined;
      case TAG.number: return Number(rest[0]);
      case TAG.same: return base === undefined ? damaged() : base;
      case TAG.array: return rest.map((item) => this.value(item, undefined));
      case TAG.object: return this.#object(rest);
      case TAG.map: return this.#fill(rest, new Map<unknown, unknown>());
      case TAG.tree: return this.#fill(rest, typeof rest[0] === 'number' ? byNumber<unknown>() : byText<unknown>());
      case TAG.view: return new View(this.#fill(rest.slice(1), byText<unknown>()), number(rest[0]));
      case TAG.table: return new Table(number(rest[0]), tree(this.value(rest[2], base instanceof Table ? base.tree : undefined)), number(rest[1]));
      case TAG.filesystem: return new Filesystem(number(rest[0]), tree<Inode>(this.value(rest[2], base instanceof Filesystem ? base.inodes : undefined)) as never, number(rest[1]));
      case TAG.failed: return new Failed(rest[0] as Failed['code']);
      case TAG.nulls: return new Nulls(number(rest[0]));
      case TAG.patched: return this.#patched(rest, base);
      case TAG.edited: return this.#edited(rest, base);
      default: return damaged();
    }
  }

  #shared(at: number): unknown {
    if (at in this.#made) return this.#made[at];
    if (this.#making.has(at) || !(at in this.#nodes)) damaged();
    this.#making.add(at);
    const value = this.value(this.#nodes[at], undefined);
    this.#making.delete(at);
    this.#made[at] = value;
    return value;
  }
  #object([shape, ...nodes]: unknown[]): Record<string, unknown> {
    const keys = this.#shapes[number(shape)] ?? damaged();
    if (keys.length !== nodes.length) damaged();
    const object: Record<string, unknown> = {};
    for (const [i, key] of keys.entries()) object[key] = this.value(nodes[i], undefined);
    return object;
  }
  #fill<M extends Fillable>(nodes: readonly unknown[], into: M): M {
    for (let i = 0; i < nodes.length; i += 2) into.set(this.value(nodes[i], undefined) as never, this.value(nodes[i + 1], undefined) as never);
    return into;
  }
  #patched(nodes: readonly unknown[], base: unknown): unknown {
    if (typeof base !== 'object' || base === null) return damaged();
    if (Array.isArray(base)) {
      const array = [...(base as unknown[])];
      for (let i = 0; i < nodes.length; i += 2) array[number(nodes[i])] = this.value(nodes[i + 1], base[number(nodes[i])]);
      return array;
    }
    const object: Record<string, unknown> = { ...base };
    const keys = Object.keys(object);
    for (let i = 0; i < nodes.length; i += 2) {
      const key = keys[number(nodes[i])] ?? damaged();
      object[key] = this.value(nodes[i + 1], object[key]);
    }
    return object;
  }
  #edited(nodes: readonly unknown[], base: unknown): unknown {
    const edited = base instanceof Map ? new Map<unknown, unknown>(base) : base instanceof BTree ? (base as BTree<unknown, unknown>).clone() : damaged();
    for (let i = 0; i < nodes.length; i += 2) {
      const key = this.value(nodes[i], undefined);
      const node = nodes[i + 1];
      if (Array.isArray(node) && node[0] === TAG.gone) edited.delete(key);
      else edited.set(key, this.value(node, edited.get(key)));
    }
    return edited;
  }
}
