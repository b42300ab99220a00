/**
 * The main loop: hears of pods from files and the API, of changes in the runtime and from the probers, and drives each pod's
 * worker. All worker records belong to this thread. Models kubelet.go syncLoopIteration and pod_workers.go.
 */
import { checkpoint, del, get, now, poll, put, view } from '../../kernel/sys.ts';
import type { Coroutine, Json, Signal } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { klogError } from '../../lib/klog/index.ts';
import { housekeeping } from './housekeeping.ts';
import { podChanges } from './merge.ts';
import { enqueue, kick, tell } from './dispatch.ts';
import type { LoopState } from './dispatch.ts';
import { letIn } from './letin.ts';
import { takeProbe } from './probestatus.ts';
import { deadContainers } from './reap.ts';
import { forgetStartup, observedOnWatch } from './startup.ts';
import { fullName, isMirror, isStatic } from './types.ts';
import type { Message, Pod, Source, UpdateType } from './types.ts';
import { jobDone } from './workers.ts';

const TICK = 1_000_000;
const HOUSEKEEPING = 2_000_000;

/** The static pod that a mirror shows, or the pod itself; and the mirror of it. */
function resolve(state: LoopState, pod: Pod): { readonly pod: Pod | null; readonly mirror: Pod | null } {
  const named = (pods: Readonly<Record<string, Pod>>, wanted: (it: Pod) => boolean): Pod | null => Object.values(pods).find((it) => fullName(it) === fullName(pod) && wanted(it)) ?? null;
  if (isMirror(pod)) return { pod: named(state.known.file, () => true), mirror: pod };
  return { pod, mirror: isStatic(pod) ? named(state.known.api, isMirror) : null };
}

function* syncOne(state: LoopState, uid: string, type: UpdateType): Coroutine<LoopState> {
  const pod = state.known.file[uid] ?? state.known.api[uid];
  if (pod === undefined || isMirror(pod)) return yield* kick(state, uid);
  return yield* tell(state, { type, ...resolve(state, pod), running: null, graceSeconds: null });
}

/** A changed set of pods from one source. */
function* sourceChanged(from: LoopState, source: Source, pods: readonly Pod[]): Coroutine<LoopState> {
  const { removed, added, updated, reconciled } = podChanges(from.known[source], pods);
  let state: LoopState = { ...from, seen: { ...from.seen, [source]: true }, known: { ...from.known, [source]: Object.fromEntries(pods.map((it) => [it.metadata.uid, it])) }, dirty: from.dirty || removed.length > 0 || added.length > 0 || !from.seen[source] };
  if (source === 'api') yield* observedOnWatch(pods);
  for (const pod of removed) {
    if (source === 'api') yield* forgetStartup(pod.metadata.uid);
    if (isMirror(pod)) yield* del('mirrors', fullName(pod));
    else yield* del('pods', pod.metadata.uid);
  }
  for (const pod of [...added, ...updated, ...reconciled]) {
    if (isMirror(pod)) yield* put('mirrors', fullName(pod), pod);
    else yield* put('pods', pod.metadata.uid, pod);
  }
  if (!from.seen[source]) yield* put('sources', source, true);
  for (const pod of removed) {
    if (!isMirror(pod)) state = yield* tell(state, { type: 'kill', pod, mirror: null, running: null, graceSeconds: null });
    else state = yield* mirrorChanged(state, pod, null);
  }
  for (const pod of added) state = isMirror(pod) ? yield* mirrorChanged(state, pod, pod) : yield* letIn(state, { type: 'create', ...resolve(state, pod), running: null, graceSeconds: null });
  for (const pod of updated) state = isMirror(pod) ? yield* mirrorChanged(state, pod, pod) : yield* syncOne(state, pod.metadata.uid, 'update');
  return state;
}

function* mirrorChanged(state: LoopState, about: Pod, mirror: Pod | null): Coroutine<LoopState> {
  const { pod } = resolve(state, { ...about, metadata: { ...about.metadata, annotations: { ...about.metadata.annotations, 'kubernetes.io/config.mirror': '' } } });
  if (pod === null) return { ...state, dirty: true };
  return yield* tell(state, { type: 'update', pod, mirror, running: null, graceSeconds: null });
}

function* handle(state: LoopState, message: Message): Coroutine<LoopState> {
  switch (message.kind) {
    case 'pods': return yield* sourceChanged(state, 'file', message.pods);
    case 'pleg': {
      let next = state;
      if (message.event !== 'removed' && (state.known.file[message.uid] ?? state.known.api[message.uid]) !== undefined) next = yield* syncOne(state, message.uid, 'sync');
      if (message.event === 'died') yield* deadContainers(next.workers, message.uid, message.id);
      return { ...next, dirty: true };
    }
    case 'probe': {
      // A liveness result matters when it is bad; the others change what the status says.
      if (message.type === 'liveness' && message.result !== 'failure') return state;
      yield* takeProbe(state.known.file[message.uid] ?? state.known.api[message.uid], message);
      return yield* syncOne(state, message.uid, 'sync');
    }
    case 'done': {
      const { workers, requeue } = jobDone(state.workers, message, yield* now());
      let next: LoopState = { ...state, workers, dirty: state.dirty || message.work !== 'sync' };
      if (requeue !== null) next = yield* enqueue(next, message.uid, requeue);
      return yield* kick(next, message.uid);
    }
  }
}

function* drainInbox(from: LoopState): Coroutine<LoopState> {
  let state = from;
  const inbox = yield* view<Message>('inbox');
  for (const [key, message] of inbox.entries()) {
    yield* del('inbox', key);
    state = yield* handle(state, message);
  }
  return state;
}

function* apiPods(state: LoopState): Coroutine<LoopState> {
  const pods = yield* view<Pod>('cache/pods');
  if (pods.version === state.podsVersion || (yield* get('informer/synced', 'pods')) === undefined) return state;
  return { ...(yield* sourceChanged(state, 'api', [...pods.values()])), podsVersion: pods.version };
}

/** The pods whose time has come. */
function* syncDue(from: LoopState): Coroutine<LoopState> {
  let state = from;
  const at = yield* now();
  for (const [uid, when] of Object.entries(from.due)) {
    if (when > at) continue;
    const { [uid]: _due, ...due } = state.due;
    state = yield* syncOne({ ...state, due }, uid, 'sync');
  }
  return state;
}

/** The loop's ticker beats once a second from the start: the next beat at or after `at`. */
const beat = (state: LoopState, at: number): number => state.startedAt + Math.ceil((at - state.startedAt) / TICK) * TICK;

/** Why pods are not looked at: the runtime is down, or has not been seen yet. '' when all is well. */
function* obstacles(): Coroutine<string> {
  const at = yield* now();
  const relist = yield* get<number>('clock', 'relist');
  const runtime = yield* get<{ readonly okAt: number; readonly startedAt: number }>('node', 'runtime');
  const problems: string[] = [];
  if (runtime === undefined || runtime.okAt === 0) problems.push('container runtime status check may not have completed yet');
  else if (at - runtime.okAt > 30_000_000) problems.push('container runtime is down');
  if (relist === undefined) problems.push('PLEG is not healthy: pleg has yet to be successful');
  else if (at - relist > 180_000_000) problems.push(`PLEG is not healthy: pleg was last seen active ${formatDuration(Math.round((at - relist) / 1000) * 1000)} ago; threshold is 3m0s`);
  return problems.length === 0 ? '' : problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`;
}

/** Waits while the runtime is not there, saying so each time. → the signal that ended the wait, if one did. */
function* waitForRuntime(): Coroutine<Signal | null> {
  let pause = 100_000;
  for (let problem = yield* obstacles(); problem !== ''; problem = yield* obstacles()) {
    yield* klogError('kubelet.go:2475', problem, 'Skipping pod synchronization');
    const { signal } = yield* poll({ signals: true, timeout: pause });
    if (signal !== null) return signal;
    pause = Math.min(pause * 2, 5_000_000);
  }
  return null;
}

/** Housekeeping's ticker beats every two seconds from the start: the next beat after `at`. */
const nextHousekeeping = (state: LoopState, at: number): number => state.startedAt + (Math.floor((at - state.startedAt) / HOUSEKEEPING) + 1) * HOUSEKEEPING;

function* iterate(from: LoopState): Coroutine<LoopState> {
  let state = yield* drainInbox(from.dirty ? from : { ...from, housekeepAt: nextHousekeeping(from, yield* now()) });
  state = yield* apiPods(state);
  const at = yield* now();
  if (at >= state.startedAt && Object.values(state.due).some((when) => beat(state, when) <= at)) state = yield* syncDue(state);
  if (state.dirty && state.seen.file && state.seen.api && at >= state.housekeepAt) state = yield* housekeeping({ ...state, dirty: false, housekeepAt: nextHousekeeping(state, at) });
  return state;
}

/** Runs until a signal to end arrives. → its name. */
export function* syncLoop(from: LoopState): Coroutine<string> {
  let state = from;
  for (;;) {
    yield* checkpoint({ loop: state } as unknown as Json);
    const stopped = yield* waitForRuntime();
    if (stopped !== null) return stopped;
    state = yield* iterate(state);
    const [inbox, pods] = [yield* view('inbox'), yield* view('cache/pods')];
    if (inbox.size > 0) continue;
    const at = yield* now();
    const times = Object.values(state.due).map((when) => beat(state, when));
    if (state.dirty && state.seen.file && state.seen.api) times.push(state.housekeepAt);
    // Whether the runtime still answers is looked at now and then, even when nothing else happens.
    times.push(at + 30_000_000);
    const synced = yield* view('informer/synced');
    const waitFor = [{ table: 'inbox', since: inbox.version }, { table: 'cache/pods', since: pods.version }, ...(state.seen.api ? [] : [{ table: 'informer/synced', since: synced.version }])];
    const { signal } = yield* poll({ tables: waitFor, signals: true, timeout: Math.max(0, Math.min(...times) - at) });
    if (signal === 'TERM' || signal === 'INT') return signal;
  }
}
