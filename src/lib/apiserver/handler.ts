/**
 * The REST handler: one resource request in, one answer out. Everything it needs of the world it gets in `Ctx`, so it runs
 * over etcd in the server and over memory in tests. Models apiserver pkg/endpoints.
 */
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { apiVersionOf, resourceAt, verbsOf, type Resource } from '../../api/registry.ts';
import { componentStatuses } from './componentstatus.ts';
import { meta, type Ctx } from './context.ts';
import { toWire } from './convert.ts';
import { create, fetch } from './create.ts';
import { objectBody } from './decode.ts';
import { listPrefix } from './keys.ts';
import { list, listBody, listMeta } from './list.ts';
import { patcher } from './patch.ts';
import { deleteOptions, remove } from './remove.ts';
import { review } from './reviews.ts';
import { param, type Route } from './route.ts';
import { ApiError, methodNotAllowed, noSuchResource } from './status.ts';
import { bind, evict, scaleOf, tokenRequest, writeScale } from './subresources.ts';
import { tableOf, wantsTable, type IncludeObject } from './table.ts';
import { modify, update } from './update.ts';
import { versioned, type Obj } from './store.ts';
import { watchPlan, type WatchPlan } from './watch.ts';

export interface Incoming { readonly accept: string; readonly contentType: string; readonly body: unknown }
export type Answer =
  | { readonly status: number; readonly body: Json }
  | { readonly watch: WatchPlan }
  /** For the kubelet of the pod's node: `log`, `exec`, `attach`, `portforward`. */
  | { readonly kubelet: { readonly pod: Obj; readonly subresource: string } };

/** The resource a path names. Throws ApiError when it is not served or does not know the verb. */
export function resourceOf(route: Route): Resource {
  const resource = resourceAt(route.group, route.version, route.resource);
  if (resource === undefined) throw noSuchResource();
  if (route.subresource === '') {
    if (!(resource.verbs as readonly string[]).includes(route.verb)) throw methodNotAllowed();
    return resource;
  }
  const sub = resource.subresources.find(({ name }) => name === route.subresource);
  if (sub === undefined) throw noSuchResource();
  if (!(verbsOf(sub.verbs) as readonly string[]).includes(route.verb)) throw methodNotAllowed();
  return resource;
}

const ok = (body: unknown, status = 200): Answer => ({ status, body: body as Json });

function include(ctx: Ctx): IncludeObject {
  const asked = param(ctx.route.query, 'includeObject');
  return asked === 'None' || asked === 'Object' ? asked : 'Metadata';
}
/** One object, or its Table when that was asked for. */
function shown(ctx: Ctx, incoming: Incoming, object: Obj, status = 200): Answer {
  const wire = toWire(ctx.resource, object);
  return wantsTable(incoming.accept) ? ok(tableOf(ctx.resource, [wire], { resourceVersion: meta(object).resourceVersion }, ctx.at, include(ctx)), status) : ok(wire, status);
}

function* getOne(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const { resource, route } = ctx;
  if (resource.name === 'componentstatuses') return shown(ctx, incoming, (yield* componentStatuses(ctx))[0]!);
  if (route.subresource === 'proxy') throw new ApiError(501, 'NotImplemented', 'proxying is not available in this lab');
  const stored = yield* fetch(ctx);
  if (['log', 'exec', 'attach', 'portforward'].includes(route.subresource)) return { kubelet: { pod: stored.object, subresource: route.subresource } };
  const object = versioned(stored);
  return route.subresource === 'scale' ? ok(scaleOf(object)) : shown(ctx, incoming, object);
}

function* listAll(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const listed = ctx.resource.name === 'componentstatuses' ? { revision: 0, items: yield* componentStatuses(ctx), continue: '', remaining: null } : yield* list(ctx);
  if (wantsTable(incoming.accept)) return ok(tableOf(ctx.resource, listed.items, listMeta(listed), ctx.at, include(ctx)));
  return ok(listBody(ctx, listed));
}

function* createOne(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const { resource, route } = ctx;
  const sub = route.subresource;
  if (['exec', 'attach', 'portforward'].includes(sub)) return { kubelet: { pod: (yield* fetch(ctx)).object, subresource: sub } };
  const body = objectBody(incoming.body, resource);
  if (sub === 'eviction') return ok(yield* evict(ctx, body), 201);
  if (sub === 'binding') return ok(yield* bind(ctx, body), 201);
  if (sub === 'token') return ok(yield* tokenRequest(ctx, body), 201);
  if (resource.name === 'bindings') return ok(yield* bind({ ...ctx, resource: resourceAt('', 'v1', 'pods')!, route: { ...route, resource: 'pods', name: meta(body).name ?? '' } }, body), 201);
  const typed = { ...body, kind: resource.kind, apiVersion: apiVersionOf(resource) };
  const reviewed = yield* review(ctx, typed);
  if (reviewed !== undefined) return ok(reviewed, 201);
  return shown(ctx, incoming, yield* create(ctx, body), 201);
}

function* change(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const { route } = ctx;
  if (route.verb === 'patch') {
    const apply = patcher(ctx, incoming.contentType, incoming.body);
    return route.subresource === 'scale' ? ok(yield* writeScale(ctx, apply)) : shown(ctx, incoming, yield* modify(ctx, apply));
  }
  const body = objectBody(incoming.body, ctx.resource);
  if (route.subresource === 'scale') return ok(yield* writeScale(ctx, () => body));
  const { object, created } = yield* update(ctx, body);
  return shown(ctx, incoming, object, created ? 201 : 200);
}

function* deleteAll(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const listed = yield* list(ctx);
  for (const object of listed.items) {
    const { name = '', namespace = '' } = meta(object);
    yield* remove({ ...ctx, route: { ...ctx.route, namespace, name } }, deleteOptions(ctx, incoming.body));
  }
  return ok(listBody(ctx, listed));
}

const deprecated: Readonly<Record<string, string>> = {
  endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice', componentstatuses: 'v1 ComponentStatus is deprecated in v1.19+',
};

/** Answers a request for a resource. Throws ApiError. */
export function* handle(ctx: Ctx, incoming: Incoming): Coroutine<Answer> {
  const { resource, route } = ctx;
  const warning = resource.group === '' ? deprecated[resource.name] : undefined;
  if (warning !== undefined) ctx.warnings.push(warning);
  switch (route.verb) {
    case 'get': return yield* getOne(ctx, incoming);
    case 'list': return yield* listAll(ctx, incoming);
    case 'watch': return { watch: watchPlan(route, route.name === '' ? listPrefix(resource, route.namespace) : `${listPrefix(resource, route.namespace)}${route.name}`, wantsTable(incoming.accept)) };
    case 'create': return yield* createOne(ctx, incoming);
    case 'update':
    case 'patch': return yield* change(ctx, incoming);
    case 'delete': {
      const { body, status } = yield* remove(ctx, deleteOptions(ctx, incoming.body));
      return ok('metadata' in body && body.kind !== 'Status' ? toWire(resource, body as Obj) : body, status);
    }
    case 'deletecollection': return yield* deleteAll(ctx, incoming);
    default: throw methodNotAllowed();
  }
}

