/**
 * What the pod-owning controllers share: which pods are theirs, which are active, ready and available, how one is made.
 * Models pkg/controller/controller_utils.go and controller_ref_manager.go.
 */
import { parseRfc3339 } from '../../../base/time.ts';
import { isControlledBy, controllerOf, controllerRef, selectorMatches, type Action, type Cache, type KubeObject, type LabelSelector, type Pod, type PodTemplate } from '../../../lib/controller/index.ts';

export const podRef = (pod: KubeObject) => ({ group: '', resource: 'pods', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name });

/** Neither finished nor being deleted. */
export const isActive = (pod: Pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed' && !pod.metadata.deletionTimestamp;
export const readyCondition = (pod: Pod) => pod.status?.conditions?.find((condition) => condition.type === 'Ready');
export const isReady = (pod: Pod) => readyCondition(pod)?.status === 'True';

/** The instant (µs) from which a pod counts as available; null while it is not ready. */
export function availableAt(pod: Pod, minReadySeconds: number): number | null {
  const ready = readyCondition(pod);
  if (ready?.status !== 'True') return null;
  return (parseRfc3339(ready.lastTransitionTime ?? '') ?? 0) + minReadySeconds * 1e6;
}

/** Whether a ready pod has been so long enough. */
export function isAvailable(pod: Pod, minReadySeconds: number, nowUs: number): boolean {
  const at = availableAt(pod, minReadySeconds);
  return at !== null && (minReadySeconds === 0 || at <= nowUs);
}

export interface Owner { readonly object: KubeObject; readonly apiVersion: string; readonly kind: string; readonly selector: LabelSelector }

/**
 * The objects of `cache` that the owner controls, and the patches that adopt matching orphans and release what no longer matches.
 */
export function claim<T extends KubeObject>(owner: Owner, cacheName: string, group: string, candidates: readonly T[]): { readonly mine: readonly T[]; readonly actions: readonly Action[] } {
  const mine: T[] = [];
  const actions: Action[] = [];
  const patchOwners = (object: T, ownerReferences: unknown): Action => ({
    op: 'patch', type: 'merge', cache: cacheName, ignore: ['NotFound', 'Invalid'],
    ref: { group, resource: cacheName, namespace: object.metadata.namespace ?? '', name: object.metadata.name },
    patch: { metadata: { uid: object.metadata.uid, ownerReferences } },
  });
  for (const object of candidates) {
    const matches = selectorMatches(owner.selector, object.metadata.labels);
    if (isControlledBy(object, owner.object)) {
      if (matches) mine.push(object);
      else if (!owner.object.metadata.deletionTimestamp) actions.push(patchOwners(object, (object.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== owner.object.metadata.uid)));
    } else if (matches && !controllerOf(object) && !object.metadata.deletionTimestamp && !owner.object.metadata.deletionTimestamp) {
      actions.push(patchOwners(object, [...(object.metadata.ownerReferences ?? []), controllerRef(owner.object, owner.apiVersion, owner.kind)]));
    }
  }
  return { mine, actions };
}

/** A pod from a template: labels, annotations and finalizers from it, a generated name, the owner's reference. */
export function podFromTemplate(template: PodTemplate, owner: Owner, extra: { readonly name?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>; readonly finalizers?: readonly string[]; readonly spec?: unknown } = {}): unknown {
  const { namespace, name } = owner.object.metadata;
  const annotations = { ...template.metadata?.annotations, ...extra.annotations };
  const finalizers = [...(template.metadata?.finalizers ?? []), ...(extra.finalizers ?? [])];
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: {
      ...(extra.name ? { name: extra.name } : { generateName: `${name}-` }), namespace, labels: { ...template.metadata?.labels, ...extra.labels },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}), ...(finalizers.length > 0 ? { finalizers } : {}),
      ownerReferences: [controllerRef(owner.object, owner.apiVersion, owner.kind)],
    },
    spec: extra.spec ?? template.spec,
  };
}

/** Pods of a namespace. */
export const podsIn = (cache: Cache, namespace: string | undefined) => cache.list<Pod>('pods', namespace ?? '');
