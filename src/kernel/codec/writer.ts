/** A value to nodes. Two passes: the first finds what occurs more than once, the second writes. */
import BTree from '../btree.ts';
import { Filesystem } from '../fs.ts';
import { Failed, Nulls } from '../state.ts';
import { Table, View } from '../table.ts';
import { CodecError, TAG } from './tags.ts';
import type { Encoded } from './tags.ts';

/** Shorter strings cost less than a reference to them. */
const LONG = 16;
const SAME: readonly unknown[] = [TAG.same];
const isPlain = (value: object): value is Record<string, unknown> => Object.getPrototypeOf(value) === Object.prototype;
const isSame = (node: unknown): boolean => node === SAME;
/** Also those without a value: they keep their place in the order, and may get one later. */
const keysOf = (value: Record<string, unknown>): string[] => Object.keys(value);
const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

/** What a value holds, for the first pass. */
function* held(value: object): Generator<unknown> {
  if (Array.isArray(value)) yield* value;
  else if (value instanceof Map || value instanceof BTree || value instanceof View) for (const [k, v] of value.entries() as Iterable<[unknown, unknown]>) { yield k; yield v; }
  else if (value instanceof Table) yield value.tree;
  else if (value instanceof Filesystem) yield value.inodes;
  else if (isPlain(value)) yield* Object.values(value);
  else if (!(value instanceof Failed || value instanceof Nulls)) throw new CodecError(`cannot keep a ${value.constructor.name}`);
}

export class Writer {
  readonly #seen = new Set<unknown>();
  readonly #repeated = new Map<unknown, number | null>();
  readonly #shapes = new Map<string, number>();
  readonly #shared: unknown[] = [];

  /** Errors: CodecError (a value that is no plain data). */
  encode(value: unknown, base: unknown): Encoded {
    this.#count(value);
    const root = this.#node(value, base);
    return { format: '', shapes: [...this.#shapes.keys()].map((shape) => JSON.parse(shape) as string[]), shared: this.#shared, root };
  }

  #count(value: unknown): void {
    const counts = typeof value === 'string' ? value.length >= LONG : typeof value === 'object' && value !== null;
    if (!counts) return;
    if (this.#seen.has(value)) {
      this.#repeated.set(value, null);
      return;
    }
    this.#seen.add(value);
    if (typeof value === 'object') for (const inner of held(value as object)) this.#count(inner);
  }

  /** A node; `base` is what stands at the same place of the base, or undefined. */
  #node(value: unknown, base: unknown): unknown {
    if (value === undefined) return [TAG.undefined];
    if (typeof value === 'number' && !Number.isFinite(value)) return [TAG.number, String(value)];
    if (typeof value === 'string') return value.length >= LONG && value === base ? SAME : this.#repeated.has(value) ? this.#reference(value) : value;
    if (value === null || typeof value !== 'object') {
      if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
      throw new CodecError(`cannot keep a ${typeof value}`);
    }
    if (value === base) return SAME;
    const changed = typeof base === 'object' && base !== null ? this.#against(value, base) : null;
    if (changed !== null && isSame(changed)) return SAME;
    if (this.#repeated.has(value)) return this.#reference(value);
    return changed ?? this.#whole(value);
  }

  #reference(value: unknown): unknown {
    let at = this.#repeated.get(value)!;
    if (at === null) {
      at = this.#shared.length;
      this.#repeated.set(value, at);
      this.#shared.push(null);
      this.#shared[at] = typeof value === 'string' ? value : this.#whole(value as object);
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
  #whole(value: object): unknown[] {
    if (Array.isArray(value)) return [TAG.array, ...value.map((v) => this.#node(v, undefined))];
    if (value instanceof Map) return [TAG.map, ...this.#entries(value)];
    if (value instanceof BTree) return [TAG.tree, ...this.#entries(value as BTree<unknown, unknown>)];
    if (value instanceof View) return [TAG.view, value.version, ...this.#entries(value)];
    if (value instanceof Table) return [TAG.table, value.object, value.version, this.#node(value.tree, undefined)];
    if (value instanceof Filesystem) return [TAG.filesystem, value.id, value.next, this.#node(value.inodes, undefined)];
    if (value instanceof Failed) return [TAG.failed, value.code];
    if (value instanceof Nulls) return [TAG.nulls, value.count];
    const object = value as Record<string, unknown>;
    const keys = keysOf(object);
    return [TAG.object, this.#shape(keys), ...keys.map((key) => this.#node(object[key], undefined))];
  }
  #entries(of: { entries(): Iterable<[unknown, unknown]> }): unknown[] {
    const nodes: unknown[] = [];
    for (const [k, v] of of.entries()) nodes.push(this.#node(k, undefined), this.#node(v, undefined));
    return nodes;
  }

  // ---- beside the base: null when it is no help --------------------------------------------------------------
  #against(value: object, base: object): unknown[] | readonly unknown[] | null {
    if (Array.isArray(value)) return Array.isArray(base) && value.length === base.length ? this.#patch(value, base) : null;
    if (value instanceof Map) return base instanceof Map ? this.#edit(value, base) : null;
    if (value instanceof BTree) return base instanceof BTree ? this.#edit(new Map((value as BTree<unknown, unknown>).entries()), new Map((base as BTree<unknown, unknown>).entries()), true) : null;
    if (value instanceof Table && base instanceof Table) return this.#inner(TAG.table, [value.object, value.version], [base.object, base.version], value.tree, base.tree);
    if (value instanceof Filesystem && base instanceof Filesystem) return this.#inner(TAG.filesystem, [value.id, value.next], [base.id, base.next], value.inodes, base.inodes);
    if (!isPlain(value) || !isPlain(base)) return null;
    const keys = keysOf(value);
    return sameList(keys, keysOf(base)) ? this.#patch(keys.map((key) => value[key]), keys.map((key) => base[key])) : null;
  }
  #inner(tag: number, own: readonly number[], theirs: readonly number[], tree: unknown, base: unknown): readonly unknown[] {
    const node = this.#node(tree, base);
    return isSame(node) && sameList(own, theirs) ? SAME : [tag, ...own, node];
  }
  #patch(values: readonly unknown[], base: readonly unknown[]): readonly unknown[] {
    const nodes: unknown[] = [];
    for (const [i, value] of values.entries()) {
      if (value === base[i]) continue;
      const node = this.#node(value, base[i]);
      if (!isSame(node)) nodes.push(i, node);
    }
    return nodes.length === 0 ? SAME : [TAG.patched, ...nodes];
  }
  /** Order counts in a map: an edit keeps the base's order and adds at the end, or it is no edit. */
  #edit(value: Map<unknown, unknown>, base: Map<unknown, unknown>, sorted = false): readonly unknown[] | null {
    const kept = [...base.keys()].filter((k) => value.has(k));
    if (!sorted && !sameList([...value.keys()].slice(0, kept.length), kept)) return null;
    const nodes: unknown[] = [];
    for (const [k, v] of value) {
      const theirs = base.get(k);
      if (v === theirs && v !== undefined) continue;
      const node = this.#node(v, theirs);
      if (!isSame(node) || !base.has(k)) nodes.push(this.#node(k, undefined), node);
    }
    for (const k of base.keys()) if (!value.has(k)) nodes.push(this.#node(k, undefined), [TAG.gone]);
    return nodes.length === 0 ? SAME : [TAG.edited, ...nodes];
  }
}
