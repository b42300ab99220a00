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
    if (typeof node !== 'object' || node === null) return node;
    if (!Array.isArray(node)) return damaged();
    const list = node as readonly unknown[];
    switch (list[0]) {
      case TAG.shared: return this.#shared(number(list[1]));
      case TAG.object: return this.#object(list);
      case TAG.array: return this.#array(list);
      case TAG.map: return this.#fill(list, 1, new Map<unknown, unknown>());
      case TAG.tree: return this.#fill(list, 1, typeof list[1] === 'number' ? byNumber<unknown>() : byText<unknown>());
      case TAG.patched: return this.#patched(list, base);
      case TAG.edited: return this.#edited(list, base);
      case TAG.same: return base === undefined ? damaged() : base;
      default: return this.#rare(list, base);
    }
  }
  #rare(list: readonly unknown[], base: unknown): unknown {
    switch (list[0]) {
      case TAG.undefined: return undefined;
      case TAG.number: return Number(list[1]);
      case TAG.view: return new View(this.#fill(list, 2, byText<unknown>()), number(list[1]));
      case TAG.table: return new Table(number(list[1]), tree(this.value(list[3], base instanceof Table ? base.tree : undefined)), number(list[2]));
      case TAG.filesystem: return new Filesystem(number(list[1]), tree<Inode>(this.value(list[3], base instanceof Filesystem ? base.inodes : undefined)) as never, number(list[2]));
      case TAG.failed: return new Failed(list[1] as Failed['code']);
      case TAG.nulls: return new Nulls(number(list[1]));
      default: return damaged();
    }
  }

  #shared(at: number): unknown {
    const made = this.#made[at];
    if (made !== undefined) return made;
    if (this.#making.has(at) || !(at in this.#nodes)) damaged();
    this.#making.add(at);
    const value = this.value(this.#nodes[at], undefined);
    this.#making.delete(at);
    return (this.#made[at] = value);
  }
  #array(list: readonly unknown[]): unknown[] {
    const array: unknown[] = [];
    for (let i = 1; i < list.length; i++) array.push(this.value(list[i], undefined));
    return array;
  }
  #object(list: readonly unknown[]): Record<string, unknown> {
    const keys = this.#shapes[number(list[1])] ?? damaged();
    if (keys.length !== list.length - 2) damaged();
    const object: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) {
      const node = list[i + 2];
      object[keys[i]!] = typeof node === 'object' && node !== null ? this.value(node, undefined) : node;
    }
    return object;
  }
  #fill<M extends Fillable>(list: readonly unknown[], from: number, into: M): M {
    for (let i = from; i < list.length; i += 2) into.set(this.value(list[i], undefined) as never, this.value(list[i + 1], undefined) as never);
    return into;
  }
  #patched(list: readonly unknown[], base: unknown): unknown {
    if (typeof base !== 'object' || base === null) return damaged();
    if (Array.isArray(base)) {
      const array = [...(base as unknown[])];
      for (let i = 1; i < list.length; i += 2) array[number(list[i])] = this.value(list[i + 1], base[number(list[i])]);
      return array;
    }
    const object: Record<string, unknown> = { ...base };
    const keys = Object.keys(object);
    for (let i = 1; i < list.length; i += 2) {
      const key = keys[number(list[i])] ?? damaged();
      object[key] = this.value(list[i + 1], object[key]);
    }
    return object;
  }
  #edited(list: readonly unknown[], base: unknown): unknown {
    const edited = base instanceof Map ? new Map<unknown, unknown>(base) : base instanceof BTree ? (base as BTree<unknown, unknown>).clone() : damaged();
    for (let i = 1; i < list.length; i += 2) {
      const key = this.value(list[i], undefined);
      const node = list[i + 1];
      if (Array.isArray(node) && node[0] === TAG.gone) edited.delete(key);
      else edited.set(key, this.value(node, edited.get(key)));
    }
    return edited;
  }
}
