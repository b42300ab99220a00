/**
 * Rolls a Deployment's template out over ReplicaSets: revisions, scaling, rolling update and recreate, progress conditions.
 * Each reconcile takes one step and the changed caches bring it back. Models pkg/controller/deployment.
 */
import { deepEqual } from '../../../base/json.ts';
import { podTemplateHash } from '../../../api/template-hash.ts';
import { controllerRef, referenceTo, type Action, type Cache, type Condition, type Controller, type Deployment, type DeploymentStatus, type Outcome, type Pod, type ReplicaSet } from '../../../lib/controller/index.ts';
import {
  byCreation, condition, deadlineAt, DESIRED, desiredReplicas, equalIgnoreHash, hasDeadline, HASH_LABEL, isComplete, isProgressing, isRolling, maxRevision, maxSurge, maxUnavailable,
  newReplicaSet, newSetAnnotations, newSetReplicas, replicasOf, REVISION, revisionOf, scaleAnnotations, sum, withCondition,
} from './deployment-math.ts';
import { claim } from './pods.ts';

const dRef = (d: Deployment) => ({ group: 'apps', resource: 'deployments', namespace: d.metadata.namespace ?? '', name: d.metadata.name });
const rsRef = (rs: ReplicaSet) => ({ group: 'apps', resource: 'replicasets', namespace: rs.metadata.namespace ?? '', name: rs.metadata.name });
const about = (d: Deployment) => referenceTo(d, 'apps/v1', 'Deployment');

/** Scales one ReplicaSet, with the event. */
function scaleTo(d: Deployment, rs: ReplicaSet, replicas: number): Action | null {
  const annotations = { ...rs.metadata.annotations, ...scaleAnnotations(d) };
  const from = replicasOf(rs);
  if (from === replicas && deepEqual(annotations, rs.metadata.annotations)) return null;
  const direction = from < replicas ? 'up' : 'down';
  return {
    op: 'update', cache: 'replicasets', ref: rsRef(rs), object: { ...rs, metadata: { ...rs.metadata, annotations }, spec: { ...rs.spec, replicas } },
    done: () => (from === replicas ? null : { about: about(d), type: 'Normal', reason: 'ScalingReplicaSet', message: `Scaled ${direction} replica set ${rs.metadata.name} from ${from} to ${replicas}` }),
  };
}

const some = (...actions: (Action | null)[]): Action[] => actions.filter((action) => action !== null);

/** The status as the ReplicaSets have it, conditions of availability included. */
function calculateStatus(d: Deployment, all: readonly ReplicaSet[], fresh: ReplicaSet | undefined, nowUs: number): DeploymentStatus {
  const available = sum(all, (rs) => rs.status?.availableReplicas);
  const counts = {
    replicas: sum(all, (rs) => rs.status?.replicas), updatedReplicas: fresh?.status?.replicas ?? 0, readyReplicas: sum(all, (rs) => rs.status?.readyReplicas),
    availableReplicas: available, unavailableReplicas: Math.max(0, sum(all, replicasOf) - available),
  };
  const minimum = available >= desiredReplicas(d) - maxUnavailable(d);
  const conditions = withCondition(d.status?.conditions ?? [], 'Available', minimum ? 'True' : 'False', minimum ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    `Deployment ${minimum ? 'has' : 'does not have'} minimum availability.`, nowUs);
  const present = Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
  return {
    observedGeneration: d.metadata.generation ?? 0, ...present, conditions, ...(d.status?.collisionCount ? { collisionCount: d.status.collisionCount } : {}),
  };
}

function statusAction(d: Deployment, status: DeploymentStatus): Action | null {
  return deepEqual(d.status ?? {}, status) ? null : { op: 'updateStatus', cache: 'deployments', ref: dRef(d), object: { ...d, status } };
}

/** Progressing: complete, moving, or past the deadline. Models syncRolloutStatus. */
function progressConditions(d: Deployment, status: DeploymentStatus, fresh: ReplicaSet | undefined, nowUs: number): readonly Condition[] {
  const conditions = status.conditions ?? [];
  if (!hasDeadline(d)) return conditions.filter((one) => one.type !== 'Progressing');
  const current = condition(d.status, 'Progressing');
  const settled = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable';
  if (settled) return conditions;
  const subject = fresh ? `ReplicaSet "${fresh.metadata.name}"` : `Deployment "${d.metadata.name}"`;
  if (isComplete(d, status)) return withCondition(conditions, 'Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`, nowUs);
  if (isProgressing(d, status)) {
    const others = conditions.filter((one) => one.type !== 'Progressing');
    const [made] = withCondition([], 'Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, nowUs);
    return [...others, { ...made!, ...(current?.status === 'True' && current.lastTransitionTime ? { lastTransitionTime: current.lastTransitionTime } : {}) }];
  }
  const deadline = deadlineAt(d, d.status ?? {});
  if (deadline !== null && deadline < nowUs) return withCondition(conditions, 'Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`, nowUs);
  return conditions;
}

function rolloutStatus(d: Deployment, all: readonly ReplicaSet[], fresh: ReplicaSet | undefined, nowUs: number): Outcome {
  const base = calculateStatus(d, all, fresh, nowUs);
  const failure = [fresh, ...all].map((rs) => rs?.status?.conditions?.find((one) => one.type === 'ReplicaFailure')).find((one) => one);
  const progress = progressConditions(d, base, fresh, nowUs);
  const conditions = failure
    ? withCondition(progress, 'ReplicaFailure', failure.status, failure.reason ?? '', failure.message ?? '', nowUs)
    : progress.filter((one) => one.type !== 'ReplicaFailure');
  const status = { ...base, conditions };
  return { actions: some(statusAction(d, status)), requeueAt: deadlineAt(d, status) === null ? null : deadlineAt(d, status)! + 1e6 };
}

/** Makes the ReplicaSet for the current template. Models getNewReplicaSet. */
function createNewSet(d: Deployment, olds: readonly ReplicaSet[], cache: Cache, nowUs: number): Action[] {
  const hash = podTemplateHash(d.spec.template as never, d.status?.collisionCount ?? null);
  const name = `${d.metadata.name}-${hash}`;
  const taken = cache.get<ReplicaSet>('replicasets', `${d.metadata.namespace}/${name}`);
  if (taken && !equalIgnoreHash(taken.spec.template, d.spec.template)) {
    return [{ op: 'updateStatus', cache: 'deployments', ref: dRef(d), object: { ...d, status: { ...d.status, collisionCount: (d.status?.collisionCount ?? 0) + 1 } } }];
  }
  const labels = { ...d.spec.template.metadata?.labels, [HASH_LABEL]: hash };
  const revision = maxRevision(olds) + 1;
  const replicas = newSetReplicas(d, olds, 0);
  const object = {
    apiVersion: 'apps/v1', kind: 'ReplicaSet',
    metadata: { name, namespace: d.metadata.namespace, labels, annotations: newSetAnnotations(d, {}, revision, false), ownerReferences: [controllerRef(d, 'apps/v1', 'Deployment')] },
    spec: {
      replicas, ...(d.spec.minReadySeconds ? { minReadySeconds: d.spec.minReadySeconds } : {}), selector: { ...d.spec.selector, matchLabels: { ...d.spec.selector.matchLabels, [HASH_LABEL]: hash } },
      template: { ...d.spec.template, metadata: { ...d.spec.template.metadata, labels } },
    },
  };
  const noted = hasDeadline(d) ? withCondition(d.status?.conditions ?? [], 'Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${name}"`, nowUs) : d.status?.conditions ?? [];
  const failed = (message: string): Action => ({
    op: 'updateStatus', cache: 'deployments', ref: dRef(d),
    object: { ...d, status: { ...d.status, conditions: withCondition(d.status?.conditions ?? [], 'Progressing', 'False', 'ReplicaSetCreateError', `Failed to create new replica set "${name}": ${message}`, nowUs) } },
  });
  return [
    {
      op: 'create', cache: 'replicasets', ref: { group: 'apps', resource: 'replicasets', namespace: d.metadata.namespace ?? '' }, object,
      done: () => (replicas > 0 ? { about: about(d), type: 'Normal', reason: 'ScalingReplicaSet', message: `Scaled up replica set ${name} from 0 to ${replicas}` } : null),
      failed: (message) => ({ about: about(d), type: 'Warning', reason: 'ReplicaSetCreateError', message: `Failed to create new replica set "${name}": ${message}` }), onFailure: failed,
    },
    ...some(statusAction(d, { ...d.status, conditions: noted })),
  ];
}

/** The deployment carries the revision of its new ReplicaSet. */
function annotateDeployment(d: Deployment, revision: string): Action[] {
  if (d.metadata.annotations?.[REVISION] === revision) return [];
  return [{ op: 'update', cache: 'deployments', ref: dRef(d), object: { ...d, metadata: { ...d.metadata, annotations: { ...d.metadata.annotations, [REVISION]: revision } } } }];
}

/** Brings revision, annotations and minReadySeconds of an existing new ReplicaSet up to date; empty when they are. */
function refreshNewSet(d: Deployment, fresh: ReplicaSet, olds: readonly ReplicaSet[], nowUs: number): Action[] {
  const annotations = newSetAnnotations(d, fresh.metadata.annotations ?? {}, maxRevision(olds) + 1, true);
  const wanted = d.spec.minReadySeconds ?? 0;
  if (!deepEqual(annotations, fresh.metadata.annotations ?? {}) || (fresh.spec.minReadySeconds ?? 0) !== wanted) {
    return [{ op: 'update', cache: 'replicasets', ref: rsRef(fresh), object: { ...fresh, metadata: { ...fresh.metadata, annotations }, spec: { ...fresh.spec, minReadySeconds: wanted } } }];
  }
  const annotate = annotateDeployment(d, fresh.metadata.annotations?.[REVISION] ?? '');
  if (annotate.length > 0) return annotate;
  return hasDeadline(d) && !condition(d.status, 'Progressing')
    ? some(statusAction(d, { ...d.status, conditions: withCondition(d.status?.conditions ?? [], 'Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${fresh.metadata.name}"`, nowUs) })) : [];
}

/** Old pods may go as far as availability allows: unhealthy ones first. Models reconcileOldReplicaSets. */
function shrinkOld(d: Deployment, fresh: ReplicaSet, olds: readonly ReplicaSet[]): Action[] {
  const all = [fresh, ...olds];
  const minimum = desiredReplicas(d) - maxUnavailable(d);
  const freshUnavailable = replicasOf(fresh) - (fresh.status?.availableReplicas ?? 0);
  let budget = sum(all, replicasOf) - minimum - freshUnavailable;
  if (budget <= 0 || sum(olds, replicasOf) === 0) return [];
  const target = new Map(olds.map((rs) => [rs, replicasOf(rs)] as const));
  const sorted = [...olds].sort(byCreation);
  for (const rs of sorted) {
    const unhealthy = replicasOf(rs) - (rs.status?.availableReplicas ?? 0);
    const down = Math.min(Math.max(unhealthy, 0), budget);
    target.set(rs, replicasOf(rs) - down);
    budget -= down;
  }
  let surplus = sum(all, (rs) => rs.status?.availableReplicas) - minimum;
  for (const rs of sorted) {
    const down = Math.min(target.get(rs)!, Math.max(surplus, 0));
    target.set(rs, target.get(rs)! - down);
    surplus -= down;
  }
  return some(...sorted.filter((rs) => target.get(rs) !== replicasOf(rs)).map((rs) => scaleTo(d, rs, target.get(rs)!)));
}

/** Drops the oldest empty ReplicaSets beyond the history limit. */
function cleanup(d: Deployment, olds: readonly ReplicaSet[]): Action[] {
  const limit = d.spec.revisionHistoryLimit ?? 10;
  const alive = olds.filter((rs) => !rs.metadata.deletionTimestamp);
  return [...alive].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, alive.length - limit))
    .filter((rs) => (rs.status?.replicas ?? 0) === 0 && replicasOf(rs) === 0 && (rs.metadata.generation ?? 0) <= (rs.status?.observedGeneration ?? 0))
    .map((rs) => ({ op: 'delete', cache: 'replicasets', ref: rsRef(rs), object: rs, ignore: ['NotFound'] }));
}

/** Spreads a changed replica count over the ReplicaSets, by their share. Models scale in sync.go. */
function spread(d: Deployment, fresh: ReplicaSet | undefined, olds: readonly ReplicaSet[]): Action[] {
  const all = fresh ? [fresh, ...olds] : [...olds];
  const active = all.filter((rs) => replicasOf(rs) > 0);
  const only = active.length === 0 ? fresh ?? [...olds].sort(byCreation).at(-1) : active.length === 1 ? active[0] : undefined;
  if (only) return some(scaleTo(d, only, desiredReplicas(d)));
  if (fresh && replicasOf(fresh) === desiredReplicas(d) && (fresh.status?.availableReplicas ?? 0) === desiredReplicas(d)) return some(...active.filter((rs) => rs !== fresh).map((rs) => scaleTo(d, rs, 0)));
  if (!isRolling(d)) return [];
  const total = sum(active, replicasOf);
  const allowed = desiredReplicas(d) > 0 ? desiredReplicas(d) + maxSurge(d) : 0;
  let left = allowed - total;
  const sorted = [...active].sort((a, b) => (left > 0 ? replicasOf(b) - replicasOf(a) || -byCreation(a, b) : replicasOf(b) - replicasOf(a) || byCreation(a, b)));
  const size = new Map(sorted.map((rs) => [rs, replicasOf(rs)] as const));
  for (const rs of sorted) {
    const before = Number(rs.metadata.annotations?.['deployment.kubernetes.io/max-replicas'] ?? 0) || total;
    const share = Math.round((replicasOf(rs) * allowed) / before) - replicasOf(rs);
    const step = left > 0 ? Math.min(Math.max(share, 0), left) : Math.max(Math.min(share, 0), left);
    size.set(rs, replicasOf(rs) + step);
    left -= step;
  }
  if (sorted[0]) size.set(sorted[0], Math.max(0, size.get(sorted[0])! + left));
  return some(...sorted.map((rs) => scaleTo(d, rs, size.get(rs)!)));
}

/** The replica count was changed since the ReplicaSets were last scaled. */
const isScalingEvent = (d: Deployment, sets: readonly ReplicaSet[]) => sets.some((rs) => replicasOf(rs) > 0 && rs.metadata.annotations?.[DESIRED] !== undefined && Number(rs.metadata.annotations[DESIRED]) !== desiredReplicas(d));

function recreate(d: Deployment, fresh: ReplicaSet | undefined, olds: readonly ReplicaSet[], cache: Cache, nowUs: number): Outcome {
  const all = fresh ? [fresh, ...olds] : [...olds];
  const down = some(...olds.filter((rs) => replicasOf(rs) > 0).map((rs) => scaleTo(d, rs, 0)));
  if (down.length > 0) return { actions: down };
  const uids = new Set(olds.map((rs) => rs.metadata.uid));
  const running = cache.list<Pod>('pods', d.metadata.namespace).some((pod) => pod.metadata.ownerReferences?.some((owner) => uids.has(owner.uid)) && pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded');
  if (running) return rolloutStatus(d, all, fresh, nowUs);
  if (!fresh) return { actions: createNewSet(d, olds, cache, nowUs) };
  const up = some(scaleTo(d, fresh, desiredReplicas(d)));
  return up.length > 0 ? { actions: up } : settled(d, fresh, olds, nowUs);
}

function settled(d: Deployment, fresh: ReplicaSet, olds: readonly ReplicaSet[], nowUs: number): Outcome {
  const status = rolloutStatus(d, [fresh, ...olds], fresh, nowUs);
  return isComplete(d, d.status ?? {}) ? { ...status, actions: [...cleanup(d, olds), ...status.actions] } : status;
}

function roll(d: Deployment, fresh: ReplicaSet, olds: readonly ReplicaSet[], nowUs: number): Outcome {
  const wanted = replicasOf(fresh) > desiredReplicas(d) ? desiredReplicas(d) : newSetReplicas(d, [fresh, ...olds], replicasOf(fresh));
  const up = wanted === replicasOf(fresh) ? [] : some(scaleTo(d, fresh, wanted));
  if (up.length > 0) return { actions: up };
  const down = shrinkOld(d, fresh, olds);
  return down.length > 0 ? { actions: down } : settled(d, fresh, olds, nowUs);
}

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const d = cache.get<Deployment>('deployments', key);
  if (!d) return { actions: [] };
  const { mine, actions: claims } = claim({ object: d, apiVersion: 'apps/v1', kind: 'Deployment', selector: d.spec.selector }, 'replicasets', 'apps', cache.list<ReplicaSet>('replicasets', d.metadata.namespace));
  if (claims.length > 0) return { actions: claims };
  const fresh = newReplicaSet(d, mine);
  const olds = mine.filter((rs) => rs !== fresh);
  if (d.metadata.deletionTimestamp) return { actions: some(statusAction(d, calculateStatus(d, mine, fresh, nowUs))) };
  if (d.spec.paused) {
    const pausing = hasDeadline(d) && condition(d.status, 'Progressing')?.reason !== 'NewReplicaSetAvailable'
      ? withCondition(d.status?.conditions ?? [], 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', nowUs) : d.status?.conditions ?? [];
    return { actions: [...(isScalingEvent(d, mine) ? spread(d, fresh, olds) : []), ...some(statusAction(d, { ...calculateStatus(d, mine, fresh, nowUs), conditions: pausing }))] };
  }
  if (fresh) {
    const refresh = refreshNewSet(d, fresh, olds, nowUs);
    if (refresh.length > 0) return { actions: refresh };
  }
  if (isScalingEvent(d, mine)) return { actions: [...spread(d, fresh, olds), ...some(statusAction(d, calculateStatus(d, mine, fresh, nowUs)))] };
  if (!isRolling(d)) return recreate(d, fresh, olds, cache, nowUs);
  return fresh ? roll(d, fresh, olds, nowUs) : { actions: createNewSet(d, olds, cache, nowUs) };
}

export const deploymentController: Controller = {
  name: 'deployment-controller', caches: ['deployments', 'replicasets', 'pods'], reconcile,
  complaint: (_key, error) => ['deployment_controller.go:505', error],
};
