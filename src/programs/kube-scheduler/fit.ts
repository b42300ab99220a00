/**
 * Whether a pod fits a node, and what upstream says when it does not. Pure. Models the default profile's filters in their order:
 * NodeUnschedulable, NodeName, TaintToleration, NodeAffinity, NodePorts, NodeResourcesFit, VolumeBinding, PodTopologySpread, InterPodAffinity.
 * Not modelled: preemption of running pods, dynamic resources, soft topology spreading.
 */
import { parseQuantity } from '../../base/quantity.ts';
import { selectorMatches, type Container, type Node, type Pod, type PodAffinityTerm, type PodSpec } from '../../lib/controller/index.ts';
import { matchesNodeSelector, untolerated } from '../../lib/scheduling/index.ts';

/** Why a node was turned down. `helpless`: no eviction could help (UnschedulableAndUnresolvable). */
export interface Rejection { readonly reasons: readonly string[]; readonly helpless: boolean }

/** The cluster as one scheduling attempt sees it. */
export interface Snapshot { readonly nodes: readonly Node[]; readonly podsByNode: ReadonlyMap<string, readonly Pod[]> }

type Amounts = Readonly<Record<string, number>>;

const milli = (text: string | undefined) => (text === undefined ? 0 : parseQuantity(text)?.milli ?? 0);

function addInto(total: Record<string, number>, amounts: Readonly<Record<string, string>> | undefined): void {
  for (const [name, text] of Object.entries(amounts ?? {})) total[name] = (total[name] ?? 0) + milli(text);
}

/** What a pod asks for: containers and sidecars together, or the greediest init container with the sidecars before it. */
export function podRequests(spec: PodSpec): Amounts {
  const total: Record<string, number> = {};
  const sidecars: Record<string, number> = {};
  const peak: Record<string, number> = {};
  const requests = (container: Container) => ({ ...container.resources?.limits, ...container.resources?.requests });
  for (const container of spec.containers) addInto(total, requests(container));
  for (const container of spec.initContainers ?? []) {
    const own: Record<string, number> = {};
    addInto(own, requests(container));
    if (container.restartPolicy === 'Always') { addInto(sidecars, requests(container)); addInto(total, requests(container)); }
    for (const [name, value] of Object.entries(own)) peak[name] = Math.max(peak[name] ?? 0, value + (container.restartPolicy === 'Always' ? 0 : sidecars[name] ?? 0));
  }
  for (const [name, value] of Object.entries(peak)) total[name] = Math.max(total[name] ?? 0, value);
  addInto(total, spec.overhead);
  return total;
}

/** What the pods of a node ask for together. */
export function usedOn(pods: readonly Pod[]): Amounts {
  const total: Record<string, number> = {};
  for (const pod of pods) for (const [name, value] of Object.entries(podRequests(pod.spec))) total[name] = (total[name] ?? 0) + value;
  return total;
}

function resources(pod: Pod, node: Node, pods: readonly Pod[]): Rejection | null {
  const allocatable = node.status?.allocatable ?? {};
  const used = usedOn(pods);
  const reasons: string[] = [];
  let helpless = false;
  if (pods.length + 1 > milli(allocatable.pods) / 1000) reasons.push('Too many pods');
  for (const [name, wanted] of Object.entries(podRequests(pod.spec))) {
    const available = milli(allocatable[name]);
    if (wanted === 0 || wanted <= available - (used[name] ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (wanted > available) helpless = true;
  }
  return reasons.length > 0 ? { reasons, helpless } : null;
}

const hostPorts = (spec: PodSpec) => spec.containers.flatMap((container) => container.ports ?? []).filter((port) => port.hostPort)
  .map((port) => ({ port: port.hostPort!, protocol: port.protocol ?? 'TCP', ip: port.hostIP ?? '' }));
const anyIp = (ip: string) => ip === '' || ip === '0.0.0.0';

function portsTaken(pod: Pod, pods: readonly Pod[]): boolean {
  const taken = pods.flatMap((other) => hostPorts(other.spec));
  return hostPorts(pod.spec).some((port) => taken.some((other) => other.port === port.port && other.protocol === port.protocol && (anyIp(port.ip) || anyIp(other.ip) || port.ip === other.ip)));
}

/** Pods that share the node's value of a topology key and match the term. */
function neighbours(term: PodAffinityTerm, owner: Pod, node: Node, snapshot: Snapshot): readonly Pod[] {
  const value = node.metadata.labels?.[term.topologyKey];
  if (value === undefined) return [];
  const namespaces = term.namespaces?.length ? term.namespaces : [owner.metadata.namespace ?? ''];
  return snapshot.nodes.filter((other) => other.metadata.labels?.[term.topologyKey] === value)
    .flatMap((other) => snapshot.podsByNode.get(other.metadata.name) ?? [])
    .filter((pod) => namespaces.includes(pod.metadata.namespace ?? '') && selectorMatches(term.labelSelector, pod.metadata.labels));
}

function interPod(pod: Pod, node: Node, snapshot: Snapshot): Rejection | null {
  const required = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const fulfilsItself = (term: PodAffinityTerm) => selectorMatches(term.labelSelector, pod.metadata.labels) && !snapshot.nodes.some((other) => neighbours(term, pod, other, snapshot).length > 0) && node.metadata.labels?.[term.topologyKey] !== undefined;
  if (required.some((term) => neighbours(term, pod, node, snapshot).length === 0 && !fulfilsItself(term))) return { reasons: ["node(s) didn't match pod affinity rules"], helpless: true };
  const anti = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (anti.some((term) => neighbours(term, pod, node, snapshot).length > 0)) return { reasons: ["node(s) didn't match pod anti-affinity rules"], helpless: false };
  for (const other of [...snapshot.podsByNode.values()].flat()) {
    for (const term of other.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
      const home = snapshot.nodes.find((one) => one.metadata.name === other.spec.nodeName);
      const same = home?.metadata.labels?.[term.topologyKey] !== undefined && home.metadata.labels[term.topologyKey] === node.metadata.labels?.[term.topologyKey];
      const namespaces = term.namespaces?.length ? term.namespaces : [other.metadata.namespace ?? ''];
      if (same && namespaces.includes(pod.metadata.namespace ?? '') && selectorMatches(term.labelSelector, pod.metadata.labels)) return { reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"], helpless: false };
    }
  }
  return null;
}

function spread(pod: Pod, node: Node, snapshot: Snapshot): Rejection | null {
  for (const rule of pod.spec.topologySpreadConstraints ?? []) {
    if (rule.whenUnsatisfiable !== 'DoNotSchedule') continue;
    const value = node.metadata.labels?.[rule.topologyKey];
    if (value === undefined) return { reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"], helpless: true };
    const counts = new Map<string, number>();
    for (const other of snapshot.nodes) {
      const domain = other.metadata.labels?.[rule.topologyKey];
      if (domain === undefined || !matchesNodeSelector(pod.spec, other)) continue;
      const matching = (snapshot.podsByNode.get(other.metadata.name) ?? []).filter((one) => one.metadata.namespace === pod.metadata.namespace && !one.metadata.deletionTimestamp && selectorMatches(rule.labelSelector, one.metadata.labels));
      counts.set(domain, (counts.get(domain) ?? 0) + matching.length);
    }
    const self = selectorMatches(rule.labelSelector, pod.metadata.labels) ? 1 : 0;
    if ((counts.get(value) ?? 0) + self - Math.min(...counts.values()) > rule.maxSkew) return { reasons: ["node(s) didn't match pod topology spread constraints"], helpless: false };
  }
  return null;
}

/** Null when the pod fits; else the first filter's complaint. */
export function reject(pod: Pod, node: Node, snapshot: Snapshot): Rejection | null {
  const pods = snapshot.podsByNode.get(node.metadata.name) ?? [];
  const no = (reason: string): Rejection => ({ reasons: [reason], helpless: true });
  const cordonTolerated = (pod.spec.tolerations ?? []).some((one) => (one.key === undefined || one.key === '' || one.key === 'node.kubernetes.io/unschedulable') && one.operator === 'Exists' && (!one.effect || one.effect === 'NoSchedule'));
  if (node.spec?.unschedulable && !cordonTolerated) return no('node(s) were unschedulable');
  if (pod.spec.nodeName && pod.spec.nodeName !== node.metadata.name) return no("node(s) didn't match the requested node name");
  const taint = untolerated(pod.spec, node, ['NoSchedule', 'NoExecute']);
  if (taint) return no(`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`);
  if (!matchesNodeSelector(pod.spec, node)) return no("node(s) didn't match Pod's node affinity/selector");
  if (portsTaken(pod, pods)) return { reasons: ["node(s) didn't have free ports for the requested pod ports"], helpless: false };
  return resources(pod, node, pods) ?? spread(pod, node, snapshot) ?? interPod(pod, node, snapshot);
}
