/**
 * Garbage collection by owner references: dependents of owners that are gone are deleted; owners that wait for their dependents
 * (foreground) or give them away (orphan) are let go. A thread of its own, since it asks the server whether an owner is really gone.
 * Models pkg/controller/garbagecollector. Not modelled: kinds no informer of ours watches.
 */
import { resourceOfKind } from '../../../api/registry.ts';
import { memoOf } from '../../../base/memo.ts';
import { checkpoint, poll, view, type Coroutine, type Json, type TableView } from '../../../kernel/sys.ts';
import { perform, type KubeObject, type OwnerReference } from '../../../lib/controller/index.ts';
import { cacheDelete, cachePut, cacheTable, waitForSync } from '../../../lib/informer/index.ts';
import { klogInfo, klogUnhandled } from '../../../lib/klog/index.ts';
import { del, getObject, isReason, type ResourceRef } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { clientFor } from '../clients.ts';

const ACCOUNT = 'generic-garbage-collector';
const LOGGER = 'garbage-collector-controller';
const RETRY_US = 5e6;

/** Cache name → group and kind's API version. */
const WATCHED: readonly (readonly [name: string, group: string])[] = [
  ['pods', ''], ['replicasets', 'apps'], ['deployments', 'apps'], ['daemonsets', 'apps'], ['statefulsets', 'apps'], ['controllerrevisions', 'apps'], ['jobs', 'batch'], ['cronjobs', 'batch'],
  ['endpointslices', 'discovery.k8s.io'], ['services', ''], ['nodes', ''], ['configmaps', ''], ['leases', 'coordination.k8s.io'], ['serviceaccounts', ''], ['namespaces', ''],
];

interface Item { readonly object: KubeObject; readonly cache: string; readonly group: string }
type Waiting = 'foregroundDeletion' | 'orphan';

const refOf = ({ object, cache, group }: Item): ResourceRef => ({ group, resource: cache, name: object.metadata.name, ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}) });
const waitsFor = (object: KubeObject, finalizer: Waiting) => object.metadata.deletionTimestamp !== undefined && (object.metadata.finalizers ?? []).includes(finalizer);

/** Whether the owner exists, asked of the server. */
function* ownerExists(owner: OwnerReference, namespace: string | undefined): Coroutine<boolean> {
  const resource = resourceOfKind(owner.apiVersion, owner.kind);
  if (!resource) return true;
  const ref: ResourceRef = { group: resource.group, version: resource.version, resource: resource.name, name: owner.name, ...(resource.namespaced && namespace ? { namespace } : {}) };
  try {
    return (yield* getObject(yield* clientFor(ACCOUNT), ref)).metadata.uid === owner.uid;
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
    return false;
  }
}

function* deleteItem(item: Item, policy: 'Background' | 'Foreground'): Coroutine<void> {
  const { object, cache } = item;
  try {
    const left = yield* del<KubeObject & { readonly kind?: string }>(yield* clientFor(ACCOUNT), refOf(item), { propagationPolicy: policy, preconditions: { uid: object.metadata.uid ?? '' } });
    if (left.kind !== 'Status' && left.metadata?.deletionTimestamp) yield* cachePut(cache, left);
    else yield* cacheDelete(cache, object);
  } catch (caught) {
    if (!isReason(caught, 'NotFound', 'Conflict')) throw caught;
  }
}

function* setMetadata(item: Item, metadata: Json): Coroutine<void> {
  yield* perform(yield* clientFor(ACCOUNT), ACCOUNT, { op: 'patch', type: 'merge', cache: item.cache, ref: refOf(item), patch: { metadata }, ignore: ['NotFound', 'Conflict'] });
}

/** An owner that waits: deletes or frees its dependents, and goes when none hold it. */
function* processOwner(item: Item, dependents: readonly Item[]): Coroutine<void> {
  const { object } = item;
  const without = (finalizer: Waiting) => ({ resourceVersion: object.metadata.resourceVersion ?? '', finalizers: (object.metadata.finalizers ?? []).filter((one) => one !== finalizer) });
  if (waitsFor(object, 'orphan')) {
    for (const dependent of dependents) {
      yield* setMetadata(dependent, { ownerReferences: (dependent.object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== object.metadata.uid) as unknown as Json });
    }
    return yield* setMetadata(item, without('orphan'));
  }
  const blocking = dependents.filter((dependent) => dependent.object.metadata.ownerReferences?.some((owner) => owner.uid === object.metadata.uid && owner.blockOwnerDeletion === true));
  if (blocking.length === 0) return yield* setMetadata(item, without('foregroundDeletion'));
  for (const dependent of blocking) if (!dependent.object.metadata.deletionTimestamp) yield* deleteItem(dependent, dependent.cache === 'pods' ? 'Background' : 'Foreground');
}

interface Look { readonly uids: ReadonlySet<string>; readonly owned: readonly KubeObject[]; readonly waiting: readonly KubeObject[] }
/** What a version of a cache holds for us: most caches are still the same at the next look. */
const lookAt = memoOf((table: TableView<KubeObject>): Look => {
  const objects = [...table.values()];
  return {
    uids: new Set(objects.map(({ metadata }) => metadata.uid ?? '')), owned: objects.filter(({ metadata }) => (metadata.ownerReferences?.length ?? 0) > 0),
    waiting: objects.filter((object) => waitsFor(object, 'foregroundDeletion') || waitsFor(object, 'orphan')),
  };
});

/** One look over everything. Throws GoError. */
function* sweep(views: readonly (readonly [Item['cache'], string, TableView<KubeObject>])[]): Coroutine<void> {
  const looks = views.map(([cache, group, table]) => ({ cache, group, ...lookAt(table) }));
  const items = (which: 'owned' | 'waiting'): Item[] => looks.flatMap(({ cache, group, [which]: objects }) => objects.map((object) => ({ object, cache, group })));
  const owned = items('owned');
  for (const item of owned) {
    const refs = item.object.metadata.ownerReferences ?? [];
    if (item.object.metadata.deletionTimestamp || refs.some((owner) => looks.some(({ uids }) => uids.has(owner.uid)))) continue;
    let alive = false;
    for (const owner of refs) alive ||= yield* ownerExists(owner, item.object.metadata.namespace);
    if (!alive) yield* deleteItem(item, 'Background');
  }
  for (const item of items('waiting')) {
    yield* processOwner(item, owned.filter((one) => one.object.metadata.ownerReferences?.some((owner) => owner.uid === item.object.metadata.uid)));
  }
}

/** The collector's thread. */
export function* garbageCollector(_arg: Json, saved?: Json): Coroutine<void> {
  if (saved === undefined) {
    yield* waitForSync(WATCHED.map(([name]) => name));
    yield* klogInfo('garbagecollector.go:154', 'Garbage collector: all resource monitors have synced', 'logger', LOGGER);
    yield* klogInfo('garbagecollector.go:157', 'Proceeding to collect garbage', 'logger', LOGGER);
  }
  for (;;) {
    yield* checkpoint('running');
    const views: (readonly [string, string, TableView<KubeObject>])[] = [];
    for (const [name, group] of WATCHED) views.push([name, group, yield* view<KubeObject>(cacheTable(name))]);
    let retry = false;
    try {
      yield* sweep(views);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      retry = true;
      yield* klogUnhandled('garbagecollector.go:358', `error syncing item: ${caught.message}`, 'Unhandled Error');
    }
    // Leases are renewed all the time and own nothing; a change of theirs alone is no reason to look.
    const tables = views.filter(([name]) => name !== 'leases').map(([name, , table]) => ({ table: cacheTable(name), since: table.version }));
    yield* poll({ tables, ...(retry ? { timeout: RETRY_US } : {}) });
  }
}
