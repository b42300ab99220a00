/**
 * TLS on a simulated socket: a handshake of three frames that carries real X.509 certificates, verified for real. What follows
 * travels as plain frames, since nobody taps the wire. As in TLS 1.3 the server judges the client's certificate after the client
 * has finished, so its alert is what the client's first read meets. Models crypto/tls. Not modelled: session resumption, ALPN, ciphers.
 */
import { close, now, recv, send, sockname, type Bytes, type Coroutine, type Frame } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { GoError, socketPair } from '../net/index.ts';
import { parseCertificates, parseRsaPrivateKey, pemBlocks, verifyCertificate, X509Error } from '../x509/index.ts';

export interface TlsClientOptions {
  /** Name (or IP) the server's certificate must be for. */ readonly serverName: string;
  /** Trusted roots; null: none. */ readonly caPem: Bytes | null;
  readonly insecure: boolean;
  readonly certPem: Bytes | null; readonly keyPem: Bytes | null;
}

export interface TlsServerOptions {
  readonly certPem: Bytes; readonly keyPem: Bytes;
  /** Roots for client certificates. Without `require` the certificate is only asked for, and whoever serves judges it (as the apiserver does). */
  readonly clientCaPem: Bytes | null; readonly require: boolean;
}

/** net/http's handshake timeout. */
export const HANDSHAKE_TIMEOUT_US = 10_000_000;
const LINGER_US = 5_000;

interface Hello { readonly tls: 'hello'; readonly serverName: string }
interface ServerHello { readonly tls: 'server'; readonly certificate: Bytes; readonly wantsCertificate: boolean }
interface Finished { readonly tls: 'finished'; readonly certificate: Bytes | null }
interface Alert { readonly tls: 'alert'; readonly description: string }

/** A frame of the handshake (or an alert), by its kind; null when it is anything else. */
function tlsFrame(frame: Frame): Hello | ServerHello | Finished | Alert | null {
  return typeof frame === 'object' && frame !== null && 'tls' in frame ? (frame as unknown as Hello | ServerHello | Finished | Alert) : null;
}

/** The alert a frame carries, as Go words it; null for other frames. */
export function alertError(frame: Frame): GoError | null {
  const message = tlsFrame(frame);
  return message?.tls === 'alert' ? new GoError(`remote error: tls: ${message.description}`, 'tls') : null;
}

/** `tls.X509KeyPair`: throws in Go's words when certificate and key do not make a pair. */
export function checkKeyPair(certPem: Bytes, keyPem: Bytes): void {
  const certificate = parseCertificates(certPem)[0];
  if (!certificate) {
    const types = pemBlocks(certPem).map((block) => block.type);
    if (types.length === 0) throw new GoError('tls: failed to find any PEM data in certificate input', 'tls');
    if (types.every((type) => type.endsWith('PRIVATE KEY'))) throw new GoError('tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched', 'tls');
    if (!types.includes('CERTIFICATE')) throw new GoError(`tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`, 'tls');
    throw new GoError('x509: malformed certificate', 'tls');
  }
  const key = parseRsaPrivateKey(keyPem);
  if (!key) {
    const types = pemBlocks(keyPem).map((block) => block.type);
    if (types.length === 0) throw new GoError('tls: failed to find any PEM data in key input', 'tls');
    if (types.every((type) => type === 'CERTIFICATE')) throw new GoError('tls: found a certificate rather than a key in the PEM for the private key', 'tls');
    throw new GoError('tls: failed to parse private key', 'tls');
  }
  if (certificate.publicKey?.n !== key.n) throw new GoError('tls: private key does not match public key', 'tls');
}

/** Receives one frame of a handshake; connection errors in Go's words. */
function* receive(fd: number, deadline: number): Coroutine<Frame> {
  const left = deadline - (yield* now());
  if (left <= 0) throw new GoError('net/http: TLS handshake timeout', 'timeout');
  try {
    return yield* recv(fd, left);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (errno === 'EAGAIN') throw new GoError('net/http: TLS handshake timeout', 'timeout');
    throw new GoError(`read tcp ${yield* socketPair(fd)}: read: ${goErrno(errno)}`, 'reset');
  }
}

/** Sends a frame of a handshake; a peer that is gone shows at the next read. */
function* transmit(fd: number, frame: Hello | ServerHello | Finished | Alert): Coroutine<void> {
  try {
    yield* send(fd, frame as unknown as Frame);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}

/** Roots of a CA bundle; throws as client-go does when there is none in it. */
function rootsOf(caPem: Bytes | null) {
  return caPem === null ? [] : parseCertificates(caPem);
}

function checkServer(certificate: Bytes, options: TlsClientOptions, nowUs: number): void {
  const [leaf, ...intermediates] = parseCertificates(certificate);
  if (!leaf) throw new GoError('tls: failed to parse certificate from server: x509: malformed certificate', 'tls');
  try {
    verifyCertificate(leaf, { roots: rootsOf(options.caPem), intermediates, now: Math.floor(nowUs / 1e6), name: options.serverName, usage: 'serverAuth' });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`tls: failed to verify certificate: ${caught.message}`, 'x509', caught);
  }
}

/** The client's side of the handshake; → the server's certificate chain, and whether it asked for one. Throws GoError; the descriptor stays the caller's. */
export function* tlsClient(fd: number, options: TlsClientOptions, timeoutUs: number = HANDSHAKE_TIMEOUT_US): Coroutine<{ readonly peerCertPem: Bytes; readonly asked: boolean }> {
  const start = yield* now();
  yield* transmit(fd, { tls: 'hello', serverName: options.serverName });
  const frame = yield* receive(fd, start + timeoutUs);
  if (frame === null) throw new GoError('EOF', 'eof');
  const alert = alertError(frame);
  if (alert) throw alert;
  const hello = tlsFrame(frame);
  if (hello?.tls !== 'server') {
    const http = typeof frame === 'object' && frame !== null && 'http' in frame;
    throw http ? new GoError('http: server gave HTTP response to HTTPS client', 'tls') : new GoError('tls: first record does not look like a TLS handshake', 'tls');
  }
  if (!options.insecure) {
    try {
      checkServer(hello.certificate, options, yield* now());
    } catch (caught) {
      if (caught instanceof GoError) yield* transmit(fd, { tls: 'alert', description: 'bad certificate' });
      throw caught;
    }
  }
  yield* transmit(fd, { tls: 'finished', certificate: hello.wantsCertificate ? options.certPem : null });
  return { peerCertPem: hello.certificate, asked: hello.wantsCertificate };
}

/** Takes what the client had already sent, so that closing does not reset the connection before the alert is read. */
function* linger(fd: number): Coroutine<void> {
  try {
    yield* recv(fd, LINGER_US);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}

function clientFault(certificate: Bytes | null, options: TlsServerOptions, nowUs: number): { readonly alert: string; readonly error: GoError } | null {
  if (!options.require) return null;
  const [leaf, ...intermediates] = certificate === null ? [] : parseCertificates(certificate);
  if (!leaf) return { alert: 'certificate required', error: new GoError("tls: client didn't provide a certificate", 'tls') };
  try {
    verifyCertificate(leaf, { roots: rootsOf(options.clientCaPem), intermediates, now: Math.floor(nowUs / 1e6), name: null, usage: 'clientAuth' });
    return null;
  } catch (caught) {
    if (!(caught instanceof X509Error)) throw caught;
    const alert = caught.fault === 'unknownAuthority' ? 'unknown certificate authority' : caught.fault === 'expired' ? 'expired certificate' : 'bad certificate';
    return { alert, error: new GoError(`tls: failed to verify certificate: ${caught.message}`, 'x509', caught) };
  }
}

/** The server's side; `first` is the client's opening frame. Throws GoError (after sending the alert) when the handshake fails. */
export function* tlsServer(fd: number, options: TlsServerOptions, first: Frame, timeoutUs: number = HANDSHAKE_TIMEOUT_US): Coroutine<{ readonly peerCertPem: Bytes | null; readonly serverName: string }> {
  const hello = tlsFrame(first);
  if (hello?.tls !== 'hello') throw new GoError('tls: first record does not look like a TLS handshake', 'tls');
  yield* transmit(fd, { tls: 'server', certificate: options.certPem, wantsCertificate: options.require || options.clientCaPem !== null });
  const frame = yield* receive(fd, (yield* now()) + timeoutUs);
  if (frame === null) throw new GoError('EOF', 'eof');
  const alert = alertError(frame);
  if (alert) throw alert;
  const finished = tlsFrame(frame);
  if (finished?.tls !== 'finished') throw new GoError('tls: unexpected message', 'tls');
  const fault = clientFault(finished.certificate, options, yield* now());
  if (fault) {
    yield* transmit(fd, { tls: 'alert', description: fault.alert });
    yield* linger(fd);
    throw fault.error;
  }
  return { peerCertPem: finished.certificate, serverName: hello.serverName };
}

/** `host:port` of the peer, for the line a Go server logs about a failed handshake. */
export function* peerAddress(fd: number): Coroutine<string> {
  const { peer } = yield* sockname(fd);
  return peer && peer.net !== 'unix' ? `${peer.host}:${peer.port}` : '';
}

/** Closes a descriptor that may already be closed. */
export function* closeQuietly(fd: number): Coroutine<void> {
  try {
    yield* close(fd);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}
