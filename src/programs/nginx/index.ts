/**
 * nginx, and the official image's entrypoint: reads its configuration, serves it over HTTP and keeps its logs. One process stands for
 * the master and its workers. Run as /docker-entrypoint.sh it configures, and then is nginx, or starts whatever else it was given.
 * Not modelled: TLS, rewriting, FastCGI and what else directives.ts refuses.
 */
import { attempt, checkpoint, close, environ, exit, kill, listen, mkdir, poll, readFile, self, sigaction, uname, unlink, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, Signal } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Errno } from '../../kernel/errno.ts';
import { serveFd, servingFds } from '../../lib/http/index.ts';
import type { Serving } from '../../lib/http/index.ts';
import { become } from '../../lib/tool/become.ts';
import type { Config } from './config.ts';
import { configure } from './entrypoint.ts';
import { log, logAccess, openLogs } from './log.ts';
import type { Level } from './log.ts';
import { ConfigError } from './parse.ts';
import { readConfig } from './read.ts';
import { answer } from './serve.ts';

interface State { readonly serving: Serving; /** Of each listener. */ readonly ports: readonly number[]; readonly config: Config; readonly path: string; readonly version: string; /** Of the next worker. */ readonly worker: number }

/** Where complaints go before a configuration says otherwise. */
const BUILT_IN = { path: '/var/log/nginx/error.log', level: 'error' };
const NUMBERS: Partial<Record<Errno, number>> = { ENOENT: 2, EACCES: 13, EROFS: 30, EADDRINUSE: 98, ESRCH: 3, EPERM: 1 };
const because = (code: Errno): string => `(${NUMBERS[code] ?? 5}: ${strerror(code)})`;

/** A complaint of a command that ends: in the log, and on its own output. */
function* say(level: Level, text: string, errorLog: Config['errorLog'] = BUILT_IN): Coroutine<void> {
  yield* log(errorLog, level, text);
  yield* write(2, `nginx: [${level}] ${text}\n`);
}

/** Runs `body`; a failed call is told in nginx's way and ends the start. → whether it went well. */
function* must(what: string, body: Coroutine<unknown>, errorLog: Config['errorLog']): Coroutine<boolean> {
  try {
    yield* body;
    return true;
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code === 'EEXIST') return true;
    yield* say('emerg', `${what} failed ${because(code)}`, errorLog);
    return false;
  }
}

const compiler = (release: string): string => (release.includes('~') ? `gcc 12.2.0 (Debian 12.2.0-14+deb12u1)` : 'gcc 14.2.0 (Alpine 14.2.0)');

/** What a start needs besides a configuration: its temporary directories, its pid file. */
function* prepare(config: Config): Coroutine<boolean> {
  if ((yield* self()).uid !== 0 && config.userAt !== null) yield* say('warn', `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${config.userAt}`, config.errorLog);
  for (const name of ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) if (!(yield* must(`mkdir() "/var/cache/nginx/${name}_temp"`, mkdir(`/var/cache/nginx/${name}_temp`, 0o700), config.errorLog))) return false;
  yield* openLogs(config);
  return yield* must(`open() "${config.pid}"`, writeFile(config.pid, `${(yield* self()).nspid}\n`), config.errorLog);
}

function* listenOn(config: Config, ports: readonly number[]): Coroutine<readonly number[] | null> {
  const listeners: number[] = [];
  for (const port of ports) {
    const opened = yield* must(`bind() to 0.0.0.0:${port}`, (function* () { listeners.push(yield* listen({ net: 'tcp', host: '0.0.0.0', port })); })(), config.errorLog);
    if (!opened) return null;
  }
  return listeners;
}

const portsOf = (config: Config): readonly number[] => [...new Set(config.servers.flatMap(({ ports }) => ports))];

function* workers(config: Config, first: number): Coroutine<number> {
  const { cpus } = yield* uname();
  yield* log(config.errorLog, 'notice', 'start worker processes');
  for (let i = 0; i < cpus; i++) yield* log(config.errorLog, 'notice', `start worker process ${first + i}`);
  return first + cpus;
}

function* start(config: Config, path: string, version: string): Coroutine<State | number> {
  const ports = portsOf(config);
  const listeners = yield* listenOn(config, ports);
  if (listeners === null || !(yield* prepare(config))) return 1;
  for (const signal of ['TERM', 'INT', 'QUIT', 'HUP', 'USR1'] as const) yield* sigaction(signal, 'catch');
  const { release } = yield* uname();
  for (const text of ['using the "epoll" event method', `nginx/${version}`, `built by ${compiler((yield* environ())['PKG_RELEASE'] ?? '')} `, `OS: Linux ${release}`, 'getrlimit(RLIMIT_NOFILE): 1048576:1048576']) yield* log(config.errorLog, 'notice', text);
  return { serving: { listeners, conns: [] }, ports, config, path, version, worker: yield* workers(config, 30) };
}

/** `nginx -s reload|stop|quit|reopen`: a word to the one that runs. */
function* signal(word: string, config: Config): Coroutine<number> {
  const name = ({ reload: 'HUP', stop: 'TERM', quit: 'QUIT', reopen: 'USR1' } as Readonly<Record<string, Signal>>)[word];
  if (name === undefined) {
    yield* write(2, `nginx: invalid option: "-s ${word}"\n`);
    return 1;
  }
  const pid = yield* attempt(readFile(config.pid), 'ENOENT', 'EACCES');
  if (typeof pid !== 'string') {
    yield* say('error', `open() "${config.pid}" failed ${because(pid.errno)}`, config.errorLog);
    return 1;
  }
  yield* log(config.errorLog, 'notice', 'signal process started');
  const sent = yield* attempt(kill(Number(pid), name), 'ESRCH', 'EPERM');
  if (sent === null) return 0;
  yield* say('alert' as Level, `kill(${pid.trim()}, ${name === 'HUP' ? 1 : name === 'QUIT' ? 3 : name === 'TERM' ? 15 : 10}) failed ${because(sent.errno)}`, config.errorLog);
  return 1;
}

function* begin(argv: readonly string[]): Coroutine<State | number> {
  const version = (yield* environ())['NGINX_VERSION'] ?? '1.29.1';
  if (argv.includes('-v') || argv.includes('-V')) {
    yield* write(2, `nginx version: nginx/${version}\n${argv.includes('-V') ? `built by ${compiler((yield* environ())['PKG_RELEASE'] ?? '')} \nTLS SNI support enabled\n` : ''}`);
    return 0;
  }
  const odd = argv.slice(1).find((word, i) => word.startsWith('-') && !/^-(?:t|T|q|c|g|s|p|e)$/.test(word) && !/^-[cgspe]$/.test(argv[i] ?? ''));
  if (odd !== undefined) {
    yield* write(2, `nginx: invalid option: "${odd.slice(1, 2)}"\n`);
    return 1;
  }
  const path = argv.includes('-c') ? argv[argv.indexOf('-c') + 1]! : '/etc/nginx/nginx.conf';
  const test = argv.includes('-t') || argv.includes('-T');
  let config: Config;
  try {
    config = yield* readConfig(path);
  } catch (caught) {
    if (!(caught instanceof ConfigError)) throw caught;
    yield* say('emerg', caught.message);
    if (test) yield* write(2, `nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (argv.includes('-s')) return yield* signal(argv[argv.indexOf('-s') + 1] ?? '', config);
  if (!test) return yield* start(config, path, version);
  if (!argv.includes('-q')) yield* write(2, `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`);
  return 0;
}

/** Reads the configuration again; one that does not stand leaves the old one in place. */
function* reload(state: State): Coroutine<State> {
  const { config: old, serving } = state;
  yield* log(old.errorLog, 'notice', 'signal 1 (SIGHUP) received, reconfiguring');
  yield* log(old.errorLog, 'notice', 'reconfiguring');
  let config: Config;
  try {
    config = yield* readConfig(state.path);
  } catch (caught) {
    if (!(caught instanceof ConfigError)) throw caught;
    yield* log(old.errorLog, 'emerg', caught.message);
    return state;
  }
  const ports = portsOf(config);
  const fresh = yield* listenOn(config, ports.filter((port) => !state.ports.includes(port)));
  if (fresh === null) return state;
  const added = ports.filter((port) => !state.ports.includes(port));
  const kept = state.ports.map((port, i) => ({ port, fd: serving.listeners[i]! }));
  for (const { fd } of kept.filter(({ port }) => !ports.includes(port))) yield* close(fd);
  const all = [...kept.filter(({ port }) => ports.includes(port)), ...added.map((port, i) => ({ port, fd: fresh[i]! }))];
  yield* log(config.errorLog, 'notice', 'using the "epoll" event method');
  return { ...state, config, ports: all.map(({ port }) => port), serving: { ...serving, listeners: all.map(({ fd }) => fd) }, worker: yield* workers(config, state.worker) };
}

function* stop({ config }: State, name: Signal): Coroutine<never> {
  const quit = name === 'QUIT';
  yield* log(config.errorLog, 'notice', `signal ${quit ? 3 : name === 'INT' ? 2 : 15} (SIG${name}) received${quit ? ', shutting down' : ', exiting'}`);
  yield* attempt(unlink(config.pid), 'ENOENT', 'EROFS', 'EACCES');
  yield* log(config.errorLog, 'notice', 'exit');
  return yield* exit(0);
}

function* serve(state: State, fd: number): Coroutine<State> {
  const serving = yield* serveFd(state.serving, fd, function* (request, which, conn) {
    const { response, settings } = yield* answer(state.config, state.version, state.ports[which] ?? state.ports[0]!, request, conn);
    yield* logAccess(settings.accessLog, request, response, conn);
    return response;
  });
  return { ...state, serving };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved as unknown as State | number | undefined;
  if (state === undefined) {
    const entry = argv[0]!.endsWith('docker-entrypoint.sh');
    const words = entry ? argv.slice(1) : argv;
    if (entry && words[0] !== 'nginx' && words[0] !== 'nginx-debug') return yield* become(words, (reason) => `/docker-entrypoint.sh: exec: line 47: ${words[0]}: ${reason}`);
    if (entry) yield* configure();
    state = yield* begin(words);
  }
  if (typeof state === 'number') return state;
  for (;;) {
    yield* checkpoint(state);
    const here: State = state;
    const { fds, signal: heard } = yield* poll({ fds: servingFds(here.serving), signals: true });
    if (heard === 'HUP') state = yield* reload(here);
    else if (heard !== null && heard !== 'USR1') return yield* stop(here, heard);
    else if (fds.length > 0) state = yield* serve(here, fds[0]!);
  }
}

export const program: Program = { name: 'nginx', main };
