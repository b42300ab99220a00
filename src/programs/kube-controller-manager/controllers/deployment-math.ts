/**
 * The arithmetic of deployments: surge and unavailability, which ReplicaSets are old and new, annotations and conditions.
 * Pure. Models pkg/controller/deployment/util.
 */
import { deepEqual } from '../../../base/json.ts';
import { parseRfc3339, rfc3339 } from '../../../base/time.ts';
import type { Condition, Deployment, DeploymentStatus, IntOrPercent, PodTemplate, ReplicaSet } from '../../../lib/controller/index.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
export const HASH_LABEL = 'pod-template-hash';
const NO_DEADLINE = 2147483647;

/** A count or a share of `total`. */
export function scaled(value: IntOrPercent | undefined, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value ?? '');
  if (!percent) return 0;
  return roundUp ? Math.ceil((Number(percent[1]) * total) / 100) : Math.floor((Number(percent[1]) * total) / 100);
}

/** `ResolveFenceposts`: both as counts, never both zero. */
export function fenceposts(maxSurge: IntOrPercent | undefined, maxUnavailable: IntOrPercent | undefined, desired: number): { readonly surge: number; readonly unavailable: number } {
  const surge = scaled(maxSurge, desired, true);
  const unavailable = scaled(maxUnavailable, desired, false);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

export const desiredReplicas = (d: Deployment) => d.spec.replicas ?? 1;
export const isRolling = (d: Deployment) => (d.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
export const replicasOf = (rs: ReplicaSet) => rs.spec.replicas ?? 1;
export const sum = (sets: readonly ReplicaSet[], value: (rs: ReplicaSet) => number | undefined) => sets.reduce((total, rs) => total + (value(rs) ?? 0), 0);

export function maxSurge(d: Deployment): number {
  return isRolling(d) ? fenceposts(d.spec.strategy?.rollingUpdate?.maxSurge, d.spec.strategy?.rollingUpdate?.maxUnavailable, desiredReplicas(d)).surge : 0;
}
export function maxUnavailable(d: Deployment): number {
  if (!isRolling(d) || desiredReplicas(d) === 0) return 0;
  return Math.min(fenceposts(d.spec.strategy?.rollingUpdate?.maxSurge, d.spec.strategy?.rollingUpdate?.maxUnavailable, desiredReplicas(d)).unavailable, desiredReplicas(d));
}

/** Templates are equal but for the hash label. */
export function equalIgnoreHash(a: PodTemplate, b: PodTemplate): boolean {
  const strip = (template: PodTemplate) => {
    const { [HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
    return { metadata: { labels, annotations: template.metadata?.annotations ?? {} }, spec: template.spec };
  };
  return deepEqual(strip(a), strip(b));
}

export const revisionOf = (rs: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } }) => Number(rs.metadata.annotations?.[REVISION] ?? 0) || 0;
export const maxRevision = (sets: readonly ReplicaSet[]) => Math.max(0, ...sets.map(revisionOf));
const created = (rs: ReplicaSet) => parseRfc3339(rs.metadata.creationTimestamp ?? '') ?? 0;
/** Oldest first, by name among equals. */
export const byCreation = (a: ReplicaSet, b: ReplicaSet) => created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);

/** The ReplicaSet with the deployment's template: the oldest, should there be several. */
export const newReplicaSet = (d: Deployment, sets: readonly ReplicaSet[]) => [...sets].sort(byCreation).find((rs) => equalIgnoreHash(rs.spec.template, d.spec.template));

const NOT_COPIED = new Set(['kubectl.kubernetes.io/last-applied-configuration', REVISION, REVISION_HISTORY, DESIRED, MAX_REPLICAS, 'deprecated.deployment.rollback.to']);

/** The annotations the new ReplicaSet ought to have: the deployment's, its revision, and the history of revisions it had. */
export function newSetAnnotations(d: Deployment, known: Readonly<Record<string, string>>, revision: number, existing: boolean): Record<string, string> {
  const annotations: Record<string, string> = { ...known };
  for (const [key, value] of Object.entries(d.metadata.annotations ?? {})) if (!NOT_COPIED.has(key)) annotations[key] = value;
  const old = known[REVISION];
  if (old === undefined || (Number(old) || 0) < revision) {
    annotations[REVISION] = String(revision);
    if (old !== undefined && existing) annotations[REVISION_HISTORY] = known[REVISION_HISTORY] === undefined ? old : [...known[REVISION_HISTORY].split(','), old].join(',');
  }
  if (!existing) Object.assign(annotations, scaleAnnotations(d));
  return annotations;
}

export const scaleAnnotations = (d: Deployment) => ({ [DESIRED]: String(desiredReplicas(d)), [MAX_REPLICAS]: String(desiredReplicas(d) + maxSurge(d)) });

/** How many replicas the new ReplicaSet may have now. Models NewRSNewReplicas. */
export function newSetReplicas(d: Deployment, all: readonly ReplicaSet[], current: number): number {
  if (!isRolling(d)) return desiredReplicas(d);
  const total = sum(all, replicasOf);
  const limit = desiredReplicas(d) + maxSurge(d);
  if (total >= limit) return current;
  return current + Math.min(limit - total, desiredReplicas(d) - current);
}

export const condition = (status: DeploymentStatus | undefined, type: string) => status?.conditions?.find((one) => one.type === type);

/** A condition with its times: the transition is kept while the status stays, and nothing changes while the reason stays too. */
export function withCondition(conditions: readonly Condition[], type: string, status: string, reason: string, message: string, nowUs: number): readonly Condition[] {
  const known = conditions.find((one) => one.type === type);
  if (known && known.status === status && known.reason === reason) return conditions;
  const stamp = rfc3339(nowUs);
  const next: Condition = { type, status, reason, message, lastUpdateTime: stamp, lastTransitionTime: known && known.status === status ? known.lastTransitionTime ?? stamp : stamp };
  return [...conditions.filter((one) => one.type !== type), next];
}

export const hasDeadline = (d: Deployment) => d.spec.progressDeadlineSeconds !== undefined && d.spec.progressDeadlineSeconds !== NO_DEADLINE;

/** All wanted replicas are of the new template, up and available. */
export function isComplete(d: Deployment, status: DeploymentStatus): boolean {
  const wanted = desiredReplicas(d);
  return (status.updatedReplicas ?? 0) === wanted && (status.replicas ?? 0) === wanted && (status.availableReplicas ?? 0) === wanted && (status.observedGeneration ?? 0) >= (d.metadata.generation ?? 0);
}

/** Something moved since the last status. */
export function isProgressing(d: Deployment, status: DeploymentStatus): boolean {
  const before = d.status ?? {};
  const old = (one: DeploymentStatus) => (one.replicas ?? 0) - (one.updatedReplicas ?? 0);
  return (status.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) || old(status) < old(before)
    || (status.readyReplicas ?? 0) > (before.readyReplicas ?? 0) || (status.availableReplicas ?? 0) > (before.availableReplicas ?? 0);
}

/** The instant (µs) at which the progress deadline passes; null when it cannot. */
export function deadlineAt(d: Deployment, status: DeploymentStatus): number | null {
  const progressing = condition(status, 'Progressing');
  if (!hasDeadline(d) || !progressing || progressing.reason === 'NewReplicaSetAvailable' || progressing.reason === 'ProgressDeadlineExceeded') return null;
  return (parseRfc3339(progressing.lastUpdateTime ?? '') ?? 0) + (d.spec.progressDeadlineSeconds ?? 0) * 1e6;
}
