/**
 * An HTTP client on the simulated network, with Go's error texts. Connections are plain data; lib/kube pools them.
 */
import { connect, now, recv, send, type Coroutine, type Frame } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { DIAL_TIMEOUT_US, dialTcp, GoError, joinHostPort, parseUrl, socketPair } from '../net/index.ts';
import { alertError, closeQuietly, HANDSHAKE_TIMEOUT_US, tlsClient, type TlsClientOptions } from '../tls/index.ts';
import type { Body, HttpConn, HttpRequest, HttpResponse } from './message.ts';

export interface ConnectOptions {
  /** `https://host:port/…` or `unix:///path` (plain HTTP over a unix socket). */ readonly url: string;
  /** For https; `serverName` '' means the URL's host. */ readonly tls: TlsClientOptions | null;
  /** µs for the whole of dialling and handshake; default Go's (30 s and 10 s). */ readonly timeoutUs?: number | null;
}

const DEADLINE = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
/** Trusting nobody, asking for nothing. */
const NO_TLS: TlsClientOptions = { serverName: '', caPem: null, insecure: false, certPem: null, keyPem: null };

function* connectUnix(path: string): Coroutine<HttpConn> {
  try {
    return { fd: yield* connect({ net: 'unix', path }), tls: false, peerCertPem: null, peer: '' };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new GoError(`dial unix ${path}: connect: ${goErrno(errno)}`, errno === 'ECONNREFUSED' || errno === 'ENOENT' ? 'refused' : 'other');
  }
}

/** Dials and, for https, shakes hands. Throws GoError (`dial tcp …`, `tls: failed to verify certificate: x509: …`, `EOF`, …). */
export function* httpConnect(options: ConnectOptions): Coroutine<HttpConn> {
  if (options.url.startsWith('unix://')) return yield* connectUnix(options.url.slice(7));
  const url = parseUrl(options.url);
  const limit = options.timeoutUs ?? null;
  const start = limit === null ? 0 : yield* now();
  const fd = yield* dialTcp(joinHostPort(url.host, url.port), limit === null ? DIAL_TIMEOUT_US : Math.min(limit, DIAL_TIMEOUT_US));
  if (url.scheme !== 'https') return { fd, tls: false, peerCertPem: null, peer: '' };
  const left = limit === null ? HANDSHAKE_TIMEOUT_US : start + limit - (yield* now());
  const tls = options.tls ?? NO_TLS;
  try {
    const { peerCertPem, asked } = yield* tlsClient(fd, tls.serverName === '' ? { ...tls, serverName: url.host } : tls, Math.min(left, HANDSHAKE_TIMEOUT_US));
    return { fd, tls: true, peerCertPem, peer: '', ...(asked && { asked: true }) };
  } catch (caught) {
    yield* closeQuietly(fd);
    if (caught instanceof GoError && caught.kind === 'timeout' && left < HANDSHAKE_TIMEOUT_US) throw new GoError(DEADLINE, 'timeout');
    throw caught;
  }
}

/** The next frame; end of stream is null. Throws GoError for resets, timeouts and TLS alerts. */
export function* receiveFrame(conn: HttpConn, timeoutUs: number | null): Coroutine<Frame> {
  try {
    const frame = yield* recv(conn.fd, timeoutUs);
    const alert = alertError(frame);
    if (alert) throw alert;
    return frame;
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (errno === 'EAGAIN') throw new GoError(DEADLINE, 'timeout');
    throw new GoError(`read tcp ${yield* socketPair(conn.fd)}: read: ${goErrno(errno)}`, 'reset');
  }
}

/** Sends a request and waits for the response's head. `timeoutUs` null waits for ever. Throws GoError. */
export function* roundTrip(conn: HttpConn, request: HttpRequest, timeoutUs: number | null = null): Coroutine<HttpResponse> {
  try {
    yield* send(conn.fd, { http: 'request', ...request } as unknown as Frame);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new GoError(`write tcp ${yield* socketPair(conn.fd)}: write: ${goErrno(errno)}`, 'reset');
  }
  const frame = yield* receiveFrame(conn, timeoutUs);
  if (frame === null) throw new GoError('EOF', 'eof');
  if (typeof frame === 'object' && 'http' in frame && frame.http === 'response') return frame as unknown as HttpResponse;
  const shown = typeof frame === 'string' ? frame.slice(0, 40) : '\\x15\\x03\\x01\\x00\\x02\\x02';
  throw new GoError(`malformed HTTP response "${shown}"`, 'http');
}

/** The next chunk of a streamed response; null at its end. Throws GoError (`unexpected EOF` when the connection broke off). */
export function* nextChunk(conn: HttpConn, timeoutUs: number | null = null): Coroutine<Body | null> {
  const frame = yield* receiveFrame(conn, timeoutUs);
  if (frame === null) throw new GoError('unexpected EOF', 'eof');
  if (typeof frame === 'object' && 'http' in frame) {
    if (frame.http === 'chunk') return (frame as unknown as { body: Body }).body;
    if (frame.http === 'end') return null;
  }
  throw new GoError('malformed chunked encoding', 'http');
}

/** Closes a connection, from either side. */
export function* closeConn(conn: HttpConn): Coroutine<void> {
  yield* closeQuietly(conn.fd);
}
