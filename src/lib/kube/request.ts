/**
 * One request to an API server: connection from the pool or fresh, credentials, client-go's retries and error wrapping.
 * Idle connections rest in a table of the process, so callers keep no client. Models client-go rest/request.go, with_retry.go
 * and net/http's Transport. Not modelled: HTTP/2 (a connection serves one request at a time), rate limits, proxies.
 */
import { formatDuration } from '../../base/duration.ts';
import { del, poll, put, readFile, sleep, view, type Bytes, type Coroutine, type Json } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { closeConn, httpConnect, roundTrip, type Headers, type HttpConn, type HttpResponse } from '../http/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { checkKeyPair } from '../tls/index.ts';
import { base64Encode, parseCertificates } from '../x509/index.ts';
import { withQuery } from './path.ts';

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path, with or without a query. */ readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Json | null;
  readonly headers?: Headers;
  readonly contentType?: string;
  /** µs for the answer's head; default the config's, else none. */ readonly timeoutUs?: number | null;
  /** How often client-go tries again after a reset or EOF (GET) or a Retry-After; default 10. */ readonly retries?: number;
}

/** Table of idle connections. */
const IDLE = 'kube/idle';
const RETRY_AFTER_US = 1_000_000;

const tail = (pem: Bytes | null) => (pem === null ? '' : pem.slice(-100, -30));

/** What a connection is good for: the same server, verified the same way, as the same client. */
const poolKey = (config: RestConfig) => `${config.server}|${config.tlsServerName}|${config.insecure}|${tail(config.caPem)}|${tail(config.certPem)}|`;

/** Takes an idle connection that the server has not closed meanwhile. */
function* takeIdle(key: string): Coroutine<HttpConn | null> {
  for (;;) {
    const entry = (yield* view<HttpConn>(IDLE)).entries(key).next();
    if (entry.done || !entry.value[0].startsWith(key)) return null;
    const conn = entry.value[1];
    if (!(yield* del(IDLE, entry.value[0]))) continue;
    // An idle connection with something to read has been closed by the server.
    const state = yield* poll({ fds: [conn.fd], timeout: 0 });
    if (state.fds.length === 0) return conn;
    yield* closeConn(conn);
  }
}

/** Opens a fresh connection. Throws GoError. */
function* connect(config: RestConfig, timeoutUs: number | null): Coroutine<HttpConn> {
  if (config.certPem !== null && config.keyPem !== null) checkKeyPair(config.certPem, config.keyPem);
  if (config.caPem !== null && parseCertificates(config.caPem).length === 0) throw new GoError('unable to load root certificates: unable to parse bytes as PEM block', 'config');
  return yield* httpConnect({
    url: config.server, timeoutUs,
    tls: { serverName: config.tlsServerName, caPem: config.caPem, insecure: config.insecure, certPem: config.certPem, keyPem: config.keyPem },
  });
}

function* bearerToken(config: RestConfig): Coroutine<string | null> {
  if (config.tokenFile === null) return config.token;
  try {
    return (yield* readFile(config.tokenFile)).trim();
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return config.token;
  }
}

function* headersFor(config: RestConfig, request: KubeRequest): Coroutine<Headers> {
  const token = yield* bearerToken(config);
  const headers: Record<string, string> = { accept: 'application/json', ...(config.userAgent === '' ? {} : { 'user-agent': config.userAgent }) };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  else if (config.username !== null) headers.authorization = `Basic ${base64Encode(`${config.username}:${config.password ?? ''}`)}`;
  if (config.asUser !== null) headers['impersonate-user'] = config.asUser;
  if (config.asGroups.length > 0) headers['impersonate-group'] = config.asGroups.join(',');
  if (request.body !== undefined && request.body !== null) headers['content-type'] = request.contentType ?? 'application/json';
  return { ...headers, ...request.headers };
}

interface Sent { readonly response: HttpResponse; readonly conn: HttpConn }

/** One attempt: a pooled connection that turns out dead is replaced without a word, as net/http does. */
function* attempt(config: RestConfig, request: KubeRequest, path: string, timeoutUs: number | null): Coroutine<Sent> {
  const message = { method: request.method, path, headers: yield* headersFor(config, request), body: request.body === undefined || request.body === null ? null : { json: request.body } };
  const idle = yield* takeIdle(poolKey(config));
  if (idle) {
    try {
      return { response: yield* roundTrip(idle, message, timeoutUs), conn: idle };
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* closeConn(idle);
      if (request.method !== 'GET' || (caught.kind !== 'eof' && caught.kind !== 'reset')) throw caught;
    }
  }
  const conn = yield* connect(config, timeoutUs);
  try {
    return { response: yield* roundTrip(conn, message, timeoutUs), conn };
  } catch (caught) {
    yield* closeConn(conn);
    throw caught;
  }
}

/** `Get "https://…": dial tcp …`: net/url's Error. */
function urlError(method: string, url: string, inner: GoError): GoError {
  return new GoError(`${method[0]}${method.slice(1).toLowerCase()} "${url}": ${inner.message}`, inner.kind, inner);
}

/** Of the two errors the earlier is the wrapped one, so that nobody sees a refused connection in it. */
function withPrevious(error: GoError, previous: GoError | null): GoError {
  if (previous === null || previous.message === error.message) return error;
  return new GoError(`${error.message} - error from a previous attempt: ${(previous.inner ?? previous).message}`, previous.kind, previous);
}

/** Sends a request and leaves the connection with the caller (`conn`), who closes or releases it. Throws GoError. */
export function* send(config: RestConfig, request: KubeRequest): Coroutine<Sent> {
  const timeoutUs = request.timeoutUs ?? config.timeoutUs;
  const path = withQuery(request.path, { ...request.query, ...(config.timeoutUs === null ? {} : { timeout: formatDuration(config.timeoutUs) }) });
  const retries = request.retries ?? 10;
  let previous: GoError | null = null;
  for (let tries = 0; ; tries++) {
    let failure: GoError;
    try {
      const sent = yield* attempt(config, request, path, timeoutUs);
      const retryAfter = sent.response.headers['retry-after'];
      const busy = (sent.response.status === 429 || sent.response.status >= 500) && retryAfter !== undefined;
      if (!busy || tries >= retries) return sent;
      yield* release(config, sent);
      yield* sleep((Number(retryAfter) || 1) * RETRY_AFTER_US);
      continue;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      failure = urlError(request.method, `${config.server}${path}`, caught);
    }
    const again = request.method === 'GET' && (failure.kind === 'eof' || failure.kind === 'reset') && tries < retries;
    if (!again) throw withPrevious(failure, previous);
    previous = failure;
    yield* sleep(RETRY_AFTER_US);
  }
}

/** Gives a connection back to the pool once its response has been read. */
export function* release(config: RestConfig, { response, conn }: Sent): Coroutine<void> {
  if (response.stream || response.status === 101 || response.headers.connection === 'close') yield* closeConn(conn);
  else yield* put(IDLE, `${poolKey(config)}${conn.fd}`, conn);
}

/** One request and its whole answer, whatever its status. Throws GoError when there is no answer. */
export function* request(config: RestConfig, what: KubeRequest): Coroutine<HttpResponse> {
  const sent = yield* send(config, what);
  yield* release(config, sent);
  return sent.response;
}
