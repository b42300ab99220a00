/**
 * A snapshot as text and back. Values shared by reference stay shared (they are interned by identity), trees
 * and tables are written as entry lists, so the result depends only on the world's state: its hash is the
 * world's hash. Errors: `CodecError` on anything that is not such a text; nothing is half restored.
 */
import BTree from './btree.ts';
import { Filesystem } from './fs.ts';
import type { Inode } from './fs.ts';
import { Failed, Nulls } from './state.ts';
import type { KernelState } from './state.ts';
import { Table, View } from './table.ts';
import type { WorldSnapshot } from './world.ts';

export class CodecError extends Error {}

const FORMAT = 'crashloop-world/1';
/** Node tags: a row of the text is `[tag, …]`, a reference to row n is `{"r": n}` written as the number −n−1 in `slots`. */
type Slot = string | number | boolean | null | readonly ['r', number] | readonly ['u'] | readonly ['n', string];
type Row = readonly [tag: string, ...slots: unknown[]];

class Writer {
  readonly rows: Row[] = [];
  readonly #ids = new Map<object, number>();

  slot(value: unknown): Slot {
    if (value === undefined) return ['u'];
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : ['n', String(value)];
    if (typeof value !== 'object') throw new CodecError(`cannot keep a ${typeof value}`);
    const known = this.#ids.get(value);
    if (known !== undefined) return ['r', known];
    const id = this.rows.length;
    this.#ids.set(value, id);
    this.rows.push(['?']);
    this.rows[id] = this.#row(value);
    return ['r', id];
  }

  #row(value: object): Row {
    if (Array.isArray(value)) return ['a', ...value.map((v) => this.slot(v))];
    if (value instanceof Map) return ['m', ...this.#pairs(value.entries())];
    if (value instanceof BTree) return ['b', ...this.#pairs(value.entries())];
    if (value instanceof View) return ['v', value.version, ...this.#pairs(value.entries())];
    if (value instanceof Table) return ['t', value.object, value.version, ...this.#pairs(value.tree.entries())];
    if (value instanceof Filesystem) return ['f', value.id, value.next, this.slot(value.inodes)];
    if (value instanceof Failed) return ['e', value.code];
    if (value instanceof Nulls) return ['z', value.count];
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new CodecError(`cannot keep a ${value.constructor.name}`);
    return ['o', ...this.#pairs(Object.entries(value).filter(([, v]) => v !== undefined))];
  }
  #pairs(entries: Iterable<[unknown, unknown]>): Slot[] {
    const out: Slot[] = [];
    for (const [k, v] of entries) out.push(this.slot(k), this.slot(v));
    return out;
  }
}

class Reader {
  readonly #rows: readonly Row[];
  readonly #made: unknown[] = [];
  constructor(rows: readonly Row[]) { this.#rows = rows; }

  value(slot: unknown): unknown {
    if (!Array.isArray(slot)) return slot;
    if (slot[0] === 'u') return undefined;
    if (slot[0] === 'n') return Number(slot[1]);
    return this.row(slot[1] as number);
  }
  row(id: number): unknown {
    if (id in this.#made) return this.#made[id];
    const row = this.#rows[id];
    if (!Array.isArray(row)) throw new CodecError('the saved world is damaged');
    return this.#make(id, row as unknown as Row);
  }
  #make(id: number, [tag, ...slots]: Row): unknown {
    const keep = <T>(value: T): T => (this.#made[id] = value) as T;
    switch (tag) {
      case 'a': {
        const array: unknown[] = keep([]);
        for (const slot of slots) array.push(this.value(slot));
        return array;
      }
      case 'm': return this.#fill(slots, keep(new Map<unknown, unknown>()));
      case 'b': return this.#fill(slots, keep(new BTree<unknown, unknown>()));
      case 'o': {
        const object: Record<string, unknown> = keep({});
        for (let i = 0; i < slots.length; i += 2) object[this.value(slots[i]) as string] = this.value(slots[i + 1]);
        return object;
      }
      case 'v': return keep(new View(this.#fill(slots.slice(1), new BTree<string, unknown>()), slots[0] as number));
      case 't': return keep(new Table(slots[0] as number, this.#fill(slots.slice(2), new BTree<string, unknown>()), slots[1] as number));
      case 'f': return keep(new Filesystem(slots[0] as number, this.value(slots[2]) as BTree<number, Inode>, slots[1] as number));
      case 'e': return keep(new Failed(slots[0] as Failed['code']));
      case 'z': return keep(new Nulls(slots[0] as number));
      default: throw new CodecError(`the saved world is damaged (row ${id} is ${String(tag).slice(0, 8)})`);
    }
  }
  #fill<M extends { set(key: never, value: never): unknown }>(slots: readonly unknown[], into: M): M {
    for (let i = 0; i < slots.length; i += 2) into.set(this.value(slots[i]) as never, this.value(slots[i + 1]) as never);
    return into;
  }
}

/** Journals are shared beyond a record's length, and empty queues differ in nothing: write what counts. */
function trimmed(state: KernelState): KernelState {
  const processes = new Map([...state.processes].map(([pid, p]) => [pid, { ...p, threads: new Map([...p.threads].map(([tid, t]) => [tid, { ...t, gen: null, journal: t.journal.slice(0, t.journalLength) }])) }]));
  return { ...state, processes, timers: [...state.timers].sort((a, b) => a.at - b.at || a.seq - b.seq) };
}

export function encodeSnapshot(snapshot: WorldSnapshot): string {
  const writer = new Writer();
  const root = writer.slot(trimmed(snapshot.state));
  return JSON.stringify({ format: FORMAT, root, rows: writer.rows });
}

/** Errors: CodecError. */
export function decodeSnapshot(text: string): WorldSnapshot {
  let whole: { format?: unknown; root?: unknown; rows?: unknown };
  try {
    whole = JSON.parse(text) as typeof whole;
  } catch {
    throw new CodecError('the saved world is not readable');
  }
  if (whole === null || typeof whole !== 'object' || whole.format !== FORMAT || !Array.isArray(whole.rows)) throw new CodecError('not a saved world of this version');
  const state = new Reader(whole.rows as Row[]).value(whole.root) as KernelState | undefined;
  if (state === undefined || typeof state.now !== 'number' || !(state.processes instanceof Map)) throw new CodecError('the saved world is damaged');
  return { state };
}

/** 64 bits (two FNV-1a lanes, hex) over the encoded snapshot: equal worlds, equal hashes. */
export function worldHash(snapshot: WorldSnapshot): string {
  const text = encodeSnapshot(snapshot);
  let a = 2166136261;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 16777619);
    b = Math.imul(b ^ c, 0x01000193) ^ (b >>> 13);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
