/** Fetches what a description needs besides its object. Models the requests of kubectl pkg/describe. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { CertificateRequest, Need, Related } from '../../../api/describe/related.ts';
import { MIRROR } from '../../../api/describe/related.ts';
import { base64Decode, nameValues, parseRequest } from '../../../lib/x509/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { StatusError } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { builtIn } from '../create/submit.ts';
import { selectorText } from '../pods/choose.ts';
import { listObjects, type Found } from '../resource/objects.ts';
import { field, getOne, items, metaOf, type Obj } from '../rest.ts';

/** The result, or the error's text. */
function* orText<T>(body: Coroutine<T>): Coroutine<T | string> {
  try {
    return yield* body;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return caught.message;
  }
}

/** The result, or undefined when the server refuses. A lost connection is thrown on. */
function* orNothing<T>(body: Coroutine<T>): Coroutine<T | undefined> {
  try {
    return yield* body;
  } catch (caught) {
    if (!(caught instanceof StatusError)) throw caught;
    return undefined;
  }
}

/** Events of an object by name, namespace, kind and uid, as the typed client searches them. */
function* eventsOf(cli: Cli, { resource, namespace, name, object }: Found): Coroutine<Obj[]> {
  const uid = metaOf(object).annotations?.[MIRROR] ?? metaOf(object).uid ?? '';
  const isNode = resource.kind === 'Node';
  const selector = (id: string) => ({ fieldSelector: [`involvedObject.name=${name}`, `involvedObject.namespace=${namespace}`, ...(isNode ? ['involvedObject.kind=Node'] : []), `involvedObject.uid=${id}`].join(',') });
  const search = (id: string) => listObjects(cli, builtIn('v1', 'Event'), namespace, selector(id));
  const found = (yield* orNothing(search(uid))) ?? [];
  // The kubelet's events name the node, not its uid.
  return isNode ? [...found, ...((yield* orNothing(search(name))) ?? [])] : found;
}

const labelSelector = (object: Obj) => selectorText(field(field(object, 'spec'), 'selector'));

/** What a certificate request asks for. An unreadable one is shown with empty names. */
function certificateRequest(object: Obj): CertificateRequest {
  const request = parseRequest(base64Decode(String(field(object, 'spec').request ?? '')).bytes);
  if (request === null) return { subject: { commonName: '' } };
  const of = (oid: string) => nameValues(request.subject, oid);
  return {
    subject: {
      commonName: of('2.5.4.3')[0] ?? '', serialNumber: of('2.5.4.5')[0] ?? '', organization: of('2.5.4.10'), organizationalUnit: of('2.5.4.11'), country: of('2.5.4.6'), locality: of('2.5.4.7'),
      province: of('2.5.4.8'), streetAddress: of('2.5.4.9'), postalCode: of('2.5.4.17'),
    },
    dnsNames: request.dnsNames, ipAddresses: request.ips,
  };
}

function* fetchNeed(cli: Cli, { namespace, name, object }: Found, need: Need): Coroutine<Partial<Record<keyof Related, unknown>>> {
  const list = (apiVersion: string, kind: string, where: string, selectors = {}) => listObjects(cli, builtIn(apiVersion, kind), where, selectors);
  switch (need) {
    case 'pods:selector': return { pods: yield* orText(list('v1', 'Pod', namespace, { labelSelector: labelSelector(object) })) };
    case 'pods:node': return { pods: (yield* orNothing(list('v1', 'Pod', '', { fieldSelector: `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed` }))) ?? null };
    case 'pods:namespace': return { pods: yield* orText(list('v1', 'Pod', namespace)) };
    case 'replicaSets': return { replicaSets: (yield* orNothing(list('apps/v1', 'ReplicaSet', namespace, { labelSelector: labelSelector(object) }))) ?? [] };
    case 'endpointSlices': return { endpointSlices: (yield* orNothing(list('discovery.k8s.io/v1', 'EndpointSlice', namespace, { labelSelector: `kubernetes.io/service-name=${name}` }))) ?? [] };
    case 'lease': return { lease: yield* orText(getOne(cli, builtIn('coordination.k8s.io/v1', 'Lease'), 'kube-node-lease', name)) };
    case 'quotas': return { quotas: yield* orNothing(list('v1', 'ResourceQuota', name)) };
    case 'limitRanges': return { limitRanges: yield* orNothing(list('v1', 'LimitRange', name)) };
    case 'secrets': return { secrets: (yield* orNothing(list('v1', 'Secret', namespace))) ?? [] };
    case 'services': return { services: yield* backends(cli, object, namespace) };
    case 'request': return { request: certificateRequest(object) };
  }
}

/** The services an ingress sends to, by name. */
function* backends(cli: Cli, ingress: Obj, namespace: string): Coroutine<Record<string, unknown>> {
  const spec = field(ingress, 'spec');
  const paths = items(spec, 'rules').flatMap((rule) => items(field(rule, 'http'), 'paths').map((path) => field(path, 'backend')));
  const names = [field(spec, 'defaultBackend'), ...paths].map((backend) => field(backend, 'service').name).filter((name) => typeof name === 'string');
  const found: Record<string, unknown> = {};
  for (const name of new Set(names)) found[name as string] = yield* orText(getOne(cli, builtIn('v1', 'Service'), namespace, name as string));
  return found;
}

/** All of it. Throws GoError when the server is lost on the way. */
export function* relatedTo(cli: Cli, found: Found, needs: readonly Need[], withEvents: boolean): Coroutine<Related> {
  const parts: Partial<Record<keyof Related, unknown>> = {};
  for (const need of needs) Object.assign(parts, yield* fetchNeed(cli, found, need));
  const events = withEvents ? yield* eventsOf(cli, found) : null;
  return { ...parts, events } as unknown as Related;
}

