/** Rows of nodes, namespaces, services, endpoints, configuration, events, leases. */
import type { ConfigMap, Endpoints, EndpointSlice, Event, Lease, Namespace, Node, Secret, Service, ServiceAccount } from '../types.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { humanDuration } from '../../base/duration.ts';
import { ageOf, columns, joinOrNone, labelsText, orNone, since } from './column.ts';
import type { Printer } from './column.ts';

const ROLE = 'node-role.kubernetes.io/';
/** The roles its labels name, joined; `<none>` without any. */
export function nodeRoles(node: Node): string {
  const roles = new Set<string>();
  for (const [k, v] of Object.entries(node.metadata.labels ?? {})) {
    if (k.startsWith(ROLE) && k.length > ROLE.length) roles.add(k.slice(ROLE.length));
    else if (k === 'kubernetes.io/role' && v !== '') roles.add(v);
  }
  return joinOrNone([...roles].sort((a, b) => (a < b ? -1 : 1)));
}
export function nodeStatus(node: Node): string {
  const ready = node.status?.conditions?.find((c) => c.type === 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (node.spec.unschedulable === true) words.push('SchedulingDisabled');
  return words.join(',');
}
const address = (node: Node, type: string): string => orNone(node.status?.addresses?.find((a) => a.type === type)?.address);
const unknown = (text: string | undefined): string => (text === undefined || text === '' ? '<unknown>' : text);
export const nodePrinter: Printer<Node> = {
  columns: columns('Name', 'Status', 'Roles', 'Age', 'Version', '+Internal-IP', '+External-IP', '+OS-Image', '+Kernel-Version', '+Container-Runtime'),
  row: (n, now) => [n.metadata.name, nodeStatus(n), nodeRoles(n), ageOf(n, now), n.status?.nodeInfo?.['kubeletVersion'] ?? '', address(n, 'InternalIP'), address(n, 'ExternalIP'),
    unknown(n.status?.nodeInfo?.['osImage']), unknown(n.status?.nodeInfo?.['kernelVersion']), unknown(n.status?.nodeInfo?.['containerRuntimeVersion'])],
};
export const namespacePrinter: Printer<Namespace> = { columns: columns('Name', 'Status', 'Age'), row: (n, now) => [n.metadata.name, n.status?.phase ?? '', ageOf(n, now)] };

function externalIp(service: Service): string {
  const { type, externalIPs, externalName } = service.spec;
  if (type === 'ExternalName') return externalName ?? '<none>';
  if (type === 'LoadBalancer') {
    const ingress = (service.status?.loadBalancer?.ingress ?? []).map((i) => i.ip ?? i.hostname ?? '');
    return [...ingress, ...(externalIPs ?? [])].join(',') || '<pending>';
  }
  return joinOrNone(externalIPs);
}
export const servicePrinter: Printer<Service> = {
  columns: columns('Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', '+Selector'),
  row: (s, now) => [s.metadata.name, s.spec.type ?? 'ClusterIP', s.spec.type === 'ExternalName' ? '<none>' : orNone(s.spec.clusterIPs?.[0] ?? s.spec.clusterIP), externalIp(s),
    joinOrNone((s.spec.ports ?? []).map((p) => `${p.port}${p.nodePort !== undefined && p.nodePort > 0 ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`)), ageOf(s, now), labelsText(s.spec.selector)],
};

/** `10.0.0.1:80,10.0.0.2:80 + 2 more...`: three at most. Models formatEndpoints. */
export function endpointsText(endpoints: Endpoints): string {
  if ((endpoints.subsets ?? []).length === 0) return '<none>';
  const list: string[] = [];
  let count = 0;
  const add = (text: string): void => { if (++count <= 3) list.push(text); };
  for (const subset of endpoints.subsets ?? []) {
    if ((subset.ports ?? []).length === 0) for (const a of subset.addresses ?? []) add(a.ip);
    for (const port of subset.ports ?? []) for (const a of subset.addresses ?? []) add(`${a.ip}:${port.port}`);
  }
  const text = list.join(',');
  return count > 3 ? `${text} + ${count - 3} more...` : orNone(text);
}
export const endpointsPrinter: Printer<Endpoints> = { columns: columns('Name', 'Endpoints', 'Age'), row: (e, now) => [e.metadata.name, endpointsText(e), ageOf(e, now)] };

const firstThree = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.length > 3 ? `${items.slice(0, 3).join(',')} + ${items.length - 3} more...` : items.join(','));
export const endpointSlicePrinter: Printer<EndpointSlice> = {
  columns: columns('Name', 'AddressType', 'Ports', 'Endpoints', 'Age'),
  row: (e, now) => [e.metadata.name, e.addressType, firstThree((e.ports ?? []).map((p) => (p.port === undefined ? '*' : String(p.port))), '<unset>'), firstThree((e.endpoints ?? []).flatMap((x) => x.addresses), '<unset>'), ageOf(e, now)],
};
export const configMapPrinter: Printer<ConfigMap> = { columns: columns('Name', 'Data', 'Age'), row: (c, now) => [c.metadata.name, Object.keys(c.data ?? {}).length + Object.keys(c.binaryData ?? {}).length, ageOf(c, now)] };
export const secretPrinter: Printer<Secret> = { columns: columns('Name', 'Type', 'Data#', 'Age'), row: (s, now) => [s.metadata.name, s.type ?? '', Object.keys(s.data ?? {}).length, ageOf(s, now)] };
export const serviceAccountPrinter: Printer<ServiceAccount> = { columns: columns('Name', 'Secrets', 'Age'), row: (s, now) => [s.metadata.name, s.secrets?.length ?? 0, ageOf(s, now)] };
export const leasePrinter: Printer<Lease> = { columns: columns('Name', 'Holder', 'Age'), row: (l, now) => [l.metadata.name, l.spec.holderIdentity ?? '', ageOf(l, now)] };

/** `8s (x4 over 59s)`, from counts or series. */
export function eventInterval(event: Event, now: number): string {
  const first = event.firstTimestamp ?? event.eventTime ?? null;
  const firstAge = since(first, now);
  if (event.series !== undefined) return `${since(event.series.lastObservedTime, now)} (x${event.series.count} over ${firstAge})`;
  if ((event.count ?? 0) > 1) return `${since(event.lastTimestamp ?? first, now)} (x${event.count} over ${firstAge})`;
  return firstAge;
}
function eventAge(event: Event, now: number): string {
  const at = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? null;
  const parsed = at === null ? null : parseRfc3339(at);
  return parsed === null ? '<unknown>' : humanDuration(now - parsed);
}
export const eventPrinter: Printer<Event> = {
  columns: columns('Last Seen', 'Type', 'Reason', 'Object', '+Subobject', '+Source', 'Message', '+First Seen', '+Count', '+Name').map((c) => ({ ...c, format: c.name === 'Name' ? 'name' : '' })),
  row(e, now) {
    const { kind = '', name = '' } = e.involvedObject;
    const source = [e.source?.component ?? e.reportingComponent ?? '', e.source?.host ?? e.reportingInstance ?? ''].filter((s) => s !== '');
    const first = since(e.firstTimestamp ?? e.eventTime ?? null, now);
    const count = e.series?.count ?? ((e.count ?? 0) > 0 ? e.count! : 1);
    return [eventAge(e, now), e.type ?? '', e.reason ?? '', `${kind.toLowerCase()}/${name}`, e.involvedObject.fieldPath ?? '', source.join(', '), (e.message ?? '').trim(), first, count, e.metadata.name];
  },
};
