/**
 * Small things nodes get: a pod CIDR (node-ipam), the annotation that says how long secrets may be cached (ttl), and the end of pods
 * on nodes that are gone or in too great number (pod garbage collection).
 */
import { parseRfc3339 } from '../../../base/time.ts';
import { referenceTo, type Cache, type Controller, type Node, type Outcome, type Pod } from '../../../lib/controller/index.ts';
import { podRef } from './pods.ts';

const ipNumber = (ip: string) => ip.split('.').reduce((total, part) => total * 256 + Number(part), 0);
const ipText = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

/** The first free network of `mask` bits inside the cluster's; null when all are taken. */
export function nextCidr(cluster: string, mask: number, taken: ReadonlySet<string>): string | null {
  const [base = '', bits = '0'] = cluster.split('/');
  const size = 1 << (32 - mask);
  const start = ipNumber(base);
  for (let index = 0; index < 1 << (mask - Number(bits)); index++) {
    const cidr = `${ipText(start + index * size)}/${mask}`;
    if (!taken.has(cidr)) return cidr;
  }
  return null;
}

interface NodeSettings { readonly allocateNodeCidrs: boolean; readonly clusterCidr: string; readonly nodeMask: number; readonly terminatedPodThreshold: number }

export const nodeIpamController: Controller = {
  name: 'node-controller', component: 'cidrAllocator', caches: ['nodes'],
  reconcile(key: string, cache: Cache, _nowUs, settings): Outcome {
    const { allocateNodeCidrs, clusterCidr, nodeMask } = settings as unknown as NodeSettings;
    const node = cache.get<Node>('nodes', key);
    if (!node || node.spec?.podCIDR || !allocateNodeCidrs || clusterCidr === '') return { actions: [] };
    const cidr = nextCidr(clusterCidr, nodeMask, new Set(cache.list<Node>('nodes').map((one) => one.spec?.podCIDR ?? '')));
    if (cidr === null) {
      return { actions: [{ op: 'event', event: { about: { ...referenceTo(node, 'v1', 'Node'), uid: node.metadata.name }, type: 'Normal', reason: 'CIDRNotAvailable', message: `Node ${key} status is now: CIDRNotAvailable` } }] };
    }
    return { actions: [{ op: 'patch', type: 'strategic', cache: 'nodes', ref: { group: '', resource: 'nodes', name: key }, patch: { spec: { podCIDR: cidr, podCIDRs: [cidr] } } }] };
  },
  complaint: (_key, error) => ['range_allocator.go:442', error],
};

const TTL = 'node.alpha.kubernetes.io/ttl';

export const ttlController: Controller = {
  name: 'ttl-controller', caches: ['nodes'],
  reconcile(key: string, cache: Cache): Outcome {
    const node = cache.get<Node>('nodes', key);
    if (!node || node.metadata.annotations?.[TTL] === '0') return { actions: [] };
    return { actions: [{ op: 'patch', type: 'strategic', cache: 'nodes', ref: { group: '', resource: 'nodes', name: key }, patch: { metadata: { annotations: { [TTL]: '0' } } } }] };
  },
};

const GC_PERIOD_US = 20e6;

export const podGcController: Controller = {
  name: 'pod-garbage-collector', caches: ['pods', 'nodes'], keys: () => ['all'],
  reconcile(_key: string, cache: Cache, nowUs, settings): Outcome {
    const { terminatedPodThreshold } = settings as unknown as NodeSettings;
    const pods = cache.list<Pod>('pods');
    const nodes = new Set(cache.list<Node>('nodes').map((node) => node.metadata.name));
    const orphaned = pods.filter((pod) => pod.spec.nodeName && !nodes.has(pod.spec.nodeName));
    const unscheduled = pods.filter((pod) => pod.metadata.deletionTimestamp && !pod.spec.nodeName);
    const ended = pods.filter((pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
      .sort((a, b) => (parseRfc3339(a.metadata.creationTimestamp ?? '') ?? 0) - (parseRfc3339(b.metadata.creationTimestamp ?? '') ?? 0));
    const surplus = terminatedPodThreshold > 0 ? ended.slice(0, Math.max(0, ended.length - terminatedPodThreshold)) : [];
    // A node that is gone for less than 40 s may come back under the same name.
    const old = orphaned.filter((pod) => nodes.size > 0 && nowUs - (parseRfc3339(pod.metadata.creationTimestamp ?? '') ?? 0) > 2 * GC_PERIOD_US);
    const doomed = [...new Set([...old, ...unscheduled, ...surplus])];
    return {
      actions: doomed.map((pod) => ({ op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, options: { gracePeriodSeconds: 0 }, ignore: ['NotFound'] })),
      requeueAt: orphaned.length > old.length ? nowUs + GC_PERIOD_US : null,
    };
  },
};
