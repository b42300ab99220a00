/** Reaching a server: its address, the TCP connection and, for https, the judgement of its certificate. Told about with -v. */
import { now, readFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { closeConn, httpConnect, type HttpConn } from '../../lib/http/index.ts';
import { GoError, joinHostPort, lookupHost, type Url } from '../../lib/net/index.ts';
import { parseCertificates, parseRsaPrivateKey } from '../../lib/x509/index.ts';
import { connectError, CurlError } from './errors.ts';
import type { CurlOptions } from './options.ts';
import { trustError } from './trust.ts';
import { certificateLines, handshakeLines, tell } from './verbose.ts';

export const SYSTEM_CA = '/etc/ssl/certs/ca-certificates.crt';

export function* fileOr(path: string, code: number, message: string): Coroutine<Bytes> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    throw new CurlError(code, message);
  }
}

interface ClientPair { readonly certPem: Bytes | null; readonly keyPem: Bytes | null }

function* clientPair(options: CurlOptions): Coroutine<ClientPair> {
  if (options.cert === null) return { certPem: null, keyPem: null };
  const none = 'could not load PEM client certificate, OpenSSL error error:80000002:system library::No such file or directory, (no key found, wrong pass phrase, or wrong file format?)';
  const certPem = yield* fileOr(options.cert, 58, none);
  if (parseCertificates(certPem).length === 0) throw new CurlError(58, 'could not load PEM client certificate, OpenSSL error error:0480006C:PEM routines::no start line, (no key found, wrong pass phrase, or wrong file format?)');
  const keyFile = options.key ?? options.cert;
  const keyPem = yield* fileOr(keyFile, 58, `unable to set private key file: '${keyFile}' type PEM`);
  const key = parseRsaPrivateKey(keyPem);
  if (key === null || parseCertificates(certPem)[0]?.publicKey?.n !== key.n) throw new CurlError(58, `unable to set private key file: '${keyFile}' type PEM`);
  return { certPem, keyPem };
}

function* caBundle(options: CurlOptions): Coroutine<Bytes> {
  if (options.caFile !== null) return yield* fileOr(options.caFile, 77, `error setting certificate verify locations:  CAfile: ${options.caFile} CApath: none`);
  try {
    return yield* readFile(SYSTEM_CA);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return '';
  }
}

/** The addresses that will be tried; over a unix socket none. Throws CurlError. */
function* addressesOf(options: CurlOptions, url: Url): Coroutine<readonly string[]> {
  if (options.unixSocket !== null) return [];
  try {
    return yield* lookupHost(url.host);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const error = connectError(caught, url, 0);
    yield* tell(options, [`* ${error.message}`, '* Closing connection 0']);
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = { refused: 'Connection refused', timeout: 'Connection timed out', unreachable: 'No route to host' };

function* dial(options: CurlOptions, url: Url, pair: ClientPair): Coroutine<HttpConn> {
  const start = yield* now();
  const seconds = options.connectSeconds ?? options.maxSeconds;
  const addresses = yield* addressesOf(options, url);
  const [ip = ''] = addresses;
  yield* tell(options, options.unixSocket === null ? [`*   Trying ${joinHostPort(ip, url.port)}...`] : [`*   Trying ${options.unixSocket}:0...`]);
  try {
    const there = options.unixSocket === null ? `${url.scheme}://${joinHostPort(url.host, url.port)}` : `unix://${options.unixSocket}`;
    return yield* httpConnect({ url: there, tls: { serverName: url.host, caPem: null, insecure: true, ...pair }, timeoutUs: seconds === null ? null : seconds * 1e6 });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const error = connectError(caught, url, (yield* now()) - start);
    const reason = REASONS[caught.kind ?? ''];
    const unreached = caught.message.startsWith('dial ') && reason !== undefined ? [`* connect to ${ip} port ${url.port} failed: ${reason}`] : [];
    yield* tell(options, [...unreached, `* ${error.message}`, '* Closing connection 0']);
    throw error;
  }
}

/** Connects and, for https, judges the server. Throws CurlError. */
export function* connect(options: CurlOptions, url: Url): Coroutine<HttpConn> {
  const secure = url.scheme === 'https';
  const pair = secure ? yield* clientPair(options) : { certPem: null, keyPem: null };
  const ca = secure && !options.insecure ? yield* caBundle(options) : '';
  const conn = yield* dial(options, url, pair);
  const ip = options.unixSocket ?? (yield* lookupHost(url.host))[0] ?? url.host;
  yield* tell(options, [`* Connected to ${url.host} (${ip}) port ${options.unixSocket === null ? url.port : 0} (#0)`]);
  if (!secure) return conn;
  const fault = options.insecure ? null : trustError(conn.peerCertPem ?? '', ca, url.host, yield* now());
  yield* tell(options, handshakeLines(options, conn, fault));
  if (fault !== null) {
    yield* closeConn(conn);
    throw new CurlError(60, fault);
  }
  yield* tell(options, certificateLines(options, conn, url));
  return conn;
}
