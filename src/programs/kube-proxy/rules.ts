/** From services and endpoint slices to destination NAT. Pure. Models pkg/proxy/iptables. Not modelled: session affinity, topology hints, external traffic policy. */
import type { EndpointSlice, Service } from '../../api/types.ts';
import type { NatRule } from '../../kernel/sys.ts';

type Backend = NatRule['backends'][number];
const SERVICE_NAME = 'kubernetes.io/service-name';

/** Ready addresses of one port of a service; those that end are used only when no others are left. */
function backendsOf(service: Service, portName: string, slices: readonly EndpointSlice[]): readonly Backend[] {
  const own = slices.filter((it) => it.metadata.namespace === service.metadata.namespace && it.metadata.labels?.[SERVICE_NAME] === service.metadata.name && it.addressType === 'IPv4');
  const pick = (wanted: (conditions: { readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean }) => boolean): Backend[] => own.flatMap((slice) => {
    const port = slice.ports?.find((it) => (it.name ?? '') === portName)?.port;
    if (port === undefined) return [];
    return (slice.endpoints ?? []).filter((it) => wanted(it.conditions ?? {})).flatMap((it) => it.addresses.map((host) => ({ host, port })));
  });
  const ready = pick((it) => it.ready !== false);
  const found = ready.length > 0 ? ready : pick((it) => it.serving === true && it.terminating === true);
  return found.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.port - b.port));
}

/** All rules, in the order of services and ports. `nodeIps` are where node ports answer. */
export function natRules(services: readonly Service[], slices: readonly EndpointSlice[], nodeIps: readonly string[]): readonly NatRule[] {
  const rules: NatRule[] = [];
  for (const service of services) {
    const { clusterIP = '', ports = [], externalIPs = [], type } = service.spec;
    if (clusterIP === '' || clusterIP === 'None' || type === 'ExternalName') continue;
    for (const port of ports) {
      const net = (port.protocol ?? 'TCP').toLowerCase();
      if (net !== 'tcp' && net !== 'udp') continue;
      const backends = backendsOf(service, port.name ?? '', slices);
      const name = `${service.metadata.namespace}/${service.metadata.name}${port.name === undefined ? '' : `:${port.name}`}`;
      const ingress = (service.status?.loadBalancer?.ingress ?? []).map((it) => it.ip).filter((it) => it !== undefined);
      for (const host of [clusterIP, ...externalIPs, ...ingress]) rules.push({ net, host, port: port.port, backends, comment: `${name} cluster IP` });
      if (port.nodePort !== undefined && port.nodePort > 0) for (const host of nodeIps) rules.push({ net, host, port: port.nodePort, backends, comment: name });
    }
  }
  return rules;
}
