/**
 * Ordered pods with stable names. Models pkg/controller/statefulset. Not modelled: volume claim templates (no volumes in this lab),
 * maxUnavailable, start ordinals' claims.
 */
import { deepEqual } from '../../../base/json.ts';
import { podTemplateHash } from '../../../api/template-hash.ts';
import { controllerRef, referenceTo, type Action, type Cache, type Controller, type ControllerRevision, type Outcome, type Pod, type StatefulSet } from '../../../lib/controller/index.ts';
import { REVISION_HASH } from './daemonset.ts';
import { claim, isAvailable, isReady, podFromTemplate, podRef, podsIn, type Owner } from './pods.ts';

const ref = (set: StatefulSet) => ({ group: 'apps', resource: 'statefulsets', namespace: set.metadata.namespace ?? '', name: set.metadata.name });
const ordinalOf = (set: StatefulSet, pod: Pod) => { const tail = pod.metadata.name.slice(set.metadata.name.length + 1); return /^\d+$/.test(tail) ? Number(tail) : -1; };

/** Revisions of the template: the newest, and what makes it when it is missing. */
function revisions(set: StatefulSet, cache: Cache): { readonly update: string; readonly actions: readonly Action[] } {
  const mine = cache.list<ControllerRevision>('controllerrevisions', set.metadata.namespace).filter((one) => one.metadata.ownerReferences?.some((owner) => owner.uid === set.metadata.uid));
  const data = { spec: { template: { ...set.spec.template, $patch: 'replace' } } };
  const highest = Math.max(0, ...mine.map((one) => one.revision));
  const known = mine.find((one) => deepEqual(one.data, data));
  const where = { group: 'apps', resource: 'controllerrevisions', namespace: set.metadata.namespace ?? '' };
  if (known) {
    const actions: Action[] = known.revision < highest ? [{ op: 'update', cache: 'controllerrevisions', ref: { ...where, name: known.metadata.name }, object: { ...known, revision: highest + 1 } }] : [];
    return { update: known.metadata.name, actions };
  }
  const name = `${set.metadata.name}-${podTemplateHash(set.spec.template as never, set.status?.collisionCount ?? null)}`;
  const labels = { ...set.spec.template.metadata?.labels, [REVISION_HASH]: name.slice(set.metadata.name.length + 1) };
  return { update: name, actions: [{ op: 'create', cache: 'controllerrevisions', ref: where, ignore: ['AlreadyExists'], object: { apiVersion: 'apps/v1', kind: 'ControllerRevision', data, revision: highest + 1, metadata: { name, namespace: set.metadata.namespace, labels, ownerReferences: [controllerRef(set, 'apps/v1', 'StatefulSet')] } } }] };
}

function add(set: StatefulSet, owner: Owner, ordinal: number, revision: string): Action {
  const name = `${set.metadata.name}-${ordinal}`;
  const about = referenceTo(set, 'apps/v1', 'StatefulSet');
  const { spec } = set.spec.template;
  return {
    op: 'create', cache: 'pods', ref: { group: '', resource: 'pods', namespace: set.metadata.namespace ?? '' },
    object: podFromTemplate(set.spec.template, owner, {
      name, labels: { 'apps.kubernetes.io/pod-index': String(ordinal), [REVISION_HASH]: revision, 'statefulset.kubernetes.io/pod-name': name },
      spec: { ...spec, hostname: name, ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}) },
    }),
    done: () => ({ about, type: 'Normal', reason: 'SuccessfulCreate', message: `create Pod ${name} in StatefulSet ${set.metadata.name} successful` }),
    failed: (message) => ({ about, type: 'Warning', reason: 'FailedCreate', message: `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${message}` }),
  };
}

function remove(set: StatefulSet, pod: Pod): Action {
  const about = referenceTo(set, 'apps/v1', 'StatefulSet');
  return { op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, ignore: ['NotFound'], done: () => ({ about, type: 'Normal', reason: 'SuccessfulDelete', message: `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful` }) };
}

/** The next steps: one at a time for ordered sets, all at once for parallel ones. */
function steps(set: StatefulSet, owner: Owner, pods: ReadonlyMap<number, Pod>, revision: string, nowUs: number): Action[] {
  const replicas = set.spec.replicas ?? 1;
  const parallel = set.spec.podManagementPolicy === 'Parallel';
  const wanted = Array.from({ length: replicas }, (_, index) => index + (set.spec.ordinals?.start ?? 0));
  const actions: Action[] = [];
  for (const ordinal of wanted) {
    const pod = pods.get(ordinal);
    if (!pod) actions.push(add(set, owner, ordinal, revision));
    else if ((pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') && !pod.metadata.deletionTimestamp) actions.push(remove(set, pod));
    else if (parallel || (isAvailable(pod, set.spec.minReadySeconds ?? 0, nowUs) && !pod.metadata.deletionTimestamp)) continue;
    else return actions;
    if (!parallel) return actions;
  }
  if (actions.length > 0) return actions;
  const surplus = [...pods].filter(([ordinal]) => !wanted.includes(ordinal)).sort((a, b) => b[0] - a[0]);
  for (const [, pod] of surplus) {
    if (!pod.metadata.deletionTimestamp) actions.push(remove(set, pod));
    if (!parallel) return actions;
  }
  if (actions.length > 0 || surplus.length > 0 || set.spec.updateStrategy?.type === 'OnDelete') return actions;
  // The update goes from the highest ordinal down, and waits for each pod.
  for (const ordinal of [...wanted].reverse()) {
    if (ordinal < (set.spec.updateStrategy?.rollingUpdate?.partition ?? 0)) break;
    const pod = pods.get(ordinal)!;
    if (pod.metadata.labels?.[REVISION_HASH] !== revision) return pod.metadata.deletionTimestamp ? [] : [remove(set, pod)];
    if (!isReady(pod)) return [];
  }
  return [];
}

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const set = cache.get<StatefulSet>('statefulsets', key);
  if (!set) return { actions: [] };
  const owner: Owner = { object: set, apiVersion: 'apps/v1', kind: 'StatefulSet', selector: set.spec.selector };
  const { mine, actions: claims } = claim(owner, 'pods', '', podsIn(cache, set.metadata.namespace).filter((pod) => ordinalOf(set, pod) >= 0));
  const { update, actions: revising } = revisions(set, cache);
  if (revising.length > 0) return { actions: revising };
  const pods = new Map(mine.map((pod) => [ordinalOf(set, pod), pod] as const));
  const changes = set.metadata.deletionTimestamp ? [] : steps(set, owner, pods, update, nowUs);
  const live = mine.filter((pod) => !pod.metadata.deletionTimestamp);
  const updated = live.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === update).length;
  const complete = updated === (set.spec.replicas ?? 1) && live.every(isReady);
  const currentRevision = complete || !set.status?.currentRevision ? update : set.status.currentRevision;
  const current = live.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === currentRevision).length;
  const status = {
    observedGeneration: set.metadata.generation ?? 1, replicas: mine.length, ...(live.some(isReady) ? { readyReplicas: live.filter(isReady).length } : {}), ...(current > 0 ? { currentReplicas: current } : {}), ...(updated > 0 ? { updatedReplicas: updated } : {}),
    currentRevision, updateRevision: update, collisionCount: set.status?.collisionCount ?? 0, availableReplicas: live.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowUs)).length,
  };
  const write: Action[] = deepEqual(set.status ?? {}, status) ? [] : [{ op: 'updateStatus', cache: 'statefulsets', ref: ref(set), object: { ...set, status } }];
  return { actions: [...claims, ...changes, ...write] };
}

export const statefulSetController: Controller = { name: 'statefulset-controller', caches: ['statefulsets', 'pods', 'controllerrevisions'], reconcile, complaint: (key, error) => ['stateful_set.go:439', `error syncing StatefulSet ${key}, requeuing: ${error}`] };
