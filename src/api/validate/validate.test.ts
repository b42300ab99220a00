import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { applyDefaults } from '../defaults.ts';
import type { ApiObject } from '../types.ts';
import { validate, validateUpdate } from './index.ts';

const metadata = { name: 'x', namespace: 'default' };
const container = { name: 'c', image: 'nginx' };
const made = (apiVersion: string, kind: string, rest: object): ApiObject => applyDefaults({ apiVersion, kind, metadata, ...rest } as unknown as JsonObject) as unknown as ApiObject;
const told = (object: ApiObject): readonly string[] => validate(object, true).map(({ field, message }) => `${field}: ${message}`);
const pod = (spec: object): ApiObject => made('v1', 'Pod', { spec: { containers: [container], ...spec } });
const within = (part: object): ApiObject => pod({ containers: [{ ...container, ...part }] });
const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } };
const deployment = (spec: object): ApiObject => made('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { app: 'a' } }, template, ...spec } });
const service = (spec: object): ApiObject => made('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } });

describe('what learners get wrong', () => {
  it.each<[string, ApiObject, readonly string[]]>([
    ['nothing', pod({}), []],
    ['no containers', pod({ containers: [] }), ['spec.containers: Required value']],
    ['no image', pod({ containers: [{ name: 'c' }] }), ['spec.containers[0].image: Required value']],
    ['a name twice', pod({ containers: [container, container] }), ['spec.containers[1].name: Duplicate value: "c"']],
    ['a mount of no volume', within({ volumeMounts: [{ name: 'v', mountPath: '/a' }] }), ['spec.containers[0].volumeMounts[0].name: Not found: "v"']],
    ['a mount path twice', pod({ volumes: [{ name: 'v' }], containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/a' }, { name: 'v', mountPath: '/a' }] }] }), ['spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique']],
    ['a pull policy', within({ imagePullPolicy: 'always' }), ['spec.containers[0].imagePullPolicy: Unsupported value: "always": supported values: "Always", "IfNotPresent", "Never"']],
    ['a restart policy', pod({ restartPolicy: 'Sometimes' }), ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"']],
    ['a port', within({ ports: [{ containerPort: 70_000 }] }), ['spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive']],
    ['a protocol', within({ ports: [{ containerPort: 80, protocol: 'tcp' }] }), ['spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"']],
    ['requests over limits', within({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }), ['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1']],
    ['an unknown resource', within({ resources: { requests: { mem: '1' } } }), ['spec.containers[0].resources.requests[mem]: Invalid value: "mem": must be a standard resource type or fully qualified', 'spec.containers[0].resources.requests[mem]: Invalid value: "mem": must be a standard resource for containers']],
    ['a probe without a way', within({ livenessProbe: {} }), ['spec.containers[0].livenessProbe: Required value: must specify a handler type']],
    ['a probe that succeeds twice', within({ livenessProbe: { exec: { command: ['a'] }, successThreshold: 2 } }), ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1']],
    ['a volume type', pod({ volumes: [{ name: 'v', hostPath: { path: '/a', type: 'Dir' } }] }), ['spec.volumes[0].hostPath.type: Unsupported value: "Dir": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"']],
    ['two volume types', pod({ volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/a' } }] }), ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type']],
    ['a toleration', pod({ tolerations: [{ key: 'k', operator: 'Exist', effect: 'NoSchedule' }] }), ['spec.tolerations[0].operator: Unsupported value: "Exist": supported values: "Equal", "Exists"']],
    ['an init container with a probe', pod({ initContainers: [{ name: 'i', image: 'x', livenessProbe: { exec: { command: ['a'] } } }] }), ['spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always']],
    ['a variable from nowhere', within({ env: [{ name: 'A', valueFrom: {} }] }), ['spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`']],
    ['labels apart', deployment({ selector: { matchLabels: { app: 'b' } } }), ['spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`']],
    ['no selector', deployment({ selector: undefined }), ['spec.selector: Required value']],
    ['an empty selector', deployment({ selector: {} }), ['spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string(nil), MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for deployment']],
    ['fewer than none', deployment({ replicas: -1 }), ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    ['a rollout that cannot move', deployment({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }), ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0']],
    ['a strategy that does not roll', deployment({ strategy: { type: 'Recreate', rollingUpdate: {} } }), ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]],
    ['a deployment of pods that end', deployment({ template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } }), ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"']],
    ['a job for ever', made('batch/v1', 'Job', { spec: { template } }), ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']],
    ['a schedule', made('batch/v1', 'CronJob', { spec: { schedule: '* * *', jobTemplate: { spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } } } } }), ['spec.schedule: Invalid value: "* * *": expected exactly 5 fields, found 3: [* * *]']],
    ['a service without ports', service({ ports: undefined }), ['spec.ports: Required value']],
    ['ports without names', service({ ports: [{ port: 80 }, { port: 81 }] }), ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value']],
    ['a node port of none', service({ ports: [{ port: 80, nodePort: 30_000 }] }), ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"]],
    ['a service type', service({ type: 'Nodeport' }), ['spec.type: Unsupported value: "Nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"']],
    ['a key', made('v1', 'ConfigMap', { data: { 'a b': '' } }), ["data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"]],
    ['a certificate without its key', made('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } }), ['data[tls.key]: Required value']],
    ['a rule without verbs', made('rbac.authorization.k8s.io/v1', 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: [] }] }), ['rules[0].verbs: Required value: verbs must contain at least one value']],
    ['a binding to nothing', made('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Roles', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 'a' }] }), ['roleRef.kind: Unsupported value: "Roles": supported values: "Role", "ClusterRole"', 'subjects[0].namespace: Required value']],
    ['a claim without a size', made('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['RWO'] } }), ['spec.accessModes: Unsupported value: "RWO": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"', 'spec.resources[storage]: Required value']],
    ['an ingress path', made('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ http: { paths: [{ path: 'a', backend: { service: { name: 's', port: { number: 80 } } } }] } }] } }), ['spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified', 'spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path']],
  ])('%s', (_, object, wanted) => expect(told(object)).toEqual(wanted));

  it('privileged where the server forbids it', () => {
    const object = within({ securityContext: { privileged: true } });
    expect(validate(object, true)).toEqual([]);
    expect(validate(object, true, { allowPrivileged: false })).toEqual([{ field: 'spec.containers[0].securityContext.privileged', message: 'Forbidden: disallowed by cluster policy' }]);
  });
  it('names and labels', () => {
    const object = { ...pod({}), metadata: { ...metadata, name: 'App_1', labels: { 'a b': 'c d' } } } as unknown as ApiObject;
    expect(told(object).map((text) => text.slice(0, 60))).toEqual(['metadata.name: Invalid value: "App_1": a lowercase RFC 1123 ', 'metadata.labels: Invalid value: "a b": name part must consis', 'metadata.labels: Invalid value: "c d": a valid label must be']);
  });
});

describe('changes', () => {
  const changed = (next: ApiObject, old: ApiObject): readonly string[] => validateUpdate(next, old, true).map(({ field, message }) => `${field}: ${message}`);
  it('of a pod: images and nothing else', () => {
    expect(changed(within({ image: 'b' }), pod({}))).toEqual([]);
    expect(changed(within({ args: ['b'] }), pod({}))[0]).toMatch(/^spec: Forbidden: pod updates may not change fields other than `spec.containers\[\*\].image`/);
    expect(changed(pod({ containers: [container, { name: 'd', image: 'x' }] }), pod({}))).toEqual(['spec.containers: Forbidden: pod updates may not add or remove containers']);
  });
  it('of a selector', () => {
    const other = deployment({ selector: { matchLabels: { app: 'b' } }, template: { ...template, metadata: { labels: { app: 'b' } } } });
    expect(changed(other, deployment({}))).toEqual(['spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"b"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable']);
  });
  it('of what is immutable', () => {
    const before = made('v1', 'ConfigMap', { data: { a: '1' }, immutable: true });
    expect(changed(made('v1', 'ConfigMap', { data: { a: '2' }, immutable: true }), before)).toEqual(['data: Forbidden: field is immutable when `immutable` is set']);
    const binding = (name: string): ApiObject => made('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Role', name }, subjects: [] });
    expect(changed(binding('b'), binding('a'))).toEqual(['roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"b"}: cannot change roleRef']);
  });
});

it.each([['pods'], ['deployments.apps'], ['replicasets'], ['nodes']])('nothing is wrong with a real cluster: %s', (name) => {
  const { items } = JSON.parse(readFileSync(new URL(`../../testing/recordings/${name}.json`, import.meta.url), 'utf8')) as { items: readonly ApiObject[] };
  for (const item of items) expect([item.metadata.name, validate(item, name !== 'nodes')]).toEqual([item.metadata.name, []]);
});
