import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { parseYaml } from '../base/yaml.ts';
import { applyDefaults } from './defaults.ts';

type Obj = JsonObject & { readonly metadata: { readonly name: string }; readonly spec: JsonObject };
const read = (name: string): string => readFileSync(new URL(`../testing/recordings/${name}`, import.meta.url), 'utf8');
const items = (name: string): readonly Obj[] => (JSON.parse(read(`${name}.json`)) as { items: readonly Obj[] }).items;

it.each([['pods'], ['deployments.apps'], ['replicasets'], ['nodes']])('what a real server stored has its defaults: %s', (name) => {
  for (const item of items(name)) expect(applyDefaults(item)).toEqual(item);
});

const made = (apiVersion: string, kind: string, rest: JsonObject): JsonObject => applyDefaults({ apiVersion, kind, metadata: { name: 'x' }, ...rest });
const spec = (kind: string, given: JsonObject, apiVersion = 'v1'): unknown => made(apiVersion, kind, { spec: given })['spec'];

it('a deployment from the few lines that make it is the one a server stored', () => {
  const few = parseYaml('spec:\n  selector: {matchLabels: {app: app}}\n  template:\n    metadata: {labels: {app: app}}\n    spec:\n      containers:\n      - {image: "nginx:alpine", name: nginx}\n') as { spec: JsonObject };
  const stored = items('deployments.apps').find(({ metadata }) => metadata.name === 'app')!;
  expect(spec('Deployment', few.spec, 'apps/v1')).toEqual({ ...stored.spec, replicas: 1 });
});

const container = { name: 'c', image: 'nginx' };
describe('pods', () => {
  const one = (more: JsonObject): JsonObject => (spec('Pod', { containers: [{ ...container, ...more }] }) as { containers: readonly JsonObject[] }).containers[0]!;
  it.each([['nginx', 'Always'], ['nginx:latest', 'Always'], ['nginx:1.27', 'IfNotPresent'], ['host:5000/nginx', 'Always'], ['nginx@sha256:ab', 'IfNotPresent']])('%s is pulled %s', (image, policy) => expect(one({ image })['imagePullPolicy']).toBe(policy));
  it('limits are requests too', () => expect(one({ resources: { limits: { cpu: '1', memory: '1024Mi' }, requests: { cpu: 0.5 } } })['resources']).toEqual({ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } }));
  it('probes', () => expect(one({ livenessProbe: { httpGet: { port: 80 }, initialDelaySeconds: 0 } })['livenessProbe']).toEqual({ httpGet: { path: '/', port: 80, scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }));
  it('zeroes that Go does not write are gone', () => {
    expect(one({ args: [], stdin: false, env: [{ name: 'A', value: '' }], volumeMounts: [{ name: 'v', mountPath: '/a', readOnly: false }] })).toEqual({
      ...container, env: [{ name: 'A' }], volumeMounts: [{ name: 'v', mountPath: '/a' }], imagePullPolicy: 'Always', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' });
    expect(spec('Pod', { containers: [], hostNetwork: false, nodeSelector: {}, priorityClassName: '', automountServiceAccountToken: false })).toEqual({
      containers: [], automountServiceAccountToken: false, dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: 'default-scheduler', enableServiceLinks: true });
  });
  it('a port on the host network is a host port', () => expect((spec('Pod', { hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80 }] }] }) as { containers: readonly { ports: unknown }[] }).containers[0]!.ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }]));
});

it.each<[string, unknown, unknown]>([
  ['service', spec('Service', { ports: [{ port: 80 }], publishNotReadyAddresses: false }), { ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }], sessionAffinity: 'None', type: 'ClusterIP', internalTrafficPolicy: 'Cluster' }],
  ['service with affinity', spec('Service', { type: 'NodePort', sessionAffinity: 'ClientIP' }), { type: 'NodePort', sessionAffinity: 'ClientIP', internalTrafficPolicy: 'Cluster', externalTrafficPolicy: 'Cluster', sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } }],
  ['network policy', spec('NetworkPolicy', { podSelector: {}, egress: [], ingress: [{ ports: [{ port: 80 }] }] }), { podSelector: {}, egress: [], ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }], policyTypes: ['Ingress'] }],
  ['autoscaler', spec('HorizontalPodAutoscaler', { maxReplicas: 3 }), { maxReplicas: 3, minReplicas: 1, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] }],
  ['limit range', spec('LimitRange', { limits: [{ type: 'Container', max: { cpu: '2' }, min: { memory: '1Mi' } }] }), { limits: [{ type: 'Container', max: { cpu: '2' }, min: { memory: '1Mi' }, default: { cpu: '2' }, defaultRequest: { cpu: '2', memory: '1Mi' } }] }],
  ['priority class', made('scheduling.k8s.io/v1', 'PriorityClass', { value: 1, globalDefault: false }), { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'x' }, value: 1, preemptionPolicy: 'PreemptLowerPriority' }],
  ['namespace', made('v1', 'Namespace', {})['metadata'], { name: 'x', labels: { 'kubernetes.io/metadata.name': 'x' } }],
  ['binding', made('v1', 'RoleBinding', { subjects: [{ kind: 'User', name: 'a' }, { kind: 'ServiceAccount', name: 'b' }], roleRef: { kind: 'Role', name: 'r' } })['subjects'], [{ kind: 'User', name: 'a', apiGroup: 'rbac.authorization.k8s.io' }, { kind: 'ServiceAccount', name: 'b' }]],
])('%s', (_, got, wanted) => expect(got).toEqual(wanted));

it('a job takes its labels from its template, and runs once', () => {
  const { metadata, spec: job } = made('batch/v1', 'Job', { spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [container], restartPolicy: 'Never' } } } }) as unknown as Obj;
  expect(metadata).toEqual({ name: 'x', labels: { a: 'b' } });
  const { template: _template, ...rest } = job;
  expect(rest).toEqual({ completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false, manualSelector: false, podReplacementPolicy: 'TerminatingOrFailed' });
  expect(made('batch/v1', 'Job', { spec: { parallelism: 2 } })['spec']).not.toHaveProperty('completions');
});

it('a job with a uid selects its pods by it', () => {
  const job = applyDefaults({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', uid: 'u' }, spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } } }) as unknown as Obj;
  const labels = { 'controller-uid': 'u', 'batch.kubernetes.io/controller-uid': 'u', 'job-name': 'j', 'batch.kubernetes.io/job-name': 'j' };
  expect(job.metadata).toEqual({ name: 'j', uid: 'u', labels });
  expect(job.spec).toMatchObject({ selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } }, template: { metadata: { labels } } });
  expect(applyDefaults(job)).toEqual(job);
});
