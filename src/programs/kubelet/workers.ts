/**
 * The life of each pod: when its worker may start, what it is to do next, when it is over. Pure transitions on the
 * main thread's records. Models pkg/kubelet/pod_workers.go of 1.33.
 */
import type { Job, Pod, PodUpdate, Work, Worker } from './types.ts';
import { isStatic } from './types.ts';

/** All workers, the static pods that have started (by full name) and those that wait for their turn. */
export interface Workers {
  readonly byUid: Readonly<Record<string, Worker>>;
  readonly started: Readonly<Record<string, string>>;
  readonly waiting: Readonly<Record<string, readonly string[]>>;
  /** Housekeeping has seen the pods of all sources once. */ readonly synced: boolean;
}
export const noWorkers: Workers = { byUid: {}, started: {}, waiting: {}, synced: false };

export const terminationRequested = (it: Worker): boolean => it.terminatingAt > 0;
export const workOf = (it: Worker): Work => (it.terminatedAt > 0 ? 'terminated' : it.terminatingAt > 0 ? 'terminating' : 'sync');
const put = (all: Workers, worker: Worker): Workers => ({ ...all, byUid: { ...all.byUid, [worker.uid]: worker } });
const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> => {
  const { [key]: _gone, ...rest } = record;
  return rest;
};
const released = (all: Workers, { uid, fullName }: Worker): Workers => (all.started[fullName] === uid ? { ...all, started: without(all.started, fullName) } : all);

function graceOf(worker: Worker, pod: Pod | null, override: number | null): number {
  let grace = worker.graceSeconds;
  let given = false;
  for (const value of [pod?.metadata.deletionGracePeriodSeconds, override]) {
    if (value === undefined || value === null || (grace !== 0 && value >= grace)) continue;
    grace = value;
    given = true;
  }
  if (!given && grace === 0) grace = pod?.spec.terminationGracePeriodSeconds ?? 0;
  return Math.max(1, grace);
}

const born = (uid: string, fullName: string, pod: Pod | null): Worker => ({ uid, fullName, static: pod !== null && isStatic(pod), startedAt: 0, terminatingAt: 0, terminatedAt: 0, startedTerminating: false, finished: false, deleted: false, evicted: false,
  restartRequested: false, observedRuntime: false, graceSeconds: 0, pending: null, active: null, busy: false });

/** `alreadyOver`: the runtime has nothing running of a pod whose phase is final. */
export interface UpdateContext { readonly now: number; readonly alreadyOver: boolean }

/** A configuration change, a kill or a plain sync arrives. → the workers, and whether a running sync must be cut short. */
export function updatePod(from: Workers, given: PodUpdate, { now, alreadyOver }: UpdateContext): { readonly workers: Workers; readonly cancel: boolean } {
  const uid = given.pod?.metadata.uid ?? given.running!.uid;
  const fullName = given.pod === null ? `${given.running!.namespace}/${given.running!.name}` : `${given.pod.metadata.namespace}/${given.pod.metadata.name}`;
  const known = from.byUid[uid];
  let worker = known ?? born(uid, fullName, given.pod);
  const final = given.pod?.status?.phase === 'Failed' || given.pod?.status?.phase === 'Succeeded';
  if (known === undefined && final && alreadyOver) worker = { ...worker, terminatedAt: now, terminatingAt: now, startedTerminating: true };
  let update = given;
  if (given.pod === null) {
    worker = { ...worker, observedRuntime: true };
    const pod = worker.pending?.pod ?? worker.active?.pod ?? null;
    if (pod !== null) update = { ...given, pod, running: null };
  }
  if (known !== undefined && terminationRequested(worker) && given.type === 'create') return { workers: put(from, { ...worker, restartRequested: true }), cancel: false };
  if (worker.finished) return { workers: from, cancel: false };
  let becameTerminating = false;
  if (!terminationRequested(worker)) {
    const deleted = update.running !== null || update.pod?.metadata.deletionTimestamp !== undefined;
    becameTerminating = deleted || final || update.type === 'kill';
    if (becameTerminating) worker = { ...worker, terminatingAt: now, deleted: worker.deleted || deleted };
  }
  let shortened = false;
  if (worker.terminatedAt > 0) {
    if (given.pod === null) return { workers: put(from, worker), cancel: false };
  } else if (terminationRequested(worker)) {
    const grace = graceOf(worker, update.pod, update.graceSeconds);
    shortened = worker.graceSeconds !== 0 && worker.graceSeconds !== grace;
    worker = { ...worker, graceSeconds: grace };
  }
  let workers = from;
  if (known === undefined && worker.static) workers = { ...workers, waiting: { ...workers.waiting, [fullName]: [...(workers.waiting[fullName] ?? []), uid] } };
  return { workers: put(workers, { ...worker, pending: update }), cancel: (becameTerminating || shortened) && worker.busy };
}

/** Whether a static pod's turn has come: one at a time by full name, in the order they came. */
function allowStaticStart(from: Workers, worker: Worker): readonly [Workers, boolean] {
  const started = from.started[worker.fullName];
  if (started !== undefined) return [from, started === worker.uid];
  let queue = from.waiting[worker.fullName] ?? [];
  for (let i = 0; i < queue.length; i++) {
    const other = from.byUid[queue[i]!];
    if (other === undefined || terminationRequested(other)) continue;
    if (queue[i] !== worker.uid) return [{ ...from, waiting: { ...from.waiting, [worker.fullName]: queue.slice(i) } }, false];
    queue = queue.slice(i + 1);
    break;
  }
  const waiting = queue.length > 0 ? { ...from.waiting, [worker.fullName]: queue } : without(from.waiting, worker.fullName);
  return [{ ...from, waiting, started: { ...from.started, [worker.fullName]: worker.uid } }, true];
}

/** The next job of an idle worker. `requeue`: it may not start yet, and is to be tried again after the back-off. */
export function startJob(from: Workers, uid: string, now: number): { readonly workers: Workers; readonly job: Job | null; readonly requeue: boolean } {
  const worker = from.byUid[uid];
  if (worker === undefined || worker.busy || worker.pending === null) return { workers: from, job: null, requeue: false };
  const { pending } = worker;
  const work = workOf(worker);
  if (worker.startedAt === 0 && !worker.observedRuntime) {
    if (terminationRequested(worker) && worker.static && from.started[worker.fullName] !== uid) {
      // Told to end before its turn came: nothing to tear down.
      const over = released(from, worker);
      return { workers: put(over, { ...worker, finished: true, terminatedAt: now, pending: null }), job: null, requeue: false };
    }
    if (worker.static) {
      const [next, allowed] = allowStaticStart(from, worker);
      if (!allowed) return { workers: next, job: null, requeue: true };
      return begin(next, worker, pending, work, now);
    }
  }
  return begin(from, worker, pending, work, now);
}

function begin(from: Workers, worker: Worker, update: PodUpdate, work: Work, now: number): { readonly workers: Workers; readonly job: Job; readonly requeue: boolean } {
  const merged: PodUpdate = { ...update, pod: update.pod ?? worker.active?.pod ?? null };
  const next: Worker = { ...worker, pending: null, active: merged, busy: true, startedAt: worker.startedAt === 0 ? now : worker.startedAt, startedTerminating: worker.startedTerminating || work !== 'sync' };
  return { workers: put(from, next), job: { work, update: merged, graceSeconds: worker.graceSeconds }, requeue: false };
}

/** How a job ended. */
export interface Done { readonly uid: string; readonly work: Work; readonly error: string | null; readonly terminal: boolean; readonly canceled: boolean }
export type Requeue = 'now' | 'resync' | 'transient' | 'backoff';

/** → the workers, and when the pod is to be looked at again; null: its worker is over. */
export function jobDone(from: Workers, done: Done, now: number): { readonly workers: Workers; readonly requeue: Requeue | null } {
  const worker = from.byUid[done.uid];
  if (worker === undefined) return { workers: from, requeue: null };
  let next: Worker = { ...worker, busy: false };
  if (done.error === null && !done.canceled) {
    if (done.work === 'terminated' || (done.work === 'terminating' && worker.active?.pod === null)) {
      next = { ...next, finished: true, terminatedAt: next.terminatedAt === 0 ? now : next.terminatedAt, pending: null };
      return { workers: put(released(from, next), next), requeue: null };
    }
    if (done.work === 'terminating') next = { ...next, terminatedAt: now, pending: next.pending ?? next.active };
    else if (done.terminal) next = { ...next, terminatingAt: next.terminatingAt === 0 ? now : next.terminatingAt, graceSeconds: Math.max(1, graceOf(next, next.active?.pod ?? null, null)), pending: next.pending ?? next.active };
  }
  const transition = done.error === null && !done.canceled && (done.work === 'terminating' || done.terminal);
  const requeue: Requeue = transition ? 'now' : done.error === null ? 'resync' : done.error.includes('network is not ready') ? 'transient' : 'backoff';
  return { workers: put(from, next), requeue };
}

/** Housekeeping: workers of pods that nobody wants any more are told to end, or forgotten when they have. → who must be woken. */
export function pruneWorkers(from: Workers, desired: ReadonlySet<string>, now: number): { readonly workers: Workers; readonly wake: readonly string[]; readonly removed: readonly string[] } {
  let workers: Workers = { ...from, synced: true };
  const wake: string[] = [];
  const removed: string[] = [];
  for (const worker of Object.values(from.byUid)) {
    const orphan = !desired.has(worker.uid);
    if (!orphan && !worker.restartRequested) continue;
    if (!worker.finished) {
      if (!orphan) continue;
      let next: Worker = { ...worker, deleted: true };
      if (worker.startedAt > 0 || worker.observedRuntime) {
        if (!terminationRequested(worker)) next = { ...next, terminatingAt: now, graceSeconds: worker.active?.pod ? graceOf(worker, worker.active.pod, null) : 1 };
        if (next.pending === null && next.active !== null) next = { ...next, pending: next.active };
        if (!worker.busy) wake.push(worker.uid);
        workers = put(workers, next);
        continue;
      }
    }
    workers = released({ ...workers, byUid: without(workers.byUid, worker.uid) }, worker);
    removed.push(worker.uid);
  }
  return { workers, wake, removed };
}

/** Whether nothing of a pod is to be kept: containers, sandboxes, logs. */
export function contentRemovable(all: Pick<Workers, 'byUid' | 'synced'>, uid: string): boolean {
  const worker = all.byUid[uid];
  return worker === undefined ? all.synced : worker.evicted || (worker.deleted && worker.terminatedAt > 0);
}
