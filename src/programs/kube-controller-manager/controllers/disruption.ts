/** Keeps the status of PodDisruptionBudgets, which evictions are judged by. Models pkg/controller/disruption. Not modelled: scale subresources of custom kinds. */
import { deepEqual } from '../../../base/json.ts';
import { rfc3339 } from '../../../base/time.ts';
import { controllerOf, selectorMatches, type Cache, type Condition, type Controller, type IntOrPercent, type KubeObject, type LabelSelector, type Outcome, type Pod, type ReplicaSet } from '../../../lib/controller/index.ts';
import { scaled } from './deployment-math.ts';
import { isActive, isReady, podsIn } from './pods.ts';

interface Budget extends KubeObject {
  readonly spec: { readonly selector?: LabelSelector; readonly minAvailable?: IntOrPercent; readonly maxUnavailable?: IntOrPercent };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly disruptedPods?: Readonly<Record<string, string>> };
}

/** How many pods there ought to be: what their controllers ask for. */
function expectedPods(pods: readonly Pod[], cache: Cache): number {
  const owners = new Map<string, number>();
  let alone = 0;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) { alone++; continue; }
    const list = owner.kind === 'ReplicaSet' ? 'replicasets' : owner.kind === 'StatefulSet' ? 'statefulsets' : null;
    const found = list ? cache.get<ReplicaSet>(list, `${pod.metadata.namespace}/${owner.name}`) : undefined;
    owners.set(owner.uid, found?.spec.replicas ?? 1);
  }
  return [...owners.values()].reduce((sum, count) => sum + count, alone);
}

export const disruptionController: Controller = {
  name: 'disruption-controller', component: 'controllermanager', caches: ['poddisruptionbudgets', 'pods', 'replicasets', 'statefulsets'],
  reconcile(key: string, cache: Cache, nowUs): Outcome {
    const budget = cache.get<Budget>('poddisruptionbudgets', key);
    if (!budget) return { actions: [] };
    const pods = podsIn(cache, budget.metadata.namespace).filter((pod) => isActive(pod) && selectorMatches(budget.spec.selector, pod.metadata.labels));
    const byCount = typeof budget.spec.minAvailable === 'number';
    const expected = byCount ? pods.length : expectedPods(pods, cache);
    const desired = budget.spec.maxUnavailable !== undefined ? Math.max(0, expected - scaled(budget.spec.maxUnavailable, expected, true)) : scaled(budget.spec.minAvailable ?? 1, expected, true);
    const healthy = pods.filter(isReady).length;
    const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
    const known = budget.status?.conditions?.find((one) => one.type === 'DisruptionAllowed');
    const state = allowed > 0 ? 'True' : 'False';
    const condition: Condition = {
      type: 'DisruptionAllowed', status: state, reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods', message: '', observedGeneration: budget.metadata.generation ?? 1,
      lastTransitionTime: known?.status === state ? known.lastTransitionTime ?? rfc3339(nowUs) : rfc3339(nowUs),
    };
    const status = {
      conditions: [condition], currentHealthy: healthy, desiredHealthy: desired, disruptionsAllowed: allowed, expectedPods: expected, observedGeneration: budget.metadata.generation ?? 1,
      ...(budget.status?.disruptedPods ? { disruptedPods: budget.status.disruptedPods } : {}),
    };
    if (deepEqual(budget.status ?? {}, status)) return { actions: [] };
    const ref = { group: 'policy', resource: 'poddisruptionbudgets', namespace: budget.metadata.namespace ?? '', name: budget.metadata.name };
    return { actions: [{ op: 'updateStatus', cache: 'poddisruptionbudgets', ref, object: { ...budget, status } }] };
  },
};
