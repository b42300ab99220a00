/** Deletes pods that do not tolerate a NoExecute taint of their node, at once or when their toleration runs out. Models pkg/controller/tainteviction. */
import { parseRfc3339 } from '../../../base/time.ts';
import type { Cache, Controller, Node, Outcome, Pod, Taint } from '../../../lib/controller/index.ts';
import { tolerates } from '../../../lib/scheduling/index.ts';
import { podRef } from './pods.ts';

/** Seconds the pod may stay under these taints: 0 = leave now, Infinity = stay. */
export function graceSeconds(pod: Pod, taints: readonly Taint[]): number {
  let least = Infinity;
  for (const taint of taints) {
    const fitting = (pod.spec.tolerations ?? []).filter((one) => tolerates(one, taint));
    if (fitting.length === 0) return 0;
    for (const one of fitting) if (one.tolerationSeconds !== undefined) least = Math.min(least, Math.max(0, one.tolerationSeconds));
  }
  return least;
}

export const taintEvictionController: Controller = {
  name: 'node-controller', component: 'taint-eviction-controller', caches: ['pods', 'nodes'],
  reconcile(key: string, cache: Cache, nowUs): Outcome {
    const pod = cache.get<Pod>('pods', key);
    if (!pod?.spec.nodeName || pod.metadata.deletionTimestamp) return { actions: [] };
    const taints = (cache.get<Node>('nodes', pod.spec.nodeName)?.spec?.taints ?? []).filter((taint) => taint.effect === 'NoExecute');
    if (taints.length === 0) return { actions: [] };
    const grace = graceSeconds(pod, taints);
    if (grace === Infinity) return { actions: [] };
    const since = Math.max(...taints.map((taint) => parseRfc3339(taint.timeAdded ?? '') ?? 0));
    const due = (since === 0 ? nowUs : since) + grace * 1e6;
    if (grace > 0 && due > nowUs) return { actions: [], requeueAt: due };
    const about = { kind: 'Pod', apiVersion: 'v1', name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: pod.metadata.uid ?? '' };
    return { actions: [
      { op: 'event', event: { about, type: 'Normal', reason: 'TaintManagerEviction', message: `Marking for deletion Pod ${key}` } },
      { op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, ignore: ['NotFound'] },
    ] };
  },
};
