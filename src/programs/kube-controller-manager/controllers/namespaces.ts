/**
 * Empties namespaces that are being deleted and then lets them go: pods first, then everything else that discovery knows.
 * A thread of its own, because it lists live objects of every kind. Models pkg/controller/namespace/deletion.
 */
import { deepEqual } from '../../../base/json.ts';
import { rfc3339 } from '../../../base/time.ts';
import { resources } from '../../../api/registry.ts';
import { checkpoint, now, poll, view, type Coroutine, type Json } from '../../../kernel/sys.ts';
import type { Condition, KubeObject, Namespace } from '../../../lib/controller/index.ts';
import { cachePut, cacheTable, waitForSync } from '../../../lib/informer/index.ts';
import { klogUnhandled } from '../../../lib/klog/index.ts';
import { del, isReason, listObjects, update } from '../../../lib/kube/index.ts';
import type { RestConfig } from '../../../lib/kubeconfig/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { clientFor } from '../clients.ts';

const ACCOUNT = 'namespace-controller';

interface Due { readonly due: Readonly<Record<string, number>> }
interface Remaining { readonly counts: ReadonlyMap<string, number>; readonly finalizers: ReadonlyMap<string, number>; /** Seconds until it is worth looking again. */ readonly seconds: number }

/** Everything a namespace may hold that can be listed and deleted, pods first. */
const CONTENT = resources.filter((one) => one.namespaced && one.verbs.includes('list') && one.verbs.includes('delete') && !(one.group === 'events.k8s.io') && !(one.group === 'autoscaling' && one.version === 'v1'))
  .sort((a, b) => Number(b.name === 'pods' && b.group === '') - Number(a.name === 'pods' && a.group === ''));

/** Deletes what is there; → what is left. Throws GoError. */
function* deleteContent(config: RestConfig, namespace: string): Coroutine<Remaining> {
  const counts = new Map<string, number>();
  const finalizers = new Map<string, number>();
  let seconds = 0;
  for (const { group, version, name: resource } of CONTENT) {
    const ref = { group, version, resource, namespace };
    const { items } = yield* listObjects<KubeObject>(config, ref);
    if (items.length === 0) continue;
    for (const { metadata } of items) {
      if (metadata.deletionTimestamp) continue;
      try {
        yield* del(config, { ...ref, name: metadata.name }, { propagationPolicy: 'Background' });
      } catch (caught) {
        if (!isReason(caught, 'NotFound')) throw caught;
      }
    }
    const left = (yield* listObjects<KubeObject>(config, ref)).items;
    if (left.length > 0) counts.set(group === '' ? resource : `${resource}.${group}`, left.length);
    for (const { metadata } of left) {
      for (const finalizer of metadata.finalizers ?? []) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
      seconds = Math.max(seconds, metadata.deletionGracePeriodSeconds ?? 0, (metadata.finalizers?.length ?? 0) > 0 ? 15 : 0, 1);
    }
    // Pods may still need their secrets and config maps while they end.
    if (resource === 'pods' && left.length > 0) break;
  }
  return { counts, finalizers, seconds };
}

const listed = (entries: ReadonlyMap<string, number>, words: (name: string, count: number) => string) => [...entries].sort().map(([name, count]) => words(name, count)).join(', ');

function conditions(known: readonly Condition[], { counts, finalizers }: Remaining, at: number): readonly Condition[] {
  const rows: readonly (readonly [type: string, failing: boolean, badReason: string, goodReason: string, bad: string, good: string])[] = [
    ['NamespaceDeletionDiscoveryFailure', false, '', 'ResourcesDiscovered', '', 'All resources successfully discovered'],
    ['NamespaceDeletionGroupVersionParsingFailure', false, '', 'ParsedGroupVersions', '', 'All legacy kube types successfully parsed'],
    ['NamespaceDeletionContentFailure', false, '', 'ContentDeleted', '', 'All content successfully deleted, may be waiting on finalization'],
    ['NamespaceContentRemaining', counts.size > 0, 'SomeResourcesRemain', 'ContentRemoved', `Some resources are remaining: ${listed(counts, (name, count) => `${name} has ${count} resource instances`)}`, 'All content successfully removed'],
    ['NamespaceFinalizersRemaining', finalizers.size > 0, 'SomeFinalizersRemain', 'ContentHasNoFinalizers', `Some content in the namespace has finalizers remaining: ${listed(finalizers, (name, count) => `${name} in ${count} resource instances`)}`, 'All content-preserving finalizers finished'],
  ];
  return rows.map(([type, failing, badReason, goodReason, bad, good]) => {
    const status = failing ? 'True' : 'False';
    const before = known.find((one) => one.type === type);
    const next = { type, status, reason: failing ? badReason : goodReason, message: failing ? bad : good };
    return { ...next, lastTransitionTime: before?.status === status ? before.lastTransitionTime ?? rfc3339(at) : rfc3339(at) };
  });
}

/** One step towards the end of a namespace; → seconds until the next, 0 when it is done. Throws GoError. */
function* finish(namespace: Namespace): Coroutine<number> {
  const config = yield* clientFor(ACCOUNT);
  const { name } = namespace.metadata;
  const ref = { group: '', resource: 'namespaces', name };
  const remaining = yield* deleteContent(config, name);
  const wanted = conditions(namespace.status?.conditions ?? [], remaining, yield* now());
  let current = namespace;
  if (remaining.counts.size > 0 && !deepEqual(namespace.status?.conditions ?? [], wanted)) {
    current = yield* update<Namespace>(config, { ...ref, subresource: 'status' }, { ...namespace, status: { ...namespace.status, conditions: wanted } });
    yield* cachePut('namespaces', current);
  }
  if (remaining.counts.size > 0) return Math.floor(remaining.seconds / 2) + 1;
  yield* update(config, { ...ref, subresource: 'finalize' }, { ...current, spec: { ...current.spec, finalizers: (current.spec?.finalizers ?? []).filter((one) => one !== 'kubernetes') } });
  return 0;
}

/** The controller's thread. */
export function* namespaceDeletion(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as Due | undefined) ?? { due: {} };
  if (saved === undefined) yield* waitForSync(['namespaces']);
  for (;;) {
    yield* checkpoint(state);
    const namespaces = yield* view<Namespace>(cacheTable('namespaces'));
    const due: Record<string, number> = {};
    for (const namespace of namespaces.values()) {
      const { name } = namespace.metadata;
      if (!namespace.metadata.deletionTimestamp || !(namespace.spec?.finalizers ?? []).includes('kubernetes')) continue;
      if ((state.due[name] ?? 0) > (yield* now())) { due[name] = state.due[name]!; continue; }
      try {
        const seconds = yield* finish(namespace);
        due[name] = (yield* now()) + Math.max(seconds, 1) * 1e6;
      } catch (caught) {
        if (!(caught instanceof GoError)) throw caught;
        due[name] = (yield* now()) + 1e6;
        if (!isReason(caught, 'Conflict', 'NotFound')) yield* klogUnhandled('namespace_controller.go:164', `deletion of namespace ${name} failed: ${caught.message}`, 'Unhandled Error');
      }
    }
    state = { due };
    const next = Math.min(...Object.values(due));
    const timeout = Number.isFinite(next) ? { timeout: Math.max(0, next - (yield* now())) } : {};
    yield* poll({ tables: [{ table: cacheTable('namespaces'), since: namespaces.version }], ...timeout });
  }
}
