/**
 * Runs pods until a Job's work is done, and cleans finished Jobs up after their time. Models pkg/controller/job and
 * ttlafterfinished. Not modelled: indexed completion, pod failure policies, uncounted pods behind finalizers.
 */
import { deepEqual } from '../../../base/json.ts';
import { parseRfc3339, rfc3339 } from '../../../base/time.ts';
import { referenceTo, type Action, type Cache, type Condition, type Controller, type Job, type Outcome, type Pod } from '../../../lib/controller/index.ts';
import { claim, isActive, isReady, podFromTemplate, podRef, podsIn, type Owner } from './pods.ts';

const jobRef = (job: Job) => ({ group: 'batch', resource: 'jobs', namespace: job.metadata.namespace ?? '', name: job.metadata.name });
const finishedAs = (job: Job) => job.status?.conditions?.find((one) => (one.type === 'Complete' || one.type === 'Failed') && one.status === 'True');
const BACKOFF_BASE_US = 10e6;
const BACKOFF_CAP_US = 360e6;

/** When the next pod may start after failures: 10 s, 20 s, 40 s … after the last one ended. */
function nextStart(failed: readonly Pod[]): number {
  if (failed.length === 0) return 0;
  const ended = Math.max(...failed.map((pod) => Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => parseRfc3339(status.state?.terminated?.finishedAt ?? '') ?? 0), parseRfc3339(pod.metadata.creationTimestamp ?? '') ?? 0)));
  return ended + Math.min(BACKOFF_BASE_US * (1 << Math.min(failed.length - 1, 10)), BACKOFF_CAP_US);
}

function condition(type: string, reason: string, message: string, nowUs: number): Condition {
  return { type, status: 'True', reason, message, lastProbeTime: rfc3339(nowUs), lastTransitionTime: rfc3339(nowUs) };
}

/** Why the Job is over; null while it runs. */
function verdict(job: Job, succeeded: number, failed: number, active: number, nowUs: number): Condition | null {
  const { completions, backoffLimit = 6, activeDeadlineSeconds } = job.spec;
  if (completions === undefined ? succeeded > 0 && active === 0 : succeeded >= completions) return condition('Complete', 'CompletionsReached', 'Reached expected number of succeeded pods', nowUs);
  if (failed > backoffLimit) return condition('Failed', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit', nowUs);
  const began = parseRfc3339(job.status?.startTime ?? '');
  if (activeDeadlineSeconds !== undefined && began !== null && nowUs >= began + activeDeadlineSeconds * 1e6) return condition('Failed', 'DeadlineExceeded', 'Job was active longer than specified deadline', nowUs);
  return null;
}

const remove = (job: Job, pod: Pod): Action => ({
  op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, ignore: ['NotFound'],
  done: () => ({ about: referenceTo(job, 'batch/v1', 'Job'), type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` }),
});

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const job = cache.get<Job>('jobs', key);
  if (!job || job.metadata.deletionTimestamp) return { actions: [] };
  const about = referenceTo(job, 'batch/v1', 'Job');
  const over = finishedAs(job);
  if (over) {
    const expires = job.spec.ttlSecondsAfterFinished === undefined ? null : (parseRfc3339(over.lastTransitionTime ?? '') ?? nowUs) + job.spec.ttlSecondsAfterFinished * 1e6;
    if (expires !== null && expires <= nowUs) return { actions: [{ op: 'delete', cache: 'jobs', ref: jobRef(job), object: job, options: { propagationPolicy: 'Foreground' }, ignore: ['NotFound'] }] };
    return { actions: [], requeueAt: expires };
  }
  const owner: Owner = { object: job, apiVersion: 'batch/v1', kind: 'Job', selector: job.spec.selector ?? {} };
  const { mine, actions: claims } = claim(owner, 'pods', '', podsIn(cache, job.metadata.namespace));
  const active = mine.filter(isActive);
  const failed = mine.filter((pod) => pod.status?.phase === 'Failed');
  const succeeded = mine.filter((pod) => pod.status?.phase === 'Succeeded').length;
  const suspended = job.spec.suspend === true;
  const end = verdict(job, succeeded, failed.length, active.length, nowUs);
  const parallelism = suspended || end ? 0 : Math.min(job.spec.parallelism ?? 1, job.spec.completions === undefined ? (succeeded > 0 ? active.length : Infinity) : job.spec.completions - succeeded);
  const start = nextStart(failed);
  const missing = Math.max(0, parallelism - active.length);
  const changes: Action[] = [
    ...active.slice(parallelism).map((pod) => remove(job, pod)),
    ...(missing > 0 && start <= nowUs ? Array.from({ length: missing }, (): Action => ({
      op: 'create', cache: 'pods', ref: { group: '', resource: 'pods', namespace: job.metadata.namespace ?? '' }, object: podFromTemplate(job.spec.template, owner),
      done: (pod) => ({ about, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` }),
      failed: (message) => ({ about, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` }),
    })) : []),
  ];
  const others = (job.status?.conditions ?? []).filter((one) => one.type !== end?.type);
  const pausing = suspended && !others.some((one) => one.type === 'Suspended') ? [condition('Suspended', 'JobSuspended', 'Job suspended', nowUs)] : [];
  const successful = end?.type === 'Complete' && !others.some((one) => one.type === 'SuccessCriteriaMet') ? [{ ...end, type: 'SuccessCriteriaMet' }] : [];
  const failing = end?.type === 'Failed' && !others.some((one) => one.type === 'FailureTarget') ? [{ ...end, type: 'FailureTarget' }] : [];
  const conditions = [...others, ...pausing, ...successful, ...failing, ...(end ? [end] : [])];
  const ready = active.filter(isReady).length;
  const running = end ? 0 : active.length + changes.filter((change) => change.op === 'create').length - changes.filter((change) => change.op === 'delete').length;
  const status = {
    ...(running > 0 ? { active: running } : {}), ready, terminating: mine.filter((pod) => pod.metadata.deletionTimestamp && pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded').length, ...(succeeded > 0 ? { succeeded } : {}), ...(failed.length > 0 ? { failed: failed.length } : {}), uncountedTerminatedPods: {},
    ...(suspended ? {} : { startTime: job.status?.startTime ?? rfc3339(nowUs) }), ...(end?.type === 'Complete' ? { completionTime: rfc3339(nowUs) } : {}), ...(conditions.length > 0 ? { conditions } : {}),
  };
  const update: Action[] = deepEqual(job.status ?? {}, status) ? [] : [{
    op: 'updateStatus', cache: 'jobs', ref: jobRef(job), object: { ...job, status },
    done: () => (!end ? null : end.type === 'Complete' ? { about, type: 'Normal', reason: 'Completed', message: 'Job completed' } : { about, type: 'Warning', reason: end.reason ?? '', message: end.message ?? '' }),
  }];
  const began = parseRfc3339(status.startTime ?? '');
  const deadline = job.spec.activeDeadlineSeconds !== undefined && began !== null ? began + job.spec.activeDeadlineSeconds * 1e6 : Infinity;
  const next = Math.min(deadline, missing > 0 && start > nowUs ? start : Infinity);
  return { actions: [...claims, ...changes, ...update], requeueAt: Number.isFinite(next) ? next : null };
}

export const jobController: Controller = { name: 'job-controller', caches: ['jobs', 'pods'], reconcile, complaint: (key, error) => ['job_controller.go:632', `syncing job "${key}": ${error}`] };
