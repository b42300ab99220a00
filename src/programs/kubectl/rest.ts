/** Requests of one run: warnings are printed, refusals become StatusError, `-v=6` shows each exchange. */
import { now, type Bytes, type Coroutine, type Json } from '../../kernel/sys.ts';
import { reasonPhrase, type HttpConn } from '../../lib/http/index.ts';
import { klogInfo, raw } from '../../lib/klog/index.ts';
import { release, request, resourcePath, responseError, send, withQuery, type KubeRequest, type ResourceRef } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { Cli } from './cli.ts';
import { restConfig } from './config/load.ts';
import type { Resource } from './discovery/resource.ts';
import { printWarnings } from './io.ts';

/** Any API object, as it came over the wire. */
export interface Obj { readonly [key: string]: Json | undefined }
export interface Meta {
  readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string; readonly creationTimestamp?: string | null;
  readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>; readonly generation?: number;
  readonly deletionTimestamp?: string; readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string; readonly controller?: boolean }[];
}

/** The metadata of an object; empty when it has none. */
export const metaOf = (obj: Json | undefined): Meta => (((obj as Obj | null | undefined)?.metadata ?? { name: '' }) as unknown as Meta);
/** A field that holds an object; empty when it is missing. */
export const field = (obj: Obj | undefined, key: string): Obj => (obj?.[key] ?? {}) as Obj;
/** A field that holds a list; empty when it is missing. */
export const items = <T = Obj>(obj: Json | Obj | undefined, key = 'items'): readonly T[] => ((obj as Obj | undefined)?.[key] ?? []) as unknown as readonly T[];

export type Call = Omit<KubeRequest, 'headers'> & { readonly accept?: string; /** `pods`: for answers that are no Status. */ readonly about?: string; readonly name?: string };

/** Sends a request; → the body. Throws GoError or StatusError. */
export function* call(cli: Cli, { accept, about, name, ...what }: Call): Coroutine<Json> {
  const config = yield* restConfig(cli);
  const begin = yield* now();
  const response = yield* request(config, { ...what, ...(accept === undefined ? {} : { headers: { accept } }) });
  if (cli.flags.number('v') >= 6) {
    const url = `${config.server}${withQuery(what.path, what.query ?? {})}`;
    yield* klogInfo('round_trippers.go:632', 'Response', 'verb', what.method, 'url', url, 'status', `${response.status} ${reasonPhrase(response.status)}`, 'milliseconds', raw(String(Math.round(((yield* now()) - begin) / 1000))));
  }
  yield* printWarnings(response.headers.warning);
  if (response.status < 200 || response.status > 299) throw responseError(response, what.method, about ?? '', name ?? '');
  const body = response.body;
  return body === null ? null : 'json' in body ? body.json : body.text;
}

/** Opens an answer that may go on (logs); → the connection to read chunks from, or the whole text. Throws GoError or StatusError. */
export function* openAnswer(cli: Cli, { accept, about, name, path, query }: Omit<Call, 'method'>): Coroutine<HttpConn | Bytes> {
  const config = { ...(yield* restConfig(cli)), timeoutUs: null };
  const sent = yield* send(config, { method: 'GET', path, retries: 0, ...(query === undefined ? {} : { query }), ...(accept === undefined ? {} : { headers: { accept } }) });
  const { response, conn } = sent;
  yield* printWarnings(response.headers.warning);
  if (response.status !== 200) throw responseError(response, 'GET', about ?? '', name ?? '');
  if (response.stream) return conn;
  yield* release(config, sent);
  return response.body !== null && 'text' in response.body ? response.body.text : '';
}

/** Opens a watch. Throws GoError or StatusError. */
export function* openStream(cli: Cli, what: Omit<Call, 'method'>): Coroutine<HttpConn> {
  const answer = yield* openAnswer(cli, what);
  if (typeof answer === 'string') throw new GoError('unable to decode an event from the watch stream: EOF', 'http');
  return answer;
}

/** The reference to a resource, or to one object of it. */
export const refTo = (resource: Resource, namespace: string, name?: string, subresource?: string): ResourceRef => ({
  group: resource.group, version: resource.version, resource: resource.name, ...(resource.namespaced && namespace !== '' ? { namespace } : {}),
  ...(name === undefined ? {} : { name }), ...(subresource === undefined ? {} : { subresource }),
});

/** `/api/v1/namespaces/default/pods/x`. */
export const pathTo = (resource: Resource, namespace: string, name?: string, subresource?: string): string => resourcePath(refTo(resource, namespace, name, subresource));

/** GET of one object. */
export function* getOne(cli: Cli, resource: Resource, namespace: string, name: string): Coroutine<Obj> {
  return (yield* call(cli, { method: 'GET', path: pathTo(resource, namespace, name), about: resource.name, name })) as Obj;
}

export const PATCH = { strategic: 'application/strategic-merge-patch+json', merge: 'application/merge-patch+json', json: 'application/json-patch+json', apply: 'application/apply-patch+yaml' } as const;
