/** Creates Jobs on a schedule and keeps the history short. Models pkg/controller/cronjob. Not modelled: time zones other than UTC. */
import { deepEqual } from '../../../base/json.ts';
import { parseRfc3339, rfc3339 } from '../../../base/time.ts';
import { controllerRef, isControlledBy, referenceTo, type Action, type Cache, type Controller, type CronJob, type Job, type Outcome } from '../../../lib/controller/index.ts';
import { nextTime, parseCron } from './cron.ts';

const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
const cronRef = (cron: CronJob) => ({ group: 'batch', resource: 'cronjobs', namespace: cron.metadata.namespace ?? '', name: cron.metadata.name });
const jobRef = (job: Job) => ({ group: 'batch', resource: 'jobs', namespace: job.metadata.namespace ?? '', name: job.metadata.name });
const outcome = (job: Job) => job.status?.conditions?.find((one) => (one.type === 'Complete' || one.type === 'Failed') && one.status === 'True')?.type;
const created = (job: Job) => parseRfc3339(job.metadata.creationTimestamp ?? '') ?? 0;

function history(cron: CronJob, jobs: readonly Job[]): Action[] {
  const old = (type: string, keep: number) => {
    const ended = jobs.filter((job) => outcome(job) === type).sort((a, b) => created(a) - created(b));
    return ended.slice(0, Math.max(0, ended.length - keep));
  };
  const about = referenceTo(cron, 'batch/v1', 'CronJob');
  return [...old('Complete', cron.spec.successfulJobsHistoryLimit ?? 3), ...old('Failed', cron.spec.failedJobsHistoryLimit ?? 1)].map((job): Action => ({
    op: 'delete', cache: 'jobs', ref: jobRef(job), object: job, options: { propagationPolicy: 'Background' }, ignore: ['NotFound'],
    done: () => ({ about, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted job ${job.metadata.name}` }),
  }));
}

/** The last scheduled time that has passed and not been served; null when none has. */
function missed(cron: CronJob, schedule: NonNullable<ReturnType<typeof parseCron>>, nowUs: number): number | null {
  const from = Math.max(parseRfc3339(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp ?? '') ?? nowUs, cron.spec.startingDeadlineSeconds === undefined ? 0 : nowUs - cron.spec.startingDeadlineSeconds * 1e6);
  let last: number | null = null;
  for (let at = nextTime(schedule, from), count = 0; at !== null && at <= nowUs && count < 1000; at = nextTime(schedule, at), count++) last = at;
  return last;
}

function jobFor(cron: CronJob, at: number): unknown {
  const { jobTemplate } = cron.spec;
  return {
    apiVersion: 'batch/v1', kind: 'Job',
    metadata: {
      name: `${cron.metadata.name}-${Math.floor(at / 60e6)}`, namespace: cron.metadata.namespace, ...(jobTemplate.metadata?.labels ? { labels: jobTemplate.metadata.labels } : {}),
      annotations: { ...jobTemplate.metadata?.annotations, [SCHEDULED]: rfc3339(at) }, ownerReferences: [controllerRef(cron, 'batch/v1', 'CronJob')],
    },
    spec: jobTemplate.spec,
  };
}

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const cron = cache.get<CronJob>('cronjobs', key);
  if (!cron || cron.metadata.deletionTimestamp) return { actions: [] };
  const about = referenceTo(cron, 'batch/v1', 'CronJob');
  const jobs = cache.list<Job>('jobs', cron.metadata.namespace).filter((job) => isControlledBy(job, cron));
  const running = jobs.filter((job) => outcome(job) === undefined);
  const actions: Action[] = history(cron, jobs);
  const known = cron.status?.active ?? [];
  for (const one of known) {
    const job = jobs.find((other) => other.metadata.uid === one.uid);
    const type = job && outcome(job);
    if (type) actions.push({ op: 'event', event: { about, type: 'Normal', reason: 'SawCompletedJob', message: `Saw completed job: ${job.metadata.name}, condition: ${type}` } });
    else if (!job) actions.push({ op: 'event', event: { about, type: 'Normal', reason: 'MissingJob', message: `Active job went missing: ${one.name}` } });
  }
  const active = running.map((job) => ({ kind: 'Job', namespace: job.metadata.namespace ?? '', name: job.metadata.name, uid: job.metadata.uid ?? '', apiVersion: 'batch/v1', resourceVersion: known.find((one) => one.uid === job.metadata.uid)?.resourceVersion ?? job.metadata.resourceVersion ?? '' }));
  const last = Math.max(0, ...jobs.filter((job) => outcome(job) === 'Complete').map((job) => parseRfc3339(job.status?.completionTime ?? '') ?? 0));
  const status = { ...(active.length > 0 ? { active } : {}), ...(cron.status?.lastScheduleTime ? { lastScheduleTime: cron.status.lastScheduleTime } : {}), ...(last > 0 || cron.status?.lastSuccessfulTime ? { lastSuccessfulTime: last > 0 ? rfc3339(last) : cron.status!.lastSuccessfulTime! } : {}) };
  const write = (next: CronJob['status']): Action[] => (deepEqual(cron.status ?? {}, next) ? [] : [{ op: 'updateStatus', cache: 'cronjobs', ref: cronRef(cron), object: { ...cron, status: next } }]);
  const schedule = parseCron(cron.spec.schedule);
  if (!schedule) return { actions: [...actions, ...write(status)] };
  const due = cron.spec.suspend ? null : missed(cron, schedule, nowUs);
  const next = cron.spec.suspend ? null : nextTime(schedule, nowUs);
  if (due === null || (cron.spec.concurrencyPolicy === 'Forbid' && running.length > 0)) return { actions: [...actions, ...write(status)], requeueAt: next };
  const replaced = cron.spec.concurrencyPolicy === 'Replace' ? running.map((job): Action => ({ op: 'delete', cache: 'jobs', ref: jobRef(job), object: job, options: { propagationPolicy: 'Background' }, ignore: ['NotFound'] })) : [];
  return {
    actions: [...actions, ...replaced,
      {
        op: 'create', cache: 'jobs', ref: { group: 'batch', resource: 'jobs', namespace: cron.metadata.namespace ?? '' }, object: jobFor(cron, due), ignore: ['AlreadyExists'],
        done: (job) => ({ about, type: 'Normal', reason: 'SuccessfulCreate', message: `Created job ${job.metadata.name}` }), failed: (message) => ({ about, type: 'Warning', reason: 'FailedCreate', message: `Error creating job: ${message}` }),
      },
      ...write({ ...status, lastScheduleTime: rfc3339(due) }),
    ],
    requeueAt: next,
  };
}

export const cronJobController: Controller = { name: 'cronjob-controller', caches: ['cronjobs', 'jobs'], reconcile, complaint: (key, error) => ['cronjob_controllerv2.go:176', `error syncing CronJobController ${key}, requeuing: ${error}`] };
