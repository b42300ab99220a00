/** Deployments and their like, jobs, autoscalers, budgets. Models pkg/apis/{apps,batch,autoscaling,policy}/validation of v1.33. */
import { goQuote, goStringMap } from '../../base/goquote.ts';
import { deepEqual } from '../../base/json.ts';
import { selects } from '../../base/selector.ts';
import type { CronJob, DaemonSet, Deployment, HorizontalPodAutoscaler, IntOrString, Job, JobSpec, LabelSelector, PodDisruptionBudget, PodTemplateSpec, ReplicaSet, ReplicationController, StatefulSet } from '../types.ts';
import { forbidden, go, goSelector, invalid, nonNegative, oneOf, positive, required, unsupported } from './fault.ts';
import type { Faults } from './fault.ts';
import { isEmptySelector, selector } from './metadata.ts';
import { podTemplate } from './pod.ts';
import type { PodOptions } from './pod.ts';

const TEMPLATE = 'spec.template';
function ownSelector(given: LabelSelector | undefined, what: string): Faults {
  if (given === undefined || given === null) return [required('spec.selector')];
  const wrong = selector('spec.selector', given);
  return [...wrong, ...(isEmptySelector(given) ? [invalid('spec.selector', goSelector(given), `empty selector is invalid for ${what}`)] : [])];
}
function matching(given: LabelSelector | undefined, template: PodTemplateSpec | undefined): Faults {
  if (given === undefined || given === null || isEmptySelector(given) || selects(given, template?.metadata?.labels)) return [];
  return [invalid(`${TEMPLATE}.metadata.labels`, go(goStringMap(template?.metadata?.labels)), '`selector` does not match template `labels`')];
}
/** A template whose pods run for ever. */
function lasting(kind: string, template: PodTemplateSpec | undefined, options: PodOptions | undefined): Faults {
  const { restartPolicy, activeDeadlineSeconds } = template?.spec ?? {};
  return [...podTemplate(TEMPLATE, template ?? ({ spec: {} } as PodTemplateSpec), options), ...(restartPolicy !== undefined && restartPolicy !== 'Always' ? [unsupported(`${TEMPLATE}.spec.restartPolicy`, restartPolicy, ['Always'])] : []),
    ...(activeDeadlineSeconds === undefined ? [] : [forbidden(`${TEMPLATE}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)])];
}

const PERCENT = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', or '93%', regex used for validation is '[0-9]+%')";
function intOrPercent(field: string, value: IntOrString | undefined, atMostAll = true): Faults {
  if (value === undefined) return [];
  if (typeof value === 'number') return nonNegative(field, value);
  if (!/^\d+%$/.test(value)) return [invalid(field, value, PERCENT)];
  return atMostAll && Number(value.slice(0, -1)) > 100 ? [invalid(field, go(value), 'must not be greater than 100%')] : [];
}
const isZero = (value: IntOrString | undefined): boolean => value === 0 || value === '0%' || value === undefined;
function strategy({ spec }: Deployment): Faults {
  const field = 'spec.strategy';
  const { type, rollingUpdate } = spec.strategy ?? {};
  if (type === 'Recreate') return rollingUpdate === undefined ? [] : [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
  if (type !== 'RollingUpdate') return [unsupported(`${field}.type`, go(goQuote(type ?? '')), ['Recreate', 'RollingUpdate'])];
  if (rollingUpdate === undefined) return [required(`${field}.rollingUpdate`, "this should be defaulted and never be nil")];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const none = isZero(maxUnavailable) && isZero(maxSurge) ? [invalid(`${field}.rollingUpdate.maxUnavailable`, go(String(maxUnavailable ?? 0)), 'may not be 0 when `maxSurge` is 0')] : [];
  return [...intOrPercent(`${field}.rollingUpdate.maxUnavailable`, maxUnavailable), ...intOrPercent(`${field}.rollingUpdate.maxSurge`, maxSurge, false), ...none];
}

export function deployment(object: Deployment, options?: PodOptions): Faults {
  const { spec } = object;
  const deadline = spec.progressDeadlineSeconds;
  return [...nonNegative('spec.replicas', spec.replicas), ...ownSelector(spec.selector, 'deployment'), ...matching(spec.selector, spec.template), ...lasting('ReplicaSet', spec.template, options), ...strategy(object),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit), ...nonNegative('spec.progressDeadlineSeconds', deadline),
    ...(deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0) ? [invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')] : [])];
}
export const replicaSet = ({ spec }: ReplicaSet, options?: PodOptions): Faults => [...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
  ...ownSelector(spec.selector, 'deployment'), ...matching(spec.selector, spec.template), ...lasting('ReplicaSet', spec.template, options)];
export function replicationController({ spec }: ReplicationController, options?: PodOptions): Faults {
  const labels = spec.selector ?? {};
  const mismatch = Object.entries(labels).some(([key, value]) => spec.template?.metadata?.labels?.[key] !== value);
  return [...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...(Object.keys(labels).length === 0 ? [required('spec.selector')] : []), ...nonNegative('spec.replicas', spec.replicas),
    ...(spec.template === undefined ? [required(TEMPLATE)] : [...(mismatch ? [invalid(`${TEMPLATE}.metadata.labels`, go(goStringMap(spec.template.metadata?.labels)), '`selector` does not match template `labels`')] : []), ...lasting('ReplicationController', spec.template, options)])];
}
export function daemonSet({ spec }: DaemonSet, options?: PodOptions): Faults {
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  return [...ownSelector(spec.selector, 'daemonset'), ...matching(spec.selector, spec.template), ...lasting('DaemonSet', spec.template, options), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...(type === 'OnDelete' || type === 'RollingUpdate' ? [] : [unsupported('spec.updateStrategy.type', type ?? '', ['RollingUpdate', 'OnDelete'])]),
    ...intOrPercent('spec.updateStrategy.rollingUpdate.maxUnavailable', rollingUpdate?.maxUnavailable), ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit)];
}
export function statefulSet({ spec }: StatefulSet, options?: PodOptions): Faults {
  const { type } = spec.updateStrategy ?? {};
  // Claim templates are volumes by name.
  const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({ name: metadata.name, emptyDir: {} }));
  const template = { ...spec.template, spec: { ...spec.template?.spec, volumes: [...(spec.template?.spec?.volumes ?? []).filter(({ name }) => !claims.some((claim) => claim.name === name)), ...claims] } };
  return [...(['OrderedReady', 'Parallel'].includes(spec.podManagementPolicy ?? '') ? [] : oneOf('spec.podManagementPolicy', spec.podManagementPolicy, ['OrderedReady', 'Parallel'])),
    ...(type === 'OnDelete' || type === 'RollingUpdate' ? [] : (type ?? '') === '' ? [required('spec.updateStrategy')] : [invalid('spec.updateStrategy', type, "must be 'RollingUpdate' or 'OnDelete'")]),
    ...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...ownSelector(spec.selector, 'statefulset'), ...matching(spec.selector, spec.template), ...lasting('StatefulSet', template, options)];
}

function jobSpec(field: string, spec: JobSpec, options: PodOptions | undefined): Faults {
  const template = spec.template ?? ({ spec: {} } as PodTemplateSpec);
  const { restartPolicy } = template.spec ?? {};
  const mode = spec.completionMode;
  return [...nonNegative(`${field}.parallelism`, spec.parallelism), ...nonNegative(`${field}.completions`, spec.completions), ...nonNegative(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...nonNegative(`${field}.backoffLimit`, spec.backoffLimit), ...nonNegative(`${field}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished),
    ...(mode === undefined || mode === 'NonIndexed' || mode === 'Indexed' ? [] : [unsupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed'])]), ...(mode === 'Indexed' && spec.completions === undefined ? [required(`${field}.completions`, 'when completion mode is Indexed')] : []),
    ...podTemplate(`${field}.template`, template, options), ...(restartPolicy === 'OnFailure' || restartPolicy === 'Never' ? [] : [required(`${field}.template.spec.restartPolicy`, 'valid values: "OnFailure", "Never"')])];
}
export const job = ({ spec }: Job, options?: PodOptions): Faults => jobSpec('spec', spec, options);

const FIELD = /^(\*|\?|\d+(-\d+)?|[A-Za-z]{3}(-[A-Za-z]{3})?)(\/\d+)?(,(\*|\d+(-\d+)?|[A-Za-z]{3}(-[A-Za-z]{3})?)(\/\d+)?)*$/;
function schedule(text: string | undefined): Faults {
  if (text === undefined || text === '') return [required('spec.schedule')];
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \d.*)$/.test(text)) return [];
  if (text.startsWith('@')) return [invalid('spec.schedule', text, `unrecognized descriptor: ${text}`)];
  const fields = text.trim().split(/\s+/);
  if (fields.length !== 5) return [invalid('spec.schedule', text, `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)];
  const bad = fields.find((field) => !FIELD.test(field));
  return bad === undefined ? [] : [invalid('spec.schedule', text, `failed to parse int from ${bad}: strconv.Atoi: parsing ${goQuote(bad)}: invalid syntax`)];
}
export function cronJob({ metadata, spec }: CronJob, options?: PodOptions): Faults {
  return [...schedule(spec.schedule), ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds), ...oneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...jobSpec('spec.jobTemplate.spec', spec.jobTemplate?.spec ?? ({} as JobSpec), options), ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit), ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
    ...((metadata.name ?? '').length > 52 ? [invalid('metadata.name', metadata.name, 'must be no more than 52 characters')] : [])];
}

export function horizontalPodAutoscaler({ spec }: HorizontalPodAutoscaler): Faults {
  const { minReplicas, maxReplicas = 0, scaleTargetRef } = spec;
  return [...(minReplicas !== undefined && minReplicas < 1 ? [invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')] : []), ...positive('spec.maxReplicas', maxReplicas),
    ...(minReplicas !== undefined && maxReplicas < minReplicas ? [invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')] : []),
    ...((scaleTargetRef?.kind ?? '') === '' ? [required('spec.scaleTargetRef.kind')] : []), ...((scaleTargetRef?.name ?? '') === '' ? [required('spec.scaleTargetRef.name')] : [])];
}
export const podDisruptionBudget = ({ spec }: PodDisruptionBudget): Faults => [...(spec.minAvailable !== undefined && spec.maxUnavailable !== undefined ? [invalid('spec', go('policy.PodDisruptionBudgetSpec{…}'), 'minAvailable and maxUnavailable cannot be both set')] : []),
  ...intOrPercent('spec.minAvailable', spec.minAvailable), ...intOrPercent('spec.maxUnavailable', spec.maxUnavailable), ...selector('spec.selector', spec.selector)];

/** The selector of a workload cannot change. */
export const sameSelector = (next: { readonly spec: { readonly selector?: LabelSelector } }, old: { readonly spec: { readonly selector?: LabelSelector } }): Faults =>
  (deepEqual(next.spec.selector, old.spec.selector) ? [] : [invalid('spec.selector', goSelector(next.spec.selector), 'field is immutable')]);
const MUTABLE = ['replicas', 'template', 'updateStrategy', 'minReadySeconds', 'persistentVolumeClaimRetentionPolicy', 'ordinals', 'revisionHistoryLimit'];
export function statefulSetUpdate(next: StatefulSet, old: StatefulSet): Faults {
  const rest = (spec: object): unknown => Object.fromEntries(Object.entries(spec).filter(([key]) => !MUTABLE.includes(key)));
  return deepEqual(rest(next.spec), rest(old.spec)) ? [] : [forbidden('spec', "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden")];
}
export function jobUpdate(next: Job, old: Job): Faults {
  const changed = (['completions', 'selector', 'template', 'completionMode'] as const).filter((key) => !deepEqual(next.spec[key], old.spec[key]));
  return changed.map((key) => invalid(`spec.${key}`, key === 'selector' ? goSelector(next.spec.selector) : key === 'template' ? go('core.PodTemplateSpec{…}') : next.spec[key], 'field is immutable'));
}
