/** Defaults of a pod's spec, containers, probes and volumes. Models pkg/apis/core/v1/defaults.go. */
import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import { shapeObject } from './shape.ts';

const fill = (given: JsonObject, wanted: JsonObject): JsonObject => {
  const missing = Object.entries(wanted).filter(([k, v]) => v !== undefined && (given[k] === undefined || given[k] === null));
  return missing.length === 0 ? given : { ...given, ...Object.fromEntries(missing) };
};
const each = (object: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject =>
  Array.isArray(object[key]) ? { ...object, [key]: (object[key] as readonly Json[]).map((v) => (isObject(v) ? change(v) : v)) } : object;
const one = (object: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject => (isObject(object[key]) ? { ...object, [key]: change(object[key] as JsonObject) } : object);

const httpGet = (action: JsonObject): JsonObject => fill(action, { path: '/', scheme: 'HTTP' });
const probe = (p: JsonObject): JsonObject => one(fill(one(p, 'httpGet', httpGet), { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }), 'grpc', (g) => fill(g, { service: '' }));
const fieldRef = (ref: JsonObject): JsonObject => fill(ref, { apiVersion: 'v1' });
const resourceRef = (ref: JsonObject): JsonObject => fill(ref, { divisor: '0' });
const downwardFile = (file: JsonObject): JsonObject => one(one(file, 'fieldRef', fieldRef), 'resourceFieldRef', resourceRef);

/** Latest when nothing else is said: the tag decides the pull policy. */
function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  if (image.includes('@')) return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** A pod's limit is also its request where none is given (not in templates: their pods get it). */
function requestsFromLimits(c: JsonObject): JsonObject {
  return one(c, 'resources', (r) => (isObject(r['limits']) ? { ...r, requests: fill(isObject(r['requests']) ? r['requests'] : {}, r['limits']) } : r));
}

function container(c: JsonObject, hostNetwork: boolean): JsonObject {
  let out = fill(c, { resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', imagePullPolicy: pullPolicy(String(c['image'] ?? '')) });
  out = each(out, 'ports', (p) => fill(p, { protocol: 'TCP', ...(hostNetwork && p['hostPort'] === undefined ? { hostPort: p['containerPort'] } : {}) }));
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) out = one(out, key, probe);
  out = one(out, 'lifecycle', (l) => one(one(l, 'postStart', (h) => one(h, 'httpGet', httpGet)), 'preStop', (h) => one(h, 'httpGet', httpGet)));
  return each(out, 'env', (e) => one(e, 'valueFrom', (v) => one(one(v, 'fieldRef', fieldRef), 'resourceFieldRef', resourceRef)));
}

const MODE = 0o644;
const SOURCES = ['hostPath', 'emptyDir', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'secret', 'nfs', 'iscsi', 'glusterfs', 'persistentVolumeClaim', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker', 'downwardAPI', 'fc', 'azureFile', 'configMap', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'projected', 'portworxVolume', 'scaleIO', 'storageos', 'csi', 'ephemeral', 'image'];
function volume(v: JsonObject): JsonObject {
  if (!SOURCES.some((s) => v[s] !== undefined && v[s] !== null)) return { ...v, emptyDir: {} };
  let out = one(v, 'hostPath', (h) => fill(h, { type: '' }));
  out = one(out, 'secret', (s) => fill(s, { defaultMode: MODE }));
  out = one(out, 'configMap', (s) => fill(s, { defaultMode: MODE }));
  out = one(out, 'downwardAPI', (s) => each(fill(s, { defaultMode: MODE }), 'items', downwardFile));
  return one(out, 'projected', (s) => each(fill(s, { defaultMode: MODE }), 'sources', (source) => one(one(source, 'serviceAccountToken', (t) => fill(t, { expirationSeconds: 3600 })), 'downwardAPI', (d) => each(d, 'items', downwardFile))));
}

/** What a pod has beyond a template: requests, service links. */
export function defaultPod(spec: JsonObject): JsonObject {
  let out = fill(defaultPodSpec(spec), { enableServiceLinks: true });
  for (const key of ['containers', 'initContainers']) out = each(out, key, requestsFromLimits);
  return out;
}

/** A pod template's spec with v1.33's defaults (those of admission, such as the service account, are not among them). */
export function defaultPodSpec(given: JsonObject): JsonObject {
  const spec = shapeObject('v1.PodSpec', given);
  const hostNetwork = spec['hostNetwork'] === true;
  let out = fill(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: 'default-scheduler' });
  for (const key of ['containers', 'initContainers']) out = each(out, key, (c) => container(c, hostNetwork));
  if (typeof out['serviceAccountName'] === 'string' && out['serviceAccountName'] !== '') out = fill(out, { serviceAccount: out['serviceAccountName'] });
  else if (typeof out['serviceAccount'] === 'string') out = fill(out, { serviceAccountName: out['serviceAccount'] });
  return each(out, 'volumes', volume);
}
