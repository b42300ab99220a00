/** One scheduling decision: the node a pod goes to, or upstream's FailedScheduling message. Pure. Models pkg/scheduler framework types FitError. */
import type { KubeObject, Node, Pod } from '../../lib/controller/index.ts';
import { termMatches, tolerates } from '../../lib/scheduling/index.ts';
import { parseQuantity } from '../../base/quantity.ts';
import { podRequests, reject, usedOn, type Rejection, type Snapshot } from './fit.ts';

export interface Claim extends KubeObject { readonly spec?: { readonly volumeName?: string; readonly storageClassName?: string }; readonly status?: { readonly phase?: string } }
export type Decision = { readonly node: string } | { readonly message: string };

/** `2 a, 1 b`: reasons with their counts, sorted as Go sorts the strings. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort().join(', ');
}

function failure(total: number, reasons: string, helpless: readonly boolean[]): string {
  const verdicts = histogram(helpless.map((one) => (one ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod')));
  const available = `0/${total} nodes are available`;
  return `${available}: ${reasons}. preemption: ${available}: ${verdicts}.`;
}

/** What volumes say before any node is looked at. */
function claimProblem(pod: Pod, claims: ReadonlyMap<string, Claim>): string | null {
  for (const volume of pod.spec.volumes ?? []) {
    const name = volume.persistentVolumeClaim?.claimName;
    if (name === undefined) continue;
    const claim = claims.get(`${pod.metadata.namespace}/${name}`);
    if (!claim) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
    if (!claim.spec?.volumeName) return 'pod has unbound immediate PersistentVolumeClaims';
  }
  return null;
}

/** Higher is better: room left, preferred affinity, tolerated soft taints. */
function score(pod: Pod, node: Node, snapshot: Snapshot): number {
  const used = usedOn(snapshot.podsByNode.get(node.metadata.name) ?? []);
  const wanted = podRequests(pod.spec);
  const room = ['cpu', 'memory'].map((name) => {
    const total = parseQuantity(node.status?.allocatable?.[name] ?? '0')?.milli ?? 0;
    return total === 0 ? 0 : Math.floor(((total - (used[name] ?? 0) - (wanted[name] ?? 0)) * 100) / total);
  });
  const preferred = (pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).filter((one) => termMatches(one.preference, node)).reduce((sum, one) => sum + one.weight, 0);
  const soft = (node.spec?.taints ?? []).filter((taint) => taint.effect === 'PreferNoSchedule' && !(pod.spec.tolerations ?? []).some((one) => tolerates(one, taint))).length;
  return (room[0]! + room[1]!) / 2 + 2 * preferred - 300 * soft;
}

/** Decides for one pod. */
export function decide(pod: Pod, snapshot: Snapshot, claims: ReadonlyMap<string, Claim>): Decision {
  const total = snapshot.nodes.length;
  if (total === 0) return { message: 'no nodes available to schedule pods' };
  const problem = claimProblem(pod, claims);
  if (problem !== null) return { message: failure(total, problem, snapshot.nodes.map(() => true)) };
  const rejections: Rejection[] = [];
  let best: { readonly node: string; readonly score: number } | null = null;
  for (const node of snapshot.nodes) {
    const rejection = reject(pod, node, snapshot);
    if (rejection) { rejections.push(rejection); continue; }
    const points = score(pod, node, snapshot);
    if (!best || points > best.score) best = { node: node.metadata.name, score: points };
  }
  if (best) return { node: best.node };
  return { message: failure(total, histogram(rejections.flatMap((one) => one.reasons)), rejections.map((one) => one.helpless)) };
}
