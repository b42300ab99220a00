/**
 * One pod on every node a DaemonSet fits. Revisions are ControllerRevisions, whose hash labels the pods; rolling updates delete old
 * pods as far as maxUnavailable allows. Models pkg/controller/daemon. Not modelled: surge during updates.
 */
import { deepEqual } from '../../../base/json.ts';
import { podTemplateHash } from '../../../api/template-hash.ts';
import { controllerRef, referenceTo, type Action, type Cache, type ControllerRevision, type Controller, type DaemonSet, type KubeObject, type Node, type Outcome, type Pod, type PodSpec, type Toleration } from '../../../lib/controller/index.ts';
import { matchesNodeSelector, untolerated } from '../../../lib/scheduling/index.ts';
import { scaled } from './deployment-math.ts';
import { availableAt, claim, isAvailable, isReady, podFromTemplate, podRef, podsIn, type Owner } from './pods.ts';

export const REVISION_HASH = 'controller-revision-hash';
const GENERATION = 'pod-template-generation';

const tolerate = (key: string, effect: string): Toleration => ({ key, operator: 'Exists', effect });
/** What every daemon pod puts up with. */
const TOLERATIONS: readonly Toleration[] = [
  tolerate('node.kubernetes.io/not-ready', 'NoExecute'), tolerate('node.kubernetes.io/unreachable', 'NoExecute'), tolerate('node.kubernetes.io/disk-pressure', 'NoSchedule'),
  tolerate('node.kubernetes.io/memory-pressure', 'NoSchedule'), tolerate('node.kubernetes.io/pid-pressure', 'NoSchedule'), tolerate('node.kubernetes.io/unschedulable', 'NoSchedule'),
];

function daemonSpec(spec: PodSpec, node: string): PodSpec {
  const own = spec.tolerations ?? [];
  const extra = [...TOLERATIONS, ...(spec.hostNetwork ? [tolerate('node.kubernetes.io/network-unavailable', 'NoSchedule')] : [])]
    .filter((one) => !own.some((known) => known.key === one.key && known.effect === one.effect && known.operator === one.operator));
  const byName = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const nodeSelectorTerms = required ? required.nodeSelectorTerms.map((term) => ({ ...term, matchFields: byName })) : [{ matchFields: byName }];
  return {
    ...spec, tolerations: [...own, ...extra],
    affinity: { ...spec.affinity, nodeAffinity: { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  };
}

/** Whether a pod should run there, and whether one that runs may stay. Models NodeShouldRunDaemonPod. */
function fits(ds: DaemonSet, node: Node): { readonly run: boolean; readonly stay: boolean } {
  const { spec } = ds.spec.template;
  const pod: PodSpec = { ...spec, tolerations: daemonSpec(spec, node.metadata.name).tolerations ?? [] };
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return { run: false, stay: false };
  if (!matchesNodeSelector(pod, node)) return { run: false, stay: false };
  return { run: untolerated(pod, node, ['NoExecute', 'NoSchedule']) === null, stay: untolerated(pod, node, ['NoExecute']) === null };
}

const dsRef = (ds: DaemonSet) => ({ group: 'apps', resource: 'daemonsets', namespace: ds.metadata.namespace ?? '', name: ds.metadata.name });
const about = (ds: DaemonSet) => referenceTo(ds, 'apps/v1', 'DaemonSet');

/** The revision of the current template, or the actions that make or renumber it. */
function revision(ds: DaemonSet, cache: Cache): { readonly hash: string; readonly actions: readonly Action[]; readonly old: readonly ControllerRevision[] } {
  const mine = cache.list<ControllerRevision>('controllerrevisions', ds.metadata.namespace).filter((one) => one.metadata.ownerReferences?.some((owner) => owner.uid === ds.metadata.uid));
  const data = { spec: { template: { ...ds.spec.template, $patch: 'replace' } } };
  const highest = Math.max(0, ...mine.map((one) => one.revision));
  const known = mine.find((one) => deepEqual(one.data, data));
  const ref = { group: 'apps', resource: 'controllerrevisions', namespace: ds.metadata.namespace ?? '' };
  if (known) {
    const actions: Action[] = known.revision < highest ? [{ op: 'update', cache: 'controllerrevisions', ref: { ...ref, name: known.metadata.name }, object: { ...known, revision: highest + 1 } }] : [];
    return { hash: known.metadata.labels?.[REVISION_HASH] ?? '', actions, old: mine.filter((one) => one !== known) };
  }
  const hash = podTemplateHash(ds.spec.template as never, ds.status?.collisionCount ?? null);
  const annotations = { 'deprecated.daemonset.template.generation': ds.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? String(ds.metadata.generation ?? 1), ...ds.metadata.annotations };
  const object = {
    apiVersion: 'apps/v1', kind: 'ControllerRevision', data, revision: highest + 1,
    metadata: { name: `${ds.metadata.name}-${hash}`, namespace: ds.metadata.namespace, labels: { ...ds.spec.template.metadata?.labels, [REVISION_HASH]: hash }, annotations, ownerReferences: [controllerRef(ds, 'apps/v1', 'DaemonSet')] },
  };
  return { hash, actions: [{ op: 'create', cache: 'controllerrevisions', ref, object, ignore: ['AlreadyExists'] }], old: mine };
}

const templateGeneration = (ds: DaemonSet) => ds.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? String(ds.metadata.generation ?? 1);
const isOld = (pod: Pod, hash: string, generation: string) => pod.metadata.labels?.[REVISION_HASH] !== hash && pod.metadata.labels?.[GENERATION] !== generation;
const isLive = (pod: Pod) => !pod.metadata.deletionTimestamp;

/** The node a daemon pod is for, before and after it is bound. */
function nodeOf(pod: Pod): string {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  for (const term of pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []) {
    const name = term.matchFields?.find((field) => field.key === 'metadata.name')?.values?.[0];
    if (name) return name;
  }
  return '';
}

function remove(ds: DaemonSet, pod: Pod): Action {
  return {
    op: 'delete', cache: 'pods', ref: podRef(pod), object: pod, ignore: ['NotFound'],
    done: () => ({ about: about(ds), type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` }),
  };
}

function add(ds: DaemonSet, owner: Owner, node: string, hash: string): Action {
  return {
    op: 'create', cache: 'pods', ref: { group: '', resource: 'pods', namespace: ds.metadata.namespace ?? '' },
    object: podFromTemplate(ds.spec.template, owner, { labels: { [REVISION_HASH]: hash, [GENERATION]: templateGeneration(ds) }, spec: daemonSpec(ds.spec.template.spec, node) }),
    done: (pod) => ({ about: about(ds), type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` }),
    failed: (message) => ({ about: about(ds), type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${message}` }),
  };
}

interface Placement { readonly node: Node; readonly run: boolean; readonly stay: boolean; readonly pods: readonly Pod[] }

/** Pods to make and to take away, node by node. Models podsShouldBeOnNode. */
function manage(ds: DaemonSet, owner: Owner, places: readonly Placement[], hash: string): Action[] {
  return places.flatMap(({ node, run, stay, pods }) => {
    const live = pods.filter(isLive);
    const ended = live.filter((pod) => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded');
    if (run && pods.length === 0) return [add(ds, owner, node.metadata.name, hash)];
    if (!stay) return live.map((pod) => remove(ds, pod));
    if (ended.length > 0) {
      return ended.flatMap((pod): Action[] => {
        const failed = pod.status?.phase === 'Failed';
        const message = `Found ${failed ? 'failed' : 'succeeded'} daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${node.metadata.name}, will try to ${failed ? 'kill' : 'delete'} it`;
        return [{ op: 'event', event: { about: about(ds), type: failed ? 'Warning' : 'Normal', reason: failed ? 'FailedDaemonPod' : 'SucceededDaemonPod', message } }, remove(ds, pod)];
      });
    }
    return [...live].sort((a, b) => (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1).slice(1).map((pod) => remove(ds, pod));
  });
}

/** Old pods that may go now. */
function roll(ds: DaemonSet, places: readonly Placement[], hash: string, nowUs: number): Action[] {
  if ((ds.spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return [];
  const desired = places.filter((place) => place.run);
  const limit = scaled(ds.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired.length, true) || 1;
  const available = (place: Placement) => place.pods.some((pod) => isLive(pod) && isAvailable(pod, ds.spec.minReadySeconds ?? 0, nowUs));
  let budget = limit - desired.filter((place) => !available(place)).length;
  const actions: Action[] = [];
  for (const place of desired) {
    const old = place.pods.filter((pod) => isLive(pod) && isOld(pod, hash, templateGeneration(ds)));
    if (old.length === 0) continue;
    if (!available(place)) actions.push(...old.map((pod) => remove(ds, pod)));
    else if (budget > 0) { budget--; actions.push(...old.map((pod) => remove(ds, pod))); }
  }
  return actions;
}

function status(ds: DaemonSet, places: readonly Placement[], hash: string, nowUs: number): Readonly<Record<string, unknown>> {
  const desired = places.filter((place) => place.run);
  const first = (place: Placement) => [...place.pods].sort((a, b) => (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1)[0];
  const having = desired.map(first).filter((pod) => pod !== undefined);
  const available = having.filter((pod) => isLive(pod) && isAvailable(pod, ds.spec.minReadySeconds ?? 0, nowUs)).length;
  const updated = having.filter((pod) => !isOld(pod, hash, templateGeneration(ds))).length;
  return {
    currentNumberScheduled: having.length, numberMisscheduled: places.filter((place) => !place.run && place.pods.length > 0).length, desiredNumberScheduled: desired.length,
    numberReady: having.filter((pod) => isLive(pod) && isReady(pod)).length, observedGeneration: ds.metadata.generation ?? 1, ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    ...(available > 0 ? { numberAvailable: available } : {}), ...(desired.length - available > 0 ? { numberUnavailable: desired.length - available } : {}), ...(ds.status?.collisionCount ? { collisionCount: ds.status.collisionCount } : {}),
  };
}

function reconcile(key: string, cache: Cache, nowUs: number): Outcome {
  const ds = cache.get<DaemonSet>('daemonsets', key);
  if (!ds) return { actions: [] };
  const owner: Owner = { object: ds, apiVersion: 'apps/v1', kind: 'DaemonSet', selector: ds.spec.selector };
  const { mine, actions: claims } = claim(owner, 'pods', '', podsIn(cache, ds.metadata.namespace));
  const { hash, actions: revising, old } = revision(ds, cache);
  if (revising.length > 0) return { actions: revising };
  const places = cache.list<Node>('nodes').map((node): Placement => ({ node, ...fits(ds, node), pods: mine.filter((pod) => nodeOf(pod) === node.metadata.name) }));
  const changes = ds.metadata.deletionTimestamp ? [] : manage(ds, owner, places, hash);
  const rolling = changes.length > 0 || ds.metadata.deletionTimestamp ? [] : roll(ds, places, hash, nowUs);
  const wanted = status(ds, places, hash, nowUs);
  const update: Action[] = deepEqual(ds.status ?? {}, wanted) ? [] : [{ op: 'updateStatus', cache: 'daemonsets', ref: dsRef(ds), object: { ...ds, status: wanted } }];
  const used = new Set(mine.map((pod) => pod.metadata.labels?.[REVISION_HASH]));
  const spare = old.filter((one) => !used.has(one.metadata.labels?.[REVISION_HASH])).sort((a, b) => a.revision - b.revision);
  const surplus = spare.slice(0, Math.max(0, spare.length - (ds.spec.revisionHistoryLimit ?? 10)));
  const tidy = surplus.map((one: KubeObject): Action => ({ op: 'delete', cache: 'controllerrevisions', ref: { group: 'apps', resource: 'controllerrevisions', namespace: ds.metadata.namespace ?? '', name: one.metadata.name }, object: one, ignore: ['NotFound'] }));
  const soon = mine.map((pod) => availableAt(pod, ds.spec.minReadySeconds ?? 0)).filter((at) => at !== null && at > nowUs) as number[];
  return { actions: [...claims, ...changes, ...rolling, ...update, ...tidy], requeueAt: soon.length > 0 ? Math.min(...soon) : null };
}

export const daemonSetController: Controller = {
  name: 'daemon-set-controller', component: 'daemonset-controller', caches: ['daemonsets', 'pods', 'nodes', 'controllerrevisions'], reconcile,
  complaint: (key, error) => ['daemon_controller.go:346', `${key} failed with : ${error}`],
};
