/**
 * One object over time: what it is now, then each change. The connection is part of the state; when it breaks the object is listed
 * anew, with the lines a reflector writes while the server is away. Models client-go's watch.UntilWithSync.
 */
import { now, sleep, type Coroutine } from '../../../kernel/sys.ts';
import type { HttpConn } from '../../../lib/http/index.ts';
import { klogError } from '../../../lib/klog/index.ts';
import { nextEvent } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import type { Resource } from '../discovery/resource.ts';
import { call, items, metaOf, openStream, pathTo, type Obj } from '../rest.ts';

export interface Watched {
  readonly resource: Resource; readonly namespace: string; readonly name: string;
  /** Null: to be listed (again). */ readonly conn: HttpConn | null;
  /** VTime after which there is nothing more to wait for; null: never. */ readonly until: number | null;
  /** Has it been seen at all? Before that an unreachable server is an error, afterwards it is waited for. */ readonly listed: boolean;
}

export type Sight =
  | { readonly type: 'present'; readonly object: Obj; readonly watched: Watched }
  | { readonly type: 'absent' | 'nothing' | 'timeout'; readonly object: null; readonly watched: Watched };

const RETRY_US = 1_000_000;

/** What to begin with. `timeoutUs` 0 or less waits for ever. */
export function* watchOf(resource: Resource, namespace: string, name: string, timeoutUs: number): Coroutine<Watched> {
  return { resource, namespace, name, conn: null, until: timeoutUs > 0 ? (yield* now()) + timeoutUs : null, listed: false };
}

function* list(cli: Cli, watched: Watched): Coroutine<Sight> {
  const { resource, namespace, name } = watched;
  const path = pathTo(resource, namespace);
  const fieldSelector = `metadata.name=${name}`;
  const answer = (yield* call(cli, { method: 'GET', path, about: resource.name, query: { fieldSelector, limit: '500', resourceVersion: '0' } })) as Obj;
  const conn = yield* openStream(cli, { path, about: resource.name, query: { allowWatchBookmarks: 'true', fieldSelector, resourceVersion: metaOf(answer).resourceVersion ?? '0', watch: 'true' } });
  const next = { ...watched, conn, listed: true };
  const object = items(answer)[0];
  return object === undefined ? { type: 'absent', object: null, watched: next } : { type: 'present', object, watched: next };
}

/** The next thing to be seen of the object. Throws GoError or StatusError while it has not been seen yet. */
export function* observe(cli: Cli, watched: Watched): Coroutine<Sight> {
  const left = watched.until === null ? null : watched.until - (yield* now());
  if (left !== null && left <= 0 && watched.listed) return { type: 'timeout', object: null, watched };
  try {
    if (watched.conn === null) return yield* list(cli, watched);
    const event = yield* nextEvent(watched.conn, left);
    if (event === null || event.type === 'ERROR') return { type: 'nothing', object: null, watched: { ...watched, conn: null } };
    if (event.type === 'BOOKMARK') return { type: 'nothing', object: null, watched };
    if (event.type === 'DELETED') return { type: 'absent', object: null, watched };
    return { type: 'present', object: event.object as unknown as Obj, watched };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (!watched.listed) throw caught;
    if (watched.conn === null) {
      yield* klogError('reflector.go:200', `failed to list *unstructured.Unstructured: ${caught.message}`, 'Failed to watch', 'logger', 'UnhandledError', 'reflector', 'k8s.io/client-go/tools/watch/informerwatcher.go:162', 'type', '*unstructured.Unstructured');
      yield* sleep(left === null ? RETRY_US : Math.min(left, RETRY_US));
    }
    return { type: 'nothing', object: null, watched: { ...watched, conn: null } };
  }
}
