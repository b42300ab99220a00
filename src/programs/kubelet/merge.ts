/** What a source's new set of pods means for what is known: additions, updates, deletions, removals. Pure. Models pkg/kubelet/config/config.go. */
import { deepEqual } from '../../base/json.ts';
import { CONFIG_SEEN } from './types.ts';
import type { Pod } from './types.ts';

export interface PodChanges { readonly removed: readonly Pod[]; readonly added: readonly Pod[]; readonly updated: readonly Pod[]; readonly reconciled: readonly Pod[] }

const LOCAL = ['kubernetes.io/config.source', 'kubernetes.io/config.hash', CONFIG_SEEN];
function annotations(pod: Pod): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(pod.metadata.annotations ?? {}).filter(([key]) => !LOCAL.includes(key)));
}

/** Whether a change is one that the pod's worker must know of; a new status alone is not. */
export function differ(a: Pod, b: Pod): boolean {
  return !deepEqual(a.spec, b.spec) || !deepEqual(a.metadata.labels ?? {}, b.metadata.labels ?? {}) || a.metadata.deletionTimestamp !== b.metadata.deletionTimestamp
    || a.metadata.deletionGracePeriodSeconds !== b.metadata.deletionGracePeriodSeconds || !deepEqual(annotations(a), annotations(b));
}

export function podChanges(known: Readonly<Record<string, Pod>>, next: readonly Pod[]): PodChanges {
  const uids = new Set(next.map((it) => it.metadata.uid));
  const added: Pod[] = [];
  const updated: Pod[] = [];
  const reconciled: Pod[] = [];
  for (const pod of next) {
    const before = known[pod.metadata.uid];
    if (before === undefined) added.push(pod);
    else if (before === pod) continue;
    else if (differ(before, pod)) updated.push(pod);
    else if (!deepEqual(before.status, pod.status) || before.metadata.resourceVersion !== pod.metadata.resourceVersion) reconciled.push(pod);
  }
  return { removed: Object.values(known).filter((it) => !uids.has(it.metadata.uid)), added: added.sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? -1 : 1)), updated, reconciled };
}
