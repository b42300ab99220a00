/**
 * Endpoints and EndpointSlices of services with a selector. Models pkg/controller/endpoint and endpointslice.
 * Not modelled: slices of more than 100 endpoints, topology hints, dual stack.
 */
import { goDump } from '../../../api/template-hash.ts';
import { deepEqual, type Json } from '../../../base/json.ts';
import { md5 } from '../../../base/md5.ts';
import { encodeUtf8 } from '../../../base/utf8.ts';
import { memo } from '../../../base/memo.ts';
import { controllerRef, setMatches, type Action, type Cache, type Controller, type KubeObject, type Node, type Outcome, type Pod, type Service, type ServicePort } from '../../../lib/controller/index.ts';
import { isReady } from './pods.ts';

interface Port { readonly name?: string; readonly port: number; readonly protocol: string; readonly appProtocol?: string }
interface Backend { readonly pod: Pod; readonly ip: string; readonly ready: boolean; readonly ports: readonly Port[] }
interface Slice extends KubeObject { readonly addressType: string; readonly endpoints: unknown; readonly ports: unknown }
interface Endpoints extends KubeObject { readonly subsets?: unknown }

const isHeadless = (service: Service) => service.spec.clusterIP === 'None';
const isTerminal = (pod: Pod) => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';

/** The pod's port for a service port: a number as it is, a name by the containers' ports; null when no container has it. */
function targetPort(port: ServicePort, pod: Pod): number | null {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target === 0 ? port.port : target;
  for (const container of pod.spec.containers) {
    const found = container.ports?.find((one) => one.name === target && (one.protocol ?? 'TCP') === (port.protocol ?? 'TCP'));
    if (found) return found.containerPort;
  }
  return null;
}

function portsFor(service: Service, pod: Pod): Port[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(port, pod);
    if (number === null) return [];
    return [{ ...(port.name ? { name: port.name } : {}), port: number, protocol: port.protocol ?? 'TCP', ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}) }];
  });
}

/** The pods behind a service, by address. `terminating` ones are kept for slices only. */
function backends(service: Service, cache: Cache, terminating: boolean): Backend[] {
  return cache.list<Pod>('pods', service.metadata.namespace)
    .filter((pod) => setMatches(service.spec.selector, pod.metadata.labels) && pod.status?.podIP && !isTerminal(pod) && (terminating || !pod.metadata.deletionTimestamp))
    .map((pod) => ({ pod, ip: pod.status!.podIP!, ready: service.spec.publishNotReadyAddresses === true || isReady(pod), ports: portsFor(service, pod) }))
    .sort((a, b) => (a.ip < b.ip ? -1 : 1));
}

const targetRef = (pod: Pod) => ({ kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid });
const hostname = (service: Service, pod: Pod) => (pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? { hostname: pod.spec.hostname } : {});

function subsets(service: Service, cache: Cache): unknown[] {
  const groups = new Map<string, { ports: readonly Port[]; addresses: unknown[]; notReadyAddresses: unknown[] }>();
  for (const { pod, ip, ready, ports } of backends(service, cache, false)) {
    if (ports.length === 0 && !(isHeadless(service) && (service.spec.ports ?? []).length === 0)) continue;
    const sorted = [...ports].sort((a, b) => (`${a.name ?? ''}${a.protocol}` < `${b.name ?? ''}${b.protocol}` ? -1 : 1));
    const id = JSON.stringify(sorted);
    const group = groups.get(id) ?? { ports: sorted, addresses: [], notReadyAddresses: [] };
    groups.set(id, group);
    const address = { ip, ...hostname(service, pod), ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}), targetRef: targetRef(pod) };
    (ready ? group.addresses : group.notReadyAddresses).push(address);
  }
  return [...groups.values()].map(({ ports, addresses, notReadyAddresses }) => ({
    ...(addresses.length > 0 ? { addresses } : {}), ...(notReadyAddresses.length > 0 ? { notReadyAddresses } : {}), ...(ports.length > 0 ? { ports } : {}),
  }));
}

const HEADLESS = 'service.kubernetes.io/headless';

export const endpointController: Controller = {
  name: 'endpoint-controller', caches: ['services', 'endpoints', 'pods'],
  reconcile(key: string, cache: Cache): Outcome {
    const service = cache.get<Service>('services', key);
    const known = cache.get<Endpoints>('endpoints', key);
    const ref = { group: '', resource: 'endpoints', namespace: key.split('/')[0]! };
    if (!service) return { actions: known ? [{ op: 'delete', cache: 'endpoints', ref: { ...ref, name: known.metadata.name }, object: known, ignore: ['NotFound'] }] : [] };
    if (service.spec.selector === undefined || service.spec.type === 'ExternalName') return { actions: [] };
    const wanted = subsets(service, cache);
    const { [HEADLESS]: _, ...own } = service.metadata.labels ?? {};
    const labels = { ...own, ...(isHeadless(service) ? { [HEADLESS]: '' } : {}), 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };
    if (known && deepEqual(known.subsets ?? [], wanted) && deepEqual(known.metadata.labels ?? {}, labels)) return { actions: [] };
    const body = { ...(wanted.length > 0 ? { subsets: wanted } : {}) };
    if (!known) return { actions: [{ op: 'create', cache: 'endpoints', ref, ignore: ['AlreadyExists'], object: { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: service.metadata.name, namespace: service.metadata.namespace, labels }, ...body } }] };
    return { actions: [{ op: 'update', cache: 'endpoints', ref: { ...ref, name: known.metadata.name }, object: { apiVersion: 'v1', kind: 'Endpoints', metadata: { ...known.metadata, labels }, ...body } }] };
  },
  /** Services, and endpoints this controller made for services that are gone. */
  keys: (cache) => [...new Set([
    ...cache.list<Service>('services').map((service) => `${service.metadata.namespace}/${service.metadata.name}`),
    ...cache.list<Endpoints>('endpoints').filter((one) => one.metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller').map((one) => `${one.metadata.namespace}/${one.metadata.name}`),
  ])],
  complaint: (key, error) => ['endpoints_controller.go:368', `error syncing endpoints "${key}": ${error}`],
};

function endpointOf(service: Service, { pod, ip, ready }: Backend, cache: Cache): unknown {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod);
  const zone = cache.get<Node>('nodes', pod.spec.nodeName ?? '')?.metadata.labels?.['topology.kubernetes.io/zone'];
  return {
    addresses: [ip], conditions: { ready: service.spec.publishNotReadyAddresses === true || (ready && !terminating), serving, terminating }, ...hostname(service, pod),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}), targetRef: targetRef(pod), ...(zone ? { zone } : {}),
  };
}

const hashOf = memo((port: Port) => JSON.stringify(port), (port: Port) => md5(encodeUtf8(goDump('v1.EndpointPort', port as unknown as Json))));
/** Upstream sorts the ports of a slice by the hash of their dump (endpointslice util NewPortMapKey). */
const inOrder = (ports: readonly Port[]): readonly Port[] => [...ports].sort((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));

/** A slice for each set of ports the pods offer; usually one. */
function slices(service: Service, cache: Cache): { readonly ports: readonly Port[]; readonly endpoints: readonly unknown[] }[] {
  const groups = new Map<string, { ports: readonly Port[]; endpoints: unknown[] }>();
  for (const backend of backends(service, cache, true)) {
    const ports = inOrder(backend.ports.map((port) => ({ name: port.name ?? '', port: port.port, protocol: port.protocol, ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}) })));
    const id = JSON.stringify(ports);
    const group = groups.get(id) ?? { ports, endpoints: [] };
    groups.set(id, group);
    group.endpoints.push(endpointOf(service, backend, cache));
  }
  // A service without pods has one empty slice, whose ports are null.
  return groups.size > 0 ? [...groups.values()] : [{ ports: [], endpoints: [] }];
}

const MANAGED = 'endpointslice.kubernetes.io/managed-by';
const SERVICE_NAME = 'kubernetes.io/service-name';

export const endpointSliceController: Controller = {
  name: 'endpointslice-controller', caches: ['services', 'endpointslices', 'pods', 'nodes'],
  reconcile(key: string, cache: Cache): Outcome {
    const service = cache.get<Service>('services', key);
    if (!service || service.metadata.deletionTimestamp || service.spec.selector === undefined || service.spec.type === 'ExternalName') return { actions: [] };
    const ref = { group: 'discovery.k8s.io', resource: 'endpointslices', namespace: service.metadata.namespace ?? '' };
    const existing = cache.list<Slice>('endpointslices', service.metadata.namespace)
      .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === service.metadata.name && slice.metadata.labels[MANAGED] === 'endpointslice-controller.k8s.io' && !slice.metadata.deletionTimestamp);
    const labels = { ...service.metadata.labels, ...(isHeadless(service) ? { [HEADLESS]: '' } : {}), [MANAGED]: 'endpointslice-controller.k8s.io', [SERVICE_NAME]: service.metadata.name };
    const wanted = slices(service, cache);
    const unused = new Set(existing);
    const actions: Action[] = [];
    for (const { ports, endpoints } of wanted) {
      const slice = existing.find((one) => unused.has(one) && (deepEqual(one.ports ?? [], ports) || wanted.length === 1));
      if (slice) {
        unused.delete(slice);
        if (deepEqual(slice.endpoints ?? [], endpoints) && deepEqual(slice.ports ?? [], ports) && deepEqual(slice.metadata.labels ?? {}, labels)) continue;
        actions.push({ op: 'update', cache: 'endpointslices', ref: { ...ref, name: slice.metadata.name }, object: { ...slice, metadata: { ...slice.metadata, labels }, endpoints, ports: ports.length > 0 ? ports : null } });
      } else {
        actions.push({ op: 'create', cache: 'endpointslices', ref, object: {
          apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4', endpoints, ports: ports.length > 0 ? ports : null,
          metadata: { generateName: `${service.metadata.name}-`, namespace: service.metadata.namespace, labels, ownerReferences: [controllerRef(service, 'v1', 'Service')] },
        } });
      }
    }
    for (const slice of unused) actions.push({ op: 'delete', cache: 'endpointslices', ref: { ...ref, name: slice.metadata.name }, object: slice, ignore: ['NotFound'] });
    return { actions };
  },
  complaint: (key, error) => ['endpointslice_controller.go:353', `error syncing endpoint slices for service "${key}": ${error}`],
};
