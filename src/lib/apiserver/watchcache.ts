/**
 * The watch cache: everything in the database and the recent changes, in tables of the server's process, fed by one etcd watch.
 * Each resource has a table of its own, so a change wakes only those who watch that resource.
 * Models apiserver pkg/storage/cacher.
 */
import { del, get, now, put, view, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { resources } from '../../api/registry.ts';
import { memo } from '../../base/memo.ts';
import { revisionKey, type KeyValue, type WatchEvent } from '../etcd/db.ts';
import { prefixOf } from './keys.ts';
import { storedFrom } from './store-memory.ts';
import type { ListOptions, Listed, Obj, Store, Stored } from './store.ts';
import type { CacheEvent } from './watch.ts';

/** At least this many changes of a resource are kept, and all that are younger than the time. */
const WINDOW_EVENTS = 100;
const WINDOW_US = 75_000_000;

const prefixes: ReadonlySet<string> = new Set(resources.map(prefixOf));

/** The table a key belongs to: its resource's prefix; '' for keys of no resource. */
export const bucketOf = memo((key: string) => key, (key: string): string => {
  const second = key.indexOf('/', '/registry/'.length);
  if (second < 0) return '';
  const short = key.slice(0, second + 1);
  if (prefixes.has(short)) return short;
  const third = key.indexOf('/', second + 1);
  return third > 0 && prefixes.has(key.slice(0, third + 1)) ? key.slice(0, third + 1) : '';
}, 4096);

const objects = memo((bucket: string) => bucket, (bucket) => `objects${bucket}`);
/** The table a watcher polls. */
export const windowTable = memo((bucket: string) => bucket, (bucket) => `window${bucket}`);
/** Under the key '': the revision a watch may begin after at the earliest. */
interface Oldest { readonly oldest: number }
interface Kept extends CacheEvent { readonly at: VTime }

const rbac = ['/registry/clusterrolebindings/', '/registry/rolebindings/', '/registry/clusterroles/', '/registry/roles/'];
/** Changes with every role and binding: what was decided before may no longer hold. */
export function* rbacVersion(): Coroutine<number> {
  return (yield* get<number>('cache', 'rbac')) ?? 0;
}

/** Replaces everything by a fresh list; watchers of older revisions must begin anew. */
export function* resetCache(kvs: readonly KeyValue[], revision: number): Coroutine<void> {
  const seen = new Set(kvs.map(({ key }) => key));
  for (const bucket of prefixes) {
    for (const key of [...(yield* view(objects(bucket))).keys()]) if (!seen.has(key)) yield* del(objects(bucket), key);
    for (const key of [...(yield* view(windowTable(bucket))).keys()]) yield* del(windowTable(bucket), key);
    // A change also for those who wait: what they wait for may never come.
    yield* put(windowTable(bucket), '', { oldest: revision } satisfies Oldest);
  }
  for (const kv of kvs) {
    const bucket = bucketOf(kv.key);
    if (bucket !== '') yield* put(objects(bucket), kv.key, storedFrom(kv));
  }
  yield* put('cache', 'rbac', revision);
  yield* put('cache', 'revision', revision);
}

function* trim(bucket: string, at: VTime): Coroutine<void> {
  const window = yield* view<Kept>(windowTable(bucket));
  let surplus = window.size - 1 - WINDOW_EVENTS;
  let oldest: number | null = null;
  if (surplus <= 0) return;
  for (const [key, event] of window.entries('0')) {
    if (surplus-- <= 0 || event.at > at - WINDOW_US) break;
    yield* del(windowTable(bucket), key);
    oldest = event.revision;
  }
  if (oldest !== null) yield* put(windowTable(bucket), '', { oldest } satisfies Oldest);
}

/** Takes in changes from etcd, oldest first. */
export function* applyEvents(events: readonly WatchEvent[], revision: number): Coroutine<void> {
  const at = yield* now();
  for (const [i, { key, kv, prev, revision: changed }] of events.entries()) {
    const bucket = bucketOf(key);
    if (bucket === '') continue;
    if (kv === null) yield* del(objects(bucket), key);
    else yield* put(objects(bucket), key, storedFrom(kv));
    const event: Kept = { revision: changed, key, object: (kv?.value ?? null) as Obj | null, prev: (prev?.value ?? null) as Obj | null, at };
    yield* put(windowTable(bucket), `${revisionKey(changed)}.${String(i).padStart(4, '0')}`, event);
    yield* trim(bucket, at);
    if (rbac.includes(bucket)) yield* put('cache', 'rbac', changed);
  }
  yield* put('cache', 'revision', revision);
}

/** The changes of a bucket from a revision on, the table's version to wait on, and the oldest revision a watch may begin after. */
export function* windowFrom(bucket: string, from: number): Coroutine<{ readonly events: readonly CacheEvent[]; readonly version: number; readonly oldest: number; readonly revision: number }> {
  const revision = (yield* get<number>('cache', 'revision')) ?? 0;
  const window = yield* view<Kept>(windowTable(bucket));
  const { oldest } = (window.get('') as unknown as Oldest | undefined) ?? { oldest: 0 };
  const events: CacheEvent[] = [];
  for (const [, event] of window.entries(revisionKey(from))) events.push(event);
  return { events, version: window.version, oldest, revision };
}

/** What was there a moment ago, read without asking etcd; what is missing is asked for after all. */
export class CachedStore implements Pick<Store, 'get' | 'list'> {
  readonly #live: Pick<Store, 'get' | 'list'>;
  constructor(live: Pick<Store, 'get' | 'list'>) { this.#live = live; }

  *get(key: string): Coroutine<{ revision: number; item: Stored | null }> {
    const bucket = bucketOf(key);
    const item = bucket === '' ? undefined : yield* get<Stored>(objects(bucket), key);
    if (item === undefined) return yield* this.#live.get(key);
    return { revision: (yield* get<number>('cache', 'revision')) ?? 0, item };
  }
  *list(prefix: string, options: ListOptions = {}): Coroutine<Listed> {
    const bucket = bucketOf(prefix);
    if (bucket === '' || options.revision !== undefined) return yield* this.#live.list(prefix, options);
    const revision = (yield* get<number>('cache', 'revision')) ?? 0;
    const items: Stored[] = [];
    for (const [key, item] of (yield* view<Stored>(objects(bucket))).entries(options.from ?? prefix)) {
      if (!key.startsWith(prefix)) break;
      items.push(item);
    }
    return { revision, items, more: false, remaining: 0 };
  }
}

/** The cached objects of a bucket, and the version of its table. */
export function* cached(bucket: string): Coroutine<{ readonly version: number; get(key: string): Stored | undefined; from(prefix: string): Iterable<Stored> }> {
  const table = yield* view<Stored>(objects(bucket));
  return {
    version: table.version, get: (key) => table.get(key),
    *from(prefix) {
      for (const [key, item] of table.entries(prefix)) {
        if (!key.startsWith(prefix)) return;
        yield item;
      }
    },
  };
}
