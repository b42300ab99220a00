/**
 * What the handler asks of a kind: how a new or changed object is prepared.
 * Models the strategies of kubernetes pkg/registry/<group>/<kind>/strategy.go.
 */
import type { VTime } from '../../kernel/sys.ts';
import type { JsonObject } from '../../base/json.ts';
import { deepEqual } from '../../base/json.ts';
import { applyDefaults } from '../../api/defaults.ts';
import { qosClassOf } from '../../api/qos.ts';
import type { Pod } from '../../api/types.ts';
import type { Resource } from '../../api/registry.ts';
import { at, meta, withMeta } from './context.ts';
import type { Obj } from './store.ts';
import { base64Encode } from '../x509/index.ts';
import { encodeUtf8 } from '../../base/utf8.ts';

/** The object as decoding leaves it: with its defaults. */
export const defaulted = (object: Obj): Obj => applyDefaults(object as JsonObject) as Obj;

/** Kinds whose spec changes count generations. */
const counted: readonly string[] = ['pods', 'deployments', 'replicasets', 'daemonsets', 'statefulsets', 'jobs', 'cronjobs', 'replicationcontrollers', 'poddisruptionbudgets', 'networkpolicies', 'ingresses', 'ingressclasses', 'horizontalpodautoscalers',
  'endpointslices', 'priorityclasses', 'flowschemas', 'prioritylevelconfigurations', 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'customresourcedefinitions', 'csidrivers'].filter((name) => name !== 'horizontalpodautoscalers');
/** Kinds whose status only the status subresource writes. */
const hasStatus = (resource: Resource): boolean => resource.subresources.some(({ name }) => name === 'status');

const initialStatus: Readonly<Record<string, unknown>> = {
  services: { loadBalancer: {} }, persistentvolumeclaims: { phase: 'Pending' }, persistentvolumes: { phase: 'Pending' },
};

/** Clears what clients may not set, fills what the server sets. */
export function prepareForCreate(resource: Resource, object: Obj, _now: VTime): Obj {
  let next = defaulted(object);
  if (resource.name === 'pods' && resource.group === '') next = { ...next, status: { phase: 'Pending', qosClass: qosClassOf(next as unknown as Pick<Pod, 'spec'>) } };
  else if (resource.name === 'namespaces') next = { ...next, spec: { finalizers: [...new Set([...((at(next, 'spec', 'finalizers') as readonly string[] | undefined) ?? []), 'kubernetes'])] }, status: { phase: 'Active' } };
  else if (resource.name === 'certificatesigningrequests') next = { ...next, status: {} };
  else if (hasStatus(resource) && !['nodes', 'apiservices', 'flowschemas', 'prioritylevelconfigurations'].includes(resource.name)) next = { ...next, status: initialStatus[resource.name] ?? {} };
  if (resource.name === 'secrets' && at(next, 'stringData') !== undefined) next = encodeStringData(next);
  if (resource.name === 'daemonsets') next = withTemplateGeneration(next, 1);
  return counted.includes(resource.name) ? withMeta(next, { generation: 1 }) : withMeta(next, { generation: undefined });
}

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
/** apps/v1 carries the internal field spec.templateGeneration as an annotation. */
const withTemplateGeneration = (object: Obj, generation: number): Obj => withMeta(object, { annotations: { ...meta(object).annotations, [TEMPLATE_GENERATION]: String(generation) } });

/** A changed template counts one up; clients cannot set the number. */
function templateGeneration(next: Obj, old: Obj): Obj {
  const before = Number(meta(old).annotations?.[TEMPLATE_GENERATION] ?? 1);
  return withTemplateGeneration(next, deepEqual(at(next, 'spec', 'template'), at(old, 'spec', 'template')) ? before : before + 1);
}

function encodeStringData(object: Obj): Obj {
  const { stringData, ...rest } = object as Obj & { stringData: Record<string, string> };
  const data = { ...(rest.data as object | undefined), ...Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, base64(value)])) };
  return { ...rest, data } as Obj;
}
const base64 = (value: string): string => base64Encode(encodeUtf8(value));

/** A status update keeps everything else; any other update keeps the status. */
export function prepareForUpdate(resource: Resource, subresource: string, sent: Obj, old: Obj, _now: VTime): Obj {
  if (subresource === 'status' || subresource === 'approval') {
    const { labels, annotations, finalizers, ownerReferences } = meta(old);
    // Pods and nodes may be labelled on this way, others may not.
    const kept = resource.name === 'pods' || resource.name === 'nodes' ? meta(sent).labels ?? labels : labels;
    return withMeta({ ...old, status: sent.status }, { labels: kept, annotations: meta(sent).annotations ?? annotations, finalizers, ownerReferences } as NonNullable<Obj['metadata']>);
  }
  if (subresource === 'finalize') return { ...old, spec: { ...(old.spec as object), finalizers: at(sent, 'spec', 'finalizers') ?? [] } } as Obj;
  if (subresource === 'binding') return withMeta(sent, { generation: meta(old).generation } as NonNullable<Obj['metadata']>);
  let next = defaulted(sent);
  if (hasStatus(resource)) next = { ...next, status: old.status };
  if (resource.name === 'namespaces' || resource.name === 'certificatesigningrequests') next = { ...next, spec: old.spec };
  if (resource.name === 'secrets' && at(next, 'stringData') !== undefined) next = encodeStringData(next);
  if (resource.name === 'daemonsets') next = templateGeneration(next, old);
  const { generation } = meta(old);
  if (generation === undefined) return next;
  const changed = resource.name === 'endpointslices' || resource.name === 'priorityclasses' ? !sameBody(next, old) : !deepEqual(next.spec, old.spec);
  return withMeta(next, { generation: changed ? generation + 1 : generation });
}
const sameBody = (a: Obj, b: Obj): boolean => deepEqual({ ...a, metadata: null }, { ...b, metadata: null });
