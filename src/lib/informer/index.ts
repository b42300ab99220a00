/**
 * Informers: each `reflector` thread lists and watches one resource into the table `cache/<name>`, keyed `namespace/name` (or
 * `name`). Threads of the same process read the cache with `view` and wait for changes with `poll`. Models client-go
 * tools/cache/reflector.go of 1.33: its log lines, back-off (800 ms to 30 s, doubling, jittered) and silence while a watch is refused.
 * Not modelled: streaming lists, resync periods, pagination.
 */
import { checkpoint, del, get, now, poll, put, random, sleep, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { closeConn, type HttpConn } from '../http/index.ts';
import { klogUnhandled, klogInfof, type KeyValue } from '../klog/index.ts';
import { listObjects, nextEvent, resourcePath, StatusError, watch, type KubeObject, type ResourceRef } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';

export interface InformerSpec {
  /** Cache name: the table is `cache/<name>`. Usually the plural. */ readonly name: string;
  readonly ref: ResourceRef;
  readonly config: RestConfig;
  /** Go's type for log lines, `*v1.Pod`. */ readonly type: string;
  /** The reflector's name for log lines; default the shared informer factory's. */ readonly reflector?: string;
  readonly fieldSelector?: string; readonly labelSelector?: string;
}

interface ReflectorState {
  readonly conn: HttpConn | null; readonly resourceVersion: string;
  /** Exponent of the next back-off; falls back when the last one began more than two minutes ago. */ readonly step: number; readonly backedOffAt: number;
  /** Whether the next try lists; a refused watch is tried again as it is, without a word. */ readonly relist: boolean;
}

const FACTORY = 'k8s.io/client-go/informers/factory.go:160';
const SYNCED = 'informer/synced';
const BASE_US = 800_000;
const CAP_US = 30_000_000;
const QUIET_US = 120_000_000;

/** The key of an object in a cache table. */
export const objectKey = (object: KubeObject) => (object.metadata.namespace ? `${object.metadata.namespace}/${object.metadata.name}` : object.metadata.name);
/** The name of a cache table. */
export const cacheTable = (name: string) => `cache/${name}`;

const versionOf = (object: KubeObject | undefined) => Number(object?.metadata.resourceVersion ?? 0);

/** Puts an object into a cache unless a newer version is there: for reflectors, and for writers that want to read their own writes. */
export function* cachePut(name: string, object: KubeObject): Coroutine<void> {
  const table = cacheTable(name);
  const key = objectKey(object);
  const known = yield* get<KubeObject>(table, key);
  if (known && versionOf(known) >= versionOf(object)) return;
  yield* put(table, key, object);
}

/** Takes an object that the server no longer has out of a cache. */
export function* cacheDelete(name: string, object: KubeObject): Coroutine<void> {
  const known = yield* get<KubeObject>(cacheTable(name), objectKey(object));
  if (known && known.metadata.uid === object.metadata.uid) yield* del(cacheTable(name), objectKey(object));
}

/** Starts the reflectors of the given specs; spread `informerThreads` into `Program.threads`. */
export function* startInformer(startThread: (name: string, arg: Json) => Coroutine<number>, ...specs: InformerSpec[]): Coroutine<void> {
  for (const spec of specs) yield* startThread('reflector', spec as unknown as Json);
}

/** Waits until every named cache has been filled once; false when `timeoutUs` runs out first. */
export function* waitForSync(names: readonly string[], timeoutUs?: number): Coroutine<boolean> {
  const deadline = timeoutUs === undefined ? null : (yield* now()) + timeoutUs;
  for (;;) {
    const synced = yield* view(SYNCED);
    if (names.every((name) => synced.has(name))) return true;
    const left = deadline === null ? undefined : deadline - (yield* now());
    if (left !== undefined && left <= 0) return false;
    yield* poll({ tables: [{ table: SYNCED, since: synced.version }], ...(left === undefined ? {} : { timeout: left }) });
  }
}

/** Whether a cache has been filled once. */
export function* hasSynced(name: string): Coroutine<boolean> {
  return (yield* get(SYNCED, name)) !== undefined;
}

/** Makes the cache hold exactly these objects, touching only what changed. */
function* replaceCache(spec: InformerSpec, items: readonly KubeObject[]): Coroutine<void> {
  const table = cacheTable(spec.name);
  const before = yield* view<KubeObject>(table);
  const keys = new Set(items.map(objectKey));
  for (const key of before.keys()) if (!keys.has(key)) yield* del(table, key);
  for (const item of items) {
    const known = before.get(objectKey(item));
    if (!known || known.metadata.uid !== item.metadata.uid || known.metadata.resourceVersion !== item.metadata.resourceVersion) yield* put(table, objectKey(item), item);
  }
  yield* put(SYNCED, spec.name, true);
}

/** Lists; → the version to watch from. A version the server no longer knows is asked again without one. */
function* list(spec: InformerSpec, resourceVersion: string): Coroutine<string> {
  const selectors = { ...(spec.fieldSelector ? { fieldSelector: spec.fieldSelector } : {}), ...(spec.labelSelector ? { labelSelector: spec.labelSelector } : {}) };
  try {
    const first = resourceVersion === '' ? { resourceVersion: '0', limit: 500 } : { resourceVersion };
    const found = yield* listObjects(spec.config, spec.ref, { ...selectors, ...first });
    yield* replaceCache(spec, found.items);
    return found.metadata.resourceVersion ?? '';
  } catch (caught) {
    if (!(caught instanceof StatusError)) throw caught;
    const expired = caught.reason === 'Expired' || caught.reason === 'Gone' || caught.message.includes('Too large resource version');
    if (!expired) throw caught;
    const found = yield* listObjects(spec.config, spec.ref, selectors);
    yield* replaceCache(spec, found.items);
    return found.metadata.resourceVersion ?? '';
  }
}

/** Seconds a watch may last: five to ten minutes, so that they do not all end together. */
function* watchSeconds(spec: InformerSpec): Coroutine<string> {
  const [draw = 0] = yield* random(`reflector/${spec.name}`);
  return String(300 + (draw % 300));
}

function* openWatch(spec: InformerSpec, resourceVersion: string): Coroutine<HttpConn> {
  const selectors = { fieldSelector: spec.fieldSelector, labelSelector: spec.labelSelector };
  return yield* watch(spec.config, resourcePath(spec.ref), { ...selectors, allowWatchBookmarks: 'true', resourceVersion, timeoutSeconds: yield* watchSeconds(spec) });
}

function* complain(spec: InformerSpec, error: string): Coroutine<void> {
  const about: KeyValue[] = ['reflector', spec.reflector ?? FACTORY, 'type', spec.type];
  yield* klogUnhandled('reflector.go:200', error, 'Failed to watch', ...about);
}

/** Sleeps the next back-off; → the state after it. */
function* backOff(spec: InformerSpec, state: ReflectorState): Coroutine<ReflectorState> {
  const at = yield* now();
  const step = at - state.backedOffAt > QUIET_US ? 0 : state.step;
  const base = Math.min(BASE_US * (1 << Math.min(step, 6)), CAP_US);
  const [draw = 0] = yield* random(`reflector/${spec.name}`);
  const delay = base + (draw % base);
  yield* sleep(delay);
  return { ...state, step: step + 1, backedOffAt: at };
}

/** From nothing to an open watch, or one failure and its back-off. */
function* connect(spec: InformerSpec, state: ReflectorState): Coroutine<ReflectorState> {
  let { resourceVersion } = state;
  let listing = state.relist;
  try {
    if (listing) resourceVersion = yield* list(spec, resourceVersion);
    listing = false;
    return { ...state, conn: yield* openWatch(spec, resourceVersion), resourceVersion, relist: false };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const silent = !listing && caught.kind === 'refused';
    if (!silent) yield* complain(spec, listing ? `failed to list ${spec.type}: ${caught.message}` : caught.message);
    return yield* backOff(spec, { ...state, resourceVersion, relist: !silent });
  }
}

/** Applies one event of the watch; → the state after it. */
function* follow(spec: InformerSpec, state: ReflectorState, conn: HttpConn): Coroutine<ReflectorState> {
  const ended: ReflectorState = { ...state, conn: null, relist: false };
  try {
    const event = yield* nextEvent(conn);
    if (event === null) {
      yield* closeConn(conn);
      return ended;
    }
    const version = event.object.metadata?.resourceVersion ?? state.resourceVersion;
    if (event.type === 'ERROR') {
      yield* closeConn(conn);
      const status = new StatusError(event.object as unknown as ConstructorParameters<typeof StatusError>[0]);
      if (status.code !== 410) yield* klogInfof('reflector.go:579', `"Warning: watch ended with error" reflector="${spec.reflector ?? FACTORY}" type="${spec.type}" err="${status.message}"`);
      // A server that was restarted no longer knows what came before; the round ends, and each round ends with a pause.
      return yield* backOff(spec, { ...ended, relist: true });
    }
    if (event.type === 'DELETED') yield* cacheDelete(spec.name, event.object);
    else if (event.type !== 'BOOKMARK') yield* cachePut(spec.name, event.object);
    return { ...state, resourceVersion: version };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* closeConn(conn);
    return ended;
  }
}

/** The thread of one informer, to spread into `Program.threads`. */
export const informerThreads = {
  *reflector(arg: Json, saved?: Json): Coroutine<void> {
    const spec = arg as unknown as InformerSpec;
    let state = (saved as unknown as ReflectorState | undefined) ?? { conn: null, resourceVersion: '', step: 0, backedOffAt: 0, relist: true };
    for (;;) {
      yield* checkpoint(state);
      state = state.conn ? yield* follow(spec, state, state.conn) : yield* connect(spec, state);
    }
  },
};
