/**
 * A value to nodes, in pieces: whoever runs it may do something else in between, for the value is at rest. Two passes: the first finds
 * what occurs more than once, the second writes.
 */
import BTree from '../btree.ts';
import { Filesystem } from '../fs.ts';
import { Failed } from '../state.ts';
import type { Nulls } from '../state.ts';
import { Table, View } from '../table.ts';
import { isPlain, LONG, PIECE, repeatedIn } from './repeated.ts';
import { CodecError, TAG } from './tags.ts';
import type { Encoded } from './tags.ts';

type Writing<T> = Generator<void, T, void>;

const SAME: readonly unknown[] = [TAG.same];
const isSame = (node: unknown): boolean => node === SAME;
/** Also those without a value: they keep their place in the order, and may get one later. */
const keysOf = (value: Record<string, unknown>): string[] => Object.keys(value);
const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export class Writer {
  #repeated: ReadonlySet<unknown> = new Set();
  /** Places in `shared`. */
  readonly #places = new Map<unknown, number>();
  readonly #shapes = new Map<string, number>();
  readonly #shared: unknown[] = [];
  #written = 0;

  /** Errors: CodecError (a value that is no plain data). */
  *encode(value: unknown, base: unknown): Writing<Omit<Encoded, 'format'>> {
    this.#repeated = yield* repeatedIn(value);
    const root = isObject(value) ? yield* this.#object(value, base) : this.#scalar(value, base);
    return { shapes: [...this.#shapes.keys()].map((shape) => JSON.parse(shape) as string[]), shared: this.#shared, root };
  }

  #scalar(value: unknown, base: unknown): unknown {
    if (value === undefined) return [TAG.undefined];
    if (typeof value === 'number' && !Number.isFinite(value)) return [TAG.number, String(value)];
    if (typeof value === 'string') return value.length >= LONG && value === base ? SAME : this.#repeated.has(value) ? this.#text(value) : value;
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    throw new CodecError(`cannot keep a ${typeof value}`);
  }

  /** A node; `base` is what stands at the same place of the base, or undefined. */
  *#object(value: object, base: unknown): Writing<unknown> {
    if (value === base) return SAME;
    if (++this.#written % PIECE === 0) yield;
    const changed = isObject(base) ? yield* this.#against(value, base) : null;
    if (changed !== null && isSame(changed)) return SAME;
    if (this.#repeated.has(value)) return yield* this.#reference(value);
    return changed ?? (yield* this.#whole(value));
  }

  #text(value: string): unknown {
    let at = this.#places.get(value);
    if (at === undefined) this.#places.set(value, (at = this.#shared.push(value) - 1));
    return [TAG.shared, at];
  }
  *#reference(value: object): Writing<unknown> {
    let at = this.#places.get(value);
    if (at === undefined) {
      this.#places.set(value, (at = this.#shared.push(null) - 1));
      this.#shared[at] = yield* this.#whole(value);
    }
    return [TAG.shared, at];
  }

  #shape(keys: readonly string[]): number {
    const shape = JSON.stringify(keys);
    let at = this.#shapes.get(shape);
    if (at === undefined) this.#shapes.set(shape, (at = this.#shapes.size));
    return at;
  }

  // ---- alone -----------------------------------------------------------------------------------------------
  *#whole(value: object): Writing<unknown[]> {
    if (Array.isArray(value)) return yield* this.#list([TAG.array], value);
    if (value instanceof Map) return yield* this.#list([TAG.map], [...value].flat());
    if (value instanceof BTree) return yield* this.#list([TAG.tree], [...(value as BTree<unknown, unknown>).entries()].flat());
    if (value instanceof View) return yield* this.#list([TAG.view, value.version], [...value.entries()].flat());
    if (value instanceof Table) return yield* this.#list([TAG.table, value.object, value.version], [value.tree]);
    if (value instanceof Filesystem) return yield* this.#list([TAG.filesystem, value.id, value.next], [value.inodes]);
    if (value instanceof Failed) return [TAG.failed, value.code];
    if (!isPlain(value)) return [TAG.nulls, (value as Nulls).count];
    return yield* this.#list([TAG.object, this.#shape(keysOf(value))], Object.values(value));
  }
  *#list(node: unknown[], values: readonly unknown[]): Writing<unknown[]> {
    for (const value of values) node.push(isObject(value) ? yield* this.#object(value, undefined) : this.#scalar(value, undefined));
    return node;
  }

  // ---- beside the base: null when it is no help --------------------------------------------------------------
  *#against(value: object, base: object): Writing<readonly unknown[] | null> {
    if (Array.isArray(value)) return Array.isArray(base) && value.length === base.length ? yield* this.#patch(value, base) : null;
    if (value instanceof Map) return base instanceof Map ? yield* this.#edit(value, base) : null;
    if (value instanceof BTree) return base instanceof BTree ? yield* this.#edit(new Map((value as BTree<unknown, unknown>).entries()), new Map((base as BTree<unknown, unknown>).entries()), true) : null;
    if (value instanceof Table && base instanceof Table) return yield* this.#inner(TAG.table, [value.object, value.version], [base.object, base.version], value.tree, base.tree);
    if (value instanceof Filesystem && base instanceof Filesystem) return yield* this.#inner(TAG.filesystem, [value.id, value.next], [base.id, base.next], value.inodes, base.inodes);
    if (!isPlain(value) || !isPlain(base)) return null;
    const keys = keysOf(value);
    return sameList(keys, keysOf(base)) ? yield* this.#patch(keys.map((key) => value[key]), keys.map((key) => base[key])) : null;
  }
  *#inner(tag: number, own: readonly number[], theirs: readonly number[], tree: object, base: object): Writing<readonly unknown[]> {
    const node = yield* this.#object(tree, base);
    return isSame(node) && sameList(own, theirs) ? SAME : [tag, ...own, node];
  }
  *#patch(values: readonly unknown[], base: readonly unknown[]): Writing<readonly unknown[]> {
    const nodes: unknown[] = [];
    for (const [i, value] of values.entries()) {
      if (value === base[i]) continue;
      const node = isObject(value) ? yield* this.#object(value, base[i]) : this.#scalar(value, base[i]);
      if (!isSame(node)) nodes.push(i, node);
    }
    return nodes.length === 0 ? SAME : [TAG.patched, ...nodes];
  }
  /** Order counts in a map: an edit keeps the base's order and adds at the end, or it is no edit. */
  *#edit(value: Map<unknown, unknown>, base: Map<unknown, unknown>, sorted = false): Writing<readonly unknown[] | null> {
    const kept = [...base.keys()].filter((k) => value.has(k));
    if (!sorted && !sameList([...value.keys()].slice(0, kept.length), kept)) return null;
    const nodes: unknown[] = [];
    for (const [k, v] of value) {
      const theirs = base.get(k);
      if (v === theirs && v !== undefined) continue;
      const node = isObject(v) ? yield* this.#object(v, theirs) : this.#scalar(v, theirs);
      if (!isSame(node) || !base.has(k)) nodes.push(this.#scalar(k, undefined), node);
    }
    for (const k of base.keys()) if (!value.has(k)) nodes.push(this.#scalar(k, undefined), [TAG.gone]);
    return nodes.length === 0 ? SAME : [TAG.edited, ...nodes];
  }
}
