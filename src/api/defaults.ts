/**
 * What the API server fills in when an object leaves it out. Models pkg/apis/<group>/v1/defaults.go of v1.33.
 * Pure: takes an object as sent, returns it with defaults; what is set already stays.
 */
import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import { defaultPod, defaultPodSpec } from './pod-defaults.ts';

type Fill = (object: JsonObject) => JsonObject;

/** The fields of `wanted` that `object` lacks. */
export function withDefaults(object: Json | undefined, wanted: JsonObject): JsonObject {
  const given = isObject(object) ? object : {};
  const missing = Object.entries(wanted).filter(([k]) => given[k] === undefined || given[k] === null);
  return missing.length === 0 ? given : { ...given, ...Object.fromEntries(missing) };
}
const inSpec = (fill: Fill): Fill => (object) => ({ ...object, spec: fill(isObject(object['spec']) ? object['spec'] : {}) });
const template = (spec: JsonObject): JsonObject => {
  const t = spec['template'];
  if (!isObject(t)) return spec;
  return { ...spec, template: { ...t, spec: defaultPodSpec(isObject(t['spec']) ? t['spec'] : {}) } };
};

const deployment: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['strategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { maxUnavailable: '25%', maxSurge: '25%' }) } : strategy;
  return template(withDefaults({ ...spec, strategy: rolling }, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }));
});
const daemonSet: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['updateStrategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { maxUnavailable: 1, maxSurge: 0 }) } : strategy;
  return template(withDefaults({ ...spec, updateStrategy: rolling }, { revisionHistoryLimit: 10 }));
});
const statefulSet: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['updateStrategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { partition: 0 }) } : strategy;
  return template(withDefaults({ ...spec, updateStrategy: rolling }, { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } }));
});
const jobSpec: Fill = (spec) => template(withDefaults(spec, { completions: spec['parallelism'] === undefined ? 1 : spec['completions'], parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, manualSelector: undefined, podReplacementPolicy: 'TerminatingOrFailed' }));
const cronJob: Fill = inSpec((spec) => {
  const job = isObject(spec['jobTemplate']) ? spec['jobTemplate'] : {};
  const inner = isObject(job['spec']) ? job['spec'] : {};
  return withDefaults({ ...spec, jobTemplate: { ...job, spec: template(inner) } }, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
});

const service: Fill = inSpec((spec) => {
  const type = spec['type'] ?? 'ClusterIP';
  const ports = (spec['ports'] as readonly JsonObject[] | undefined)?.map((p) => withDefaults(p, { protocol: 'TCP', targetPort: p['port'] ?? 0 }));
  const wanted: Record<string, Json> = { sessionAffinity: 'None', type: 'ClusterIP' };
  if (type !== 'ExternalName') wanted['internalTrafficPolicy'] = 'Cluster';
  if (type === 'NodePort' || type === 'LoadBalancer') wanted['externalTrafficPolicy'] = 'Cluster';
  if (type === 'LoadBalancer') wanted['allocateLoadBalancerNodePorts'] = true;
  return withDefaults(ports === undefined ? spec : { ...spec, ports }, wanted);
});

const reference = (subject: JsonObject): JsonObject => withDefaults(subject, subject['kind'] === 'ServiceAccount' ? {} : { apiGroup: 'rbac.authorization.k8s.io' });
const binding: Fill = (object) => ({ ...object, ...(Array.isArray(object['subjects']) ? { subjects: (object['subjects'] as readonly JsonObject[]).map(reference) } : {}),
  ...(isObject(object['roleRef']) ? { roleRef: withDefaults(object['roleRef'], { apiGroup: 'rbac.authorization.k8s.io' }) } : {}) });

const KINDS: Readonly<Record<string, Fill>> = {
  Pod: inSpec(defaultPod),
  Deployment: deployment,
  ReplicaSet: inSpec((spec) => template(withDefaults(spec, { replicas: 1 }))),
  ReplicationController: inSpec((spec) => template(withDefaults(spec, { replicas: 1 }))),
  DaemonSet: daemonSet,
  StatefulSet: statefulSet,
  Job: inSpec(jobSpec),
  CronJob: cronJob,
  Service: service,
  Namespace: (object) => ({ ...object, metadata: withLabel(object, 'kubernetes.io/metadata.name', nameOf(object)) }),
  Secret: (object) => withDefaults(object, { type: 'Opaque' }),
  RoleBinding: binding, ClusterRoleBinding: binding,
  PersistentVolumeClaim: inSpec((spec) => withDefaults(spec, { volumeMode: 'Filesystem' })),
  PersistentVolume: inSpec((spec) => withDefaults(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' })),
  StorageClass: (object) => withDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  EndpointSlice: (object) => ({ ...object, ...(Array.isArray(object['ports']) ? { ports: (object['ports'] as readonly JsonObject[]).map((p) => withDefaults(p, { name: '', protocol: 'TCP' })) } : {}) }),
  NetworkPolicy: inSpec((spec) => withDefaults(spec, { policyTypes: spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'] })),
  Ingress: (object) => object,
};

const nameOf = (object: JsonObject): string => String((isObject(object['metadata']) ? object['metadata']['name'] : undefined) ?? '');
function withLabel(object: JsonObject, key: string, value: string): JsonObject {
  const meta = isObject(object['metadata']) ? object['metadata'] : {};
  return value === '' ? meta : { ...meta, labels: { ...(isObject(meta['labels']) ? meta['labels'] : {}), [key]: value } };
}

/** The object with the defaults of its kind. Kinds without defaults come back as they are. */
export function applyDefaults(object: JsonObject): JsonObject {
  return KINDS[String(object['kind'])]?.(object) ?? object;
}
