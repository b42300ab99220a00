/**
 * nginx, and the official image's entrypoint: serves files over HTTP, writes access and error lines to the container's output.
 * Run as /docker-entrypoint.sh it configures, and then is nginx, or starts whatever else it was given.
 */
import { attempt, checkpoint, environ, exit, now, poll, readDir, readFile, self, sigaction, stat, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, Signal } from '../../kernel/sys.ts';
import { goErrno, strerror, SysError } from '../../kernel/errno.ts';
import { civil, monthName } from '../../base/time.ts';
import { serveFd, serveOn, servingFds } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest, HttpResponse, Serving } from '../../lib/http/index.ts';
import { become } from '../../lib/tool/become.ts';
import { contentType, errorPage, parseServers } from './config.ts';
import type { Server } from './config.ts';

interface State { readonly serving: Serving; readonly servers: readonly Server[]; readonly version: string }

const two = (n: number): string => String(n).padStart(2, '0');

/** `2025/08/19 00:30:00 [notice] 1#1: …` */
function* log(level: 'notice' | 'error' | 'emerg', text: string): Coroutine<void> {
  const c = civil(yield* now());
  const { nspid } = yield* self();
  yield* write(2, `${c.year}/${two(c.month)}/${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)} [${level}] ${nspid}#${nspid}: ${text}\n`);
}

const ENTRYPOINT = ['/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration', '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/', '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
  '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf', '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf', '/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh', '/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh', '/docker-entrypoint.sh: Configuration complete; ready for start up'];

/** The main configuration with the files of conf.d in place of their include. */
function* configuration(path: string): Coroutine<string> {
  const main = yield* readFile(path);
  const dir = /include\s+(\S+)\/\*\.conf;/.exec(main)?.[1];
  if (dir === undefined) return main;
  const entries = yield* attempt(readDir(dir), 'ENOENT');
  let parts = '';
  if (!('errno' in entries)) for (const name of entries.map((it) => it.name).filter((it) => it.endsWith('.conf')).sort()) parts += yield* readFile(`${dir}/${name}`);
  return main.replace(/include\s+\S+\/\*\.conf;/, () => parts);
}

function* say(text: string): Coroutine<number> {
  yield* write(2, text);
  return 0;
}

function* begin(argv: readonly string[]): Coroutine<State | number> {
  const version = (yield* environ())['NGINX_VERSION'] ?? '1.29.1';
  if (argv.includes('-v')) return yield* say(`nginx version: nginx/${version}\n`);
  if (argv.includes('-V')) return yield* say(`nginx version: nginx/${version}\nbuilt by gcc 14.2.0 (Alpine 14.2.0)\nTLS SNI support enabled\n`);
  const path = argv.includes('-c') ? argv[argv.indexOf('-c') + 1]! : '/etc/nginx/nginx.conf';
  let text: string;
  try {
    text = yield* configuration(path);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    yield* log('emerg', `open() "${path}" failed (2: ${strerror(caught.code)})`);
    return 1;
  }
  const parsed = parseServers(text);
  if ('error' in parsed) {
    yield* log('emerg', `${parsed.error} in ${path}:${parsed.line}`);
    if (argv.includes('-t')) yield* write(2, `nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (argv.includes('-t')) return yield* say(`nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`);
  return yield* listenAll(parsed.servers, version);
}

function* listenAll(servers: readonly Server[], version: string): Coroutine<State | number> {
  const ports = [...new Set(servers.map((it) => it.port))];
  try {
    const serving = yield* serveOn(ports.map((port) => ({ host: '0.0.0.0', port })));
    for (const signal of ['TERM', 'INT', 'QUIT', 'HUP'] as const) yield* sigaction(signal, 'catch');
    const { release, cpus } = yield* uname();
    for (const text of ['using the "epoll" event method', `nginx/${version}`, 'built by gcc 14.2.0 (Alpine 14.2.0) ', `OS: Linux ${release}`, 'getrlimit(RLIMIT_NOFILE): 1048576:1048576', 'start worker processes', ...Array.from({ length: cpus }, (_, i) => `start worker process ${30 + i}`)]) yield* log('notice', text);
    return { serving, servers, version };
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    yield* log('emerg', `bind() to 0.0.0.0:${ports[0]} failed (98: ${goErrno(caught.code)})`);
    return 1;
  }
}

function* answer(state: State, request: HttpRequest, which: number, conn: HttpConn): Coroutine<HttpResponse> {
  const port = [...new Set(state.servers.map((it) => it.port))][which];
  const server = state.servers.find((it) => it.port === port) ?? state.servers[0]!;
  const path = decodeURIComponent(request.path.split('?')[0]!);
  const reply = (status: number, text: string, type: string): HttpResponse => ({ status, headers: { server: `nginx/${state.version}`, 'content-type': type, 'content-length': String(text.length) }, body: { text }, stream: false });
  let response = reply(404, errorPage(404, state.version), 'text/html');
  if (request.method !== 'GET' && request.method !== 'HEAD') response = reply(405, errorPage(405, state.version), 'text/html');
  else {
    const tries = path.endsWith('/') ? server.index.map((name) => `${server.root}${path}${name}`) : [`${server.root}${path}`];
    for (const file of tries) {
      const found = yield* attempt(stat(file), 'ENOENT', 'ENOTDIR');
      if ('errno' in found || found.type !== 'file') continue;
      response = reply(200, yield* readFile(file), contentType(file));
      break;
    }
    if (response.status === 404 && !path.endsWith('/')) yield* log('error', `*1 open() "${tries[0]}" failed (2: No such file or directory), client: ${conn.peer.replace(/:\d+$/, '')}, server: localhost, request: "${request.method} ${request.path} HTTP/1.1", host: "${request.headers['host'] ?? ''}"`);
  }
  yield* access(request, response, conn);
  return response;
}

function* access(request: HttpRequest, response: HttpResponse, conn: HttpConn): Coroutine<void> {
  const c = civil(yield* now());
  const stamp = `${two(c.day)}/${monthName(c.month)}/${c.year}:${two(c.hour)}:${two(c.minute)}:${two(c.second)} +0000`;
  const size = response.body !== null && 'text' in response.body ? response.body.text.length : 0;
  yield* write(1, `${conn.peer.replace(/:\d+$/, '')} - - [${stamp}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size} "${request.headers['referer'] ?? '-'}" "${request.headers['user-agent'] ?? '-'}" "${request.headers['x-forwarded-for'] ?? '-'}"\n`);
}

function* stop(signal: Signal): Coroutine<never> {
  const quit = signal === 'QUIT';
  yield* log('notice', `signal ${quit ? 3 : signal === 'INT' ? 2 : 15} (${`SIG${signal}`}) received${quit ? ', shutting down' : ', exiting'}`);
  yield* log('notice', 'exit');
  return yield* exit(0);
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved as unknown as State | number | undefined;
  if (state === undefined) {
    const entry = argv[0]!.endsWith('docker-entrypoint.sh');
    const words = entry ? argv.slice(1) : argv;
    if (entry && words[0] !== 'nginx' && words[0] !== 'nginx-debug') return yield* become(words, (reason) => `/docker-entrypoint.sh: exec: line 47: ${words[0]}: ${reason}`);
    if (entry) yield* write(1, `${ENTRYPOINT.join('\n')}\n`);
    state = yield* begin(words);
  }
  if (typeof state === 'number') return state;
  for (;;) {
    yield* checkpoint(state);
    const here: State = state;
    const { fds, signal } = yield* poll({ fds: servingFds(here.serving), signals: true });
    if (signal !== null && signal !== 'HUP') return yield* stop(signal);
    if (fds.length > 0) state = { ...here, serving: yield* serveFd(here.serving, fds[0]!, (request, which, conn) => answer(here, request, which, conn)) };
  }
}

export const program: Program = { name: 'nginx', main };
