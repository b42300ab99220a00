/**
 * The loop of one controller's thread. Level-triggered: whenever one of its caches changed, every key is looked at again with pure
 * code, and only what a reconcile asks for costs anything. Failed keys come back with growing delays.
 */
import { checkpoint, now, poll, view, type Coroutine, type Json, type TableView } from '../../kernel/sys.ts';
import { cacheTable, waitForSync } from '../informer/index.ts';
import { klogUnhandled } from '../klog/index.ts';
import { StatusError } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { dequeue, emptyQueue, enqueue, enqueueRateLimited, forget, nextDue, type WorkQueue } from '../workqueue/index.ts';
import { perform, type Action } from './action.ts';
import { cacheOf, type Cache } from './cache.ts';
import type { KubeObject } from './kinds.ts';

export interface Outcome {
  readonly actions: readonly Action[];
  /** Look again at this instant (µs) even if nothing changes. */ readonly requeueAt?: number | null;
}

export interface Controller {
  /** Upstream's controller name, `replicaset-controller`: also the service account it acts as. */ readonly name: string;
  /** The component its events come from, where it is not the name. */ readonly component?: string;
  /** Informers it reads; the first holds the objects it reconciles. */ readonly caches: readonly string[];
  /** The keys to reconcile; default every key of the first cache. */ readonly keys?: (cache: Cache) => readonly string[];
  /** Pure. `key` may have gone meanwhile. */ readonly reconcile: (key: string, cache: Cache, nowUs: number, settings: Json) => Outcome;
  /** The line upstream logs about a failed key: file:line and the text of err. */ readonly complaint?: (key: string, error: string) => readonly [fileLine: string, err: string];
  /** Longest delay between attempts, µs. */ readonly maxDelayUs?: number;
}

interface LoopState { readonly versions: Readonly<Record<string, number>>; readonly queue: WorkQueue }

/** Works on one key; → when to come back, or null. Throws GoError. */
function* work(controller: Controller, key: string, cache: Cache, at: number, settings: Json, client: () => Coroutine<RestConfig>): Coroutine<number | null> {
  const outcome = controller.reconcile(key, cache, at, settings);
  if (outcome.actions.length > 0) {
    const config = yield* client();
    for (const action of outcome.actions) yield* perform(config, controller.component ?? controller.name, action);
  }
  return outcome.requeueAt ?? null;
}

/** Upstream logs no conflicts: they are part of the day. */
const isConflict = (error: GoError) => error instanceof StatusError && (error.reason === 'Conflict' || error.reason === 'NotFound');

/**
 * Runs a controller for ever: call it from the thread's entry with its `saved`. `client` gives the credentials to act with,
 * `settings` is handed to every reconcile (the process' flags).
 */
export function* runController(controller: Controller, client: (name: string) => Coroutine<RestConfig>, settings: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as LoopState | undefined) ?? { versions: {}, queue: emptyQueue };
  if (saved === undefined) yield* waitForSync(controller.caches);
  for (;;) {
    yield* checkpoint(state);
    const views = new Map<string, TableView<KubeObject>>();
    const versions: Record<string, number> = {};
    for (const name of controller.caches) {
      const table = yield* view<KubeObject>(cacheTable(name));
      views.set(name, table);
      versions[name] = table.version;
    }
    const at = yield* now();
    const cache = cacheOf(views);
    let queue = state.queue;
    if (controller.caches.some((name) => state.versions[name] !== versions[name])) {
      for (const key of controller.keys?.(cache) ?? views.get(controller.caches[0]!)!.keys()) queue = enqueue(queue, key, at);
    }
    for (let next = dequeue(queue, at); next; next = dequeue(queue, at)) {
      queue = next.queue;
      try {
        const again = yield* work(controller, next.key, cache, at, settings, () => client(controller.name));
        queue = forget(queue, next.key);
        if (again !== null) queue = enqueue(queue, next.key, Math.max(again, at + 1));
      } catch (caught) {
        if (!(caught instanceof GoError)) throw caught;
        const line = isConflict(caught) ? null : controller.complaint?.(next.key, caught.message);
        if (line) yield* klogUnhandled(line[0], line[1], 'Unhandled Error');
        queue = enqueueRateLimited(queue, next.key, yield* now(), undefined, controller.maxDelayUs);
      }
    }
    state = { versions, queue };
    const due = nextDue(queue);
    const timeout = due === null ? {} : { timeout: Math.max(0, due - (yield* now())) };
    yield* poll({ tables: controller.caches.map((name) => ({ table: cacheTable(name), since: versions[name]! })), ...timeout });
  }
}
