/** Answering a request: which location it falls to, and what that gives: a file, a redirect, a listing, or another server's answer. */
import { now, readDir, readFile, stat } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Errno } from '../../kernel/errno.ts';
import { bodyBytes, closeConn, httpConnect, httpDate, reasonPhrase, roundTrip } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest, HttpResponse } from '../../lib/http/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { RegexError } from '../../lib/regex/index.ts';
import { locationMatcher } from './match.ts';
import { serverFor } from './config.ts';
import type { Config, Location, Server, Settings } from './config.ts';
import { log } from './log.ts';

/** A request on its way through a server. */
interface Trip { readonly config: Config; readonly version: string; readonly server: Server; readonly request: HttpRequest; readonly conn: HttpConn; readonly path: string; /** Internal redirects so far. */ readonly hops: number }
const NUMBERS: Partial<Record<Errno, number>> = { ENOENT: 2, EACCES: 13, ENOTDIR: 20, EISDIR: 21 };

/** nginx's own page for a status. */
const page = (status: number, version: string): string => `<html>\r\n<head><title>${title(status)}</title></head>\r\n<body>\r\n<center><h1>${title(status)}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
const title = (status: number): string => (status === 405 ? '405 Not Allowed' : status === 302 ? '302 Found' : status === 503 ? '503 Service Temporarily Unavailable' : status === 504 ? '504 Gateway Time-out' : `${status} ${reasonPhrase(status)}`);

function reply(trip: Trip, status: number, text: string, type: string, extra: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers: { 'content-type': type, 'content-length': String(text.length), ...extra }, body: { text }, stream: false };
}

/** Headers that stand before nginx's own word on the connection; the others follow it. */
const EARLY = ['content-type', 'content-length', 'last-modified', 'location'];

/** The answer with the headers in the order nginx sends them. Models ngx_http_header_filter_module.c. */
export function headed(response: HttpResponse, version: string, nowUs: number, added: Readonly<Record<string, string>>): HttpResponse {
  const { 'accept-ranges': ranges, server: _server, date: _date, connection: _connection, ...own } = response.headers;
  const early = Object.fromEntries(EARLY.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])));
  const late = Object.fromEntries(Object.entries(own).filter(([name]) => !EARLY.includes(name)));
  const headers = { server: `nginx/${version}`, date: httpDate(nowUs), ...early, connection: 'keep-alive', ...late, ...added, ...(ranges === undefined ? {} : { 'accept-ranges': ranges }) };
  return { ...response, headers, verbatim: true };
}

const tell = (trip: Trip, text: string): Coroutine<void> => log(trip.config.errorLog, 'error',
  `*1 ${text}, client: ${trip.conn.peer.replace(/:\d+$/, '')}, server: ${trip.server.names[0] ?? ''}, request: "${trip.request.method} ${trip.request.path} HTTP/1.1", host: "${trip.request.headers['host'] ?? ''}"`);

/** An error's page: the configured one, or nginx's own. */
function* failed(trip: Trip, settings: Settings, status: number): Coroutine<HttpResponse> {
  const configured = settings.errorPages[status];
  if (configured !== undefined && configured.startsWith('/') && trip.hops === 0) {
    const answer = yield* through({ ...trip, path: configured, hops: 1 });
    const { 'last-modified': _modified, 'accept-ranges': _ranges, ...headers } = answer.headers;
    if (answer.status === 200) return { ...answer, headers, status };
  }
  return reply(trip, status, page(status, trip.version), 'text/html');
}

/** The file a path names, or the errno. */
function* kindOf(path: string): Coroutine<'file' | 'dir' | Errno> {
  try {
    const { type } = yield* stat(path);
    return type === 'dir' ? 'dir' : 'file';
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    return code;
  }
}

const typeOf = (trip: Trip, settings: Settings, file: string): string => trip.config.types[file.slice(file.lastIndexOf('.') + 1)] ?? settings.defaultType;

function* content(trip: Trip, settings: Settings, file: string): Coroutine<HttpResponse> {
  try {
    const text = yield* readFile(file);
    const { mtime } = yield* stat(file);
    const seconds = Math.floor(mtime / 1e6);
    return reply(trip, 200, text, typeOf(trip, settings, file.replace(/^.*\//, '')),
      { 'last-modified': httpDate(mtime), etag: `"${seconds.toString(16)}-${text.length.toString(16)}"`, 'accept-ranges': 'bytes' });
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* tell(trip, `open() "${file}" failed (${NUMBERS[code] ?? 5}: ${strerror(code)})`);
    return yield* failed(trip, settings, code === 'EACCES' ? 403 : 404);
  }
}

function* directory(trip: Trip, settings: Settings, dir: string): Coroutine<HttpResponse> {
  for (const name of settings.index) if ((yield* kindOf(`${dir}${name}`)) === 'file') return yield* content(trip, settings, `${dir}${name}`);
  if (!settings.autoindex) {
    yield* tell(trip, `directory index of "${dir}" is forbidden`);
    return yield* failed(trip, settings, 403);
  }
  const rows = [...(yield* readDir(dir))].filter(({ name }) => !name.startsWith('.')).map(({ name, type }) => `<a href="${name}${type === 'dir' ? '/' : ''}">${name}${type === 'dir' ? '/' : ''}</a>\r\n`).sort();
  return reply(trip, 200, `<html>\r\n<head><title>Index of ${trip.path}</title></head>\r\n<body>\r\n<h1>Index of ${trip.path}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`, 'text/html');
}

function* fromDisk(trip: Trip, settings: Settings, alias: { readonly prefix: string; readonly target: string } | null): Coroutine<HttpResponse> {
  const file = alias === null ? `${settings.root}${trip.path}` : `${alias.target}${trip.path.slice(alias.prefix.length)}`;
  const { method } = trip.request;
  if (method !== 'GET' && method !== 'HEAD') return yield* failed(trip, settings, 405);
  const kind = yield* kindOf(file);
  if (kind === 'dir') {
    if (trip.path.endsWith('/')) return yield* directory(trip, settings, file);
    return reply(trip, 301, page(301, trip.version), 'text/html', { location: `http://${trip.request.headers['host'] ?? ''}${trip.path}/` });
  }
  if (kind === 'file' && !trip.path.endsWith('/')) return yield* content(trip, settings, file);
  const missing = file.endsWith('/') ? `${file}${settings.index[0] ?? ''}` : file;
  const code = kind === 'file' ? 'ENOTDIR' : kind;
  yield* tell(trip, `${file.endsWith('/') && kind !== 'file' ? `"${missing}" is not found` : `open() "${missing}" failed`} (${NUMBERS[code] ?? 5}: ${strerror(code)})`);
  return yield* failed(trip, settings, code === 'EACCES' ? 403 : 404);
}

/** Passes the request on and gives the answer back; 502 and 504 when there is none. */
function* proxied(trip: Trip, location: Location, target: string): Coroutine<HttpResponse> {
  const [, scheme = 'http', authority = '', path = ''] = /^(https?):\/\/([^/?]+)(.*)$/s.exec(target)!;
  const upstream = trip.config.upstreams[authority]?.[0] ?? authority;
  const url = `${scheme}://${upstream}`;
  const query = trip.request.path.includes('?') ? trip.request.path.slice(trip.request.path.indexOf('?')) : '';
  const asked = path === '' ? trip.request.path : `${path}${trip.path.slice(location.match === '' || location.match === '^~' ? location.path.length : 0)}${query}`;
  try {
    const conn = yield* httpConnect({ url, tls: { serverName: '', caPem: null, insecure: true, certPem: null, keyPem: null }, timeoutUs: 60_000_000 });
    const answer = yield* roundTrip(conn, { ...trip.request, path: asked, headers: { ...trip.request.headers, host: authority, connection: 'close' } }, 60_000_000);
    yield* closeConn(conn);
    const text = bodyBytes(answer);
    return { status: answer.status, body: { text }, stream: false, headers: { 'content-length': String(text.length), ...answer.headers } };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const late = caught.kind === 'timeout';
    const why = late ? 'upstream timed out (110: Operation timed out) while connecting to upstream' : caught.kind === 'refused' ? 'connect() failed (111: Connection refused) while connecting to upstream' : caught.kind === 'dns' ? `${authority.replace(/:\d+$/, '')} could not be resolved (3: Host not found)` : caught.kind === 'unreachable' ? 'connect() failed (113: Host is unreachable) while connecting to upstream' : 'upstream prematurely closed connection while reading response header from upstream';
    yield* tell(trip, why);
    return yield* failed(trip, location, late ? 504 : 502);
  }
}

/** try_files: the first that is there, else the last: a status or another path. */
function* tried(trip: Trip, settings: Settings, files: readonly string[]): Coroutine<HttpResponse> {
  const fill = (text: string): string => text.replace(/\$(?:uri|\{uri\})/g, () => trip.path).replace(/\$(?:args|is_args)/g, '');
  for (const one of files.slice(0, -1)) {
    const path = fill(one);
    const kind = yield* kindOf(`${settings.root}${path}`);
    if (kind === (path.endsWith('/') ? 'dir' : 'file')) return yield* fromDisk({ ...trip, path }, settings, null);
  }
  const last = fill(files.at(-1)!);
  if (last.startsWith('=')) return yield* failed(trip, settings, Number(last.slice(1)));
  return trip.hops < 10 ? yield* through({ ...trip, path: last, hops: trip.hops + 1 }) : yield* failed(trip, settings, 500);
}

function* from(trip: Trip, settings: Server | Location): Coroutine<HttpResponse> {
  const own = 'match' in settings ? settings : null;
  const given = settings.returns;
  if (given !== null) {
    const text = given.text.replaceAll('$host', trip.request.headers['host'] ?? '').replaceAll('$request_uri', trip.request.path).replaceAll('$uri', trip.path).replaceAll('\\n', '\n').replaceAll('$hostname', trip.server.names[0] ?? '');
    if (given.status >= 300 && given.status < 400) return reply(trip, given.status, page(given.status, trip.version), 'text/html', { location: text });
    return text === '' && given.status >= 400 ? yield* failed(trip, settings, given.status) : reply(trip, given.status, text, settings.defaultType);
  }
  if (own?.status === true) return reply(trip, 200, 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n', 'text/plain');
  if (own !== null && own.proxy !== null) return yield* proxied(trip, own, own.proxy);
  if (settings.tryFiles !== null) return yield* tried(trip, settings, settings.tryFiles);
  return yield* fromDisk(trip, settings, own !== null && own.alias !== null ? { prefix: own.path, target: own.alias } : null);
}

function* through(trip: Trip): Coroutine<HttpResponse> {
  const place = trip.server.returns === null ? locationMatcher(trip.server.locations, trip.path) : undefined;
  return yield* from(trip, place ?? trip.server);
}

/** The answer to a request on a port, and the settings it fell under. */
export function* answer(config: Config, version: string, port: number, request: HttpRequest, conn: HttpConn): Coroutine<{ readonly response: HttpResponse; readonly settings: Settings }> {
  const server = serverFor(config, port, request.headers['host'] ?? '')!;
  let path = request.path.split('?')[0]!;
  try {
    path = decodeURIComponent(path);
  } catch (caught) {
    if (!(caught instanceof URIError)) throw caught;
  }
  try {
    const settings = locationMatcher(server.locations, path) ?? server;
    const response = yield* through({ config, version, server, request, conn, path, hops: 0 });
    const extra = response.status < 400 ? Object.fromEntries(settings.headers.map(([name, value]) => [name.toLowerCase(), value])) : {};
    return { response: headed(response, version, yield* now(), extra), settings };
  } catch (caught) {
    if (!(caught instanceof RegexError)) throw caught;
    const trip: Trip = { config, version, server, request, conn, path, hops: 0 };
    return { response: headed(reply(trip, 500, page(500, version), 'text/html'), version, yield* now(), {}), settings: server };
  }
}
