/** `kubectl describe`: pure functions of an object and what belongs to it. Models kubectl pkg/describe. */
import * as config from './config.ts';
import { generic } from './generic.ts';
import * as job from './job.ts';
import * as namespace from './namespace.ts';
import * as network from './network.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import * as policy from './policy.ts';
import * as rbac from './rbac.ts';
import type { Describer } from './related.ts';
import * as service from './service.ts';
import * as storage from './storage.ts';
import * as workload from './workload.ts';

export { isMirror, MIRROR } from './related.ts';
export type { CertificateRequest, Describer, Need, Related } from './related.ts';

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  'Pod': pod, 'Node': node, 'Namespace': namespace.namespace, 'ResourceQuota': namespace.resourceQuota, 'LimitRange': namespace.limitRange,
  'ConfigMap': config.configMap, 'Secret': config.secret, 'ServiceAccount': config.serviceAccount, 'Service': service.service, 'Endpoints': service.endpoints,
  'ReplicationController': workload.replicationController, 'PersistentVolume': storage.persistentVolume, 'PersistentVolumeClaim': storage.persistentVolumeClaim,
  'Deployment.apps': workload.deployment, 'ReplicaSet.apps': workload.replicaSet, 'DaemonSet.apps': workload.daemonSet, 'StatefulSet.apps': workload.statefulSet,
  'Job.batch': job.job, 'CronJob.batch': job.cronJob, 'HorizontalPodAutoscaler.autoscaling': policy.horizontalPodAutoscaler, 'PodDisruptionBudget.policy': policy.podDisruptionBudget,
  'EndpointSlice.discovery.k8s.io': service.endpointSlice, 'PriorityClass.scheduling.k8s.io': policy.priorityClass, 'CertificateSigningRequest.certificates.k8s.io': policy.certificateSigningRequest,
  'Ingress.networking.k8s.io': network.ingress, 'IngressClass.networking.k8s.io': network.ingressClass, 'NetworkPolicy.networking.k8s.io': network.networkPolicy,
  'IPAddress.networking.k8s.io': network.ipAddress, 'ServiceCIDR.networking.k8s.io': network.serviceCidr, 'StorageClass.storage.k8s.io': storage.storageClass, 'CSINode.storage.k8s.io': storage.csiNode,
  'Role.rbac.authorization.k8s.io': rbac.role, 'ClusterRole.rbac.authorization.k8s.io': rbac.role, 'RoleBinding.rbac.authorization.k8s.io': rbac.roleBinding, 'ClusterRoleBinding.rbac.authorization.k8s.io': rbac.roleBinding,
};

/** The description of a kind; kinds without one of their own list their fields. */
export const describerOf = (group: string, kind: string): Describer => DESCRIBERS[group === '' ? kind : `${kind}.${group}`] ?? generic;
