/**
 * Changing an object: by a whole new version or a patch, with optimistic concurrency. An update that changes nothing
 * writes nothing. Models apiserver pkg/registry/generic/registry/store.go (Update) and pkg/registry/rest/update.go.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { deepEqual } from '../../base/json.ts';
import type { ApiObject } from '../../api/types.ts';
import { validateUpdate } from '../../api/validate/index.ts';
import { admitUpdate } from './admission/index.ts';
import { at, groupResource, meta, withMeta, type Ctx } from './context.ts';
import { create, place } from './create.ts';
import { keyOf } from './keys.ts';
import { prepareForUpdate } from './kinds.ts';
import { flag } from './route.ts';
import { badRequest, conflict, invalid, modified, notFound } from './status.ts';
import { bare, versioned, type Obj, type Stored } from './store.ts';
import { allocate, release } from './services.ts';
import { fromWire } from './convert.ts';
import { readBody } from './decode.ts';

const ATTEMPTS = 5;
/** Kinds that a PUT may create. */
const createsOnUpdate: readonly string[] = ['events', 'endpoints', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings', 'limitranges'];
/** Kinds whose update must say which version it is based on. */
const conditional: readonly string[] = ['leases', 'poddisruptionbudgets', 'apiservices', 'customresourcedefinitions'];

/** Fields of metadata that only the server writes. */
function systemFields(next: Obj, old: Obj): Obj {
  const before = meta(old);
  return withMeta(next, {
    name: before.name, namespace: before.namespace, uid: before.uid, creationTimestamp: before.creationTimestamp, generateName: meta(next).generateName ?? before.generateName,
    deletionTimestamp: before.deletionTimestamp, deletionGracePeriodSeconds: before.deletionGracePeriodSeconds, generation: before.generation, resourceVersion: undefined, selfLink: undefined, managedFields: undefined,
  } as NonNullable<Obj['metadata']>);
}

function checkPreconditions(ctx: Ctx, sent: Obj, current: Stored): void {
  const { uid = '', resourceVersion = '' } = meta(sent);
  const name = ctx.route.name;
  const have = meta(current.object).uid ?? '';
  if (uid !== '' && uid !== have) throw conflict(groupResource(ctx.resource), name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${have}`);
  if (resourceVersion !== '' && resourceVersion !== '0' && resourceVersion !== String(current.revision)) throw modified(groupResource(ctx.resource), name);
}

/** An object that waits for deletion and whose last obstacle is gone. */
function isOver(ctx: Ctx, object: Obj): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = meta(object);
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  if (ctx.resource.name === 'namespaces') return ((at(object, 'spec', 'finalizers') as readonly string[] | undefined) ?? []).length === 0;
  return deletionGracePeriodSeconds === 0;
}

/** Writes `next` over `current`; null when another writer was faster. */
function* write(ctx: Ctx, current: Stored, next: Obj): Coroutine<Obj | null> {
  const { resource, route } = ctx;
  if (deepEqual(next, current.object)) return versioned(current);
  if (flag(route.query, 'dryRun')) return versioned({ ...current, object: next });
  if (isOver(ctx, next)) {
    const gone = yield* ctx.store.remove(current.key, current.revision);
    if ('current' in gone) return null;
    yield* release(ctx, next);
    return versioned({ ...current, object: next, revision: gone.revision });
  }
  const ttl = resource.name === 'events' ? ctx.options.eventTtlSeconds : undefined;
  const done = yield* ctx.store.update(current.key, bare(next), current.revision, ttl);
  return 'item' in done ? versioned(done.item) : null;
}

/** One attempt: from what is stored to what shall be stored. `make` gets the object as clients see it. */
function* attempt(ctx: Ctx, current: Stored, make: (seen: Obj) => Obj): Coroutine<Obj | null> {
  const { resource, route } = ctx;
  const sent = place(ctx, make(versioned(current)));
  if ((meta(sent).name ?? route.name) !== route.name) throw badRequest(`the name of the object (${meta(sent).name}) does not match the name on the URL (${route.name})`);
  if (conditional.includes(resource.name) && (meta(sent).resourceVersion ?? '') === '') throw invalid(resource, route.name, [{ field: 'metadata.resourceVersion', message: 'Invalid value: 0x0: must be specified for an update' }]);
  checkPreconditions(ctx, sent, current);
  const admitted = yield* admitUpdate(ctx, sent, current.object);
  let next = prepareForUpdate(resource, route.subresource, systemFields(admitted, current.object), current.object, ctx.at);
  // A subresource changes only what is its own; what does not change was fine before.
  const faults = route.subresource !== '' || deepEqual(next, current.object) ? [] : validateUpdate(next as unknown as ApiObject, current.object as unknown as ApiObject, resource.namespaced, { allowPrivileged: ctx.options.allowPrivileged });
  if (faults.length > 0) throw invalid(resource, route.name, faults);
  if (route.subresource === '') next = yield* allocate(ctx, next, current.object);
  return yield* write(ctx, current, next);
}

/** Runs `make` on what is stored until it is written. A change that names its resource version is tried once. */
export function* modify(ctx: Ctx, make: (seen: Obj) => Obj): Coroutine<Obj> {
  const { resource, route } = ctx;
  const key = keyOf(resource, route.namespace, route.name);
  for (let n = 0; n < ATTEMPTS; n++) {
    const { item } = yield* ctx.store.get(key);
    if (item === null) throw notFound(groupResource(resource), route.name);
    const done = yield* attempt(ctx, item, make);
    if (done !== null) return done;
  }
  throw modified(groupResource(resource), route.name);
}

/** A PUT. → the object and whether it is new. */
export function* update(ctx: Ctx, body: Obj): Coroutine<{ readonly object: Obj; readonly created: boolean }> {
  const { resource, route } = ctx;
  const sent = fromWire(resource, readBody(ctx, body));
  if (route.subresource === '' && createsOnUpdate.includes(resource.name)) {
    const { item } = yield* ctx.store.get(keyOf(resource, route.namespace, route.name));
    if (item === null && (meta(sent).resourceVersion ?? '') === '') return { object: yield* create(ctx, body), created: true };
  }
  return { object: yield* modify(ctx, () => sent), created: false };
}
