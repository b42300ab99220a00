import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRfc3339 } from '../../base/time.ts';
import { parseYaml } from '../../base/yaml.ts';
import type { ApiObject } from '../types.ts';
import { describerOf } from './index.ts';
import type { Related } from './index.ts';

// What a real kubectl printed of a real cluster, commands in one file, objects as YAML just before their descriptions.
const recording = readFileSync(new URL('../../testing/recordings/00-baseline-kubectl.txt', import.meta.url), 'utf8');
const printed = (command: string): string => {
  const at = recording.indexOf(`\n$ ${command}\n`);
  return recording.slice(at + command.length + 4, recording.indexOf('\n# +', at));
};
const shown = (command: string): ApiObject => parseYaml(printed(command)) as unknown as ApiObject;
const listed = (command: string): readonly ApiObject[] => (shown(command) as unknown as { items: readonly ApiObject[] }).items;
const told = (group: string, object: unknown, related: Partial<Related> = {}): string => describerOf(group, (object as ApiObject).kind).describe(object as never, { events: [], ...related }, parseRfc3339('2026-11-22T08:20:10.5Z')!);
const events = (...rows: readonly (readonly [seen: string, type: string, reason: string, component: string, message: string])[]): Related['events'] =>
  rows.map(([seen, type, reason, component, message]) => ({ firstTimestamp: `2026-11-22T${seen}Z`, lastTimestamp: `2026-11-22T${seen}Z`, count: 1, type, reason, source: { component }, message })) as never;

describe('as recorded', () => {
  it('a static pod', () => expect(told('', shown('kubectl get po -n kube-system kube-scheduler-controlplane -o yaml'))).toBe(printed('kubectl describe po -n kube-system kube-scheduler-controlplane')));
  it('a deployment', () => {
    const related = { replicaSets: listed('kubectl get rs -o yaml') as never, events: events(['08:19:43', 'Normal', 'ScalingReplicaSet', 'deployment-controller', 'Scaled up replica set app-7f9667c9d9 from 0 to 1']) };
    expect(told('apps', shown('kubectl get deploy app -o yaml'), related)).toBe(printed('kubectl describe deploy app'));
  });
  it('a replica set', () => {
    const related = { pods: listed('kubectl get po -l app=app -o yaml') as never, events: events(['08:19:43', 'Normal', 'SuccessfulCreate', 'replicaset-controller', 'Created pod: app-7f9667c9d9-t4dt5']) };
    expect(told('apps', listed('kubectl get rs -o yaml')[0], related)).toBe(printed('kubectl describe rs'));
  });
  it('a service', () => {
    const slice = shown('kubectl get endpointslices kubernetes -o yaml');
    expect(told('', shown('kubectl get svc kubernetes -o yaml'), { endpointSlices: [slice] as never })).toBe(printed('kubectl describe svc kubernetes'));
    expect(told('discovery.k8s.io', slice)).toBe(printed('kubectl describe endpointslices kubernetes'));
  });
  it('a node', () => {
    const pod = (namespace: string, name: string, seconds: number, cpu: string, memory: string, limit = '0') => ({ metadata: { namespace, name, creationTimestamp: `2026-11-22T08:${seconds}Z` }, spec: { containers: [{ name: 'c', resources: { requests: { cpu, memory }, limits: { memory: limit } } }] } });
    const text = told('', shown('kubectl get nodes controlplane -o yaml'), {
      lease: shown('kubectl get lease -n kube-node-lease controlplane -o yaml') as never,
      pods: [pod('kube-system', 'coredns-7484cd47db-bvqps', 19, '100m', '70Mi', '170Mi'), pod('kube-system', 'kube-apiserver-controlplane', 18, '250m', '0')] as never,
    });
    const wanted = printed('kubectl describe no controlplane').split('\n');
    const lines = text.split('\n');
    const upTo = lines.findIndex((line) => line.startsWith('Non-terminated'));
    expect(lines.slice(0, upTo).map((line) => line.replace(/(RenewTime.*):\d\d /, '$1 '))).toEqual(wanted.slice(0, upTo).map((line) => line.replace(/(RenewTime.*):\d\d /, '$1 ')));
    expect(lines.slice(upTo)).toEqual([
      'Non-terminated Pods:          (2 in total)',
      '  Namespace                   Name                           CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age',
      '  ---------                   ----                           ------------  ----------  ---------------  -------------  ---',
      '  kube-system                 coredns-7484cd47db-bvqps       100m (5%)     0 (0%)      70Mi (0%)        170Mi (0%)     <unknown>',
      '  kube-system                 kube-apiserver-controlplane    250m (12%)    0 (0%)      0 (0%)           0 (0%)         <unknown>',
      'Allocated resources:',
      '  (Total limits may be over 100 percent, i.e., overcommitted.)',
      '  Resource           Requests    Limits',
      '  --------           --------    ------',
      '  cpu                350m (17%)  0 (0%)',
      '  memory             70Mi (0%)   170Mi (0%)',
      '  ephemeral-storage  0 (0%)      0 (0%)',
      '  hugepages-1Gi      0 (0%)      0 (0%)',
      '  hugepages-2Mi      0 (0%)      0 (0%)',
      'Events:              <none>',
      '',
    ]);
  });
  it('a namespace, with what limits it', () => expect(told('', { ...shown('kubectl get ns kube-system -o yaml') }, { quotas: [], limitRanges: [] })).toBe(printed('kubectl describe ns default').replaceAll('default', 'kube-system')));
  it('a kind without words of its own', () => {
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease',
      metadata: { creationTimestamp: '2026-11-22T08:19:07Z', name: 'kube-scheduler', namespace: 'kube-system', resourceVersion: '526', uid: 'd54f3898-2607-4d9b-882d-158c4a14afe1' },
      spec: { acquireTime: '2026-11-22T08:19:07.829567Z', holderIdentity: 'controlplane_fca2d149-cce6-4d30-8116-987444be3dfa', leaseDurationSeconds: 15, leaseTransitions: 0, renewTime: '2026-11-22T08:20:10.113599Z' } };
    const became = events(['08:19:06', 'Normal', 'LeaderElection', 'default-scheduler', 'controlplane_fca2d149-cce6-4d30-8116-987444be3dfa became leader']);
    expect(told('coordination.k8s.io', lease, { events: became })).toBe(printed('kubectl describe lease -n kube-system kube-scheduler'));
  });
});

describe('pods', () => {
  const pod = { kind: 'Pod', metadata: { name: 'pending', namespace: 'default', labels: { run: 'pending' } }, spec: { priority: 0, serviceAccountName: 'default', containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', 'sleep 1\necho hi'] }] }, status: { phase: 'Pending' } };
  it('that nobody has scheduled', () => expect(told('', pod)).toBe([
    'Name:             pending', 'Namespace:        default', 'Priority:         0', 'Service Account:  default', 'Node:             <none>', 'Labels:           run=pending', 'Annotations:      <none>',
    'Status:           Pending', 'IP:               ', 'IPs:              <none>', 'Containers:', '  c:', '    Image:      busybox', '    Port:       <none>', '    Host Port:  <none>',
    '    Command:', '      sh', '      -c', '      sleep 1', '      echo hi', '    Environment:  <none>', '    Mounts:       <none>', 'Volumes:          <none>', 'QoS Class:        BestEffort',
    'Node-Selectors:   <none>', 'Tolerations:      <none>', 'Events:           <none>', '',
  ].join('\n')));
  it('environment and volumes', () => {
    const container = { name: 'nginx', image: 'nginx', ports: [{ containerPort: 80, protocol: 'TCP' }], envFrom: [{ configMapRef: { name: 'cm1' } }],
      env: [{ name: 'FOO', value: 'bar' }, { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } }, { name: 'S', valueFrom: { secretKeyRef: { name: 'sec', key: 'k' } } }],
      volumeMounts: [{ name: 'z', mountPath: '/z', subPath: 'a' }, { name: 'cfg', mountPath: '/a', readOnly: true }] };
    const text = told('', { ...pod, spec: { containers: [container], volumes: [{ name: 'cfg', configMap: { name: 'cm1' } }, { name: 'tmp', emptyDir: {} }], tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }, { operator: 'Exists', effect: 'NoExecute' }] } });
    expect(text).toContain([
      '    Environment Variables from:', '      cm1  ConfigMap  Optional: false', '    Environment:', '      FOO:  bar', '      POD:  pending (v1:metadata.name)', "      S:    <set to the key 'k' in secret 'sec'>  Optional: false",
      '    Mounts:', '      /a from cfg (ro)', '      /z from z (rw,path="a")', 'Volumes:', '  cfg:', '    Type:      ConfigMap (a volume populated by a ConfigMap)', '    Name:      cm1', '    Optional:  false',
      '  tmp:', "    Type:        EmptyDir (a temporary directory that shares a pod's lifetime)", '    Medium:      ', '    SizeLimit:   <unset>', 'QoS Class:       BestEffort', 'Node-Selectors:  <none>',
      'Tolerations:     :NoExecute op=Exists', '                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s',
    ].join('\n'));
  });
  it('events count up', () => {
    const back = { type: 'Warning', reason: 'BackOff', message: ' Back-off ', source: { component: 'kubelet' }, count: 12, firstTimestamp: '2026-11-22T08:15:19Z', lastTimestamp: '2026-11-22T08:20:05Z' };
    const scheduled = { type: 'Normal', reason: 'Scheduled', message: 'ok', reportingComponent: 'default-scheduler', eventTime: '2026-11-22T08:15:10.123456Z', firstTimestamp: null, lastTimestamp: null };
    expect(told('', pod, { events: [back, scheduled] as never }).split('Events:\n')[1]).toBe([
      '  Type     Reason     Age                  From               Message', '  ----     ------     ----                 ----               -------',
      '  Normal   Scheduled  5m                   default-scheduler  ok', '  Warning  BackOff    5s (x12 over 4m51s)  kubelet            Back-off', ''].join('\n'));
  });
});

it('roles: one line for each resource, verbs together', () => {
  const role = { kind: 'Role', metadata: { name: 'r' }, rules: [{ apiGroups: ['', 'apps'], resources: ['pods', 'deployments/scale'], verbs: ['get', 'list'] }, { apiGroups: [''], resources: ['pods'], verbs: ['watch', 'get'] }, { nonResourceURLs: ['/healthz'], verbs: ['get'] }] };
  expect(told('rbac.authorization.k8s.io', role).split('Verbs\n')[1]).toBe([
    '  ---------               -----------------  --------------  -----', '  pods                    []                 []              [get list watch]', '  deployments/scale       []                 []              [get list]',
    '  deployments.apps/scale  []                 []              [get list]', '  pods.apps               []                 []              [get list]', '                          [/healthz]         []              [get]', ''].join('\n'));
});

it('network policies', () => {
  const policy = { kind: 'NetworkPolicy', metadata: { name: 'p', namespace: 'default', creationTimestamp: '2026-11-22T08:19:05Z' }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80 }], from: [{ podSelector: { matchLabels: { a: 'b' } } }] }] } };
  expect(told('networking.k8s.io', policy)).toBe([
    'Name:         p', 'Namespace:    default', 'Created on:   2026-11-22 08:19:05 +0000 UTC', 'Labels:       <none>', 'Annotations:  <none>', 'Spec:', '  PodSelector:     <none> (Allowing the specific traffic to all pods in this namespace)',
    '  Allowing ingress traffic:', '    To Port: 80/TCP', '    From:', '      PodSelector: a=b', '  Not affecting egress traffic', '  Policy Types: Ingress', ''].join('\n'));
});
