/**
 * client-go's event correlator: the spam filter, the aggregation of similar events, and the counting of equal ones. Pure.
 * Models tools/record/events_cache.go. Not modelled: the least-recently-used limit of 4096 entries.
 */
import { insert, lookup, type Tree } from '../../base/tree.ts';
import type { EventSpec } from './types.ts';

const BURST = 25;
const REFILL_US = 300_000_000;
const MAX_SIMILAR = 10;
const SIMILAR_US = 600_000_000;

interface Counted { readonly count: number; readonly firstAt: number; readonly name: string; readonly lastAt: number; /** '' until the server has it. */ readonly resourceVersion: string }
interface Similar { readonly messages: readonly string[]; readonly at: number }
interface Bucket { readonly tokens: number; readonly at: number }
export interface CorrelatorState { readonly counted: Tree<Counted>; readonly similar: Tree<Similar>; readonly buckets: Tree<Bucket> }
export const freshCorrelator: CorrelatorState = { counted: null, similar: null, buckets: null };

/** What to send: a new event, or a patch of the one named `name`; null: filtered out as spam. */
export interface Correlated { readonly create: boolean; readonly name: string; readonly key: string; readonly message: string; readonly count: number; readonly firstAt: number; readonly resourceVersion: string }

const SEP = '\u0000';
const objectKey = ({ about: a }: EventSpec): string => [a.kind, a.namespace ?? '', a.name, a.uid ?? '', a.apiVersion ?? ''].join(SEP);

function allow(state: CorrelatorState, event: EventSpec, source: string, now: number): readonly [CorrelatorState, boolean] {
  const key = [source, objectKey(event), event.type].join(SEP);
  const bucket = lookup(state.buckets, key) ?? { tokens: BURST, at: now };
  const tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / REFILL_US);
  const passed = tokens >= 1;
  return [{ ...state, buckets: insert(state.buckets, key, { tokens: passed ? tokens - 1 : tokens, at: now }) }, passed];
}

/** → the key the event is counted under, and its message: more than ten similar ones become one. */
function aggregate(state: CorrelatorState, event: EventSpec, source: string, now: number): readonly [CorrelatorState, string, string] {
  const own = [source, objectKey(event), event.about.fieldPath ?? '', event.type, event.reason, event.message].join(SEP);
  const key = [source, objectKey(event), event.type, event.reason].join(SEP);
  const known = lookup(state.similar, key);
  const fresh = known === undefined || now - known.at > SIMILAR_US;
  const messages = fresh ? [event.message] : known.messages.includes(event.message) ? known.messages : [...known.messages, event.message];
  const crowded = messages.length >= MAX_SIMILAR;
  const kept = crowded ? messages.slice(1) : messages;
  const next = { ...state, similar: insert(state.similar, key, { messages: kept, at: now }) };
  return crowded ? [next, key, `(combined from similar events): ${event.message}`] : [next, own, event.message];
}

/** `fresh` is the name a new event would get. */
export function correlate(from: CorrelatorState, event: EventSpec, source: string, now: number, fresh: string): readonly [CorrelatorState, Correlated | null] {
  const [aggregated, key, message] = aggregate(from, event, source, now);
  const [state, passed] = allow(aggregated, event, source, now);
  if (!passed) return [state, null];
  const known = lookup(state.counted, key);
  const counted = known === undefined ? { count: 1, firstAt: event.at, name: fresh, lastAt: now, resourceVersion: '' } : { ...known, count: known.count + 1, lastAt: now };
  return [{ ...state, counted: insert(state.counted, key, counted) }, { create: known === undefined, key, message, name: counted.name, count: counted.count, firstAt: counted.firstAt, resourceVersion: counted.resourceVersion }];
}

/** After a patch found nothing to patch (the event expired): the next one counts from one under a new name. */
export function renamed(state: CorrelatorState, key: string, name: string, at: number): CorrelatorState {
  return { ...state, counted: insert(state.counted, key, { count: 1, firstAt: at, name, lastAt: at, resourceVersion: '' }) };
}

/** After it was written: what a later patch of it says it knows. */
export function written(state: CorrelatorState, key: string, resourceVersion: string): CorrelatorState {
  const known = lookup(state.counted, key);
  return known === undefined ? state : { ...state, counted: insert(state.counted, key, { ...known, resourceVersion }) };
}
