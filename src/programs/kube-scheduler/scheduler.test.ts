import { describe, expect, test } from 'vitest';
import { bootControlPlane, SCHEDULER } from '../../testing/controlplane.ts';
import type { Node, Pod } from '../../lib/controller/index.ts';
import { decide } from './decide.ts';
import { program } from './index.ts';

const node = (more: Partial<Node> = {}): Node => ({
  metadata: { name: 'controlplane', labels: { 'kubernetes.io/hostname': 'controlplane' } }, spec: {}, status: { allocatable: { cpu: '2', memory: '4Gi', pods: '110' }, conditions: [] }, ...more,
});
const pod = (spec: Partial<Pod['spec']> = {}): Pod => ({ metadata: { name: 'p', namespace: 'default', uid: 'u' }, spec: { containers: [{ name: 'c' }], ...spec } });
const verdict = (what: Pod, where: Node, others: readonly Pod[] = []) => {
  const decision = decide(what, { nodes: [where], podsByNode: new Map([['controlplane', others]]) }, new Map());
  return 'node' in decision ? decision.node : decision.message;
};
const NO_HELP = ' preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';

describe('why a pod does not fit', () => {
  test('in the words of upstream', () => {
    expect(verdict(pod(), node())).toBe('controlplane');
    expect(verdict(pod(), node({ spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } }))).toBe(`0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.${NO_HELP}`);
    expect(verdict(pod(), node({ spec: { unschedulable: true } }))).toBe(`0/1 nodes are available: 1 node(s) were unschedulable.${NO_HELP}`);
    expect(verdict(pod({ nodeSelector: { disk: 'ssd' } }), node())).toBe(`0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.${NO_HELP}`);
    const hungry = pod({ containers: [{ name: 'c', resources: { requests: { cpu: '1500m' } } }] });
    expect(verdict(hungry, node(), [hungry])).toBe('0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.');
    expect(verdict(pod({ containers: [{ name: 'c', resources: { requests: { cpu: '3', memory: '8Gi' } } }] }), node())).toBe(`0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.${NO_HELP}`);
    expect(verdict(pod({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] }), node())).toBe(`0/1 nodes are available: persistentvolumeclaim "data" not found.${NO_HELP}`);
    expect(decide(pod(), { nodes: [], podsByNode: new Map() }, new Map())).toEqual({ message: 'no nodes available to schedule pods' });
  });
});

describe('kube-scheduler over a real API server', () => {
  const plane = bootControlPlane([program]);
  const id = plane.m.start(SCHEDULER);
  plane.m.pass(5e6);
  const log = () => plane.m.result(id).stderr;
  const make = (name: string) => {
    plane.ask('POST', '/api/v1/namespaces/default/serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } });
    return plane.ask('POST', '/api/v1/namespaces/default/pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'c', image: 'nginx' }] } });
  };

  test('stands for election once its caches are filled', () => {
    expect(log()).toContain('server.go:171] "Starting Kubernetes Scheduler" version="v1.33.0"');
    expect(log()).toContain('leaderelection.go:271] successfully acquired lease kube-system/kube-scheduler');
    expect(log()).not.toMatch(/^E/m);
  });

  test('binds pods, and says why it cannot', () => {
    make('p1');
    plane.m.pass(2e6);
    const waiting = plane.ask('GET', '/api/v1/namespaces/default/pods/p1') as unknown as Pod;
    expect(waiting.status?.conditions?.find((one) => one.type === 'PodScheduled')).toMatchObject({ status: 'False', reason: 'Unschedulable', message: 'no nodes available to schedule pods' });
    plane.ask('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'controlplane' }, status: { allocatable: { cpu: '2', memory: '4Gi', pods: '110' }, capacity: { cpu: '2', memory: '4Gi', pods: '110' } } });
    plane.m.pass(15e6);
    const n = plane.ask('GET', '/api/v1/nodes/controlplane') as unknown as Node;
    if (n.spec?.taints) plane.ask('PATCH', '/api/v1/nodes/controlplane', { spec: { taints: null } }, 'application/merge-patch+json');
    plane.m.pass(15e6);
    expect((plane.ask('GET', '/api/v1/namespaces/default/pods/p1') as unknown as Pod).spec.nodeName).toBe('controlplane');
    const notes = plane.list('/api/v1/namespaces/default/events').map((event) => `${event.type} ${event.reason} ${event.message}`);
    expect(notes).toContain('Normal Scheduled Successfully assigned default/p1 to controlplane');
    expect(notes).toContain('Warning FailedScheduling no nodes available to schedule pods');
  });
});
