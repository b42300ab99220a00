/**
 * curl: one request at a time over the simulated network, with curl 7.88's errors and exit codes.
 * Not modelled: protocols besides HTTP and telnet, proxies, cookies, uploads, globbing; `-v` does not count bytes.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import { cpu, isatty, now, read, write, writeFile, type Bytes, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { bodyBytes, closeConn, headLines, jsonLine, nextChunk, roundTrip, type HttpConn, type HttpResponse } from '../../lib/http/index.ts';
import { GoError, parseUrl, type Url } from '../../lib/net/index.ts';
import { base64Encode } from '../../lib/x509/index.ts';
import { connect, fileOr } from './connect.ts';
import { CurlError, transferError } from './errors.ts';
import { parseOptions, type CurlOptions } from './options.ts';
import { talk } from './telnet.ts';
import { requestLines, tell } from './verbose.ts';

const AGENT = 'curl/7.88.1';
const HINT = "curl: try 'curl --help' or 'curl --manual' for more information\n";

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

interface Answer { readonly response: HttpResponse; readonly conn: HttpConn; readonly http2: boolean }

function jsonOrText(text: Bytes, type: string): { readonly json: Json } | { readonly text: Bytes } {
  if (!type.includes('json')) return { text };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return { text };
  }
}

/** Scheme, host and path of an address as typed. Throws CurlError. */
function target(address: string): Url {
  let url: Url;
  try {
    url = parseUrl(address.includes('://') ? address : `http://${address}`);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  }
  if (!['http', 'https', 'telnet'].includes(url.scheme)) throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  if (url.host === '') throw new CurlError(3, 'URL using bad/illegal format or missing URL');
  return url;
}

function headersFor(options: CurlOptions, url: Url, data: Bytes | null): Record<string, string> {
  const headers: Record<string, string> = { host: url.port === (url.scheme === 'https' ? 443 : 80) ? url.host : `${url.host}:${url.port}` };
  if (options.user !== null) headers.authorization = `Basic ${base64Encode(options.user)}`;
  Object.assign(headers, { 'user-agent': options.agent ?? AGENT, accept: '*/*', ...(options.compressed && { 'accept-encoding': 'deflate, gzip, br, zstd' }) });
  for (const line of options.headers) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).trim();
    if (value === '') delete headers[line.slice(0, colon).toLowerCase()];
    else headers[line.slice(0, colon).toLowerCase()] = value;
  }
  if (data !== null) {
    headers['content-length'] ??= String(data.length);
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
  }
  return headers;
}

function* ask(options: CurlOptions, address: string): Coroutine<Answer> {
  const url = target(address);
  if (options.http2 && url.scheme === 'http') throw new CurlError(1, '--http2 without TLS is not available in this lab');
  const data = yield* requestData(options);
  const sent = options.get ? null : data;
  const headers = headersFor(options, url, sent);
  const query = [url.query, options.get && data !== null ? data : ''].filter((part) => part !== '').join('&');
  const path = `${url.path === '' ? '/' : url.path}${query === '' ? '' : `?${query}`}`;
  const method = options.method ?? (options.head ? 'HEAD' : sent !== null ? 'POST' : 'GET');
  const conn = yield* connect(options, url);
  const http2 = conn.tls && !options.http1;
  if (options.verbose) yield* tell(options, yield* requestLines({ method, path, headers }, url, http2, conn.tls));
  const limitUs = options.maxSeconds === null ? null : options.maxSeconds * 1e6;
  try {
    const body = sent === null ? null : jsonOrText(sent, headers['content-type'] ?? '');
    const response = yield* roundTrip(conn, { method, path, headers, body }, limitUs);
    if (conn.tls) yield* tell(options, ['* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):']);
    return { response, conn, http2 };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* closeConn(conn);
    const error = transferError(caught, conn.tls, limitUs);
    yield* tell(options, [`* ${error.message}`, '* Closing connection 0']);
    throw error;
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

function writeOut(format: string, { response, conn, http2 }: Answer, url: string, size: number): string {
  const values: Readonly<Record<string, string>> = {
    http_code: String(response.status).padStart(3, '0'), response_code: String(response.status).padStart(3, '0'), size_download: String(size), url_effective: url, http_version: http2 ? '2' : '1.1', content_type: response.headers['content-type'] ?? '',
    time_total: '0.001000', ssl_verify_result: '0', num_connects: '1', exitcode: '0', errormsg: '', scheme: conn.tls ? 'HTTPS' : 'HTTP',
  };
  return format.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\r/g, '\r').replace(/%\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole).replace(/%%/g, '%');
}

/** One URL from start to end. Throws CurlError. */
function* transfer(options: CurlOptions, url: string, output: string | null): Coroutine<void> {
  const meter = !options.quiet && (output !== null || !(yield* isatty(1)));
  const answer = yield* fetch(options, url);
  const { response, conn, http2 } = answer;
  const bytes = bodyBytes(response);
  const head = headLines(response, http2, bytes, yield* now());
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
  if (response.stream) yield* follow(conn, options);
  yield* closeConn(conn);
  yield* tell(options, [`* Connection #0 to host ${target(url).host} left intact`]);
  if (options.writeOut !== '') yield* write(1, encodeUtf8(writeOut(options.writeOut, answer, url, bytes.length)));
}

/** A streamed body, as it comes. */
function* follow(conn: HttpConn, options: CurlOptions): Coroutine<void> {
  const limitUs = options.maxSeconds === null ? null : options.maxSeconds * 1e6;
  try {
    for (let chunk = yield* nextChunk(conn, limitUs); chunk !== null; chunk = yield* nextChunk(conn, limitUs)) yield* write(1, 'text' in chunk ? chunk.text : jsonLine(chunk.json));
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw transferError(caught, conn.tls, limitUs);
  }
}

const VERSION = 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13 nghttp2/1.52.0\nRelease-Date: 2023-02-20, security patched: 7.88.1-10+deb12u12\nProtocols: http https telnet\nFeatures: alt-svc HSTS HTTP2 HTTPS-proxy IPv6 Largefile libz SSL threadsafe UnixSockets\n';
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
      if (target(url).scheme === 'telnet') yield* talk(options, target(url));
      else yield* transfer(options, url, output);
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
