/** References by name: who speaks of whom, and what they say once a name has changed. Models kustomize's table of name references. */
import type { Json } from '../../../base/json.ts';
import { metaOf, type Obj } from '../rest.ts';
import { podPath, within } from './fields.ts';
import type { Item } from './layer.ts';

const CONTAINERS = ['containers', 'initContainers'];
const inContainers = (path: string) => CONTAINERS.map((list) => `${list}/${path}`);

/** Referred kind → paths in a pod's spec. */
const IN_PODS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['volumes/configMap/name', 'volumes/projected/sources/configMap/name', ...inContainers('env/valueFrom/configMapKeyRef/name'), ...inContainers('envFrom/configMapRef/name')],
  Secret: ['volumes/secret/secretName', 'volumes/projected/sources/secret/name', 'imagePullSecrets/name', ...inContainers('env/valueFrom/secretKeyRef/name'), ...inContainers('envFrom/secretRef/name')],
  PersistentVolumeClaim: ['volumes/persistentVolumeClaim/claimName'], ServiceAccount: ['serviceAccountName'], PriorityClass: ['priorityClassName'],
};

/** Referred kind → kind that refers → paths. */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Secret: { Ingress: ['spec/tls/secretName'], ServiceAccount: ['imagePullSecrets/name', 'secrets/name'] },
  Service: { StatefulSet: ['spec/serviceName'], Ingress: ['spec/rules/http/paths/backend/service/name', 'spec/defaultBackend/service/name'] },
  PersistentVolume: { PersistentVolumeClaim: ['spec/volumeName'] },
  StorageClass: { PersistentVolumeClaim: ['spec/storageClassName'], PersistentVolume: ['spec/storageClassName'], StatefulSet: ['spec/volumeClaimTemplates/spec/storageClassName'] },
  IngressClass: { Ingress: ['spec/ingressClassName'] },
};

/** Fields that name a kind beside a name. */
const WITH_KIND: Readonly<Record<string, string>> = { RoleBinding: 'roleRef', ClusterRoleBinding: 'roleRef', HorizontalPodAutoscaler: 'spec/scaleTargetRef' };

const same = (a: string, b: string) => (a || 'default') === (b || 'default');

/** A reference in an object of this namespace, as it is now; undefined when no item is meant. */
function find(items: readonly Item[], kind: string, name: string, namespace: string): Obj | undefined {
  const called = items.filter((item) => item.object.kind === kind && item.before.some((old) => old.name === name));
  return (called.find((item) => item.before.some((old) => old.name === name && same(old.namespace, namespace))) ?? (called.length === 1 ? called[0] : undefined))?.object;
}

function refer(items: readonly Item[], item: Item): Obj {
  const { object } = item;
  const namespace = item.before.at(-1)?.namespace ?? metaOf(object).namespace ?? '';
  const rename = (kind: string) => (name: Json | undefined): Json | undefined => (typeof name !== 'string' ? name : metaOf(find(items, kind, name, namespace) ?? { metadata: { name } }).name);
  const pods = podPath(object);
  const places = [
    ...(pods === null ? [] : Object.entries(IN_PODS).flatMap(([kind, paths]) => paths.map((path) => [kind, `${pods}/${path}`] as const))),
    ...Object.entries(ELSEWHERE).flatMap(([kind, users]) => (users[String(object.kind)] ?? []).map((path) => [kind, path] as const)),
  ];
  let made = places.reduce((at, [kind, path]) => within(at, path, false, rename(kind)), object);
  const typed = WITH_KIND[String(object.kind)];
  if (typed !== undefined) made = within(made, typed, false, (ref) => ({ ...(ref as Obj), name: rename(String((ref as Obj).kind))((ref as Obj).name) }) as Json);
  if (String(object.kind).endsWith('RoleBinding')) made = within(made, 'subjects', false, (subject) => subjectNow(items, subject as Obj) as Json);
  return made;
}

/** A service account goes by its namespace too. */
function subjectNow(items: readonly Item[], subject: Obj): Obj {
  if (subject.kind !== 'ServiceAccount') return subject;
  const own = String(subject.namespace ?? '');
  const meant = items.find(({ object, before }) => object.kind === 'ServiceAccount' && before.some((old) => old.name === subject.name && same(old.namespace, own)))?.object;
  if (meant === undefined) return subject;
  const { name, namespace } = metaOf(meant);
  return { ...subject, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** All items with their references as the names are now. */
export const referred = (items: readonly Item[]): Item[] => items.map((item) => ({ ...item, object: refer(items, item) }));
