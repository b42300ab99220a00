/**
 * A pod's worker: does one job at a time, as the main thread hands them out, and reports. Thread `podworker`.
 * Models kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod.
 */
import { attempt, checkpoint, del, get, mkdir, now, poll, put, thread, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { klogError } from '../../lib/klog/index.ts';
import { podEvent, post, runtimeNewerThan, runtimeNow, settings } from './bus.ts';
import { makeDirs } from './hostpath.ts';
import { killPod } from './kill.ts';
import { reconcileMirror } from './mirror.ts';
import { apiPodStatus } from './podstatus.ts';
import { addProbers, proberKey, stopProbers, triggerProbe } from './prober.ts';
import { failureText, startPod } from './startpod.ts';
import type { Failure } from './startpod.ts';
import { ownStatus, setPodStatus, terminatePod } from './statuses.ts';
import { isHostNetwork, isStatic, fullName } from './types.ts';
import type { Job, Pod, PodStatus, PodUpdate, ProbeResult, Reason, RuntimePod } from './types.ts';
import { attachVolumes, mountVolumes, podDir, waitForUnmount } from './volumes.ts';

interface Outcome { readonly error: string | null; readonly terminal: boolean; readonly canceled: boolean }
const fine: Outcome = { error: null, terminal: false, canceled: false };

/** The status to report for what the runtime has; asks a readiness prober that has not spoken yet to do so. */
function* statusOf(pod: Pod, runtime: RuntimePod | undefined, isTerminal: boolean): Coroutine<PodStatus> {
  const [reasons, readiness, startup, probers] = [yield* view<Reason>('reasons'), yield* view<ProbeResult>('results/readiness'), yield* view<ProbeResult>('results/startup'), yield* view('probers')];
  const { uid } = pod.metadata;
  const has = (container: string, type: 'readiness' | 'startup'): boolean => probers.has(proberKey({ uid, container, type }));
  const unprobed: string[] = [];
  const status = apiPodStatus(pod, runtime, {
    now: yield* now(), hostIp: (yield* settings()).nodeIp, old: yield* ownStatus(pod), reason: (container) => reasons.get(`${uid}/${container}`),
    started: (container, id) => (startup.has(id) ? startup.get(id) === 'success' : !has(container, 'startup')),
    ready: (container, id) => {
      if (readiness.get(id) === 'success') return true;
      if (has(container, 'readiness')) unprobed.push(container);
      return !has(container, 'readiness');
    },
  }, isTerminal);
  for (const container of unprobed) yield* triggerProbe(uid, container);
  return status;
}

function* networkProblem(pod: Pod): Coroutine<string | null> {
  const problem = yield* get<string>('node', 'network');
  if (problem === undefined || problem === '' || isHostNetwork(pod)) return null;
  yield* podEvent(pod, 'Warning', 'NetworkNotReady', `network is not ready: ${problem}`);
  return `network is not ready: ${problem}`;
}

function* makePodDirs(pod: Pod): Coroutine<void> {
  const dir = podDir(pod.metadata.uid);
  yield* makeDirs(dir, 0o750);
  for (const name of ['volumes', 'plugins', 'containers']) yield* attempt(mkdir(`${dir}/${name}`, 0o750), 'EEXIST');
}

function* noteReasons(pod: Pod, failures: readonly Failure[]): Coroutine<void> {
  const { uid } = pod.metadata;
  for (const key of (yield* view('reasons')).keys()) if (key.startsWith(`${uid}/`) && !failures.some((it) => key === `${uid}/${it.target}`)) yield* del('reasons', key);
  for (const { target, reason, message } of failures) yield* put('reasons', `${uid}/${target}`, { reason, message } satisfies Reason);
}

function* syncPod({ pod, mirror }: PodUpdate, runtime: RuntimePod | undefined): Coroutine<Outcome> {
  const it = pod!;
  const status = yield* statusOf(it, runtime, false);
  yield* setPodStatus(it, status);
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return { ...fine, terminal: true };
  const network = yield* networkProblem(it);
  if (network !== null) return { ...fine, error: network };
  if (isStatic(it)) yield* reconcileMirror(it, mirror);
  yield* makePodDirs(it);
  const waiting = yield* mountVolumes(it);
  if (waiting !== null) return { ...fine, error: waiting, canceled: waiting === 'context canceled' };
  yield* addProbers(it);
  const failures = yield* startPod(it, runtime, (yield* settings()).nodeIp);
  yield* noteReasons(it, failures);
  return failures.length === 0 ? fine : { ...fine, error: failureText(failures) };
}

function* terminating({ update, graceSeconds }: Job, runtime: RuntimePod | undefined): Coroutine<Outcome> {
  const { pod } = update;
  if (pod === null) {
    const problem = yield* killPod(null, update.running ?? runtime, 1);
    return problem === null ? fine : { ...fine, error: problem };
  }
  yield* setPodStatus(pod, yield* statusOf(pod, runtime, false));
  yield* stopProbers(pod.metadata.uid, ['liveness', 'startup']);
  const problem = yield* killPod(pod, runtime, graceSeconds);
  if (problem !== null) {
    yield* podEvent(pod, 'Warning', 'FailedKillPod', `error killing pod: ${problem}`);
    return { ...fine, error: problem };
  }
  yield* stopProbers(pod.metadata.uid);
  yield* setPodStatus(pod, yield* statusOf(pod, yield* runtimeNow(pod.metadata.uid), true));
  yield* thread('unmounter', pod as unknown as Json);
  return fine;
}

function* terminated({ pod }: PodUpdate, runtime: RuntimePod | undefined): Coroutine<Outcome> {
  if (pod === null) return fine;
  yield* setPodStatus(pod, yield* statusOf(pod, runtime, true));
  yield* waitForUnmount(pod);
  yield* terminatePod(pod);
  return fine;
}

function* work(uid: string, job: Job, since: number): Coroutine<Outcome> {
  const runtime = yield* runtimeNewerThan(uid, since);
  if (job.work === 'sync') return yield* syncPod(job.update, runtime);
  return job.work === 'terminating' ? yield* terminating(job, runtime) : yield* terminated(job.update, runtime);
}

/** Thread `podworker`: `arg` is the pod's uid. Jobs arrive in the table `jobs/<uid>`. */
export function* podworker(arg: Json, saved?: Json): Coroutine<void> {
  const uid = arg as string;
  let since = (saved as number | undefined) ?? 0;
  for (;;) {
    yield* checkpoint(since);
    const jobs = yield* view<Job>(`jobs/${uid}`);
    const job = jobs.get('next');
    if (job === undefined) {
      if (jobs.has('stop')) return;
      if (jobs.has('attach')) {
        const waiting = yield* get<Pod>('pods', uid);
        yield* del(`jobs/${uid}`, 'attach');
        if (waiting !== undefined) yield* attachVolumes(waiting);
        continue;
      }
      yield* poll({ tables: [{ table: `jobs/${uid}`, since: jobs.version }] });
      continue;
    }
    const outcome = yield* work(uid, job, since);
    since = yield* now();
    if (outcome.error !== null && !outcome.canceled) {
      const pod = job.update.pod;
      yield* klogError('pod_workers.go:1301', outcome.error, 'Error syncing pod, skipping', 'pod', pod === null ? `${job.update.running!.namespace}/${job.update.running!.name}` : fullName(pod), 'podUID', uid);
    }
    yield* del(`jobs/${uid}`, 'next');
    yield* post(`done/${uid}`, { kind: 'done', uid, work: job.work, ...outcome });
  }
}
