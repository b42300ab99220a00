/** Where an object keeps its pods' spec, and patches of it. Models polymorphichelpers UpdatePodSpecForObject. */
import type { Json } from '../../../kernel/sys.ts';
import { field, items, type Obj } from '../rest.ts';

const TEMPLATE = ['spec', 'template', 'spec'];
const PLACES: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'], Deployment: TEMPLATE, ReplicaSet: TEMPLATE, DaemonSet: TEMPLATE, StatefulSet: TEMPLATE, ReplicationController: TEMPLATE, Job: TEMPLATE,
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** The keys that lead to the pod spec; null for kinds without one. */
export const podSpecPlace = (object: Obj): readonly string[] | null => PLACES[String(object.kind)] ?? null;

/** The pod spec of an object; empty when it has none. */
export const podSpecOf = (object: Obj): Obj => (podSpecPlace(object) ?? []).reduce((at, key) => field(at, key), object);

/** `{spec: {template: {spec: patch}}}`. */
export const wrapPatch = (place: readonly string[], patch: Json): Json => [...place].reverse().reduce<Json>((inner, key) => ({ [key]: inner }), patch);

/** A container of a pod spec, as far as kubectl looks at it. */
export interface Container { readonly name: string; readonly image?: string; readonly env?: readonly Obj[]; readonly resources?: Obj; readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[] }

export const containersOf = (spec: Obj): readonly Container[] => items<Container>(spec, 'containers');
export const initContainersOf = (spec: Obj): readonly Container[] => items<Container>(spec, 'initContainers');
