/**
 * The verbs of the API on objects: what client-go's typed clients do, over plain JSON. A refusal throws StatusError.
 */
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { nextChunk, type HttpConn } from '../http/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { resourcePath, type ResourceRef } from './path.ts';
import { request, send, type KubeRequest } from './request.ts';
import { responseError } from './status.ts';

/** The metadata every object has. */
export interface ObjectMeta {
  readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string; readonly generation?: number;
  readonly generateName?: string; readonly creationTimestamp?: string | null; readonly deletionTimestamp?: string; readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[]; readonly finalizers?: readonly string[];
}
export interface OwnerReference { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string; readonly controller?: boolean; readonly blockOwnerDeletion?: boolean }
/** Any API object; typed views are made by casting to the kind's own type. */
export interface KubeObject { readonly apiVersion?: string; readonly kind?: string; readonly metadata: ObjectMeta }
export interface KubeList<T extends KubeObject = KubeObject> { readonly metadata: { readonly resourceVersion?: string; readonly continue?: string }; readonly items: readonly T[] }

export interface ListOptions {
  readonly labelSelector?: string; readonly fieldSelector?: string; readonly limit?: number; readonly resourceVersion?: string;
}
export interface WriteOptions { readonly fieldManager?: string; readonly dryRun?: string; readonly fieldValidation?: string }

const fullName = (ref: ResourceRef) => (ref.group === '' ? ref.resource : `${ref.resource}.${ref.group}`);

/** A request that must succeed; → the body's JSON. Throws GoError or StatusError. */
export function* requestJson(config: RestConfig, what: KubeRequest, resource = '', name = ''): Coroutine<Json> {
  const response = yield* request(config, what);
  if (response.status < 200 || response.status > 299) throw responseError(response, what.method, resource, name);
  const body = response.body;
  if (body && 'json' in body) return body.json;
  return body && 'text' in body ? body.text : null;
}

function* verb<T>(config: RestConfig, method: KubeRequest['method'], ref: ResourceRef, extra: Partial<KubeRequest> = {}): Coroutine<T> {
  return (yield* requestJson(config, { method, path: resourcePath(ref), ...extra }, fullName(ref), ref.name ?? '')) as unknown as T;
}

/** One object. */
export function* getObject<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef): Coroutine<T> {
  return yield* verb<T>(config, 'GET', ref);
}

/** A list, in one page unless `limit` is set. */
export function* listObjects<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef, options: ListOptions = {}): Coroutine<KubeList<T>> {
  const { limit, ...query } = options;
  return yield* verb<KubeList<T>>(config, 'GET', ref, { query: { ...query, ...(limit === undefined ? {} : { limit: String(limit) }) } });
}

/** POST; → the object as stored. `ref` may name a subresource of an object (`binding`, `eviction`, `token`). */
export function* create<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef, object: unknown, options: WriteOptions = {}): Coroutine<T> {
  return yield* verb<T>(config, 'POST', ref, { body: object as Json, query: { ...options } });
}

/** PUT; → the object as stored. */
export function* update<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef, object: unknown, options: WriteOptions = {}): Coroutine<T> {
  return yield* verb<T>(config, 'PUT', ref, { body: object as Json, query: { ...options } });
}

/** PUT on the status subresource. */
export function* updateStatus<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef, object: unknown): Coroutine<T> {
  return yield* verb<T>(config, 'PUT', { ...ref, subresource: 'status' }, { body: object as Json });
}

export const PATCH_TYPES = {
  strategic: 'application/strategic-merge-patch+json', merge: 'application/merge-patch+json', json: 'application/json-patch+json', apply: 'application/apply-patch+yaml',
} as const;

/** PATCH of the given type; → the object as stored. */
export function* patch<T extends KubeObject = KubeObject>(config: RestConfig, ref: ResourceRef, type: keyof typeof PATCH_TYPES, body: unknown, options: WriteOptions = {}): Coroutine<T> {
  return yield* verb<T>(config, 'PATCH', ref, { body: body as Json, contentType: PATCH_TYPES[type], query: { ...options } });
}

export interface DeleteOptions { readonly gracePeriodSeconds?: number; readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'; readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string }; readonly dryRun?: readonly string[] }

/** DELETE; → the object while it still exists (finalizers, grace), else a Status. */
export function* del<T = Json>(config: RestConfig, ref: ResourceRef, options: DeleteOptions = {}): Coroutine<T> {
  const body = Object.keys(options).length === 0 ? null : { kind: 'DeleteOptions', apiVersion: 'v1', ...options };
  return yield* verb<T>(config, 'DELETE', ref, { body });
}

export interface WatchEvent<T extends KubeObject = KubeObject> { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'; readonly object: T }

/** Opens a watch on `path` (query included, `watch=true` added); → the connection to hand to `nextEvent`. Throws GoError or StatusError. */
export function* watch(config: RestConfig, path: string, query: Readonly<Record<string, string | undefined>> = {}): Coroutine<HttpConn> {
  const sent = yield* send(config, { method: 'GET', path, query: { ...query, watch: 'true' }, retries: 0 });
  if (sent.response.status === 200 && sent.response.stream) return sent.conn;
  throw responseError(sent.response, 'GET');
}

/** The next event of a watch; null when the server ended it. Throws GoError (`kind` timeout when `timeoutUs` ran out). */
export function* nextEvent<T extends KubeObject = KubeObject>(conn: HttpConn, timeoutUs: number | null = null): Coroutine<WatchEvent<T> | null> {
  const chunk = yield* nextChunk(conn, timeoutUs);
  if (chunk === null) return null;
  if (!('json' in chunk)) throw new GoError('unable to decode an event from the watch stream: invalid character', 'http');
  return chunk.json as unknown as WatchEvent<T>;
}
