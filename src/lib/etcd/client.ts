/**
 * An etcd client: connections with certificates over the simulated network, pooled in a table of the process.
 * Errors are `EtcdError`s in the words of etcd's gRPC client. Models go.etcd.io/etcd/client/v3.
 */
import { del, now, put, sleep, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { closeConn, httpConnect, nextChunk, roundTrip, type HttpConn, type HttpRequest } from '../http/index.ts';
import { GoError, parseUrl, splitHostPort } from '../net/index.ts';
import { EtcdError } from './db.ts';
import { WATCH, type Method, type RpcError, type Rpcs, type WatchRequest, type WatchResponse } from './rpc.ts';

/** Where etcd is and who asks. Files are read once, by whoever makes this. */
export interface EtcdConfig { readonly endpoint: string; readonly caPem: string | null; readonly certPem: string | null; readonly keyPem: string | null; readonly insecure?: boolean }

const POOL = 'etcd/idle';
/** What the error of a connection says in gRPC's words, without the `connection error: ` in front. */
export function transportError(error: GoError): string {
  if (error.message.startsWith('dial tcp')) return `"transport: Error while dialing: ${error.message}"`;
  if (error.message.startsWith('remote error: ') || error.kind === 'eof' || error.kind === 'reset' || error.kind === 'http') return `"error reading server preface: ${error.kind === 'http' ? 'http2: failed reading the frame payload' : error.message}"`;
  return `"transport: authentication handshake failed: ${error.message}"`;
}

/** What gRPC dials and whom it expects there: a host and port behind http(s), anything else as it stands. Models clientv3 internal/endpoint. */
export function interpret(endpoint: string): { readonly address: string; readonly serverName: string } {
  const host = /^[a-zA-Z][a-zA-Z0-9+.-]*:\/\/([^/?#]*)/.exec(endpoint)?.[1];
  if (host === undefined) return { address: endpoint, serverName: endpoint };
  return { address: /^https?:\/\//i.test(endpoint) ? host : endpoint, serverName: host };
}

/** Dials and makes sure that etcd accepted us (its preface). Throws GoError. */
export function* etcdDial(config: EtcdConfig, timeoutUs: number): Coroutine<HttpConn> {
  const { address } = interpret(config.endpoint);
  try {
    splitHostPort(address);
  } catch (caught) {
    throw caught instanceof GoError ? new GoError(`dial tcp: ${caught.message}`, caught.kind) : caught;
  }
  const { host } = parseUrl(config.endpoint);
  const tls = { serverName: host, caPem: config.caPem, insecure: config.insecure ?? false, certPem: config.certPem, keyPem: config.keyPem };
  const conn = yield* httpConnect({ url: config.endpoint, tls, timeoutUs });
  try {
    const { status } = yield* roundTrip(conn, { method: 'PRI', path: '*', headers: {}, body: null }, timeoutUs);
    // A server that wanted TLS answers in plain text and hangs up.
    if (status !== 200) throw new GoError('EOF', 'eof');
    return conn;
  } catch (caught) {
    yield* closeConn(conn);
    throw caught;
  }
}

function* takeIdle(): Coroutine<HttpConn | null> {
  for (const [key, conn] of (yield* view<HttpConn>(POOL)).entries()) {
    // Another thread may have been faster: deleting it is what decides.
    if (yield* del(POOL, key)) return conn;
  }
  return null;
}

const unavailable = (error: GoError) => new EtcdError('Unavailable', `rpc error: code = Unavailable desc = connection error: desc = ${transportError(error)}`);
const request = (path: string, body: unknown): HttpRequest => ({ method: 'POST', path, headers: { 'content-type': 'application/grpc' }, body: { json: body as Json } });

/** One call. Throws EtcdError: etcd's own errors, or Unavailable when it cannot be reached. */
export function* etcdCall<M extends Method>(config: EtcdConfig, method: M, body: Rpcs[M][0], timeoutUs = 5_000_000): Coroutine<Rpcs[M][1]> {
  for (;;) {
    const idle = yield* takeIdle();
    let conn: HttpConn | null = idle;
    try {
      conn ??= yield* etcdDial(config, timeoutUs);
      const { body: answer } = yield* roundTrip(conn, request(method, body), timeoutUs);
      yield* put(POOL, String(conn.fd).padStart(4, '0'), conn);
      const value = (answer as { json: Json }).json as Rpcs[M][1] | RpcError;
      if ('error' in (value as object)) throw new EtcdError((value as RpcError).error.code, (value as RpcError).error.message);
      return value as Rpcs[M][1];
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      if (conn !== null) yield* closeConn(conn);
      if (caught.kind === 'timeout' && conn !== null) throw new EtcdError('Unavailable', 'etcdserver: request timed out');
      // A pooled connection may have died with its server; only a fresh one tells the truth.
      if (idle === null) throw unavailable(caught);
    }
  }
}

/** Begins a watch; the connection is the caller's. */
export function* etcdWatch(config: EtcdConfig, watch: WatchRequest, timeoutUs = 5_000_000): Coroutine<HttpConn> {
  try {
    const conn = yield* etcdDial(config, timeoutUs);
    yield* roundTrip(conn, request(WATCH, watch), timeoutUs);
    return conn;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw unavailable(caught);
  }
}

/** The next message of a watch; null when it ended. */
export function* etcdWatchNext(conn: HttpConn, timeoutUs: number | null = null): Coroutine<WatchResponse | null> {
  try {
    const body = yield* nextChunk(conn, timeoutUs);
    return body === null ? null : (body as { json: unknown }).json as WatchResponse;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return null;
  }
}

/** Microseconds a call took, and its error when it failed: what health checks need. Without a connection it waits for one all the time it has. */
export function* etcdProbe(config: EtcdConfig, timeoutUs: number): Coroutine<{ readonly error: string | null; readonly tookUs: number }> {
  const start = yield* now();
  try {
    yield* etcdCall(config, '/etcdserverpb.KV/Range', { key: 'health' }, timeoutUs);
    return { error: null, tookUs: (yield* now()) - start };
  } catch (caught) {
    if (!(caught instanceof EtcdError)) throw caught;
    const left = timeoutUs - ((yield* now()) - start);
    if (caught.code === 'Unavailable' && left > 0) yield* sleep(left);
    return { error: caught.message, tookUs: (yield* now()) - start };
  }
}
