/** `kubectl describe` of services, endpoints and endpoint slices. */
import type { Endpoints, EndpointSlice, Service } from '../types.ts';
import { events } from './events.ts';
import { heading, labelLine, orNone, orUnset } from './lines.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

const MOST = 3;
const hostPort = (host: string, port: number): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
/** `10.0.0.1:80,10.0.0.2:80 + 2 more...` of the port with this name; those that are not ready are left out. */
export function endpointsOf(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const list: string[] = [];
  let more = false;
  let count = 0;
  const add = (endpoint: NonNullable<EndpointSlice['endpoints']>[number], spell: (address: string) => string): void => {
    more ||= list.length === MOST;
    if (endpoint.conditions?.ready === false) return;
    if (!more) list.push(spell(endpoint.addresses[0] ?? ''));
    count++;
  };
  for (const { ports: own, endpoints } of slices) {
    // Go writes a slice without any as null.
    const ports = own ?? [];
    if (ports.length === 0) for (const endpoint of endpoints ?? []) add(endpoint, (address) => address);
    for (const port of ports.filter(({ name }) => (name ?? '') === portName)) for (const endpoint of endpoints ?? []) add(endpoint, (address) => hostPort(address, port.port ?? 0));
  }
  return more ? `${list.join(',')} + ${count - MOST} more...` : list.join(',');
}

type Spec = Service['spec'] & { readonly loadBalancerIP?: string; readonly healthCheckNodePort?: number; readonly loadBalancerSourceRanges?: readonly string[] };
function addresses(sheet: Sheet, { spec, status }: Service): void {
  const { ipFamilyPolicy, ipFamilies = [], clusterIP, clusterIPs = [], externalIPs = [], loadBalancerIP = '', externalName = '' } = spec as Spec;
  if (ipFamilyPolicy !== undefined) sheet.line(0, `IP Family Policy:\t${ipFamilyPolicy}`);
  sheet.line(0, `IP Families:\t${orNone(ipFamilies.join(','))}\nIP:\t${clusterIP ?? ''}\nIPs:\t${orNone(clusterIPs.join(','))}`);
  if (externalIPs.length > 0) sheet.line(0, `External IPs:\t${externalIPs.join(',')}`);
  if (loadBalancerIP !== '') sheet.line(0, `Desired LoadBalancer IP:\t${loadBalancerIP}`);
  if (externalName !== '') sheet.line(0, `External Name:\t${externalName}`);
  const ingress = (status?.loadBalancer?.ingress ?? []) as readonly { readonly ip?: string; readonly hostname?: string; readonly ipMode?: string }[];
  if (ingress.length > 0) sheet.line(0, `LoadBalancer Ingress:\t${ingress.map(({ ip, hostname, ipMode }) => (ip === undefined ? hostname ?? '' : `${ip}${ipMode === undefined ? '' : ` (${ipMode})`}`)).join(', ')}`);
}
export const service: Describer<Service> = {
  needs: ['endpointSlices'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const spec = object.spec as Spec;
    heading(sheet, object, true);
    sheet.line(0, `Selector:\t${labelLine(spec.selector)}\nType:\t${spec.type ?? ''}`);
    addresses(sheet, object);
    for (const port of spec.ports ?? []) {
      const name = port.name === undefined || port.name === '' ? '<unset>' : port.name;
      sheet.line(0, `Port:\t${name}\t${port.port}/${port.protocol ?? ''}\nTargetPort:\t${port.targetPort ?? 0}/${port.protocol ?? ''}`);
      if ((port.nodePort ?? 0) !== 0) sheet.line(0, `NodePort:\t${name}\t${port.nodePort}/${port.protocol ?? ''}`);
      sheet.line(0, `Endpoints:\t${endpointsOf(related.endpointSlices ?? [], port.name ?? '')}`);
    }
    sheet.line(0, `Session Affinity:\t${spec.sessionAffinity ?? ''}`);
    if ((spec.externalTrafficPolicy ?? '') !== '') sheet.line(0, `External Traffic Policy:\t${spec.externalTrafficPolicy}`);
    if (spec.internalTrafficPolicy !== undefined) sheet.line(0, `Internal Traffic Policy:\t${spec.internalTrafficPolicy}`);
    if ((spec.healthCheckNodePort ?? 0) !== 0) sheet.line(0, `HealthCheck NodePort:\t${spec.healthCheckNodePort}`);
    if ((spec.loadBalancerSourceRanges ?? []).length > 0) sheet.line(0, `LoadBalancer Source Ranges:\t${spec.loadBalancerSourceRanges!.join(',')}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

export const endpoints: Describer<Endpoints> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    sheet.line(0, 'Subsets:');
    for (const subset of object.subsets ?? []) {
      sheet.line(1, `Addresses:\t${orNone((subset.addresses ?? []).map(({ ip }) => ip).join(','))}`);
      sheet.line(1, `NotReadyAddresses:\t${orNone((subset.notReadyAddresses ?? []).map(({ ip }) => ip).join(','))}`);
      if ((subset.ports ?? []).length > 0) sheet.line(1, 'Ports:\n    Name\tPort\tProtocol\n    ----\t----\t--------');
      for (const { name, port, protocol } of subset.ports ?? []) sheet.line(2, `${name === undefined || name === '' ? '<unset>' : name}\t${port}\t${protocol ?? ''}`);
      sheet.line(0, '');
    }
    events(sheet, related.events, now);
    return sheet.text();
  },
};

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number] & { readonly hostname?: string; readonly zone?: string };
function endpoint(sheet: Sheet, { addresses: list, conditions, hostname, targetRef, nodeName, zone }: Endpoint): void {
  sheet.line(1, `- Addresses:\t${orNone(list.join(', '))}`);
  sheet.line(2, 'Conditions:');
  sheet.line(3, `Ready:\t${orUnset(conditions?.ready)}`);
  sheet.line(2, `Hostname:\t${orUnset(hostname)}`);
  if (targetRef !== undefined) sheet.line(2, `TargetRef:\t${targetRef.kind ?? ''}/${targetRef.name ?? ''}`);
  sheet.line(2, `NodeName:\t${orUnset(nodeName)}`);
  sheet.line(2, `Zone:\t${orUnset(zone)}`);
}
export const endpointSlice: Describer<EndpointSlice> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    sheet.line(0, `AddressType:\t${object.addressType}`);
    const ports = object.ports ?? [];
    sheet.line(0, ports.length === 0 ? 'Ports: <unset>' : 'Ports:\n  Name\tPort\tProtocol\n  ----\t----\t--------');
    for (const { name, port, protocol } of ports) sheet.line(1, `${name === undefined || name === '' ? '<unset>' : name}\t${orUnset(port)}\t${protocol ?? ''}`);
    const list = object.endpoints ?? [];
    sheet.line(0, list.length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
    for (const one of list) endpoint(sheet, one);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
