/**
 * An HTTP server on the simulated network: one connection at a time in the calling thread. What a Go server would answer to a
 * client of the wrong protocol is answered here too.
 */
import { recv, send, type Coroutine, type Frame } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { GoError } from '../net/index.ts';
import { closeQuietly, peerAddress, tlsServer, type TlsServerOptions } from '../tls/index.ts';
import { textResponse, type Body, type HttpConn, type HttpRequest, type HttpResponse } from './message.ts';

/** Sends one frame; false when the client is gone. */
function* transmit(fd: number, frame: unknown): Coroutine<boolean> {
  try {
    yield* send(fd, frame as Frame);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

function* receive(fd: number): Coroutine<Frame> {
  try {
    return yield* recv(fd);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

const asRequest = (frame: Frame) => (typeof frame === 'object' && frame !== null && 'http' in frame && frame.http === 'request' ? (frame as unknown as HttpRequest) : null);

/** A connection that was not accepted, and is closed; `error` is for the log line `http: TLS handshake error from PEER: ERROR`. */
export interface Refused { readonly refused: true; readonly peer: string; readonly error: string }

/**
 * Takes a fresh descriptor from `accept` through the TLS handshake. A client that speaks plain HTTP gets Go's 400. Without `tls` the
 * connection is ready at once.
 */
export function* acceptTls(fd: number, tls: TlsServerOptions | null): Coroutine<HttpConn | Refused> {
  const peer = yield* peerAddress(fd);
  if (tls === null) return { fd, tls: false, peerCertPem: null, peer };
  const first = yield* receive(fd);
  try {
    if (first === null) throw new GoError('EOF', 'eof');
    const { peerCertPem } = yield* tlsServer(fd, tls, first);
    return { fd, tls: true, peerCertPem, peer };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const plain = asRequest(first) !== null;
    if (plain) yield* transmit(fd, { http: 'response', ...textResponse(400, 'Client sent an HTTP request to an HTTPS server.\n', { connection: 'close' }) });
    yield* closeQuietly(fd);
    return { refused: true, peer, error: plain ? 'client sent an HTTP request to an HTTPS server' : caught.message };
  }
}

/** As `acceptTls`, for servers that keep no log: null when the connection was not accepted. */
export function* acceptHttp(fd: number, tls: TlsServerOptions | null): Coroutine<HttpConn | null> {
  const conn = yield* acceptTls(fd, tls);
  return 'refused' in conn ? null : conn;
}

/** The next request of the connection; null when the client closed it (or spoke TLS to a plain port, which gets Go's 400). */
export function* readRequest(conn: HttpConn): Coroutine<HttpRequest | null> {
  const frame = yield* receive(conn.fd);
  const request = asRequest(frame);
  if (request === null && frame !== null) yield* transmit(conn.fd, { http: 'response', ...textResponse(400, '400 Bad Request', { connection: 'close' }) });
  return request;
}

/** Sends the response (its head, when `stream`); false when the client is gone. */
export function* respond(conn: HttpConn, response: HttpResponse): Coroutine<boolean> {
  return yield* transmit(conn.fd, { http: 'response', ...response });
}

/** One chunk of a streamed response; false when the client is gone. */
export function* sendChunk(conn: HttpConn, body: Body): Coroutine<boolean> {
  return yield* transmit(conn.fd, { http: 'chunk', body });
}

/** Ends a streamed response. */
export function* endChunks(conn: HttpConn): Coroutine<boolean> {
  return yield* transmit(conn.fd, { http: 'end' });
}
