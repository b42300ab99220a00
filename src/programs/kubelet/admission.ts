/**
 * Whether the node takes a pod that was given to it, and what it says when it does not. Pure. Models pkg/kubelet/lifecycle/predicate.go
 * and preemption/preemption.go of 1.33. Not modelled: node pressure, sysctls, topology and device managers.
 */
import { podRequests } from '../../api/pod-resources.ts';
import { parseQuantity } from '../../base/quantity.ts';
import type { Node } from '../../api/types.ts';
import { matchesNodeSelector, untolerated } from '../../lib/scheduling/index.ts';
import { qosClass } from './podstatus.ts';
import { containersOf, isMirror, isStatic } from './types.ts';
import type { Pod } from './types.ts';

/** What the node can give, and what it is known by; `node` null: the API has not told yet. */
export interface Place { readonly nodeName: string; readonly allocatable: Readonly<Record<string, string>>; readonly node: Node | null }

/** Amounts in the units the messages use: CPU in thousandths, else whole numbers. */
interface Shortage { readonly resource: string; readonly requested: number; readonly used: number; readonly capacity: number }
interface Mismatch { readonly predicate: string; readonly why: string }

/** `unexpected`: what the log says first when even preemption did not help. */
export interface Refusal { readonly reason: string; readonly message: string; readonly unexpected: string | null }
export type Verdict = { readonly refusal: Refusal } | { readonly preempt: readonly Pod[] };

const FITS: Verdict = { preempt: [] };
const COMPUTED = ['cpu', 'memory', 'ephemeral-storage'];
const units = (resource: string, milli: number): number => (resource === 'cpu' ? milli : Math.ceil(milli / 1000));
const asks = (pod: Pod, resource: string): number => (resource === 'pods' ? 1 : units(resource, podRequests(pod as never).get(resource)?.milli ?? 0));
const total = (pods: readonly Pod[], resource: string): number => pods.reduce((sum, pod) => sum + asks(pod, resource), 0);

function shortages(pod: Pod, others: readonly Pod[], { allocatable }: Place): readonly Shortage[] {
  const capacity = (resource: string): number => units(resource, parseQuantity(allocatable[resource] ?? '0')?.milli ?? 0);
  const named = [...podRequests(pod as never).keys()].filter((resource) => !COMPUTED.includes(resource)).sort();
  return ['pods', ...COMPUTED, ...named].flatMap((resource) => {
    const short = { resource, requested: asks(pod, resource), used: total(others, resource), capacity: resource === 'pods' ? Number(allocatable['pods']) : capacity(resource) };
    return short.requested > 0 && short.requested > short.capacity - short.used ? [short] : [];
  });
}

const hostPorts = (pod: Pod): readonly string[] => containersOf(pod).flatMap(({ ports = [] }) => ports.flatMap(({ hostPort, protocol = 'TCP' }) => (hostPort === undefined || hostPort === 0 ? [] : [`${protocol}/${hostPort}`])));

function mismatches(pod: Pod, others: readonly Pod[], { node, nodeName }: Place): readonly Mismatch[] {
  const taken = new Set(others.flatMap(hostPorts));
  const wanted = pod.spec.nodeName ?? '';
  return [
    ...(node !== null && !matchesNodeSelector(pod.spec as never, node as never) ? [{ predicate: 'NodeAffinity', why: "node(s) didn't match Pod's node affinity/selector" }] : []),
    ...(wanted !== '' && wanted !== nodeName ? [{ predicate: 'NodeName', why: "node(s) didn't match the requested node name" }] : []),
    ...(hostPorts(pod).some((port) => taken.has(port)) ? [{ predicate: 'NodePorts', why: "node(s) didn't have free ports for the requested pod ports" }] : []),
    ...(node !== null && !isStatic(pod) && untolerated(pod.spec as never, node as never, ['NoExecute']) !== null ? [{ predicate: 'TaintToleration', why: "node(s) had taints that the pod didn't tolerate" }] : []),
  ];
}

const SYSTEM_CRITICAL = 2_000_000_000;
const priorityOf = (pod: Pod): number | undefined => (pod.spec as { readonly priority?: number }).priority;
const isCritical = (pod: Pod): boolean => isStatic(pod) || isMirror(pod) || (priorityOf(pod) ?? 0) >= SYSTEM_CRITICAL;
const preemptable = (by: Pod, pod: Pod): boolean => (isCritical(by) && !isCritical(pod)) || (priorityOf(by) ?? -Infinity) > (priorityOf(pod) ?? Infinity);

/** What is still missing of each resource. */
type Needs = ReadonlyMap<string, number>;
const less = (needs: Needs, pods: readonly Pod[]): Needs => new Map([...needs].map(([resource, amount]) => [resource, amount - total(pods, resource)] as const).filter(([, amount]) => amount > 0));
const noSet = (needs: Needs): string => `no set of running pods found to reclaim resources: [${[...needs].map(([resource, amount]) => `(res: ${resource}, q: ${amount}), `).join('')}]`;

/** How far a pod's requests are from what is needed: 0 covers all of it. */
function distance(needs: Needs, pod: Pod): number {
  let sum = 0;
  for (const [resource, amount] of needs) {
    const left = Math.max(0, amount - asks(pod, resource)) / amount;
    sum += left * left;
  }
  return sum;
}

const smaller = (a: Pod, b: Pod): boolean => asks(a, 'memory') < asks(b, 'memory') || (asks(a, 'memory') === asks(b, 'memory') && asks(a, 'cpu') < asks(b, 'cpu'));

function nearest(pods: readonly Pod[], from: Needs): readonly Pod[] {
  const rest = [...pods];
  const chosen: Pod[] = [];
  for (let needs = from; needs.size > 0 && rest.length > 0; needs = less(needs, [chosen.at(-1)!])) {
    const best = rest.reduce((a, b) => (distance(needs, b) < distance(needs, a) || (distance(needs, b) === distance(needs, a) && smaller(b, a)) ? b : a));
    rest.splice(rest.indexOf(best), 1);
    chosen.push(best);
  }
  return chosen;
}

/** The pods that must go for a critical one: as few guaranteed ones as can be, then burstable, then the rest. A string: why there are none. */
function victims(pod: Pod, others: readonly Pod[], needs: Needs): readonly Pod[] | string {
  const of = (qos: string): readonly Pod[] => others.filter((it) => preemptable(pod, it) && qosClass(it) === qos);
  const [best, burst, guaranteed] = [of('BestEffort'), of('Burstable'), of('Guaranteed')];
  const unmet = less(needs, [...best, ...burst, ...guaranteed]);
  if (unmet.size > 0) return noSet(unmet);
  const guaranteedGo = nearest(guaranteed, less(needs, [...best, ...burst]));
  const burstGo = nearest(burst, less(needs, [...best, ...guaranteedGo]));
  return [...nearest(best, less(needs, [...burstGo, ...guaranteedGo])), ...burstGo, ...guaranteedGo];
}

/** `others`: the pods that have been admitted and are not over. */
export function admit(pod: Pod, others: readonly Pod[], place: Place): Verdict {
  const short = shortages(pod, others, place);
  const [mismatch] = mismatches(pod, others, place);
  const refuse = (reason: string, message: string, unexpected: string | null = null): Verdict => ({ refusal: { reason, message, unexpected } });
  if (isCritical(pod) && mismatch === undefined) {
    if (short.length === 0) return FITS;
    const found = victims(pod, others, new Map(short.map(({ resource, requested, used, capacity }) => [resource, requested - (capacity - used)])));
    if (typeof found !== 'string') return { preempt: found };
    const error = `preemption: error finding a set of pods to preempt: ${found}`;
    return refuse('UnexpectedAdmissionError', `Unexpected error while attempting to recover from admission failure: ${error}`, error);
  }
  const [first] = isCritical(pod) ? [] : short;
  if (first !== undefined) return refuse(`OutOf${first.resource}`, `Node didn't have enough resource: ${first.resource}, requested: ${first.requested}, used: ${first.used}, capacity: ${first.capacity}`);
  return mismatch === undefined ? FITS : refuse(mismatch.predicate, `Predicate ${mismatch.predicate} failed: ${mismatch.why}`);
}
