import { describe, expect, test } from 'vitest';
import { admit, type Place } from './admission.ts';
import type { Pod } from './types.ts';

const place: Place = { nodeName: 'controlplane', allocatable: { cpu: '2', memory: '2Gi', pods: '3' }, node: { metadata: { name: 'controlplane', labels: { disk: 'ssd' } }, spec: { taints: [{ key: 'gone', effect: 'NoExecute' }] } } as never };
const tolerations = [{ operator: 'Exists' }];
const pod = (name: string, requests: Record<string, string> = {}, spec: object = {}, annotations: Record<string, string> = {}): Pod =>
  ({ metadata: { name, namespace: 'default', uid: name, annotations }, spec: { containers: [{ name: 'c', resources: { requests }, ...('port' in spec ? { ports: [{ containerPort: 80, hostPort: spec.port }] } : {}) }], tolerations, ...spec } }) as unknown as Pod;
const staticPod = (requests: Record<string, string>) => pod('own', requests, {}, { 'kubernetes.io/config.source': 'file' });
const said = (one: Pod, others: readonly Pod[] = []) => {
  const verdict = admit(one, others, place);
  return 'refusal' in verdict ? `${verdict.refusal.reason}: ${verdict.refusal.message}` : verdict.preempt.map((it) => it.metadata.name);
};

describe('what a node takes', () => {
  test('names the first thing that is missing', () => {
    expect(said(pod('small', { cpu: '500m' }), [pod('other', { cpu: '1500m' })])).toEqual([]);
    expect(said(pod('big', { cpu: '4' }), [pod('other', { cpu: '950m' })])).toBe("OutOfcpu: Node didn't have enough resource: cpu, requested: 4000, used: 950, capacity: 2000");
    expect(said(pod('big', { memory: '3Gi' }))).toBe("OutOfmemory: Node didn't have enough resource: memory, requested: 3221225472, used: 0, capacity: 2147483648");
    expect(said(pod('fourth'), [pod('a'), pod('b'), pod('c')])).toBe("OutOfpods: Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3");
  });
  test('does not take what is meant for another', () => {
    expect(said(pod('lost', {}, { nodeSelector: { disk: 'tape' } }))).toBe("NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
    expect(said(pod('second', {}, { port: 80 }), [pod('first', {}, { port: 80 })])).toBe("NodePorts: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports");
    expect(said(pod('touchy', {}, { tolerations: [] }))).toBe("TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate");
  });
  test('makes room for a static pod, by as little as can be', () => {
    const others = [pod('half', { cpu: '500m' }), pod('most', { cpu: '1400m' })];
    expect(said(staticPod({ cpu: '500m' }), others)).toEqual(['half']);
    expect(said(staticPod({ cpu: '1' }), others)).toEqual(['most']);
    expect(said(staticPod({ cpu: '2' }), others)).toEqual(['most', 'half']);
    expect(said(pod('proud', { cpu: '500m' }, { priority: 2_000_000_000 }), others)).toEqual(['half']);
  });
  test('says so when there is no room to make', () => {
    expect(said(staticPod({ cpu: '4' }), [pod('critical', { cpu: '950m' }, { priority: 2_000_001_000 })]))
      .toBe('UnexpectedAdmissionError: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [(res: cpu, q: 2950), ]');
  });
});
