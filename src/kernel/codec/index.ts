/**
 * A snapshot as text and back, alone or relative to a base world that both sides have. Values that are shared by reference stay shared.
 * Errors: `CodecError` on anything that is not such a text; nothing is half restored.
 */
import { isLive } from '../heap.ts';
import type { KernelState } from '../state.ts';
import type { WorldSnapshot } from '../world.ts';
import { Hasher } from './hash.ts';
import { Reader } from './reader.ts';
import { CodecError, FORMAT } from './tags.ts';
import type { Encoded } from './tags.ts';
import { Writer } from './writer.ts';

export { CodecError };

/** Shared values that are put into text between two pauses. */
const PART = 500;

/** Journals are shared beyond a record's length, equal heaps differ in order, and dropped timers go sooner or later: keeps what counts. */
function trimmed(state: KernelState): KernelState {
  const processes = new Map([...state.processes].map(([pid, p]) => [pid, { ...p, threads: new Map([...p.threads].map(([tid, t]) => [tid, { ...t, gen: null, journal: t.journal.slice(0, t.journalLength) }])) }]));
  return { ...state, processes, timers: state.timers.filter((timer) => isLive(state, timer)).sort((a, b) => a.at - b.at || a.seq - b.seq) };
}

/** With `base`, only what differs from it is written; reading needs the same base. */
export function encodeSnapshot(snapshot: WorldSnapshot, base?: WorldSnapshot): string {
  const steps = encoding(snapshot, base);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in pieces of a few milliseconds, for whoever has something else to do in between. */
export function* encoding(snapshot: WorldSnapshot, base?: WorldSnapshot): Generator<void, string, void> {
  const { shapes, shared, root } = yield* new Writer().encode(trimmed(snapshot.state), base === undefined ? undefined : trimmed(base.state));
  yield;
  const parts: string[] = [];
  for (let from = 0; from < shared.length; from += PART) {
    parts.push(JSON.stringify(shared.slice(from, from + PART)).slice(1, -1));
    yield;
  }
  return `{"format":${JSON.stringify(FORMAT)},"shapes":${JSON.stringify(shapes)},"shared":[${parts.join(',')}],"root":${JSON.stringify(root)}}`;
}

/** Errors: CodecError. */
export function decodeSnapshot(text: string, base?: WorldSnapshot): WorldSnapshot {
  let whole: Encoded | null;
  try {
    whole = JSON.parse(text) as Encoded | null;
  } catch {
    throw new CodecError('the saved world is not readable');
  }
  if (whole === null || typeof whole !== 'object' || whole.format !== FORMAT) throw new CodecError('not a saved world of this version');
  const state = read(whole, base) as KernelState | undefined;
  if (state === undefined || state === null || typeof state.now !== 'number' || !(state.processes instanceof Map)) throw new CodecError('the saved world is damaged');
  return { state };
}

function read(whole: Encoded, base: WorldSnapshot | undefined): unknown {
  try {
    return new Reader(whole).value(whole.root, base === undefined ? undefined : trimmed(base.state));
  } catch (caught) {
    // Nodes nested deeper than any world's.
    if (caught instanceof RangeError) throw new CodecError('the saved world is damaged');
    throw caught;
  }
}

/** 16 hexadecimal digits: equal worlds, equal hashes. */
export function worldHash(snapshot: WorldSnapshot): string {
  return new Hasher().of(trimmed(snapshot.state));
}
