/** Deployments and their like: selector, template, replicas. Models pkg/apis/apps/validation and pkg/apis/batch/validation. */
import { deepEqual } from '../../../base/json.ts';
import { selects } from '../../../base/selector.ts';
import { at } from '../context.ts';
import type { Obj } from '../store.ts';
import { forbiddenField, immutable, invalidValue, nonNegative, required, unsupported, type FieldFault } from './fault.ts';
import { labelsFaults } from './metadata.ts';
import { podSpecFaults } from './pod.ts';

type Labels = Readonly<Record<string, string>> | undefined;
const names: Readonly<Record<string, string>> = { deployments: 'deployment', replicasets: 'deployment', daemonsets: 'daemon set', statefulsets: 'statefulset' };

function templateFaults(object: Obj, policies: readonly string[]): FieldFault[] {
  const template = at(object, 'spec', 'template');
  const policy = at(template, 'spec', 'restartPolicy');
  const claims = ((at(object, 'spec', 'volumeClaimTemplates') ?? []) as readonly unknown[]).map((claim) => String(at(claim, 'metadata', 'name') ?? ''));
  return [...labelsFaults(at(template, 'metadata', 'labels') as Labels, 'spec.template.labels'), ...podSpecFaults(at(template, 'spec'), 'spec.template.spec', claims),
    ...(typeof policy === 'string' && ['Always', 'OnFailure', 'Never'].includes(policy) && !policies.includes(policy) ? [unsupported('spec.template.spec.restartPolicy', policy, policies)] : [])];
}

function selectorFaults(kind: string, object: Obj): FieldFault[] {
  const selector = at(object, 'spec', 'selector') as { matchLabels?: object; matchExpressions?: readonly unknown[] } | undefined;
  if (selector === undefined || selector === null) return [required('spec.selector')];
  if (Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0) return [invalidValue('spec.selector', selector, `empty selector is invalid for ${names[kind] ?? kind}`)];
  const labels = at(object, 'spec', 'template', 'metadata', 'labels') as Labels;
  return selects(selector as never, labels) ? [] : [invalidValue('spec.template.metadata.labels', labels ?? {}, '`selector` does not match template `labels`')];
}

function strategyFaults(object: Obj): FieldFault[] {
  const strategy = at(object, 'spec', 'strategy') as { type?: string; rollingUpdate?: { maxSurge?: unknown; maxUnavailable?: unknown } } | undefined;
  if (strategy === undefined) return [];
  if (strategy.type === 'Recreate') return strategy.rollingUpdate === undefined ? [] : [forbiddenField('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")];
  if (strategy.type !== 'RollingUpdate') return [unsupported('spec.strategy.type', strategy.type ?? '', ['Recreate', 'RollingUpdate'])];
  const zero = (value: unknown): boolean => value === 0 || value === '0%';
  const { maxSurge, maxUnavailable } = strategy.rollingUpdate ?? {};
  return zero(maxSurge) && zero(maxUnavailable) ? [invalidValue('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : [];
}

/** Deployments, ReplicaSets, DaemonSets, StatefulSets. */
export function workloadFaults(kind: string, object: Obj): FieldFault[] {
  return [...nonNegative('spec.replicas', at(object, 'spec', 'replicas')), ...selectorFaults(kind, object), ...(kind === 'deployments' ? strategyFaults(object) : []), ...templateFaults(object, ['Always']),
    ...nonNegative('spec.minReadySeconds', at(object, 'spec', 'minReadySeconds')), ...nonNegative('spec.revisionHistoryLimit', at(object, 'spec', 'revisionHistoryLimit')), ...nonNegative('spec.progressDeadlineSeconds', at(object, 'spec', 'progressDeadlineSeconds'))];
}

export function workloadUpdateFaults(next: Obj, old: Obj): FieldFault[] {
  const selector = at(next, 'spec', 'selector');
  return deepEqual(selector, at(old, 'spec', 'selector')) ? [] : [immutable('spec.selector', selector)];
}

export function jobFaults(object: Obj): FieldFault[] {
  return [...nonNegative('spec.parallelism', at(object, 'spec', 'parallelism')), ...nonNegative('spec.completions', at(object, 'spec', 'completions')), ...nonNegative('spec.backoffLimit', at(object, 'spec', 'backoffLimit')), ...templateFaults(object, ['OnFailure', 'Never'])];
}
export function jobUpdateFaults(next: Obj, old: Obj): FieldFault[] {
  const template = at(next, 'spec', 'template');
  return deepEqual(template, at(old, 'spec', 'template')) ? [] : [immutable('spec.template', template)];
}
