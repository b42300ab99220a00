/** When the kubelet will try again: from its own table of delays and the end that the delay counts from. */
import { RESTART_LIMITS } from '../../distro/records.ts';
import type { BackoffEntry } from '../../distro/records.ts';
import type { Pod } from '../../api/types.ts';
import type { TableView } from '../../kernel/sys.ts';
import type { World } from '../../kernel/world.ts';
import { containerName } from './cluster-view-logs.ts';
import type { NodePod } from './cluster-view-runtime.ts';
import type { BackOffView } from './cluster-view-types.ts';

/** The entry of the newest key that begins so: keys end in an image and a hash, which change with the manifest. */
function newest(table: TableView<unknown> | null, prefix: string): BackoffEntry | null {
  let found: BackoffEntry | null = null;
  for (const [key, value] of table?.entries(prefix) ?? []) {
    if (!key.startsWith(prefix)) break;
    const entry = value as BackoffEntry;
    if (found === null || entry.updatedAt > found.updatedAt) found = entry;
  }
  return found;
}

function waitingContainer(pod: Pod): { readonly name: string; readonly reason: string; readonly image: string } | undefined {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const status = statuses.find((it) => it.state?.waiting?.reason?.endsWith('BackOff'));
  return status && { name: status.name, reason: status.state!.waiting!.reason!, image: status.image };
}

/** Null when the pod waits for no such thing. */
export function backOffOf(world: World, kubeletPid: number, { pod, containers }: NodePod): BackOffView | null {
  const waiting = pod === null ? undefined : waitingContainer(pod);
  if (pod === null || waiting === undefined) return null;
  const { name, namespace, uid } = pod.metadata;
  if (waiting.reason === 'ImagePullBackOff') {
    const entry = newest(world.table(kubeletPid, 'pullbackoff'), `${uid}_${waiting.image}`);
    return entry === null ? null : { from: entry.updatedAt, until: entry.updatedAt + entry.delay };
  }
  const entry = newest(world.table(kubeletPid, 'backoff'), `${name}_${namespace}_${uid}_${waiting.name}_`);
  const ended = containers.find((it) => containerName(it) === waiting.name && it.finishedAt > 0);
  if (entry === null || ended === undefined) return null;
  return { from: ended.finishedAt, until: ended.finishedAt + Math.min(entry.delay, RESTART_LIMITS.longest) };
}
