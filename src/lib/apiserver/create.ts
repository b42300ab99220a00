/**
 * Creating an object: metadata, admission, defaults, validation, storage; in upstream's order and words.
 * Models apiserver pkg/endpoints/handlers/create.go and pkg/registry/rest/create.go.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import type { ApiObject } from '../../api/types.ts';
import { validate } from '../../api/validate/index.ts';
import { admitCreate } from './admission/index.ts';
import { refuse } from './admission/refuse.ts';
import { certificateFaults, subjectRestriction } from './certificates.ts';
import { generateName, groupResource, meta, newUid, timestamp, withMeta, type Ctx } from './context.ts';
import { keyOf } from './keys.ts';
import { prepareForCreate } from './kinds.ts';
import { flag } from './route.ts';
import { alreadyExists, badRequest, generateNameConflict, invalid, notFound } from './status.ts';
import { bare, versioned, type Obj } from './store.ts';
import { afterCreate, allocate, release } from './services.ts';
import { fromWire } from './convert.ts';
import { readBody } from './decode.ts';

const GENERATE_ATTEMPTS = 8;

/** The object as sent, checked against the path it was sent to. */
export function place(ctx: Ctx, body: Obj): Obj {
  const { resource, route } = ctx;
  const namespace = meta(body).namespace ?? '';
  if (resource.namespaced) {
    if (namespace !== '' && namespace !== route.namespace) throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
    return namespace === route.namespace ? body : withMeta(body, { namespace: route.namespace });
  }
  if (namespace !== '' && resource.name !== 'namespaces') throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return namespace === '' ? body : withMeta(body, { namespace: undefined });
}

function* fresh(ctx: Ctx, object: Obj): Coroutine<Obj> {
  const { name = '', generateName: base = '' } = meta(object);
  const named = name === '' && base !== '' ? yield* generateName(base) : name;
  return withMeta(object, {
    ...(named === '' ? {} : { name: named }), uid: yield* newUid(), creationTimestamp: timestamp(ctx.at), deletionTimestamp: undefined, deletionGracePeriodSeconds: undefined,
    resourceVersion: undefined, selfLink: undefined,
  } as NonNullable<Obj['metadata']>);
}

/** How long an object of this kind lives: only events end by themselves. */
const ttlOf = (ctx: Ctx): number | undefined => (ctx.resource.name === 'events' ? ctx.options.eventTtlSeconds : undefined);

function* tryCreate(ctx: Ctx, sent: Obj): Coroutine<Obj | 'exists'> {
  const { resource } = ctx;
  const dryRun = flag(ctx.route.query, 'dryRun');
  let object = prepareForCreate(resource, yield* fresh(ctx, yield* admitCreate(ctx, sent)), ctx.at);
  const faults = [...validate(object as unknown as ApiObject, resource.namespaced, { allowPrivileged: ctx.options.allowPrivileged }), ...certificateFaults(object as unknown as ApiObject)];
  if (faults.length > 0) throw invalid(resource, meta(object).name ?? '', faults);
  const restricted = subjectRestriction(object as unknown as ApiObject);
  if (restricted !== null) throw refuse(ctx, object, restricted);
  object = yield* allocate(ctx, object, null);
  const key = keyOf(resource, meta(object).namespace ?? '', meta(object).name!);
  if (dryRun) return (yield* ctx.store.get(key)).item === null ? object : 'exists';
  const stored = yield* ctx.store.create(key, bare(object), ttlOf(ctx));
  if (stored === null) {
    yield* release(ctx, object);
    return 'exists';
  }
  yield* afterCreate(ctx, object);
  return versioned(stored);
}

/** Creates the object that was sent. */
export function* create(ctx: Ctx, body: Obj): Coroutine<Obj> {
  const { resource } = ctx;
  const sent = place(ctx, fromWire(resource, readBody(ctx, body)));
  if (meta(sent).resourceVersion !== undefined && meta(sent).resourceVersion !== '') throw badRequest('resourceVersion should not be set on objects to be created');
  const { name = '', generateName: base = '' } = meta(sent);
  if (name === '' && base === '') throw invalid(resource, '', [{ field: 'metadata.name', message: 'Required value: name or generateName is required' }]);
  for (let attempt = 1; ; attempt++) {
    const made = yield* tryCreate(ctx, sent);
    if (made !== 'exists') return made;
    if (name !== '') throw alreadyExists(groupResource(resource), name);
    if (attempt === GENERATE_ATTEMPTS) throw generateNameConflict(groupResource(resource), base);
  }
}

/** The stored object a path names. */
export function* fetch(ctx: Ctx): Coroutine<{ readonly key: string; readonly object: Obj; readonly revision: number }> {
  const { resource, route } = ctx;
  const { item } = yield* ctx.store.get(keyOf(resource, route.namespace, route.name));
  if (item === null) throw notFound(groupResource(resource), route.name);
  return item;
}
