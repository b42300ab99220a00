import { describe, expect, test } from 'vitest';
import { kill, processes, type Program } from '../../kernel/sys.ts';
import { bootControlPlane, CONTROLLER_MANAGER } from '../../testing/controlplane.ts';
import { program } from './index.ts';

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'default', labels: { app: 'app' } },
  spec: { replicas, selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'nginx', image: 'nginx:alpine', imagePullPolicy: 'IfNotPresent' }] } } },
});

/** `slay NAME` kills the processes of a program. */
const slay: Program = { name: 'slay', *main([, name]) {
  for (const one of yield* processes()) if (one.program === name) yield* kill(one.pid, 'KILL');
  return 0;
} };

const plane = bootControlPlane([program, slay]);
const id = plane.m.start(CONTROLLER_MANAGER);
plane.m.pass(10e6);
const log = () => plane.m.result(id).stderr;

describe('kube-controller-manager over a real API server', () => {
  test('takes the lease and starts its controllers', () => {
    expect(log()).toContain('successfully acquired lease kube-system/kube-controller-manager');
    expect(log()).toContain('Started controller');
    expect(log()).not.toContain('forbidden');
  });

  test('makes pods for a deployment', () => {
    plane.ask('POST', '/apis/apps/v1/namespaces/default/deployments', deployment(2));
    plane.m.pass(3e6);
    const sets = plane.list('/apis/apps/v1/namespaces/default/replicasets');
    expect(sets.map((rs) => rs.metadata!.name)).toEqual(['app-7f9667c9d9']);
    const pods = plane.list('/api/v1/namespaces/default/pods');
    expect(pods).toHaveLength(2);
    const events = plane.list('/api/v1/namespaces/default/events').map((event) => String(event.message));
    expect(events).toContain('Scaled up replica set app-7f9667c9d9 from 0 to 2');
  });
});

const names = (path: string) => plane.list(path).map((one) => String(one.metadata!.name)).sort();
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'controlplane', labels: { 'kubernetes.io/hostname': 'controlplane' } }, status: { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'ok', lastHeartbeatTime: '2025-08-19T00:19:20Z', lastTransitionTime: '2025-08-19T00:19:20Z' }] } };
const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'busybox' }] } };

describe('bootstrap tokens', () => {
  test('signs cluster-info with each bootstrap token and ends those that have expired', () => {
    const data = (id: string, expiration: string) => Object.fromEntries(Object.entries({ 'token-id': id, 'token-secret': '0123456789abcdef', 'usage-bootstrap-signing': 'true', expiration }).map(([key, value]) => [key, btoa(value)]));
    const secret = (id: string, expiration: string) => plane.ask('POST', '/api/v1/namespaces/kube-system/secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: `bootstrap-token-${id}` }, type: 'bootstrap.kubernetes.io/token', data: data(id, expiration) });
    plane.ask('POST', '/api/v1/namespaces/kube-public/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cluster-info' }, data: { kubeconfig: 'x' } });
    secret('abcdef', '2125-01-01T00:00:00Z');
    secret('fedcba', '2025-01-01T00:00:00Z');
    plane.m.pass(2e6);
    // jose's HS256 over the same header and content, made with openssl dgst -hmac.
    expect(plane.ask('GET', '/api/v1/namespaces/kube-public/configmaps/cluster-info').data).toEqual({ kubeconfig: 'x', 'jws-kubeconfig-abcdef': 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..0TaMGHmkUmrmJzX2IZH40z8KPjHdxhjPikTkoySmxlA' });
    expect(names('/api/v1/namespaces/kube-system/secrets')).toEqual(['bootstrap-token-abcdef']);
  });
});

describe('its other controllers', () => {
  test('gives a node its network and its cordon taint', () => {
    plane.ask('POST', '/api/v1/nodes', node);
    plane.m.pass(1e6);
    expect(plane.ask('GET', '/api/v1/nodes/controlplane').spec).toMatchObject({ podCIDR: '172.17.0.0/24' });
    plane.ask('PATCH', '/api/v1/nodes/controlplane', { spec: { unschedulable: true } }, 'application/merge-patch+json');
    plane.m.pass(1e6);
    expect(plane.ask('GET', '/api/v1/nodes/controlplane').spec!.taints).toMatchObject([{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }]);
    plane.ask('PATCH', '/api/v1/nodes/controlplane', { spec: { unschedulable: null } }, 'application/merge-patch+json');
    plane.m.pass(1e6);
    expect(plane.ask('GET', '/api/v1/nodes/controlplane').spec!.taints).toBeUndefined();
  });

  test('makes daemon pods, stateful pods and jobs', () => {
    plane.ask('POST', '/apis/apps/v1/namespaces/default/daemonsets', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'ds' }, spec: { selector: { matchLabels: { app: 'x' } }, template } });
    plane.ask('POST', '/apis/apps/v1/namespaces/default/statefulsets', { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec: { replicas: 2, serviceName: 'web', selector: { matchLabels: { app: 'x' } }, template } });
    plane.ask('POST', '/apis/batch/v1/namespaces/default/jobs', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } } });
    plane.m.pass(2e6);
    const pods = names('/api/v1/namespaces/default/pods');
    expect(pods.filter((name) => name.startsWith('ds-'))).toHaveLength(1);
    expect(pods.filter((name) => name.startsWith('web-'))).toEqual(['web-0']);
    expect(pods.filter((name) => name.startsWith('once-'))).toHaveLength(1);
    expect(names('/apis/apps/v1/namespaces/default/controllerrevisions')).toHaveLength(2);
    plane.ask('PATCH', `/api/v1/namespaces/default/pods/${pods.find((name) => name.startsWith('once-'))}/status`, { status: { phase: 'Succeeded' } }, 'application/merge-patch+json');
    plane.m.pass(2e6);
    expect(plane.ask('GET', '/apis/batch/v1/namespaces/default/jobs/once').status).toMatchObject({ succeeded: 1, conditions: [{ type: 'SuccessCriteriaMet' }, { type: 'Complete', status: 'True' }] });
  });

  test('keeps the bounds of an autoscaler and tells each 15 s that there are no metrics', () => {
    const path = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers';
    plane.ask('POST', path, { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'app' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' }, minReplicas: 3, maxReplicas: 4, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] } });
    plane.m.pass(40e6);
    expect(plane.ask('GET', '/apis/apps/v1/namespaces/default/deployments/app').spec).toMatchObject({ replicas: 3 });
    expect(plane.ask('GET', `${path}/app`).status).toMatchObject({ currentReplicas: 3, conditions: [{ type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale' }, { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }] });
    const events = plane.list('/api/v1/namespaces/default/events').filter((event) => (event.involvedObject as unknown as { kind: string }).kind === 'HorizontalPodAutoscaler');
    expect(events.map((event) => [event.reason, event.count])).toEqual([['SuccessfulRescale', 1], ['FailedGetResourceMetric', 2], ['FailedComputeMetricsReplicas', 2]]);
    plane.ask('DELETE', `${path}/app`);
  });

  test('collects what belonged to something that is gone, and empties namespaces', () => {
    plane.ask('DELETE', '/apis/apps/v1/namespaces/default/deployments/app', { propagationPolicy: 'Foreground' });
    plane.m.pass(3e6);
    expect(names('/apis/apps/v1/namespaces/default/deployments')).toEqual([]);
    expect(names('/apis/apps/v1/namespaces/default/replicasets')).toEqual([]);
    plane.ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } });
    plane.m.pass(1e6);
    expect(names('/api/v1/namespaces/dev/serviceaccounts')).toEqual(['default']);
    expect(names('/api/v1/namespaces/dev/configmaps')).toEqual(['kube-root-ca.crt']);
    plane.ask('DELETE', '/api/v1/namespaces/dev');
    plane.m.pass(5e6);
    expect(names('/api/v1/namespaces')).not.toContain('dev');
  });

  test('marks a node that has fallen silent', () => {
    plane.m.pass(70e6);
    const { status, spec } = plane.ask('GET', '/api/v1/nodes/controlplane');
    expect(status!.conditions).toMatchObject([{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }, {}, {}, {}]);
    expect(spec!.taints).toMatchObject([{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }]);
    expect(log()).not.toMatch(/^E/m);
  });

  test('gives up when it cannot renew', () => {
    plane.m.run(['slay', 'kube-apiserver']);
    plane.m.pass(15e6);
    expect(plane.m.result(id).code).toBe(1);
    const tail = log().split('\n').filter((line) => /leader/.test(line)).slice(-4).map((line) => line.replace(/^(.)\S+ \S+ +\d+ /, '$1 '));
    expect(tail.at(-1)).toBe('E controllermanager.go:371] "leaderelection lost"');
    expect(tail.at(-2)).toBe('I leaderelection.go:297] failed to renew lease kube-system/kube-controller-manager: context deadline exceeded');
    expect(tail.at(-3)).toContain('error retrieving resource lock kube-system/kube-controller-manager: Get "https://172.30.1.2:6443/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-controller-manager?timeout=5s": dial tcp 172.30.1.2:6443: connect: connection refused');
  });
});
