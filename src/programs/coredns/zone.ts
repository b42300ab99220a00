/** What the kubernetes plugin knows: services, endpoints and pods as DNS names. Pure. Models coredns plugin/kubernetes. */
import type { EndpointSlice, Service } from '../../api/types.ts';
import type { DnsRecord, DnsType } from '../../lib/net/index.ts';

export interface Records { readonly services: readonly Service[]; readonly slices: readonly EndpointSlice[]; readonly namespaces: ReadonlySet<string>; readonly zone: string; readonly ttl: number }
/** null: the name does not exist; an empty list: it does, but has nothing of that type. */
export type Found = readonly DnsRecord[] | null;

const SERVICE_NAME = 'kubernetes.io/service-name';
const dashed = (ip: string): string => ip.replace(/\./g, '-');

function endpoints(all: Records, service: Service): readonly { readonly ip: string; readonly host: string; readonly ports: NonNullable<EndpointSlice['ports']> }[] {
  return all.slices.filter((it) => it.metadata.namespace === service.metadata.namespace && it.metadata.labels?.[SERVICE_NAME] === service.metadata.name)
    .flatMap((slice) => (slice.endpoints ?? []).filter((it) => it.conditions?.ready !== false || service.spec.publishNotReadyAddresses === true).flatMap((it) => it.addresses.map((ip) => ({ ip, host: (it as { hostname?: string }).hostname ?? dashed(ip), ports: slice.ports ?? [] }))));
}

function serviceRecords(all: Records, service: Service, name: string, type: DnsType, label: string | null): Found {
  const record = (data: string, kind: DnsType = 'A'): DnsRecord => ({ name, type: kind, ttl: all.ttl, data });
  if (service.spec.type === 'ExternalName') return type === 'A' || type === 'CNAME' ? [record(service.spec.externalName ?? '', 'CNAME')] : [];
  const headless = service.spec.clusterIP === 'None' || (service.spec.clusterIP ?? '') === '';
  if (label !== null) {
    const one = endpoints(all, service).find((it) => it.host === label);
    if (one === undefined) return null;
    return type === 'A' ? [record(one.ip)] : [];
  }
  if (type === 'A') return headless ? endpoints(all, service).map((it) => record(it.ip)) : [record(service.spec.clusterIP!)];
  if (type === 'SRV') return (service.spec.ports ?? []).map((port) => record(`0 100 ${port.port} ${name}.`, 'SRV'));
  return [];
}

function portRecords(all: Records, service: Service, name: string, type: DnsType, portName: string, protocol: string): Found {
  const port = (service.spec.ports ?? []).find((it) => it.name === portName && (it.protocol ?? 'TCP').toLowerCase() === protocol);
  if (port === undefined) return null;
  return type === 'SRV' ? [{ name, type: 'SRV', ttl: all.ttl, data: `0 100 ${port.port} ${service.metadata.name}.${service.metadata.namespace}.svc.${all.zone}.` }] : [];
}

function inZone(all: Records, name: string, type: DnsType): Found {
  const labels = name.slice(0, -(all.zone.length + 1)).split('.').reverse();
  const [kind, namespace, service, ...rest] = labels;
  if (name === all.zone || kind === '') return [];
  if (kind === 'dns-version' && labels.length === 1) return type === 'TXT' ? [{ name, type: 'TXT', ttl: 28800, data: '"1.1.0"' }] : [];
  if (kind !== 'svc' && kind !== 'pod') return null;
  if (namespace === undefined) return [];
  if (!all.namespaces.has(namespace)) return null;
  if (service === undefined) return [];
  if (kind === 'pod') {
    const ip = service.replace(/-/g, '.');
    return /^\d+\.\d+\.\d+\.\d+$/.test(ip) && rest.length === 0 ? (type === 'A' ? [{ name, type: 'A', ttl: all.ttl, data: ip }] : []) : null;
  }
  const found = all.services.find((it) => it.metadata.namespace === namespace && it.metadata.name === service);
  if (found === undefined) return null;
  if (rest.length === 0) return serviceRecords(all, found, name, type, null);
  if (rest.length === 2 && rest[0]!.startsWith('_') && rest[1]!.startsWith('_')) return portRecords(all, found, name, type, rest[1]!.slice(1), rest[0]!.slice(1));
  return rest.length === 1 ? serviceRecords(all, found, name, type, rest[0]!) : null;
}

function reverse(all: Records, name: string, type: DnsType): Found {
  const ip = name.replace(/\.in-addr\.arpa$/, '').split('.').reverse().join('.');
  const record = (data: string): readonly DnsRecord[] => (type === 'PTR' ? [{ name, type: 'PTR', ttl: all.ttl, data }] : []);
  const service = all.services.find((it) => it.spec.clusterIP === ip);
  if (service !== undefined) return record(`${service.metadata.name}.${service.metadata.namespace}.svc.${all.zone}.`);
  for (const it of all.services) {
    const one = endpoints(all, it).find((endpoint) => endpoint.ip === ip);
    if (one !== undefined) return record(`${one.host}.${it.metadata.name}.${it.metadata.namespace}.svc.${all.zone}.`);
  }
  return null;
}

/** 'elsewhere': not this zone's; else what is found. Names compare without regard to case. */
export function lookup(all: Records, asked: string, type: DnsType): Found | 'elsewhere' {
  const name = asked.toLowerCase();
  if (name === all.zone || name.endsWith(`.${all.zone}`)) return inZone(all, name, type);
  if (name.endsWith('.in-addr.arpa')) return reverse(all, name, type) ?? 'elsewhere';
  return 'elsewhere';
}
