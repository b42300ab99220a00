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
const inSpec = (fill: Fill): Fill => (given) => ({ ...given, spec: fill(isObject(given['spec']) ? given['spec'] : {}) });
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const isEmpty = (value: Json | undefined): boolean => value === null || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
/** `spec` without the fields among `names` that hold null, false, 0, '' or nothing: Go omits them. */
function omit(given: JsonObject, names: readonly string[]): JsonObject {
  const gone = names.filter((name) => given[name] !== undefined && (isEmpty(given[name]) || given[name] === false || given[name] === 0 || given[name] === ''));
  return gone.length === 0 ? given : Object.fromEntries(Object.entries(given).filter(([name]) => !gone.includes(name)));
}
const OPTIONAL_META = ['labels', 'annotations', 'finalizers', 'ownerReferences', 'generateName', 'managedFields'];
/** The metadata of something that is no object of its own; v1.33 writes its zero time. */
const innerMetadata = (value: Json | undefined): JsonObject => ({ ...omit(object(value), OPTIONAL_META), creationTimestamp: null });
const template = (spec: JsonObject): JsonObject => {
  const t = spec['template'];
  if (!isObject(t)) return spec;
  return { ...spec, template: { ...t, metadata: innerMetadata(t['metadata']), spec: defaultPodSpec(object(t['spec'])) } };
};
const elements = (given: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject =>
  (Array.isArray(given[key]) ? { ...given, [key]: (given[key] as readonly Json[]).map((item) => (isObject(item) ? change(item) : item)) } : given);
const labelsOf = (given: JsonObject): JsonObject => object(object(object(given['template'])['metadata'])['labels']);
/** An object without labels of its own gets its template's. */
const labelledByTemplate: Fill = (given) => {
  const labels = labelsOf(object(given['spec']));
  const metadata = object(given['metadata']);
  return isEmpty(labels) || !(metadata['labels'] === undefined || isEmpty(metadata['labels'])) ? given : { ...given, metadata: { ...metadata, labels } };
};

const deployment: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['strategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { maxUnavailable: '25%', maxSurge: '25%' }) } : strategy;
  return template(withDefaults({ ...omit(spec, ['minReadySeconds', 'paused']), strategy: rolling }, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }));
});
const daemonSet: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['updateStrategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { maxUnavailable: 1, maxSurge: 0 }) } : strategy;
  return template(withDefaults({ ...omit(spec, ['minReadySeconds']), updateStrategy: rolling }, { revisionHistoryLimit: 10 }));
});
const statefulSet: Fill = inSpec((spec) => {
  const strategy = withDefaults(spec['updateStrategy'], { type: 'RollingUpdate' });
  const rolling = strategy['type'] === 'RollingUpdate' ? { ...strategy, rollingUpdate: withDefaults(strategy['rollingUpdate'], { partition: 0 }) } : strategy;
  const claims = elements(omit(spec, ['minReadySeconds', 'volumeClaimTemplates']), 'volumeClaimTemplates', claimTemplate);
  return template(withDefaults({ ...claims, updateStrategy: rolling }, { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } }));
});
const claimTemplate: Fill = (claim) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...claim, metadata: innerMetadata(claim['metadata']), spec: withDefaults(claim['spec'], { volumeMode: 'Filesystem' }), status: { phase: 'Pending' } });
const jobSpec: Fill = (spec) => template(withDefaults(spec, {
  ...(spec['completions'] === undefined && spec['parallelism'] === undefined ? { completions: 1 } : {}), parallelism: 1, backoffLimit: spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647,
  completionMode: 'NonIndexed', suspend: false, manualSelector: false, podReplacementPolicy: spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed',
}));
/**
 * A job that has been accepted, and so has a uid, selects its pods by it. Upstream's create strategy does this (generateSelector);
 * it stands here because nothing but the object is needed.
 */
const selectedByUid: Fill = (given) => {
  const { uid, name } = object(given['metadata']);
  const spec = object(given['spec']);
  const t = spec['template'];
  if (typeof uid !== 'string' || uid === '' || spec['selector'] !== undefined || spec['manualSelector'] === true || !isObject(t)) return given;
  const own = { 'controller-uid': uid, 'batch.kubernetes.io/controller-uid': uid, 'job-name': name ?? '', 'batch.kubernetes.io/job-name': name ?? '' };
  const metadata = object(t['metadata']);
  return { ...given, spec: { ...spec, selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } }, template: { ...t, metadata: { ...metadata, labels: { ...object(metadata['labels']), ...own } } } } };
};
const cronJob: Fill = inSpec((spec) => {
  const job = isObject(spec['jobTemplate']) ? spec['jobTemplate'] : {};
  const inner = isObject(job['spec']) ? job['spec'] : {};
  return withDefaults({ ...spec, jobTemplate: { ...job, metadata: innerMetadata(job['metadata']), spec: template(inner) } }, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
});

const service: Fill = inSpec((spec) => {
  const type = spec['type'] ?? 'ClusterIP';
  const ports = (spec['ports'] as readonly JsonObject[] | undefined)?.map((p) => withDefaults(p, { protocol: 'TCP', targetPort: p['port'] ?? 0 }));
  const wanted: Record<string, Json> = { sessionAffinity: 'None', type: 'ClusterIP' };
  if (type !== 'ExternalName') wanted['internalTrafficPolicy'] = 'Cluster';
  if (type === 'NodePort' || type === 'LoadBalancer') wanted['externalTrafficPolicy'] = 'Cluster';
  if (type === 'LoadBalancer') wanted['allocateLoadBalancerNodePorts'] = true;
  const given = omit(spec, ['publishNotReadyAddresses', 'healthCheckNodePort', 'loadBalancerIP', 'selector', 'externalIPs', 'loadBalancerSourceRanges', 'externalName', 'clusterIP', 'externalTrafficPolicy']);
  if (spec['sessionAffinity'] === 'ClientIP') wanted['sessionAffinityConfig'] = { clientIP: { timeoutSeconds: 10_800 } };
  return withDefaults(ports === undefined ? given : { ...given, ports }, wanted);
});

/** A container's limits follow its maxima, its requests its limits or its minima. */
const limitItem: Fill = (item) => {
  if (item['type'] !== 'Container') return item;
  const limits = withDefaults(item['default'], object(item['max']));
  return { ...item, default: limits, defaultRequest: withDefaults(withDefaults(item['defaultRequest'], limits), object(item['min'])) };
};
const webhook = (mutating: boolean): Fill => (given) => {
  const client = object(given['clientConfig']);
  const withPort = isObject(client['service']) ? { ...client, service: withDefaults(client['service'], { port: 443 }) } : client;
  return withDefaults(elements({ ...given, clientConfig: withPort }, 'rules', (rule) => withDefaults(rule, { scope: '*' })),
    { failurePolicy: 'Fail', matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10, ...(mutating ? { reinvocationPolicy: 'Never' } : {}) });
};
const definition: Fill = inSpec((spec) => {
  const names = object(spec['names']);
  const kind = String(names['kind'] ?? '');
  return withDefaults({ ...spec, names: withDefaults(names, { singular: kind.toLowerCase(), listKind: `${kind}List` }) }, { conversion: { strategy: 'None' } });
});
const flowSchema: Fill = inSpec((spec) => withDefaults(spec, { matchingPrecedence: 1000 }));
const autoscaler: Fill = inSpec((spec) => withDefaults(spec, { minReplicas: 1, ...(isEmpty(spec['metrics'] ?? null) ? { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] } : {}) }));
const tcp: Fill = (port) => withDefaults(port, { protocol: 'TCP' });
const networkPolicy: Fill = inSpec((spec) => {
  const rules = (given: JsonObject, key: string): JsonObject => elements(given, key, (rule) => elements(rule, 'ports', tcp));
  return withDefaults(rules(rules(spec, 'ingress'), 'egress'), { policyTypes: isEmpty(spec['egress'] ?? null) ? ['Ingress'] : ['Ingress', 'Egress'] });
});
const replicationController: Fill = (given) => labelledByTemplate({ ...given, spec: template(withDefaults(given['spec'], { replicas: 1, ...(isEmpty(labelsOf(object(given['spec']))) ? {} : { selector: labelsOf(object(given['spec'])) }) })) });

const reference = (subject: JsonObject): JsonObject => withDefaults(subject, subject['kind'] === 'ServiceAccount' ? {} : { apiGroup: 'rbac.authorization.k8s.io' });
const binding: Fill = (object) => ({ ...object, ...(Array.isArray(object['subjects']) ? { subjects: (object['subjects'] as readonly JsonObject[]).map(reference) } : {}),
  ...(isObject(object['roleRef']) ? { roleRef: withDefaults(object['roleRef'], { apiGroup: 'rbac.authorization.k8s.io' }) } : {}) });

const KINDS: Readonly<Record<string, Fill>> = {
  Pod: inSpec(defaultPod), PodTemplate: template,
  Deployment: deployment,
  ReplicaSet: inSpec((spec) => template(withDefaults(omit(spec, ['minReadySeconds']), { replicas: 1 }))),
  ReplicationController: replicationController,
  DaemonSet: daemonSet,
  StatefulSet: statefulSet,
  Job: (given) => labelledByTemplate(selectedByUid(labelledByTemplate(inSpec(jobSpec)(given)))),
  CronJob: cronJob,
  Service: service,
  Namespace: (object) => ({ ...object, metadata: withLabel(object, 'kubernetes.io/metadata.name', nameOf(object)) }),
  Secret: (object) => withDefaults(object, { type: 'Opaque' }),
  RoleBinding: binding, ClusterRoleBinding: binding,
  PersistentVolumeClaim: inSpec((spec) => withDefaults(spec, { volumeMode: 'Filesystem' })),
  PersistentVolume: inSpec((spec) => withDefaults(isObject(spec['hostPath']) ? { ...spec, hostPath: withDefaults(spec['hostPath'], { type: '' }) } : spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' })),
  StorageClass: (object) => withDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  EndpointSlice: (object) => ({ ...object, ...(Array.isArray(object['ports']) ? { ports: (object['ports'] as readonly JsonObject[]).map((p) => withDefaults(p, { name: '', protocol: 'TCP' })) } : {}) }),
  NetworkPolicy: networkPolicy,
  Endpoints: (given) => elements(given, 'subsets', (subset) => elements(subset, 'ports', tcp)),
  HorizontalPodAutoscaler: autoscaler,
  IngressClass: inSpec((spec) => (isObject(spec['parameters']) ? { ...spec, parameters: withDefaults(spec['parameters'], { scope: 'Cluster' }) } : spec)),
  PriorityClass: (given) => withDefaults(omit(given, ['globalDefault', 'description']), { preemptionPolicy: 'PreemptLowerPriority' }),
  CSIDriver: inSpec((spec) => withDefaults(spec, { attachRequired: true, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy: 'ReadWriteOnceWithFSType', volumeLifecycleModes: ['Persistent'], requiresRepublish: false, seLinuxMount: false })),
  LimitRange: inSpec((spec) => elements(spec, 'limits', limitItem)),
  MutatingWebhookConfiguration: (given) => elements(given, 'webhooks', webhook(true)), ValidatingWebhookConfiguration: (given) => elements(given, 'webhooks', webhook(false)),
  CustomResourceDefinition: definition, FlowSchema: flowSchema,
  APIService: inSpec((spec) => (isObject(spec['service']) ? { ...spec, service: withDefaults(spec['service'], { port: 443 }) } : spec)),
  Node: inSpec((spec) => omit(spec, ['unschedulable', 'taints', 'podCIDRs', 'podCIDR', 'providerID'])),
  ServiceAccount: (given) => omit(given, ['secrets', 'imagePullSecrets']), ConfigMap: (given) => omit(given, ['data', 'binaryData']),
};

const nameOf = (object: JsonObject): string => String((isObject(object['metadata']) ? object['metadata']['name'] : undefined) ?? '');
function withLabel(object: JsonObject, key: string, value: string): JsonObject {
  const meta = isObject(object['metadata']) ? object['metadata'] : {};
  return value === '' ? meta : { ...meta, labels: { ...(isObject(meta['labels']) ? meta['labels'] : {}), [key]: value } };
}

/** The object with the defaults of its kind. Kinds without defaults come back as they are. */
export function applyDefaults(given: JsonObject): JsonObject {
  const metadata = given['metadata'];
  const clean = isObject(metadata) ? { ...given, metadata: omit(metadata, OPTIONAL_META) } : given;
  return KINDS[String(given['kind'])]?.(clean) ?? clean;
}
