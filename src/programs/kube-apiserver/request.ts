/**
 * One request: who asks, whether they may, and what the answer is. The filters of upstream's chain in their order.
 * Models apiserver pkg/server/config.go (DefaultBuildHandlerChain).
 */
import { parseDuration } from '../../base/duration.ts';
import { now, stamp, type Coroutine, type VTime } from '../../kernel/sys.ts';
import { announceEvaluator } from '../../lib/apiserver/admission/quota.ts';
import { authenticate } from '../../lib/apiserver/auth/authenticate.ts';
import { attributesOf, forbiddenError, type Decision, type User } from '../../lib/apiserver/auth/attributes.ts';
import { authorize, rulesOf } from '../../lib/apiserver/auth/authorize.ts';
import { impersonated } from '../../lib/apiserver/auth/impersonate.ts';
import { newUid, type Ctx } from '../../lib/apiserver/context.ts';
import { discoveryDocument, versionDocument } from '../../lib/apiserver/discovery.ts';
import { openApiDocument } from '../../lib/apiserver/openapi/schema.ts';
import { handle, resourceOf, type Answer } from '../../lib/apiserver/handler.ts';
import { param, parseRoute, type Route } from '../../lib/apiserver/route.ts';
import { ApiError, unauthorized } from '../../lib/apiserver/status.ts';
import { EtcdStore } from '../../lib/apiserver/store-etcd.ts';
import { CachedStore } from '../../lib/apiserver/watchcache.ts';
import { closeConn, jsonResponse, respond, textResponse, type Headers, type HttpConn, type HttpRequest, type HttpResponse } from '../../lib/http/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import type { Json } from '../../kernel/sys.ts';
import { note, type Inquiry } from './audit.ts';
import { healthResponse } from './health.ts';
import { openExec, openLog } from './kubelet.ts';
import type { Busy } from './serve.ts';
import { shared, type Shared } from './state.ts';
import { beginWatch, serveWatch } from './watch.ts';

export type Done = { readonly response: HttpResponse } | { readonly busy: Busy | null };

const withWarnings = (response: HttpResponse, warnings: readonly string[]): HttpResponse =>
  (warnings.length === 0 ? response : { ...response, headers: { ...response.headers, warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') } });

const READ_LIMIT_US = 60_000_000;
const WRITE_LIMIT_US = 34_000_000;
const isRead = (route: Route): boolean => route.verb === 'get' || route.verb === 'list' || route.verb === 'watch';

/** Writes that do not go through the creation of an object. */
const isUpdate = ({ verb, subresource, namespace }: Route): boolean => namespace !== '' && (verb === 'update' || verb === 'patch' || (verb === 'create' && subresource !== ''));

/** How long a request may last: reads a minute, writes 34 seconds, or less when the client says so. */
function limitUs(route: Route): number {
  const limit = isRead(route) ? READ_LIMIT_US : WRITE_LIMIT_US;
  const asked = parseDuration(param(route.query, 'timeout'));
  return asked === null || asked <= 0 ? limit : Math.min(limit, asked);
}

/** Its time was over: the handler of a write says so itself, a read's is cut off by the filter around it, which does not name its answer's type. */
const failed = (route: Route, { status }: ApiError): HttpResponse => {
  if (status.code !== 504 || !isRead(route)) return jsonResponse(status.code ?? 500, status as unknown as Json);
  return textResponse(504, `${JSON.stringify({ ...status, message: 'Timeout: request did not complete within the allotted timeout' })}\n`);
};

/** Answers, or takes the connection over for what follows; notes it where the audit policy asks for that. */
export function* answer(conn: HttpConn, request: HttpRequest): Coroutine<Done> {
  const server = yield* shared();
  const inquiry: Inquiry = { attributes: null, decision: null };
  if (server.audit === null) return yield* dressed(request, inquiry, yield* decide(conn, request, server, inquiry));
  const receivedAt = yield* stamp();
  const done = yield* decide(conn, request, server, inquiry);
  yield* note(server.audit, { request, peer: conn.peer, inquiry, receivedAt }, 'response' in done ? done.response : null);
  return yield* dressed(request, inquiry, done);
}

/** Whoever may be reading with their own eyes gets indented JSON, unless they say otherwise. Models endpoints/handlers/responsewriters (isPrettyPrint). */
function wantsPretty({ path, headers }: HttpRequest): boolean {
  const asked = /[?&]pretty=(\w*)/.exec(path)?.[1];
  return asked === undefined ? /^(?:curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '') : asked !== 'false' && asked !== '0';
}

/** What the filters around every handler add to an answer. Not modelled: what priority and fairness add. */
function* dressed(request: HttpRequest, { decision }: Inquiry, done: Done): Coroutine<Done> {
  if (!('response' in done)) return done;
  const { response } = done;
  const refused: Headers = decision?.allowed === false ? { 'x-content-type-options': 'nosniff' } : {};
  const headers = { 'audit-id': yield* newUid('apiserver/audit'), 'cache-control': 'no-cache, private', ...refused, ...response.headers };
  return { response: { ...response, headers, ...(wantsPretty(request) && { pretty: true }) } };
}

/** Errors become their Status. */
function* decide(conn: HttpConn, request: HttpRequest, server: Shared, inquiry: Inquiry): Coroutine<Done> {
  const route = parseRoute(request.method, request.path);
  const at = yield* now();
  try {
    const user = yield* impersonated(yield* identify(server, conn, request, at, at + limitUs(route)), request.headers, (wish) => authorize(server.modes, wish));
    const attributes = attributesOf(user, route);
    const decision = yield* authorize(server.modes, attributes);
    Object.assign(inquiry, { attributes, decision });
    if (!decision.allowed) throw forbiddenError(attributes, decision.reason);
    return route.isResource ? yield* resourceRequest(conn, request, server, route, user, at) : { response: yield* plain(server, route) };
  } catch (caught) {
    if (!(caught instanceof ApiError)) throw caught;
    return { response: failed(route, caught) };
  }
}

function* identify(server: Shared, conn: HttpConn, request: HttpRequest, at: VTime, until: VTime): Coroutine<User> {
  const found = yield* authenticate({ peerCertPem: conn.peerCertPem, authorization: request.headers['authorization'] ?? '' }, server.authority, new CachedStore(new EtcdStore(server.etcd, until)), at);
  if ('user' in found) return found.user;
  if (found.error !== '') yield* klogError('authentication.go:75', found.error, 'Unable to authenticate the request');
  throw unauthorized();
}

const SERVED = ['/api', '/apis', '/version', '/healthz', '/livez', '/readyz'];

/** Paths that are no resources: health, version, discovery. */
function* plain(server: Shared, route: Route): Coroutine<HttpResponse> {
  const { path } = route;
  const health = yield* healthResponse(path, route.query);
  if (health !== null) return health;
  if (path === '/version' || path === '/version/') return jsonResponse(200, versionDocument);
  if (path === '/') return jsonResponse(200, { paths: SERVED });
  const document = discoveryDocument(path, `${server.options.advertiseAddress}:${server.options.securePort}`);
  if (document !== undefined) return jsonResponse(200, document as Json);
  const schema = path.startsWith('/openapi/v3') ? openApiDocument(path) : undefined;
  if (schema !== undefined) return jsonResponse(200, schema);
  if (path === '/metrics' || path.startsWith('/openapi')) return textResponse(404, `${path} is not available in this lab\n`);
  return textResponse(404, '404 page not found\n');
}

function* resourceRequest(conn: HttpConn, request: HttpRequest, server: Shared, route: Route, user: User, at: VTime): Coroutine<Done> {
  const store = new EtcdStore(server.etcd, at + limitUs(route));
  const ctx: Ctx = {
    store, cache: new CachedStore(store), user, at, options: server.options, authority: server.authority, authorize: (attributes): Coroutine<Decision> => authorize(server.modes, attributes), rules: (namespace) => rulesOf(user, namespace),
    route, resource: resourceOf(route), warnings: [], userAgent: request.headers['user-agent'] ?? '',
  };
  const body = request.body === null ? null : 'json' in request.body ? request.body.json : parse(request.body.text);
  if (isUpdate(route)) yield* announceEvaluator(ctx.resource);
  const done = yield* handle(ctx, { accept: request.headers['accept'] ?? '', contentType: request.headers['content-type'] ?? '', body });
  if ('status' in done) return { response: withWarnings(jsonResponse(done.status, done.body), ctx.warnings) };
  return yield* takeOver(conn, ctx, done);
}

function parse(text: string): unknown {
  if (text === '') return null;
  try { return JSON.parse(text); } catch {
    throw new ApiError(400, 'BadRequest', `couldn't get version/kind; json parse error: invalid character ${JSON.stringify(text[0])} looking for beginning of value`);
  }
}

function* takeOver(conn: HttpConn, ctx: Ctx, done: Exclude<Answer, { readonly status: number }>): Coroutine<Done> {
  if ('watch' in done) {
    const { state, first } = yield* beginWatch(done.watch, ctx.resource);
    yield* respond(conn, withWarnings({ status: 200, headers: { 'content-type': 'application/json' }, body: null, stream: true }, ctx.warnings));
    const watch = yield* serveWatch(conn, state, first);
    if (watch === 'gone') return { busy: null };
    return { busy: watch === 'ended' ? null : { kind: 'watch', watch } };
  }
  const { pod, subresource } = done.kubelet;
  const { response, kubelet } = subresource === 'log' ? yield* openLog(ctx, pod) : yield* openExec(ctx, pod, subresource);
  if (kubelet === null) return { response };
  if (subresource === 'log' && !response.stream) {
    yield* closeConn(kubelet);
    return { response };
  }
  yield* respond(conn, response);
  return { busy: { kind: subresource === 'log' ? 'log' : 'exec', kubelet } };
}
