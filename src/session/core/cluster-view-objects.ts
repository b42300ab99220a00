/**
 * The node and the objects that own pods, as a forest by owner: deployment → replica set → pods. Read from etcd's database:
 * the running member's own, or, when etcd is down, the file it left.
 */
import { etcdRange } from '../../distro/records.ts';
import type { EtcdDb } from '../../distro/records.ts';
import type { ApiObject, Condition, DaemonSet, Deployment, Node, Pod, ReplicaSet } from '../../api/types.ts';
import type { World } from '../../kernel/world.ts';
import { nodeStatus } from '../../api/columns/index.ts';
import { commandLine } from './cluster-view-command.ts';
import { countHealth, podWords } from './cluster-view-health.ts';
import type { ObjectView } from './cluster-view-types.ts';
import { HOST } from './node.ts';

const DATABASE = '/var/lib/etcd/member/snap/db';
/** Where etcd has them, owners first. */
const PLACES = ['minions', 'deployments', 'daemonsets', 'statefulsets', 'jobs', 'replicasets', 'pods'] as const;
/** More pods than this under one owner would only be scenery; they are counted. */
const MOST = 50;

interface Counted extends ApiObject { readonly spec: { readonly replicas?: number; readonly completions?: number }; readonly status?: { readonly readyReplicas?: number; readonly succeeded?: number } }

function databaseOf(world: World): EtcdDb | null {
  const etcd = world.processes(HOST).find((p) => p.program === 'etcd' && p.status === null);
  const kept = etcd === undefined ? undefined : (world.table(etcd.pid, 'db')?.get('db') as { readonly db: EtcdDb } | undefined);
  if (kept !== undefined) return kept.db;
  const file = world.readDoc(HOST, DATABASE) as EtcdDb | null;
  return file?.keys === undefined ? null : file;
}

function counts(object: ApiObject): readonly [ready: number, wanted: number] {
  switch (object.kind) {
    case 'DaemonSet': { const { status } = object as DaemonSet; return [status?.numberReady ?? 0, status?.desiredNumberScheduled ?? 0]; }
    case 'Job': { const { spec, status } = object as Counted; return [status?.succeeded ?? 0, spec.completions ?? 1]; }
    default: { const { spec, status } = object as Deployment | ReplicaSet; return [status?.readyReplicas ?? 0, spec.replicas ?? 1]; }
  }
}

const saysNo = (conditions: readonly Condition[] | undefined, type: string): string => conditions?.find((it) => it.type === type && it.status !== 'True')?.message ?? '';

function noteOf(object: ApiObject): string {
  if (object.kind === 'Node') return saysNo((object as Node).status?.conditions, 'Ready');
  if (object.kind === 'Deployment') return saysNo((object as Deployment).status?.conditions, 'Available');
  if (object.kind !== 'Pod') return '';
  const { status } = object as Pod;
  const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].find((it) => it.state?.waiting?.message !== undefined);
  return saysNo(status?.conditions, 'PodScheduled') || (waiting?.state?.waiting?.message ?? '');
}

function viewOf(object: ApiObject, owned: readonly ObjectView[]): ObjectView {
  const { kind, metadata: { name, namespace = '' } } = object;
  const common = { id: `${kind}/${namespace}/${name}`, kind, namespace, name, children: owned.slice(0, MOST), more: Math.max(0, owned.length - MOST), note: noteOf(object) };
  if (kind === 'Node') {
    const word = nodeStatus(object as Node);
    const ok = word.startsWith('Ready');
    return { ...common, health: ok ? 'ok' : 'unready', word, ready: '', command: commandLine('kubectl', ok ? 'get' : 'describe', 'node', name) };
  }
  if (kind === 'Pod') {
    const { health, word, ready } = podWords(object as Pod);
    return { ...common, health, word, ready, command: commandLine('kubectl', '-n', namespace, health === 'ok' ? 'get' : 'describe', 'pod', name) };
  }
  const [ready, wanted] = counts(object);
  return { ...common, health: countHealth(ready, wanted), word: '', ready: `${ready}/${wanted}`, command: commandLine('kubectl', '-n', namespace, ready < wanted ? 'describe' : 'get', kind.toLowerCase(), name) };
}

/** The node, then the learner's own, then the cluster's; by name within. */
const place = ({ namespace, kind, name }: ObjectView): string => `${namespace === '' ? 0 : namespace.startsWith('kube-') ? 2 : 1} ${namespace} ${kind} ${name}`;
const inOrder = (views: readonly ObjectView[]): readonly ObjectView[] => [...views].sort((a, b) => (place(a) < place(b) ? -1 : 1));

/** A revision that was scaled to nothing is history, not state. */
const isOld = (object: ApiObject): boolean => object.kind === 'ReplicaSet' && (object as ReplicaSet).spec.replicas === 0 && (object as ReplicaSet).status?.replicas === 0;

/** Whoever reaches etcd can put anything there; what the API server would not read is not drawn. */
function isObject(value: unknown): value is ApiObject {
  const { kind, metadata, spec } = (value ?? {}) as { readonly kind?: unknown; readonly metadata?: Partial<ApiObject['metadata']>; readonly spec?: Partial<Pod['spec']> };
  if (typeof kind !== 'string' || typeof metadata?.name !== 'string' || typeof metadata.uid !== 'string' || typeof spec !== 'object' || spec === null) return false;
  return kind !== 'Pod' || Array.isArray(spec.containers);
}

function forest(db: EtcdDb): readonly ObjectView[] {
  const objects = PLACES.flatMap((place) => etcdRange(db, { key: `/registry/${place}/`, prefix: true }).kvs.map((kv): unknown => kv.value)).filter(isObject);
  const uids = new Set(objects.map((it) => it.metadata.uid));
  const owned = new Map<string, ApiObject[]>();
  const roots: ApiObject[] = [];
  for (const object of objects) {
    const owner = object.metadata.ownerReferences?.find((it) => it.controller === true);
    // A mirror of a static pod is the node's, and stands in the other half of the map.
    if (owner?.kind === 'Node' || isOld(object)) continue;
    if (owner === undefined || !uids.has(owner.uid)) roots.push(object);
    else owned.set(owner.uid, [...(owned.get(owner.uid) ?? []), object]);
  }
  const grow = (object: ApiObject): ObjectView => viewOf(object, inOrder((owned.get(object.metadata.uid) ?? []).map(grow)));
  return inOrder(roots.map(grow));
}

/** Grows the forest anew only when the database is another. */
export class ObjectReader {
  #db: EtcdDb | null = null;
  #roots: readonly ObjectView[] = [];

  read(world: World): readonly ObjectView[] {
    const db = databaseOf(world);
    if (db?.keys !== this.#db?.keys) this.#roots = db === null ? [] : forest(db);
    this.#db = db;
    return this.#roots;
  }
}
