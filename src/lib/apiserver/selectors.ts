/** Label and field selectors of a request, and the fields each kind can be selected by. */
import type { Resource } from '../../api/registry.ts';
import { matches, parseFieldSelector, parseSelector, SelectorError } from '../../base/selector.ts';
import { at, meta } from './context.ts';
import { param, type URLQuery } from './route.ts';
import { badRequest } from './status.ts';
import type { Obj } from './store.ts';

export type Test = (object: Obj) => boolean;

/** Paths by label; a label not listed here (or metadata.name, metadata.namespace) is not supported. */
const fields: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  pods: { 'spec.nodeName': ['spec', 'nodeName'], 'spec.restartPolicy': ['spec', 'restartPolicy'], 'spec.schedulerName': ['spec', 'schedulerName'], 'spec.serviceAccountName': ['spec', 'serviceAccountName'],
    'spec.hostNetwork': ['spec', 'hostNetwork'], 'status.phase': ['status', 'phase'], 'status.podIP': ['status', 'podIP'], 'status.podIPs': ['status', 'podIP'], 'status.nominatedNodeName': ['status', 'nominatedNodeName'] },
  events: { 'involvedObject.kind': ['involvedObject', 'kind'], 'involvedObject.namespace': ['involvedObject', 'namespace'], 'involvedObject.name': ['involvedObject', 'name'], 'involvedObject.uid': ['involvedObject', 'uid'],
    'involvedObject.apiVersion': ['involvedObject', 'apiVersion'], 'involvedObject.resourceVersion': ['involvedObject', 'resourceVersion'], 'involvedObject.fieldPath': ['involvedObject', 'fieldPath'],
    reason: ['reason'], reportingComponent: ['reportingComponent'], source: ['source', 'component'], type: ['type'] },
  nodes: { 'spec.unschedulable': ['spec', 'unschedulable'] }, namespaces: { 'status.phase': ['status', 'phase'] }, secrets: { type: ['type'] },
  replicasets: { 'status.replicas': ['status', 'replicas'] }, replicationcontrollers: { 'status.replicas': ['status', 'replicas'] }, jobs: { 'status.successful': ['status', 'succeeded'] },
  services: { 'spec.clusterIP': ['spec', 'clusterIP'], 'spec.type': ['spec', 'type'] }, certificatesigningrequests: { 'spec.signerName': ['spec', 'signerName'] },
};

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function fieldTest(resource: Resource, text: string): Test | null {
  const terms = parsed(() => parseFieldSelector(text));
  if (terms.length === 0) return null;
  const renamed: Readonly<Record<string, string>> = { 'regarding.kind': 'involvedObject.kind', 'regarding.namespace': 'involvedObject.namespace', 'regarding.name': 'involvedObject.name', 'regarding.uid': 'involvedObject.uid', reportingController: 'reportingComponent' };
  const read = terms.map(({ field: key, equal, value }) => {
    const label = resource.name === 'events' && resource.group !== '' ? renamed[key] ?? key : key;
    const path = label === 'metadata.name' ? ['metadata', 'name'] : label === 'metadata.namespace' && resource.namespaced ? ['metadata', 'namespace'] : fields[resource.name]?.[label];
    if (path === undefined) throw badRequest(`field label not supported: ${key}`);
    const boolean = ['spec.unschedulable', 'spec.hostNetwork'].includes(label);
    return { equal, value, get: (object: Obj) => { const got = shown(at(object, ...path)); return boolean && got === '' ? 'false' : got; } };
  });
  return (object) => read.every(({ equal, value, get }) => (get(object) === value) === equal);
}

function labelTest(text: string): Test | null {
  const wanted = parsed(() => parseSelector(text));
  return wanted.length === 0 ? null : (object) => matches(wanted, meta(object).labels);
}
/** Runs a parser of base/selector; its error is the client's. */
function parsed<T>(parse: () => T): T {
  try { return parse(); } catch (caught) {
    if (!(caught instanceof SelectorError)) throw caught;
    throw badRequest(caught.message);
  }
}

/** What the request selects, applied to stored objects; null: everything. */
export function selection(resource: Resource, query: URLQuery): Test | null {
  const tests = [fieldTest(resource, param(query, 'fieldSelector')), labelTest(param(query, 'labelSelector'))].filter((test) => test !== null);
  return tests.length === 0 ? null : (object) => tests.every((test) => test(object));
}
