/** `kubectl describe` of ingresses, ingress classes, network policies, addresses and service ranges. */
import { formatSelector } from '../../base/selector.ts';
import { goTime, parseRfc3339 } from '../../base/time.ts';
import type { Ingress, IngressBackend, IngressClass, IPAddress, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, ServiceCIDR } from '../types.ts';
import { events } from './events.ts';
import { annotations, dateLine, heading, labels, orNone } from './lines.ts';
import type { Describer, Related } from './related.ts';
import { endpointsOf } from './service.ts';
import { Sheet } from './writer.ts';

const SERVICE_NAME = 'kubernetes.io/service-name';
function backend(given: IngressBackend, related: Related): string {
  const { service, resource } = given;
  if (service === undefined) return resource === undefined ? '' : `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  const { number = 0, name = '' } = service.port ?? {};
  const title = `${service.name}:${number === 0 ? name : number}`;
  const found = related.services?.[service.name];
  if (found === undefined || typeof found === 'string') return `${title} (<error: ${found ?? `services "${service.name}" not found`}>)`;
  const port = (found.spec.ports ?? []).findLast((p) => (number !== 0 ? p.port === number : name !== '' && p.name === name))?.name ?? '';
  return `${title} (${endpointsOf((related.endpointSlices ?? []).filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === service.name), port)})`;
}
export const ingress: Describer<Ingress> = {
  needs: ['services', 'endpointSlices'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}`);
    labels(sheet, 'Labels', metadata.labels);
    const addresses = [...new Set((status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? ''))].filter((text) => text !== '').sort();
    const fallback = spec.defaultBackend === undefined ? '<default>' : backend(spec.defaultBackend, related);
    sheet.line(0, `Namespace:\t${metadata.namespace ?? ''}\nAddress:\t${addresses.join(',')}\nIngress Class:\t${orNone(spec.ingressClassName)}\nDefault backend:\t${fallback}`);
    if ((spec.tls ?? []).length > 0) sheet.line(0, 'TLS:');
    for (const { hosts = [], secretName = '' } of spec.tls ?? []) sheet.line(1, secretName === '' ? `SNI routes ${hosts.join(',')}` : `${secretName} terminates ${hosts.join(',')}`);
    sheet.line(0, 'Rules:\n  Host\tPath\tBackends\n  ----\t----\t--------');
    const rules = (spec.rules ?? []).filter(({ http }) => http !== undefined);
    for (const { host, http } of rules) {
      sheet.line(1, `${host === undefined || host === '' ? '*' : host}\t`);
      for (const path of http!.paths) sheet.line(2, `\t${path.path ?? ''} \t${backend(path.backend, related)}`);
    }
    if (rules.length === 0) sheet.line(1, `*\t*\t${fallback}`);
    annotations(sheet, 'Annotations', metadata.annotations);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
export const ingressClass: Describer<IngressClass> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { controller = '', parameters } = object.spec;
    heading(sheet, object, false);
    sheet.line(0, `Controller:\t${controller}`);
    if (parameters !== undefined) sheet.line(0, 'Parameters:');
    if (parameters?.apiGroup !== undefined) sheet.line(1, `APIGroup:\t${parameters.apiGroup}`);
    if (parameters !== undefined) sheet.line(1, `Kind:\t${parameters.kind}\n  Name:\t${parameters.name}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

const INDENT = '    ';
function peer(sheet: Sheet, title: string, { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): void {
  sheet.line(0, `${INDENT}${title}:`);
  if (namespaceSelector !== undefined) sheet.line(1, `${INDENT}NamespaceSelector: ${formatSelector(namespaceSelector)}`);
  if (podSelector !== undefined) sheet.line(1, `${INDENT}PodSelector: ${formatSelector(podSelector)}`);
  if (namespaceSelector !== undefined || podSelector !== undefined || ipBlock === undefined) return;
  sheet.line(1, `${INDENT}IPBlock:`);
  sheet.line(2, `${INDENT}CIDR: ${ipBlock.cidr}`);
  sheet.line(2, `${INDENT}Except: ${(ipBlock.except ?? []).join(', ')}`);
}
interface Rule { readonly ports?: readonly NetworkPolicyPort[]; readonly peers?: readonly NetworkPolicyPeer[] }
function traffic(sheet: Sheet, rules: readonly Rule[], way: 'ingress' | 'egress'): void {
  const [title, end] = way === 'ingress' ? ['From', 'source'] : ['To', 'destination'];
  if (rules.length === 0) return sheet.line(0, `${INDENT}<none> (Selected pods are isolated for ${way} connectivity)`);
  rules.forEach(({ ports = [], peers = [] }, i) => {
    if (ports.length === 0) sheet.line(0, `${INDENT}To Port: <any> (traffic allowed to all ports)`);
    for (const { port, endPort, protocol = 'TCP' } of ports) sheet.line(0, endPort === undefined ? `${INDENT}To Port: ${port ?? '<nil>'}/${protocol}` : `${INDENT}To Port Range: ${port ?? '<nil>'}-${endPort}/${protocol}`);
    if (peers.length === 0) sheet.line(0, `${INDENT}${title}: <any> (traffic not restricted by ${end})`);
    for (const one of peers) peer(sheet, title, one);
    if (i < rules.length - 1) sheet.line(0, `${INDENT}----------`);
  });
}
export const networkPolicy: Describer<NetworkPolicy> = {
  needs: [], withEvents: false,
  describe({ metadata, spec }) {
    const sheet = new Sheet();
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nCreated on:\t${goTime(parseRfc3339(metadata.creationTimestamp) ?? 0)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    const selector = formatSelector(spec.podSelector);
    sheet.line(0, `Spec:\n  PodSelector:     ${selector === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}`);
    const types = spec.policyTypes ?? [];
    if (types.includes('Ingress')) {
      sheet.line(1, 'Allowing ingress traffic:');
      traffic(sheet, (spec.ingress ?? []).map((rule) => ({ ...rule, peers: rule.from ?? [] })), 'ingress');
    } else sheet.line(1, 'Not affecting ingress traffic');
    if (types.includes('Egress')) {
      sheet.line(1, 'Allowing egress traffic:');
      traffic(sheet, (spec.egress ?? []).map((rule) => ({ ...rule, peers: rule.to ?? [] })), 'egress');
    } else sheet.line(1, 'Not affecting egress traffic');
    sheet.line(1, `Policy Types: ${orNone(types.join(', '))}`);
    return sheet.text();
  },
};

export const ipAddress: Describer<IPAddress> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    const ref = object.spec.parentRef;
    if (ref !== undefined) sheet.line(0, `Parent Reference:\n  Group:\t${ref.group ?? ''}\n  Resource:\t${ref.resource ?? ''}\n  Namespace:\t${ref.namespace ?? ''}\n  Name:\t${ref.name ?? ''}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
export const serviceCidr: Describer<ServiceCIDR> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    sheet.line(0, `CIDRs:\t${(object.spec.cidrs ?? []).join(', ')}`);
    const conditions = object.status?.conditions ?? [];
    if (conditions.length > 0) sheet.line(0, 'Status:\nConditions:\n  Type\tStatus\tLastTransitionTime\tReason\tMessage\n  ----\t------\t------------------\t------\t-------');
    for (const c of conditions) sheet.line(1, `${c.type}\t${c.status}\t${dateLine(c.lastTransitionTime)}\t${c.reason ?? ''}\t${c.message ?? ''}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
