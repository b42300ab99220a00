/** What is wrong with an object of a kind, new or changed. */
import { deepEqual } from '../../../base/json.ts';
import type { Resource } from '../../../api/registry.ts';
import { at } from '../context.ts';
import type { Obj } from '../store.ts';
import type { FieldFault } from './fault.ts';
import { labelsFaults, metadataFaults } from './metadata.ts';
import { autoscalerFaults, bindingFaults, bindingUpdateFaults, configFaults, configUpdateFaults, roleFaults, serviceFaults, serviceUpdateFaults } from './others.ts';
import { podSpecFaults } from './pod.ts';
import { jobFaults, jobUpdateFaults, workloadFaults, workloadUpdateFaults } from './workloads.ts';

export type { FieldFault } from './fault.ts';

function bodyFaults({ group, name }: Resource, object: Obj): FieldFault[] {
  switch (`${name}.${group}`) {
    case 'pods.': return podSpecFaults(object.spec, 'spec');
    case 'deployments.apps': case 'replicasets.apps': case 'daemonsets.apps': case 'statefulsets.apps': return workloadFaults(name, object);
    case 'jobs.batch': return jobFaults(object);
    case 'services.': return serviceFaults(object);
    case 'configmaps.': case 'secrets.': return configFaults(object);
    case 'roles.rbac.authorization.k8s.io': case 'clusterroles.rbac.authorization.k8s.io': return roleFaults(object);
    case 'rolebindings.rbac.authorization.k8s.io': case 'clusterrolebindings.rbac.authorization.k8s.io': return bindingFaults(object);
    case 'horizontalpodautoscalers.autoscaling': return autoscalerFaults(object);
    default: return [];
  }
}

/** A new object. */
export const createFaults = (resource: Resource, object: Obj): FieldFault[] => [...metadataFaults(resource, object), ...bodyFaults(resource, object)];

const POD_MUTABLE = 'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** A pod's spec without what may change. */
function frozen(object: Obj): unknown {
  const { activeDeadlineSeconds: _a, tolerations: _t, terminationGracePeriodSeconds: _g, ...spec } = object.spec as Record<string, unknown>;
  const images = (list: unknown) => ((list ?? []) as readonly Record<string, unknown>[]).map(({ image: _i, ...rest }) => rest);
  return { ...spec, containers: images(spec['containers']), initContainers: images(spec['initContainers']) };
}
function podUpdateFaults(next: Obj, old: Obj): FieldFault[] {
  if (!deepEqual(frozen(next), frozen(old))) return [{ field: 'spec', message: POD_MUTABLE }];
  const [now, before] = [next, old].map((object) => (at(object, 'spec', 'tolerations') ?? []) as readonly unknown[]);
  return before!.every((toleration) => now!.some((one) => deepEqual(one, toleration))) ? [] : [{ field: 'spec.tolerations', message: 'Forbidden: existing toleration can not be modified except its tolerationSeconds' }];
}

function changeFaults({ group, name }: Resource, next: Obj, old: Obj): FieldFault[] {
  switch (`${name}.${group}`) {
    case 'pods.': return podUpdateFaults(next, old);
    case 'deployments.apps': case 'replicasets.apps': case 'daemonsets.apps': case 'statefulsets.apps': return workloadUpdateFaults(next, old);
    case 'jobs.batch': return jobUpdateFaults(next, old);
    case 'services.': return serviceUpdateFaults(next, old);
    case 'configmaps.': return configUpdateFaults(next, old, false);
    case 'secrets.': return configUpdateFaults(next, old, true);
    case 'rolebindings.rbac.authorization.k8s.io': case 'clusterrolebindings.rbac.authorization.k8s.io': return bindingUpdateFaults(next, old);
    default: return [];
  }
}

/** A changed object. Subresources change only what is theirs, and what was wrong before is not asked again. */
export function updateFaults(resource: Resource, next: Obj, old: Obj, subresource: string): FieldFault[] {
  if (subresource !== '') return [];
  const labels = labelsFaults(next.metadata?.labels, 'metadata.labels');
  const body = deepEqual(next.spec, old.spec) && deepEqual(next.data, old.data) && deepEqual(next.rules, old.rules) ? [] : bodyFaults(resource, next);
  return [...labels, ...body, ...changeFaults(resource, next, old)];
}
