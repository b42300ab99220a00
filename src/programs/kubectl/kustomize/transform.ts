/** What a kustomization does to every resource: namespace, names, labels, annotations, replicas, images. Models kustomize's builtin transformers and their tables of fields. */
import type { Json } from '../../../base/json.ts';
import { resourceOfKind } from '../../../api/registry.ts';
import { metaOf, type Obj } from '../rest.ts';
import { podPath, within } from './fields.ts';
import { groupVersionOf, type Item, type Kustomization, type Labels } from './layer.ts';

/** Path, and whether it is made where it is missing. */
type Field = readonly [path: string, create: boolean];
type Fields = Readonly<Record<string, readonly Field[]>>;

const WORKLOAD: readonly Field[] = [['spec/selector/matchLabels', true]];
const TEMPLATE: readonly Field[] = [['spec/template/metadata/labels', true]];
const AFFINITY: readonly Field[] = ['podAffinity', 'podAntiAffinity'].flatMap((kind): Field[] => [
  [`spec/template/spec/affinity/${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`, false],
  [`spec/template/spec/affinity/${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`, false],
]).concat([['spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels', false]]);

const SELECTORS: Fields = {
  Service: [['spec/selector', true]], ReplicationController: [['spec/selector', true]], Deployment: [...WORKLOAD, ...AFFINITY], StatefulSet: [...WORKLOAD, ...AFFINITY], ReplicaSet: WORKLOAD, DaemonSet: WORKLOAD,
  Job: [['spec/selector/matchLabels', false]], CronJob: [['spec/jobTemplate/spec/selector/matchLabels', false]], PodDisruptionBudget: [['spec/selector/matchLabels', false]],
  NetworkPolicy: [['spec/podSelector/matchLabels', false], ['spec/ingress/from/podSelector/matchLabels', false], ['spec/egress/to/podSelector/matchLabels', false]],
};
const TEMPLATES: Fields = {
  ReplicationController: TEMPLATE, Deployment: TEMPLATE, ReplicaSet: TEMPLATE, DaemonSet: TEMPLATE, Job: TEMPLATE, StatefulSet: [...TEMPLATE, ['spec/volumeClaimTemplates/metadata/labels', true]],
  CronJob: [['spec/jobTemplate/metadata/labels', true], ['spec/jobTemplate/spec/template/metadata/labels', true]],
};
const IN_TEMPLATES = (path: string) => path.replace(/labels$/, 'annotations');

const add = (object: Obj, fields: readonly Field[] | undefined, pairs: Labels): Obj => (fields ?? []).reduce((at, [path, create]) => within(at, path, create, (old) => ({ ...((old ?? {}) as Obj), ...pairs }) as Json), object);
const kindOf = (object: Obj) => String(object.kind);

function labelled(object: Obj, of: Kustomization): Obj {
  const sets = [...(of.labels ?? []), ...(of.commonLabels === undefined ? [] : [{ pairs: of.commonLabels, includeSelectors: true, includeTemplates: true }])];
  return sets.reduce((at, { pairs, includeSelectors = false, includeTemplates = false }) => {
    const marked = add(at, [['metadata/labels', true]], pairs);
    const matched = includeSelectors ? add(marked, SELECTORS[kindOf(at)], pairs) : marked;
    return includeSelectors || includeTemplates ? add(matched, TEMPLATES[kindOf(at)], pairs) : matched;
  }, object);
}

function annotated(object: Obj, pairs: Labels | undefined): Obj {
  if (pairs === undefined) return object;
  const inner = (TEMPLATES[kindOf(object)] ?? []).filter(([path]) => !path.includes('volumeClaim')).map(([path, create]): Field => [IN_TEMPLATES(path), create]);
  return add(object, [['metadata/annotations', true], ...inner], pairs);
}

/** Kinds whose names are no one's to change. */
const FIXED = ['Namespace', 'CustomResourceDefinition', 'APIService'];
const scoped = (object: Obj): boolean => resourceOfKind(String(object.apiVersion), kindOf(object))?.namespaced ?? true;

function placed(object: Obj, namespace: string | undefined): Obj {
  if (namespace === undefined || namespace === '') return object;
  if (kindOf(object) === 'Namespace') return within(object, 'metadata/name', true, () => namespace);
  const moved = scoped(object) ? within(object, 'metadata/namespace', true, () => namespace) : object;
  if (!kindOf(object).endsWith('RoleBinding')) return moved;
  return within(moved, 'subjects', false, (subject) => ((subject as Obj).kind === 'ServiceAccount' && (subject as Obj).name === 'default' ? { ...(subject as Obj), namespace } : subject) as Json);
}

const named = (object: Obj, { namePrefix = '', nameSuffix = '' }: Kustomization): Obj =>
  (FIXED.includes(kindOf(object)) || namePrefix + nameSuffix === '' ? object : within(object, 'metadata/name', true, (name) => `${namePrefix}${String(name)}${nameSuffix}`));

/** `nginx:1.25` with what `images` says of `nginx`. */
export function newImage(image: string, images: NonNullable<Kustomization['images']>): string {
  return images.reduce((at, { name, newName, newTag, digest }) => {
    const match = /^(.*?)(?::([^:/@]*))?(?:@(.*))?$/.exec(at);
    const [, own = at, tag, sum] = match ?? [];
    if (own !== name) return at;
    const base = newName ?? own;
    if (digest !== undefined && digest !== '') return `${base}${newTag === undefined ? '' : `:${newTag}`}@${digest}`;
    if (newTag !== undefined && newTag !== '') return `${base}:${newTag}`;
    return `${base}${tag === undefined ? '' : `:${tag}`}${sum === undefined ? '' : `@${sum}`}`;
  }, image);
}

function pictured(object: Obj, images: Kustomization['images']): Obj {
  const pods = podPath(object);
  if (images === undefined || pods === null) return object;
  return ['containers', 'initContainers'].reduce((at, list) => within(at, `${pods}/${list}/image`, false, (image) => newImage(String(image), images)), object);
}

function counted(item: Item, replicas: Kustomization['replicas']): Obj {
  if (!['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].includes(kindOf(item.object))) return item.object;
  const names = [metaOf(item.object).name, ...item.before.map(({ name }) => name)];
  return (replicas ?? []).filter(({ name }) => names.includes(name)).reduce((at, { count }) => within(at, 'spec/replicas', true, () => count), item.object);
}

/** The item with its name and namespace of before kept, should they change. */
function remember(item: Item, object: Obj): Item {
  const [{ name, namespace = '' }, now] = [metaOf(item.object), metaOf(object)];
  return { ...item, object, before: name === now.name && namespace === (now.namespace ?? '') ? item.before : [...item.before, { name, namespace }] };
}

/** Namespace, names, labels and annotations: what comes before JSON patches. */
export const dressed = (items: readonly Item[], of: Kustomization): Item[] =>
  items.map((item) => remember(item, annotated(labelled(named(placed(item.object, of.namespace), of), of), of.commonAnnotations)));

/** Replicas and images: what comes after them. */
export const tuned = (items: readonly Item[], of: Kustomization): Item[] => items.map((item) => ({ ...item, object: pictured(counted(item, of.replicas), of.images) }));

const FIRST = ['Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service',
  'LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'CronJob', 'PodDisruptionBudget'];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** In the order in which a server can take them. */
export function ordered(objects: readonly Obj[]): Obj[] {
  const rank = (object: Obj) => (FIRST.includes(kindOf(object)) ? FIRST.indexOf(kindOf(object)) - FIRST.length : 1 + LAST.indexOf(kindOf(object)));
  const key = (object: Obj) => { const [group, version] = groupVersionOf(object); return [group || '~G', version, kindOf(object)].join('_'); };
  const id = (object: Obj) => `${metaOf(object).namespace ?? ''}|${metaOf(object).name}`;
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...objects].sort((a, b) => rank(a) - rank(b) || compare(key(a), key(b)) || compare(id(a), id(b)));
}
