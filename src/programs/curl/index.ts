/**
 * curl: one request at a time over the simulated network, with curl 7.88's errors and exit codes.
 * Not modelled: protocols besides HTTP, proxies, cookies, uploads, globbing; `-v` shows the essentials of the handshake.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import { cpu, isatty, now, read, readFile, write, writeFile, type Bytes, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { closeConn, httpConnect, nextChunk, roundTrip, type HttpConn, type HttpResponse } from '../../lib/http/index.ts';
import { GoError, parseUrl, type Url } from '../../lib/net/index.ts';
import { base64Encode, commonName, parseCertificates, parseRsaPrivateKey } from '../../lib/x509/index.ts';
import { connectError, CurlError, transferError } from './errors.ts';
import { parseOptions, type CurlOptions } from './options.ts';
import { trustError } from './trust.ts';
import { bodyBytes, headLines, httpDate } from './wire.ts';

const AGENT = 'curl/7.88.1';
const HINT = "curl: try 'curl --help' or 'curl --manual' for more information\n";
const SYSTEM_CA = '/etc/ssl/certs/ca-certificates.crt';

function* fileOr(path: string, code: number, message: string): Coroutine<Bytes> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    throw new CurlError(code, message);
  }
}

function* standardInput(): Coroutine<Bytes> {
  let text = '';
  for (let part = yield* read(0); part !== ''; part = yield* read(0)) text += part;
  return text;
}

/** The request's body from all -d options, joined by `&`. */
function* requestData(options: CurlOptions): Coroutine<Bytes | null> {
  if (options.data.length === 0) return null;
  const parts: string[] = [];
  for (const item of options.data) {
    if (item.startsWith('=')) { parts.push(item.slice(1)); continue; }
    const path = item.slice(1);
    const text = path === '-' ? yield* standardInput() : yield* fileOr(path, 26, `Failed to open ${path}`);
    parts.push(item.startsWith('@') ? text.replace(/[\r\n]/g, '') : text);
  }
  return parts.join('&');
}

function* clientPair(options: CurlOptions): Coroutine<{ readonly certPem: Bytes | null; readonly keyPem: Bytes | null }> {
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
  if (options.caFile === null) {
    try {
      return yield* readFile(SYSTEM_CA);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      return '';
    }
  }
  return yield* fileOr(options.caFile, 77, `error setting certificate verify locations:  CAfile: ${options.caFile} CApath: none`);
}

function* tell(options: CurlOptions, lines: readonly string[]): Coroutine<void> {
  if (options.verbose) yield* write(2, lines.map((line) => `${line}\n`).join(''));
}

/** Connects and, for https, judges the server. Throws CurlError. */
function* connect(options: CurlOptions, url: Url, text: string): Coroutine<HttpConn> {
  const start = yield* now();
  const seconds = options.connectSeconds ?? options.maxSeconds;
  const target = options.unixSocket === null ? text : `unix://${options.unixSocket}`;
  const pair = url.scheme === 'https' ? yield* clientPair(options) : { certPem: null, keyPem: null };
  const ca = url.scheme === 'https' && !options.insecure ? yield* caBundle(options) : '';
  let conn: HttpConn;
  try {
    conn = yield* httpConnect({ url: target, tls: { serverName: url.host, caPem: null, insecure: true, ...pair }, timeoutUs: seconds === null ? null : seconds * 1e6 });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw connectError(caught, url, (yield* now()) - start);
  }
  yield* tell(options, [`*   Trying ${url.host}:${url.port}...`, `* Connected to ${url.host} (${url.host}) port ${url.port} (#0)`]);
  if (url.scheme !== 'https') return conn;
  const fault = options.insecure ? null : trustError(conn.peerCertPem ?? '', ca, url.host, yield* now());
  const [leaf] = parseCertificates(conn.peerCertPem ?? '');
  yield* tell(options, ['* ALPN: offers h2,http/1.1', '* TLSv1.3 (OUT), TLS handshake, Client hello (1):', '* TLSv1.3 (IN), TLS handshake, Server hello (2):', '* TLSv1.3 (IN), TLS handshake, Certificate (11):']);
  if (fault !== null) {
    yield* closeConn(conn);
    throw new CurlError(60, fault);
  }
  if (leaf) {
    const issuer = leaf.issuer.find((one) => one.oid === '2.5.4.3')?.value ?? '';
    const verdict = options.insecure ? '*  SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.' : '*  SSL certificate verify ok.';
    yield* tell(options, ['* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256', '* ALPN: server accepted h2', '* Server certificate:', `*  subject: CN=${commonName(leaf)}`, `*  start date: ${certDate(leaf.notBefore)}`, `*  expire date: ${certDate(leaf.notAfter)}`, `*  issuer: CN=${issuer}`, verdict, '* using HTTP/2']);
  }
  return conn;
}

/** `Aug 19 00:13:53 2025 GMT`. */
function certDate(seconds: number): string {
  const [, day, month, year, time] = /^\w+, (\d\d) (\w+) (\d+) ([\d:]+) GMT$/.exec(httpDate(seconds * 1e6)) ?? [];
  return `${month} ${Number(day) < 10 ? ` ${Number(day)}` : day} ${time} ${year} GMT`;
}

interface Answer { readonly response: HttpResponse; readonly conn: HttpConn; readonly secure: boolean }

function jsonOrText(text: Bytes, type: string): { readonly json: Json } | { readonly text: Bytes } {
  if (!type.includes('json')) return { text };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return { text };
  }
}

function* ask(options: CurlOptions, address: string): Coroutine<Answer> {
  const text = address.includes('://') ? address : `http://${address}`;
  let url: Url;
  try {
    url = parseUrl(text);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  }
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  if (url.host === '') throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  const data = yield* requestData(options);
  const headers: Record<string, string> = { host: url.port === (url.scheme === 'https' ? 443 : 80) ? url.host : `${url.host}:${url.port}`, 'user-agent': options.agent ?? AGENT, accept: '*/*' };
  if (options.user !== null) headers.authorization = `Basic ${base64Encode(options.user)}`;
  if (data !== null && !options.get) headers['content-type'] = 'application/x-www-form-urlencoded';
  for (const line of options.headers) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).trim();
    if (value === '') delete headers[line.slice(0, colon).toLowerCase()];
    else headers[line.slice(0, colon).toLowerCase()] = value;
  }
  const query = [url.query, options.get && data !== null ? data : ''].filter((part) => part !== '').join('&');
  const path = `${url.path === '' ? '/' : url.path}${query === '' ? '' : `?${query}`}`;
  const method = options.method ?? (options.head ? 'HEAD' : data !== null && !options.get ? 'POST' : 'GET');
  const conn = yield* connect(options, url, text);
  const version = conn.tls ? 'HTTP/2' : 'HTTP/1.1';
  yield* tell(options, [`> ${method} ${path} ${version}`, ...Object.entries(headers).map(([name, value]) => `> ${name === 'host' ? 'Host' : name}: ${value}`), '> ']);
  const limitUs = options.maxSeconds === null ? null : options.maxSeconds * 1e6;
  try {
    const body = data === null || options.get ? null : jsonOrText(data, headers['content-type'] ?? '');
    return { response: yield* roundTrip(conn, { method, path, headers, body }, limitUs), conn, secure: conn.tls };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* closeConn(conn);
    throw transferError(caught, conn.tls, limitUs);
  }
}

/** Follows redirects with -L. */
function* fetch(options: CurlOptions, address: string): Coroutine<Answer> {
  let where = address;
  for (let hop = 0; ; hop++) {
    const answer = yield* ask(options, where);
    const location = answer.response.headers.location;
    if (!options.location || location === undefined || answer.response.status < 300 || answer.response.status > 399) return answer;
    if (hop === 50) throw new CurlError(47, 'Maximum (50) redirects followed');
    yield* closeConn(answer.conn);
    where = location.includes('://') ? location : `${/^[a-z]+:\/\/[^/]+/.exec(where.includes('://') ? where : `http://${where}`)?.[0] ?? ''}${location}`;
  }
}

const METER = '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
const meterRow = (percent: number, size: number) => `${String(percent).padStart(3)} ${String(size).padStart(5)}  ${String(percent).padStart(3)} ${String(size).padStart(5)}    0     0  ${String(size).padStart(5)}      0 --:--:-- --:--:-- --:--:-- ${String(size).padStart(5)}`;

function writeOut(format: string, { response, secure }: Answer, url: string, size: number): string {
  const values: Readonly<Record<string, string>> = {
    http_code: String(response.status).padStart(3, '0'), response_code: String(response.status).padStart(3, '0'), size_download: String(size), url_effective: url, http_version: secure ? '2' : '1.1', content_type: response.headers['content-type'] ?? '',
    time_total: '0.001000', ssl_verify_result: '0', num_connects: '1', exitcode: '0', errormsg: '', scheme: secure ? 'HTTPS' : 'HTTP',
  };
  return format.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\r/g, '\r').replace(/%\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole).replace(/%%/g, '%');
}

/** One URL from start to end. Throws CurlError. */
function* transfer(options: CurlOptions, url: string, output: string | null): Coroutine<void> {
  const meter = !options.silent && (output !== null || !(yield* isatty(1)));
  const answer = yield* fetch(options, url);
  const { response, conn, secure } = answer;
  const pretty = !response.stream && (options.agent ?? AGENT).startsWith('curl');
  const bytes = bodyBytes(response.body, pretty);
  const head = headLines(response, secure, bytes, yield* now());
  yield* tell(options, [...head.map((line) => `< ${line}`), '< ']);
  if (options.fail && response.status >= 400) {
    yield* closeConn(conn);
    if (options.writeOut !== '') yield* write(1, encodeUtf8(writeOut(options.writeOut, answer, url, 0)));
    throw new CurlError(22, `The requested URL returned error: ${response.status}`);
  }
  const shown = `${options.include || options.head ? `${head.join('\r\n')}\r\n\r\n` : ''}${options.head ? '' : bytes}`;
  if (meter) yield* write(2, `${METER}${meterRow(0, 0)}\r${meterRow(100, shown.length)}\n`);
  if (output !== null && output !== '-') {
    try {
      yield* writeFile(output, shown);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      throw new CurlError(23, 'Failure writing output to destination');
    }
  } else yield* write(1, shown);
  if (response.stream) yield* follow(conn, secure, options);
  yield* closeConn(conn);
  yield* tell(options, [`* Connection #0 to host ${parseUrl(url.includes('://') ? url : `http://${url}`).host} left intact`]);
  if (options.writeOut !== '') yield* write(1, encodeUtf8(writeOut(options.writeOut, answer, url, bytes.length)));
}

/** A streamed body, as it comes. */
function* follow(conn: HttpConn, secure: boolean, options: CurlOptions): Coroutine<void> {
  const limitUs = options.maxSeconds === null ? null : options.maxSeconds * 1e6;
  try {
    for (let chunk = yield* nextChunk(conn, limitUs); chunk !== null; chunk = yield* nextChunk(conn, limitUs)) yield* write(1, bodyBytes(chunk, false));
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw transferError(caught, secure, limitUs);
  }
}

const VERSION = 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13 nghttp2/1.52.0\nRelease-Date: 2023-02-20, security patched: 7.88.1-10+deb12u12\nProtocols: http https\nFeatures: alt-svc HSTS HTTP2 HTTPS-proxy IPv6 Largefile libz SSL threadsafe UnixSockets\n';
const HELP = 'Usage: curl [options...] <url>\n -d, --data <data>          HTTP POST data\n -f, --fail                 Fail fast with no output on HTTP errors\n -h, --help <category>      Get help for commands\n -i, --include              Include protocol response headers in the output\n -o, --output <file>        Write to file instead of stdout\n -O, --remote-name          Write output to a file named as the remote file\n -s, --silent               Silent mode\n -u, --user <user:password> Server user and password\n -A, --user-agent <name>    Send User-Agent <name> to server\n -v, --verbose              Make the operation more talkative\n -V, --version              Show version number and quit\n\nThis is not the full help, this menu is stripped into categories.\nUse "--help category" to get an overview of all categories.\nFor all options use the manual or "--help all".\n';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(8_000);
  const options = parseOptions(argv.slice(1));
  if ('error' in options) {
    const ours = options.error.endsWith('not available in this lab');
    yield* write(2, `${options.error}\n${ours ? '' : HINT}`);
    return ours ? 1 : 2;
  }
  if (options.version || options.help) {
    yield* write(1, options.version ? VERSION : HELP);
    return 0;
  }
  if (options.urls.length === 0) {
    yield* write(2, `curl: (2) no URL specified\n${HINT}`);
    return 2;
  }
  let code = 0;
  for (const [index, url] of options.urls.entries()) {
    const output = options.remoteName ? url.replace(/[?#].*/, '').split('/').at(-1) || null : options.output[index] ?? null;
    try {
      yield* transfer(options, url, output);
      code = 0;
    } catch (caught) {
      if (!(caught instanceof CurlError)) throw caught;
      code = caught.code;
      if (!options.silent || options.showError) yield* write(2, `curl: (${caught.code}) ${caught.message}\n`);
      if (caught.code !== 22 && options.writeOut !== '') yield* write(1, encodeUtf8(options.writeOut.replace(/\\n/g, '\n').replace(/%\{(?:http|response)_code\}/g, '000').replace(/%\{exitcode\}/g, String(code))));
    }
  }
  return code;
}

export const program: Program = { name: 'curl', main };
