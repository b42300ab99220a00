/** The sync loop's state, and how work reaches the pod workers. Models pkg/kubelet/pod_workers.go UpdatePod and its callers. */
import { del, endThread, get, now, put, thread, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { jitter } from './bus.ts';
import type { Pod, PodUpdate, RuntimePod, Source } from './types.ts';
import { noWorkers, startJob, updatePod } from './workers.ts';
import type { Requeue, Workers } from './workers.ts';

export interface LoopState {
  readonly workers: Workers;
  /** uid → pod, by source; mirrors are among the API's. */ readonly known: Readonly<Record<Source, Readonly<Record<string, Pod>>>>;
  readonly seen: Readonly<Record<Source, boolean>>;
  /** uid → when it is to be looked at again. */ readonly due: Readonly<Record<string, number>>;
  readonly startedAt: number; readonly podsVersion: number; readonly housekeepAt: number; readonly dirty: boolean; readonly skipped: string;
}

export const firstState = (startedAt: number): LoopState => ({ workers: noWorkers, known: { file: {}, api: {} }, seen: { file: false, api: false }, due: {}, startedAt, podsVersion: -1, housekeepAt: startedAt + 2_000_000, dirty: true, skipped: '' });

function containersEnded(runtime: RuntimePod | undefined): boolean {
  return runtime === undefined || (runtime.containers.every((it) => it.state !== 'CONTAINER_RUNNING') && runtime.sandboxes.every((it) => it.state !== 'SANDBOX_READY'));
}

/** Tells a pod's worker; starts its thread and its job when it is free. */
export function* tell(state: LoopState, update: PodUpdate): Coroutine<LoopState> {
  const uid = update.pod?.metadata.uid ?? update.running!.uid;
  const at = yield* now();
  const fresh = state.workers.byUid[uid] === undefined;
  const final = update.pod?.status?.phase === 'Failed' || update.pod?.status?.phase === 'Succeeded';
  const alreadyOver = fresh && final && containersEnded(yield* get<RuntimePod>('runtime', uid));
  const { workers, cancel } = updatePod(state.workers, update, { now: at, alreadyOver });
  if (fresh && workers.byUid[uid] !== undefined) yield* put('podthreads', uid, yield* thread('podworker', uid));
  if (cancel) yield* put('cancel', uid, true);
  return yield* kick({ ...state, workers }, uid);
}

/** Hands an idle worker its pending work. */
export function* kick(state: LoopState, uid: string): Coroutine<LoopState> {
  const { workers, job, requeue } = startJob(state.workers, uid, yield* now());
  let next: LoopState = workers === state.workers ? state : { ...state, workers, dirty: state.dirty || workers.byUid[uid]?.finished === true };
  if (requeue) {
    next = yield* enqueue(next, uid, 'backoff');
    yield* put(`jobs/${uid}`, 'attach', true);
  }
  if (job !== null) {
    if (job.work === 'sync') yield* del('cancel', uid);
    yield* put(`jobs/${uid}`, 'next', job);
  }
  yield* publish(next, uid);
  return next;
}

function* publish(state: LoopState, uid: string): Coroutine<void> {
  const worker = state.workers.byUid[uid];
  if (worker === undefined) yield* del('workers', uid);
  else yield* put('workers', uid, worker);
}

/** When a worker is to be looked at again. */
export function* enqueue(state: LoopState, uid: string, when: Requeue): Coroutine<LoopState> {
  const at = yield* now();
  const wait = when === 'now' ? 0 : when === 'resync' ? yield* jitter(`worker/${uid}`, 60_000_000, 0.5) : when === 'transient' ? yield* jitter(`worker/${uid}`, 1_000_000, 0.5) : yield* jitter(`worker/${uid}`, 10_000_000, 0.5);
  return { ...state, due: { ...state.due, [uid]: at + wait } };
}

/** Ends the threads of workers that are gone and drops what was kept for them. */
export function* forget(uids: readonly string[]): Coroutine<void> {
  for (const uid of uids) {
    const tid = yield* get<number>('podthreads', uid);
    if (tid !== undefined) yield* endThread(tid);
    yield* del('podthreads', uid);
    for (const job of ['next', 'attach']) yield* del(`jobs/${uid}`, job);
    yield* del('attached', uid);
    yield* del('workers', uid);
    for (const key of (yield* view('reasons')).keys()) if (key.startsWith(`${uid}/`)) yield* del('reasons', key);
  }
}
