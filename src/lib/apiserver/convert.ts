/**
 * Kinds that are served in more than one shape: stored in one, turned at the edge. Events are stored as core/v1,
 * autoscalers as v2. Not modelled: v1 autoscalers' behaviour annotations.
 */
import { apiVersionOf, type Resource } from '../../api/registry.ts';
import type { Obj } from './store.ts';

const eventNames: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'], ['message', 'note'], ['source', 'deprecatedSource'], ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'], ['count', 'deprecatedCount'], ['reportingComponent', 'reportingController'],
];
function rename(object: Obj, apiVersion: string, names: readonly (readonly [string, string])[]): Obj {
  const to = new Map(names);
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) out[to.get(key) ?? key] = value;
  return { ...out, apiVersion };
}

interface HpaV1 { readonly targetCPUUtilizationPercentage?: number }
function hpaToV2(object: Obj): Obj {
  const { targetCPUUtilizationPercentage: cpu, ...spec } = (object.spec ?? {}) as HpaV1;
  const metrics = cpu === undefined ? {} : { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } }] };
  return { ...object, apiVersion: 'autoscaling/v2', spec: { ...spec, ...metrics } };
}
function hpaToV1(object: Obj): Obj {
  const { metrics = [], ...spec } = (object.spec ?? {}) as { metrics?: readonly { resource?: { name?: string; target?: { averageUtilization?: number } } }[] };
  const cpu = metrics.find((metric) => metric.resource?.name === 'cpu')?.resource?.target?.averageUtilization;
  return { ...object, apiVersion: 'autoscaling/v1', spec: { ...spec, ...(cpu === undefined ? {} : { targetCPUUtilizationPercentage: cpu }) } };
}

/** The version an object is stored in. */
export const storageVersion = (resource: Resource): string =>
  (resource.name === 'events' ? 'v1' : resource.name === 'horizontalpodautoscalers' ? 'autoscaling/v2' : apiVersionOf(resource));

/** From the version the client speaks to the stored one; kind and version are filled in. */
export function fromWire(resource: Resource, object: Obj): Obj {
  const typed = { ...object, apiVersion: apiVersionOf(resource), kind: resource.kind };
  if (resource.name === 'events' && resource.group !== '') return rename(typed, 'v1', eventNames.map(([core, other]) => [other, core]));
  if (resource.name === 'horizontalpodautoscalers' && resource.version === 'v1') return hpaToV2(typed);
  return typed;
}
/** From the stored version to the one the client asked for. */
export function toWire(resource: Resource, object: Obj): Obj {
  if (resource.name === 'events' && resource.group !== '' && object.kind === 'Event') return rename(object, apiVersionOf(resource), eventNames);
  if (resource.name === 'horizontalpodautoscalers' && resource.version === 'v1' && object.kind === 'HorizontalPodAutoscaler') return hpaToV1(object);
  return object;
}
