/** Serving a watch from the watch cache: events as they come, bookmarks each minute, an end when the client's time is over. */
import { now, poll, type Coroutine, type Json, type VTime } from '../../kernel/sys.ts';
import { apiVersionOf, resourceAt, type Resource } from '../../api/registry.ts';
import type { Obj } from '../../lib/apiserver/store.ts';
import { tableOf } from '../../lib/apiserver/table.ts';
import { tooOld, type ApiError } from '../../lib/apiserver/status.ts';
import { bookmark, frameOf, initialFrames, watchTest, type WatchFrame, type WatchPlan } from '../../lib/apiserver/watch.ts';
import { bucketOf, CachedStore, windowFrom, windowTable } from '../../lib/apiserver/watchcache.ts';
import { EtcdStore } from '../../lib/apiserver/store-etcd.ts';
import { endChunks, sendChunk, type HttpConn } from '../../lib/http/index.ts';
import { shared } from './state.ts';

const BOOKMARK_US = 60_000_000;

/** A watch that is being served; plain data. `next` is the first revision not yet sent. */
export interface WatchState {
  readonly plan: WatchPlan; readonly group: string; readonly version: string; readonly name: string;
  readonly next: number; readonly ends: VTime; readonly bookmarkAt: VTime; readonly columnsSent: boolean;
}

const resourceFor = ({ group, version, name }: WatchState): Resource => resourceAt(group, version, name)!;

function asTable(resource: Resource, frame: WatchFrame, at: VTime, definitions: boolean): WatchFrame {
  if (frame.type === 'ERROR') return frame;
  const object = frame.object as Obj;
  if (frame.type === 'BOOKMARK') return { type: 'BOOKMARK', object: tableOf(resource, [], { resourceVersion: object.metadata?.resourceVersion }, at, 'Metadata', definitions) };
  return { type: frame.type, object: tableOf(resource, [object], { resourceVersion: object.metadata?.resourceVersion }, at, 'Metadata', definitions) };
}

/** Sends frames; null when the client is gone. */
function* send(conn: HttpConn, state: WatchState, frames: readonly WatchFrame[]): Coroutine<WatchState | null> {
  if (frames.length === 0) return state;
  const resource = resourceFor(state);
  const at = state.plan.table ? yield* now() : 0;
  let { columnsSent } = state;
  for (const frame of frames) {
    const shown = state.plan.table ? asTable(resource, frame, at, !columnsSent) : frame;
    columnsSent = true;
    if (!(yield* sendChunk(conn, { json: shown as unknown as Json }))) return null;
  }
  return { ...state, columnsSent };
}

/** The state a new watch begins with; sends what is there when the client named no version. Throws ApiError (410). */
export function* beginWatch(plan: WatchPlan, resource: Resource): Coroutine<{ readonly state: WatchState; readonly first: readonly WatchFrame[] }> {
  const bucket = bucketOf(plan.prefix);
  const { oldest, revision } = yield* windowFrom(bucket, Number.MAX_SAFE_INTEGER);
  const at = yield* now();
  const base = { plan, group: resource.group, version: resource.version, name: resource.name, ends: at + plan.timeoutSeconds * 1e6, bookmarkAt: at + BOOKMARK_US, columnsSent: false };
  if (plan.from !== null) {
    if (plan.from < oldest) throw tooOld(plan.from, oldest);
    return { state: { ...base, next: plan.from + 1 }, first: [] };
  }
  const { items } = yield* new CachedStore(new EtcdStore((yield* shared()).etcd)).list(plan.prefix);
  return { state: { ...base, next: revision + 1 }, first: initialFrames(resource, watchTest(resource, plan), items.filter(({ key }) => inPlan(plan, key))) };
}

/** A watch of one object by its path has no slash at the end of its prefix. */
const inPlan = ({ prefix }: WatchPlan, key: string): boolean => (prefix.endsWith('/') ? key.startsWith(prefix) : key === prefix);

function* fail(conn: HttpConn, error: ApiError): Coroutine<'ended' | 'gone'> {
  yield* sendChunk(conn, { json: { type: 'ERROR', object: error.status } as unknown as Json });
  return (yield* endChunks(conn)) ? 'ended' : 'gone';
}

/** Sends what is new, then waits. → the state to go on with, or how it ended. */
export function* serveWatch(conn: HttpConn, state: WatchState, first: readonly WatchFrame[] = []): Coroutine<WatchState | 'ended' | 'gone'> {
  const resource = resourceFor(state);
  const bucket = bucketOf(state.plan.prefix);
  const { events, version, oldest, revision } = yield* windowFrom(bucket, state.next);
  if (state.next - 1 < oldest) return yield* fail(conn, tooOld(state.next - 1, oldest));
  const test = watchTest(resource, state.plan);
  const frames = [...first, ...events.filter(({ key }) => inPlan(state.plan, key)).map((event) => frameOf(resource, test, event)).filter((frame) => frame !== null)];
  const at = yield* now();
  const due = at >= state.bookmarkAt;
  if (due && state.plan.bookmarks) frames.push(bookmark(resource, apiVersionOf(resource), revision));
  const sent = yield* send(conn, state, frames);
  if (sent === null) return 'gone';
  if (at >= state.ends) return (yield* endChunks(conn)) ? 'ended' : 'gone';
  const bookmarkAt = due ? at + BOOKMARK_US : state.bookmarkAt;
  const until = state.plan.bookmarks ? Math.min(bookmarkAt, state.ends) : state.ends;
  const { fds } = yield* poll({ fds: [conn.fd], tables: [{ table: windowTable(bucket), since: version }], timeout: until - at });
  if (fds.length > 0) return 'gone';
  return { ...sent, next: events.length === 0 ? state.next : events.at(-1)!.revision + 1, bookmarkAt };
}
