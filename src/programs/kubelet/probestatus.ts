/**
 * What a probe's change of mind means for a pod's status, at once and without a sync: the sync that follows waits for the next
 * relist. Models SetContainerReadiness and SetContainerStartup of pkg/kubelet/status/status_manager.go.
 */
import { get } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { ContainerStatus } from '../../api/types.ts';
import { readyConditions } from './podstatus.ts';
import { setPodStatus } from './statuses.ts';
import type { Message, Pod, PodStatus, StatusRecord } from './types.ts';

type Probed = Extract<Message, { kind: 'probe' }>;

/** The status after a readiness or startup probe's result; null: it says so already, or knows no such container. */
export function probedStatus(pod: Pod, status: PodStatus, { type, containerId, result }: Omit<Probed, 'kind' | 'uid'>): PodStatus | null {
  const field = type === 'startup' ? 'started' : 'ready';
  const value = result === 'success';
  const meant = (it: ContainerStatus): boolean => it.containerID === `containerd://${containerId}`;
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  if (!all.some((it) => meant(it) && it[field] !== value)) return null;
  const set = (list: readonly ContainerStatus[] | undefined): readonly ContainerStatus[] | undefined => list?.map((it) => (meant(it) ? { ...it, [field]: value } : it));
  const [containerStatuses, initContainerStatuses] = [set(status.containerStatuses), set(status.initContainerStatuses)];
  const ready = field === 'ready' ? readyConditions(pod, containerStatuses ?? [], status.phase) : [];
  const conditions = (status.conditions ?? []).map((it) => ready.find((one) => one.type === it.type) ?? it);
  return { ...status, conditions, ...(containerStatuses === undefined ? {} : { containerStatuses }), ...(initContainerStatuses === undefined ? {} : { initContainerStatuses }) };
}

/** Takes a result over into the pod's status. */
export function* takeProbe(pod: Pod | undefined, message: Probed): Coroutine<void> {
  if (pod === undefined || message.type === 'liveness') return;
  const cached = yield* get<StatusRecord>('statuses', pod.metadata.uid);
  if (cached === undefined) return;
  const next = probedStatus(pod, cached.status, message);
  if (next !== null) yield* setPodStatus(pod, next);
}
