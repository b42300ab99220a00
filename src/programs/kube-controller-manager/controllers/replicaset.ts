/**
 * Keeps as many pods as a ReplicaSet asks for. Models pkg/controller/replicaset. Not modelled: slow start in growing batches
 * (a failure ends the batch at once instead).
 */
import { deepEqual } from '../../../base/json.ts';
import { parseRfc3339, rfc3339 } from '../../../base/time.ts';
import { referenceTo, type Action, type Cache, type Condition, type Controller, type Outcome, type Pod, type ReplicaSet } from '../../../lib/controller/index.ts';
import { availableAt, claim, isActive, isAvailable, isReady, podFromTemplate, podRef, podsIn, readyCondition, type Owner } from './pods.ts';

const BURST = 500;

/** Pods to delete first come first. Models ActivePodsWithRanks. */
export function rankForDeletion(pods: readonly Pod[], siblings: readonly Pod[]): Pod[] {
  const perNode = new Map<string, number>();
  for (const pod of siblings) perNode.set(pod.spec.nodeName ?? '', (perNode.get(pod.spec.nodeName ?? '') ?? 0) + 1);
  const phase = (pod: Pod) => ({ Pending: 0, Unknown: 1, Running: 2 })[pod.status?.phase ?? 'Pending'] ?? 0;
  const cost = (pod: Pod) => Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0);
  const readySince = (pod: Pod) => parseRfc3339(readyCondition(pod)?.lastTransitionTime ?? '') ?? 0;
  const restarts = (pod: Pod) => Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount));
  const created = (pod: Pod) => parseRfc3339(pod.metadata.creationTimestamp ?? '') ?? 0;
  const keys = (pod: Pod) => [
    pod.spec.nodeName ? 1 : 0, phase(pod), isReady(pod) ? 1 : 0, cost(pod), -(perNode.get(pod.spec.nodeName ?? '') ?? 0),
    isReady(pod) ? -readySince(pod) : 0, -restarts(pod), -created(pod),
  ];
  return pods.map((pod) => ({ pod, keys: keys(pod) })).sort((a, b) => {
    for (let i = 0; i < a.keys.length; i++) if (a.keys[i] !== b.keys[i]) return a.keys[i]! - b.keys[i]!;
    return 0;
  }).map(({ pod }) => pod);
}

function failureCondition(rs: ReplicaSet, reason: string, message: string, nowUs: number): Condition {
  const known = rs.status?.conditions?.find((condition) => condition.type === 'ReplicaFailure');
  if (known?.status === 'True' && known.reason === reason) return known;
  return { type: 'ReplicaFailure', status: 'True', reason, message, lastTransitionTime: rfc3339(nowUs) };
}

/** The status the pods give. */
export function replicaSetStatus(rs: ReplicaSet, pods: readonly Pod[], nowUs: number, failure: Condition | null): ReplicaSet['status'] {
  const templateLabels = Object.entries(rs.spec.template.metadata?.labels ?? {});
  const count = (test: (pod: Pod) => boolean) => pods.filter(test).length;
  const [labeled, ready, available] = [
    count((pod) => templateLabels.every(([key, value]) => pod.metadata.labels?.[key] === value)), count(isReady),
    count((pod) => isAvailable(pod, rs.spec.minReadySeconds ?? 0, nowUs)),
  ];
  const others = (rs.status?.conditions ?? []).filter((condition) => condition.type !== 'ReplicaFailure');
  const conditions = failure ? [...others, failure] : others;
  return {
    replicas: pods.length, ...(labeled > 0 ? { fullyLabeledReplicas: labeled } : {}), ...(ready > 0 ? { readyReplicas: ready } : {}), ...(available > 0 ? { availableReplicas: available } : {}),
    observedGeneration: rs.metadata.generation ?? 0, ...(conditions.length > 0 ? { conditions } : {}),
  };
}

const rsRef = (rs: ReplicaSet) => ({ group: 'apps', resource: 'replicasets', namespace: rs.metadata.namespace ?? '', name: rs.metadata.name });

function manageReplicas(rs: ReplicaSet, owner: Owner, active: readonly Pod[], siblings: readonly Pod[], nowUs: number): Action[] {
  const about = referenceTo(rs, 'apps/v1', 'ReplicaSet');
  const diff = active.length - (rs.spec.replicas ?? 1);
  if (diff < 0) {
    // A failure also shows in the status, so the count of what exists is written with it.
    return Array.from({ length: Math.min(-diff, BURST) }, (): Action => ({
      op: 'create', cache: 'pods', ref: { group: '', resource: 'pods', namespace: rs.metadata.namespace ?? '' }, object: podFromTemplate(rs.spec.template, owner),
      done: (pod) => ({ about, type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` }),
      failed: (message) => ({ about, type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` }),
      onFailure: (message) => statusAction(rs, replicaSetStatus(rs, active, nowUs, failureCondition(rs, 'FailedCreate', message, nowUs))),
    }));
  }
  if (diff === 0) return [];
  return rankForDeletion(active, siblings).slice(0, Math.min(diff, BURST)).map((pod): Action => ({
    op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, options: { preconditions: { uid: pod.metadata.uid ?? '' } }, ignore: ['NotFound'],
    done: () => ({ about, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` }),
    failed: (message) => ({ about, type: 'Warning', reason: 'FailedDelete', message: `Error deleting: ${message}` }),
  }));
}

function statusAction(rs: ReplicaSet, status: ReplicaSet['status']): Action | null {
  if (deepEqual(rs.status, status)) return null;
  return { op: 'updateStatus', cache: 'replicasets', ref: rsRef(rs), object: { ...rs, status } };
}

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const rs = cache.get<ReplicaSet>('replicasets', key);
  if (!rs) return { actions: [] };
  const owner: Owner = { object: rs, apiVersion: 'apps/v1', kind: 'ReplicaSet', selector: rs.spec.selector };
  const active = podsIn(cache, rs.metadata.namespace).filter(isActive);
  const { mine, actions: claims } = claim(owner, 'pods', '', active);
  const manage = rs.metadata.deletionTimestamp ? [] : manageReplicas(rs, owner, mine, active, nowUs);
  // While pods are being made or deleted the count is in flux: their arrival in the cache brings us back here.
  const status = manage.length > 0 ? null : statusAction(rs, replicaSetStatus(rs, mine, nowUs, null));
  const soon = mine.map((pod) => availableAt(pod, rs.spec.minReadySeconds ?? 0)).filter((at) => at !== null && at > nowUs) as number[];
  return { actions: [...claims, ...manage, ...(status ? [status] : [])], requeueAt: soon.length > 0 ? Math.min(...soon) : null };
}

export const replicaSetController: Controller = {
  name: 'replicaset-controller', caches: ['replicasets', 'pods'], reconcile,
  complaint: (key, error) => ['replica_set.go:562', `sync "${key}" failed with ${error}`],
};
