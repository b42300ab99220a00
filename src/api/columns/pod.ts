/** A pod's row: upstream's STATUS logic. Models printPod. */
import type { Container, ContainerStatus, Pod } from '../types.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { humanDuration } from '../../base/duration.ts';
import { ageOf, columns, joinOrNone, orNone } from './column.ts';
import type { Cell, Printer } from './column.ts';

const sidecar = (c: Container | undefined): boolean => c?.restartPolicy === 'Always';

interface Tally { restarts: number; sidecarRestarts: number; lastRestart: number; lastSidecarRestart: number; ready: number; total: number; reason: string }

function noteRestart(status: ContainerStatus, before: number): number {
  const finished = status.lastState?.terminated?.finishedAt;
  const at = finished === undefined || finished === null ? null : parseRfc3339(finished);
  return at === null ? before : Math.max(before, at);
}

function terminatedReason(status: ContainerStatus, prefix: string): string {
  const { reason, signal, exitCode } = status.state!.terminated!;
  if (reason !== undefined && reason !== '') return `${prefix}${reason}`;
  return signal !== undefined && signal !== 0 ? `${prefix}Signal:${signal}` : `${prefix}ExitCode:${exitCode}`;
}

/** True when init containers are not through yet. */
function initializing(pod: Pod, tally: Tally): boolean {
  const specs = new Map((pod.spec.initContainers ?? []).map((c) => [c.name, c]));
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (const [i, status] of statuses.entries()) {
    const always = sidecar(specs.get(status.name));
    tally.restarts += status.restartCount;
    tally.lastRestart = noteRestart(status, tally.lastRestart);
    if (always) {
      tally.sidecarRestarts += status.restartCount;
      tally.lastSidecarRestart = noteRestart(status, tally.lastSidecarRestart);
    }
    const { terminated, waiting } = status.state ?? {};
    if (terminated !== undefined && terminated.exitCode === 0) continue;
    if (always && status.started === true) {
      if (status.ready) tally.ready++;
      continue;
    }
    if (terminated !== undefined) tally.reason = terminatedReason(status, 'Init:');
    else if (waiting?.reason !== undefined && waiting.reason !== '' && waiting.reason !== 'PodInitializing') tally.reason = `Init:${waiting.reason}`;
    else tally.reason = `Init:${i}/${pod.spec.initContainers?.length ?? 0}`;
    return true;
  }
  return false;
}

function main(pod: Pod, tally: Tally): void {
  tally.restarts = tally.sidecarRestarts;
  tally.lastRestart = tally.lastSidecarRestart;
  let running = false;
  const statuses = pod.status?.containerStatuses ?? [];
  for (let i = statuses.length - 1; i >= 0; i--) {
    const status = statuses[i]!;
    tally.restarts += status.restartCount;
    tally.lastRestart = noteRestart(status, tally.lastRestart);
    const { waiting, terminated, running: runs } = status.state ?? {};
    if (waiting?.reason !== undefined && waiting.reason !== '') tally.reason = waiting.reason;
    else if (terminated !== undefined) tally.reason = terminatedReason(status, '');
    else if (status.ready && runs !== undefined) {
      running = true;
      tally.ready++;
    }
  }
  if (tally.reason === 'Completed' && running) {
    const ready = pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;
    tally.reason = ready ? 'Running' : 'NotReady';
  }
}

/** READY, STATUS and RESTARTS of a pod as `kubectl get` shows them. `now` in µs. */
export function podSummary(pod: Pod, now: number): { readonly ready: string; readonly status: string; readonly restarts: string } {
  const { status } = pod;
  const tally: Tally = { restarts: 0, sidecarRestarts: 0, lastRestart: 0, lastSidecarRestart: 0, ready: 0, total: pod.spec.containers.length + (pod.spec.initContainers ?? []).filter(sidecar).length,
    reason: status?.reason !== undefined && status.reason !== '' ? status.reason : status?.phase ?? '' };
  const conditions = status?.conditions ?? [];
  if (conditions.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated')) tally.reason = 'SchedulingGated';
  const busy = initializing(pod, tally);
  if (!busy || conditions.some((c) => c.type === 'Initialized' && c.status === 'True')) main(pod, tally);
  if (pod.metadata.deletionTimestamp !== undefined) {
    if (status?.reason === 'NodeLost') tally.reason = 'Unknown';
    else if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') tally.reason = 'Terminating';
  }
  const restarts = tally.restarts !== 0 && tally.lastRestart !== 0 ? `${tally.restarts} (${humanDuration(now - tally.lastRestart)} ago)` : String(tally.restarts);
  return { ready: `${tally.ready}/${tally.total}`, status: tally.reason, restarts };
}

export const podPrinter: Printer<Pod> = {
  columns: columns('Name', 'Ready', 'Status', 'Restarts', 'Age', '+IP', '+Node', '+Nominated Node', '+Readiness Gates'),
  row(pod, now): readonly Cell[] {
    const { ready, status, restarts } = podSummary(pod, now);
    const gates = pod.spec.readinessGates ?? [];
    const passed = gates.filter((g) => pod.status?.conditions?.some((c) => c.type === g.conditionType && c.status === 'True')).length;
    return [pod.metadata.name, ready, status, restarts, ageOf(pod, now), orNone(pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP), orNone(pod.spec.nodeName), orNone(pod.status?.nominatedNodeName), gates.length === 0 ? '<none>' : `${passed}/${gates.length}`];
  },
};
export { joinOrNone };
