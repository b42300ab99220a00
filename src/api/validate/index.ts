/**
 * What is wrong with an object, in the words of a v1.33 server; the apiserver joins them into a Status and the kubelet into a line of
 * its log. Objects come defaulted, and decoded: of the types their fields have. Not modelled: affinity, DNS configuration, topology
 * spread, and kinds that learners do not write.
 */
import { dns1035Label, dns1123Label, dns1123Subdomain, pathSegment } from '../../base/names.ts';
import type { ApiObject } from '../types.ts';
import type { Faults } from './fault.ts';
import { metadata } from './metadata.ts';
import * as others from './others.ts';
import { pod, podUpdate } from './pod.ts';
import type { PodOptions } from './pod.ts';
import * as workload from './workload.ts';

export type { Fault, Faults } from './fault.ts';
export type { PodOptions } from './pod.ts';

type Create = (object: never, options?: PodOptions) => Faults;
type Update = (next: never, old: never) => Faults;

const CREATE: Readonly<Record<string, Create>> = {
  'Pod': pod, 'ReplicationController': workload.replicationController, 'Service': others.service, 'ConfigMap': others.configMap, 'Secret': others.secret, 'Node': others.node, 'PersistentVolume': others.persistentVolume, 'PersistentVolumeClaim': others.persistentVolumeClaim,
  'Deployment.apps': workload.deployment, 'ReplicaSet.apps': workload.replicaSet, 'DaemonSet.apps': workload.daemonSet, 'StatefulSet.apps': workload.statefulSet, 'Job.batch': workload.job, 'CronJob.batch': workload.cronJob,
  'HorizontalPodAutoscaler.autoscaling': workload.horizontalPodAutoscaler, 'PodDisruptionBudget.policy': workload.podDisruptionBudget, 'Ingress.networking.k8s.io': others.ingress,
  'Role.rbac.authorization.k8s.io': others.role, 'ClusterRole.rbac.authorization.k8s.io': others.role, 'RoleBinding.rbac.authorization.k8s.io': others.roleBinding, 'ClusterRoleBinding.rbac.authorization.k8s.io': others.roleBinding,
};
const UPDATE: Readonly<Record<string, Update>> = {
  'Pod': podUpdate, 'Service': others.serviceUpdate, 'ConfigMap': others.configMapUpdate, 'Secret': others.secretUpdate, 'Deployment.apps': workload.sameSelector, 'ReplicaSet.apps': workload.sameSelector, 'DaemonSet.apps': workload.sameSelector,
  'StatefulSet.apps': workload.statefulSetUpdate, 'Job.batch': workload.jobUpdate, 'RoleBinding.rbac.authorization.k8s.io': others.roleBindingUpdate, 'ClusterRoleBinding.rbac.authorization.k8s.io': others.roleBindingUpdate,
};

const groupOf = ({ apiVersion, kind }: ApiObject): string => (apiVersion.includes('/') ? `${kind}.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : kind);
/** What the kind's names may look like. */
function nameOf(key: string): (text: string) => readonly string[] {
  if (key === 'Namespace') return dns1123Label;
  if (key === 'Service') return dns1035Label;
  return key.endsWith('.rbac.authorization.k8s.io') || key.startsWith('APIService.') ? pathSegment : dns1123Subdomain;
}

/** A new object, with its defaults. */
export function validate(object: ApiObject, namespaced: boolean, options?: PodOptions): Faults {
  const key = groupOf(object);
  return [...metadata(object.metadata, namespaced, nameOf(key)), ...(CREATE[key]?.(object as never, options) ?? [])];
}
/** A changed object: as it is now, and against what it was. Pods are only asked what changed. */
export function validateUpdate(next: ApiObject, old: ApiObject, namespaced: boolean, options?: PodOptions): Faults {
  const key = groupOf(next);
  const body = key === 'Pod' ? [] : CREATE[key]?.(next as never, options) ?? [];
  return [...metadata(next.metadata, namespaced, nameOf(key)), ...body, ...(UPDATE[key]?.(next as never, old as never) ?? [])];
}
