/** Rows of deployments, replica sets, daemon sets, stateful sets, jobs and their like. */
import { parseRfc3339 } from '../../base/time.ts';
import { humanDuration } from '../../base/duration.ts';
import { formatSelector } from '../../base/selector.ts';
import type { ApiObject, DaemonSet, Deployment, PodTemplateSpec, ReplicaSet, StringMap } from '../types.ts';
import { ageOf, columns, labelsText, orNone, since } from './column.ts';
import type { Printer } from './column.ts';

const names = (template: PodTemplateSpec | undefined): string => orNone((template?.spec.containers ?? []).map((c) => c.name).join(','));
const images = (template: PodTemplateSpec | undefined): string => orNone((template?.spec.containers ?? []).map((c) => c.image ?? '').join(','));
const WIDE = ['+Containers', '+Images', '+Selector'] as const;

export const deploymentPrinter: Printer<Deployment> = {
  columns: columns('Name', 'Ready', 'Up-to-date#', 'Available#', 'Age', ...WIDE).map((c) => (c.type === 'integer' ? { ...c, type: 'string' as const } : c)),
  row: (d, now) => [d.metadata.name, `${d.status?.readyReplicas ?? 0}/${d.spec.replicas ?? 1}`, d.status?.updatedReplicas ?? 0, d.status?.availableReplicas ?? 0, ageOf(d, now), names(d.spec.template), images(d.spec.template), formatSelector(d.spec.selector)],
};
export const replicaSetPrinter: Printer<ReplicaSet> = {
  columns: columns('Name', 'Desired#', 'Current#', 'Ready#', 'Age', ...WIDE),
  row: (r, now) => [r.metadata.name, r.spec.replicas ?? 1, r.status?.replicas ?? 0, r.status?.readyReplicas ?? 0, ageOf(r, now), names(r.spec.template), images(r.spec.template), formatSelector(r.spec.selector)],
};
export const replicationControllerPrinter: Printer<Omit<ReplicaSet, 'spec'> & { readonly spec: { readonly replicas?: number; readonly selector?: StringMap; readonly template: PodTemplateSpec } }> = {
  columns: columns('Name', 'Desired#', 'Current#', 'Ready#', 'Age', ...WIDE),
  row: (r, now) => [r.metadata.name, r.spec.replicas ?? 1, r.status?.replicas ?? 0, r.status?.readyReplicas ?? 0, ageOf(r, now), names(r.spec.template), images(r.spec.template), labelsText(r.spec.selector)],
};
export const daemonSetPrinter: Printer<DaemonSet> = {
  columns: columns('Name', 'Desired#', 'Current#', 'Ready#', 'Up-to-date#', 'Available#', 'Node Selector', 'Age', ...WIDE),
  row: (d, now) => [d.metadata.name, d.status?.desiredNumberScheduled ?? 0, d.status?.currentNumberScheduled ?? 0, d.status?.numberReady ?? 0, d.status?.updatedNumberScheduled ?? 0, d.status?.numberAvailable ?? 0,
    labelsText(d.spec.template.spec.nodeSelector), ageOf(d, now), names(d.spec.template), images(d.spec.template), formatSelector(d.spec.selector)],
};
interface StatefulSet extends ApiObject { readonly spec: { readonly replicas?: number; readonly template: PodTemplateSpec }; readonly status?: { readonly readyReplicas?: number } }
export const statefulSetPrinter: Printer<StatefulSet> = {
  columns: columns('Name', 'Ready', 'Age', '+Containers', '+Images'),
  row: (s, now) => [s.metadata.name, `${s.status?.readyReplicas ?? 0}/${s.spec.replicas ?? 1}`, ageOf(s, now), names(s.spec.template), images(s.spec.template)],
};

interface Job extends ApiObject { readonly spec: { readonly completions?: number; readonly parallelism?: number; readonly suspend?: boolean; readonly selector?: ReplicaSet['spec']['selector']; readonly template: PodTemplateSpec }; readonly status?: { readonly succeeded?: number; readonly startTime?: string; readonly completionTime?: string; readonly conditions?: readonly { readonly type: string; readonly status: string }[] } }
function jobStatus(job: Job): string {
  const on = (type: string): boolean => job.status?.conditions?.some((c) => c.type === type && c.status === 'True') === true;
  if (on('Complete')) return 'Complete';
  if (on('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (on('Suspended')) return 'Suspended';
  return on('FailureTarget') ? 'FailureTarget' : on('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}
function jobDuration(job: Job, now: number): string {
  const { startTime, completionTime } = job.status ?? {};
  const start = startTime === undefined ? null : parseRfc3339(startTime);
  if (start === null) return '';
  return humanDuration((completionTime === undefined ? now : parseRfc3339(completionTime) ?? now) - start);
}
export const jobPrinter: Printer<Job> = {
  columns: columns('Name', 'Status', 'Completions', 'Duration', 'Age', ...WIDE),
  row: (j, now) => [j.metadata.name, jobStatus(j), j.spec.completions !== undefined ? `${j.status?.succeeded ?? 0}/${j.spec.completions}` : `${j.status?.succeeded ?? 0}/1${(j.spec.parallelism ?? 0) > 1 ? ` of ${j.spec.parallelism}` : ''}`,
    jobDuration(j, now), ageOf(j, now), names(j.spec.template), images(j.spec.template), j.spec.selector === undefined ? '<none>' : formatSelector(j.spec.selector)],
};
interface CronJob extends ApiObject { readonly spec: { readonly schedule: string; readonly timeZone?: string; readonly suspend?: boolean; readonly jobTemplate: { readonly spec: { readonly template: PodTemplateSpec; readonly selector?: ReplicaSet['spec']['selector'] } } }; readonly status?: { readonly active?: readonly unknown[]; readonly lastScheduleTime?: string } }
export const cronJobPrinter: Printer<CronJob> = {
  columns: columns('Name', 'Schedule', 'Timezone', 'Suspend', 'Active#', 'Last Schedule', 'Age', ...WIDE),
  row: (c, now) => [c.metadata.name, c.spec.schedule, orNone(c.spec.timeZone), c.spec.suspend === true ? 'True' : 'False', c.status?.active?.length ?? 0, c.status?.lastScheduleTime === undefined ? '<none>' : since(c.status.lastScheduleTime, now), ageOf(c, now),
    names(c.spec.jobTemplate.spec.template), images(c.spec.jobTemplate.spec.template), c.spec.jobTemplate.spec.selector === undefined ? '<none>' : formatSelector(c.spec.jobTemplate.spec.selector)],
};
interface ControllerRevision extends ApiObject { readonly revision: number }
export const controllerRevisionPrinter: Printer<ControllerRevision> = {
  columns: columns('Name', 'Controller', 'Revision', 'Age'),
  row(r, now) {
    const owner = r.metadata.ownerReferences?.find((o) => o.controller === true);
    const group = owner?.apiVersion.includes('/') === true ? `.${owner.apiVersion.split('/')[0]}` : '';
    return [r.metadata.name, owner === undefined ? '<none>' : `${owner.kind.toLowerCase()}${group}/${owner.name}`, r.revision, ageOf(r, now)];
  },
};
