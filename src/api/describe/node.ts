/** `kubectl describe node`. */
import { formatQuantity, parseQuantity } from '../../base/quantity.ts';
import type { Quantity as Amount } from '../../base/quantity.ts';
import { podLimits, podRequests, sum } from '../pod-resources.ts';
import type { Totals } from '../pod-resources.ts';
import type { Lease, Node, Pod, Quantity } from '../types.ts';
import { events } from './events.ts';
import { amount, annotations, dateLine, labels, sinceLine, sortedKeys, taints } from './lines.ts';
import { nodeRoles } from '../columns/cluster.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

function lease(sheet: Sheet, given: Lease | string | undefined): void {
  if (given === undefined) return;
  if (typeof given === 'string') return sheet.line(0, `Lease:\tFailed to get lease: ${given}`);
  const { holderIdentity, acquireTime, renewTime } = given.spec;
  sheet.line(0, 'Lease:');
  sheet.line(1, `HolderIdentity:\t${holderIdentity ?? '<unset>'}`);
  sheet.line(1, `AcquireTime:\t${acquireTime === undefined ? '<unset>' : dateLine(acquireTime)}`);
  sheet.line(1, `RenewTime:\t${renewTime === undefined ? '<unset>' : dateLine(renewTime)}`);
}
function conditions(sheet: Sheet, { status }: Node): void {
  const list = status?.conditions ?? [];
  if (list.length === 0) return;
  sheet.line(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
  sheet.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const c of list) sheet.line(1, `${c.type} \t${c.status} \t${dateLine(c.lastHeartbeatTime)} \t${dateLine(c.lastTransitionTime)} \t${c.reason ?? ''} \t${c.message ?? ''}`);
}
function amounts(sheet: Sheet, title: string, given: Readonly<Record<string, Quantity>> | undefined): void {
  const names = sortedKeys(given);
  if (names.length > 0) sheet.line(0, `${title}:`);
  for (const name of names) sheet.line(1, `${name}:\t${amount(given![name])}`);
}
const SYSTEM: readonly (readonly [string, string])[] = [
  ['Machine ID', 'machineID'], ['System UUID', 'systemUUID'], ['Boot ID', 'bootID'], ['Kernel Version', 'kernelVersion'], ['OS Image', 'osImage'], ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'], ['Container Runtime Version', 'containerRuntimeVersion'], ['Kubelet Version', 'kubeletVersion'], ['Kube-Proxy Version', 'kubeProxyVersion'],
];

const NONE: Amount = { milli: 0, format: 'DecimalSI' };
/** `250m (12%)`: the share is cut, not rounded. */
function share(totals: Totals, name: string, allocatable: Totals): string {
  const have = totals.get(name) ?? NONE;
  const all = allocatable.get(name) ?? NONE;
  return `${formatQuantity(have)} (${all.milli === 0 ? 0 : Math.trunc((have.milli / all.milli) * 100)}%)`;
}
function podRow(pod: Pod, allocatable: Totals, now: number): string {
  const requests = podRequests(pod);
  const limits = podLimits(pod);
  const cells = [share(requests, 'cpu', allocatable), share(limits, 'cpu', allocatable), share(requests, 'memory', allocatable), share(limits, 'memory', allocatable)];
  return `${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${sinceLine(pod.metadata.creationTimestamp, now)}`;
}
function usage(sheet: Sheet, node: Node, pods: readonly Pod[], now: number): void {
  const given = node.status?.allocatable ?? node.status?.capacity ?? {};
  const allocatable: Totals = new Map(Object.entries(given).map(([name, value]) => [name, parseQuantity(value) ?? NONE]));
  sheet.line(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  sheet.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  sheet.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  for (const pod of pods) sheet.line(1, podRow(pod, allocatable, now));
  sheet.line(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)');
  sheet.line(1, 'Resource\tRequests\tLimits\n  --------\t--------\t------');
  const requests = pods.map(podRequests).reduce(sum, new Map());
  const limits = pods.map(podLimits).reduce(sum, new Map());
  const known = ['cpu', 'memory', 'ephemeral-storage'];
  const huge = sortedKeys(given).filter((name) => name.startsWith('hugepages-'));
  for (const name of [...known, ...huge]) sheet.line(1, `${name}\t${share(requests, name, allocatable)}\t${share(limits, name, allocatable)}`);
  const extended = sortedKeys(given).filter((name) => !known.includes(name) && !huge.includes(name) && name !== 'pods');
  for (const name of extended) sheet.line(1, `${name}\t${formatQuantity(requests.get(name) ?? NONE)}\t${formatQuantity(limits.get(name) ?? NONE)}`);
}

export const node: Describer<Node> = {
  needs: ['pods:node', 'lease'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nRoles:\t${nodeRoles(object)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `CreationTimestamp:\t${dateLine(metadata.creationTimestamp)}`);
    taints(sheet, spec.taints);
    sheet.line(0, `Unschedulable:\t${spec.unschedulable === true}`);
    lease(sheet, related.lease);
    conditions(sheet, object);
    sheet.line(0, 'Addresses:');
    for (const { type, address } of status?.addresses ?? []) sheet.line(1, `${type}:\t${address}`);
    amounts(sheet, 'Capacity', status?.capacity);
    amounts(sheet, 'Allocatable', status?.allocatable);
    sheet.line(0, 'System Info:');
    for (const [title, field] of SYSTEM) sheet.line(1, `${title}:\t${status?.nodeInfo?.[field] ?? ''}`);
    if ((spec.podCIDR ?? '') !== '') sheet.line(0, `PodCIDR:\t${spec.podCIDR}`);
    if ((spec.podCIDRs ?? []).length > 0) sheet.line(0, `PodCIDRs:\t${spec.podCIDRs!.join(',')}`);
    if ((spec.providerID ?? '') !== '') sheet.line(0, `ProviderID:\t${spec.providerID}`);
    if (Array.isArray(related.pods)) usage(sheet, object, related.pods, now);
    else sheet.line(0, 'Pods:\tnot authorized');
    events(sheet, related.events, now);
    return sheet.text();
  },
};
