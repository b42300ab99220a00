/**
 * agnhost of Kubernetes' end-to-end tests, as far as its documents use it: pause, netexec, serve-hostname, connect.
 * Models kubernetes test/images/agnhost.
 */
import { checkpoint, close, connect, exit, now, poll, self, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { rfc3339 } from '../../base/time.ts';
import { klogLine } from '../../lib/klog/index.ts';
import { serveFd, serveOn, servingFds, textResponse } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest, HttpResponse, Serving } from '../../lib/http/index.ts';
import { GoError, lookupHost, splitHostPort } from '../../lib/net/index.ts';

type Mode = 'netexec' | 'serve-hostname';
interface State { readonly serving: Serving; readonly mode: Mode; readonly startedAt: number }

const flag = (words: readonly string[], name: string, otherwise: string): string => {
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  return at < 0 ? otherwise : words[at]!.includes('=') ? words[at]!.slice(name.length + 3) : words[at + 1] ?? otherwise;
};

function* answer(state: State, request: HttpRequest, conn: HttpConn): Coroutine<HttpResponse> {
  const { hostname } = yield* self();
  if (state.mode === 'serve-hostname') return textResponse(200, hostname);
  const [path = '/', query = ''] = request.path.split('?');
  yield* klogLine('I', 'util.go:134', `${request.method} ${request.path}`);
  const value = (name: string): string => decodeURIComponent(query.split('&').find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1).replaceAll('+', ' ') ?? '');
  switch (path) {
    case '/': return textResponse(200, `NOW: ${rfc3339(yield* now())}`);
    case '/hostname': case '/hostName': return textResponse(200, hostname);
    case '/clientip': return textResponse(200, conn.peer);
    case '/echo': return textResponse(Number(value('code') || 200), value('msg'));
    case '/healthz': return textResponse(200, '');
    case '/header': return textResponse(200, request.headers[value('key').toLowerCase()] ?? '');
    default: return textResponse(404, '404 page not found\n');
  }
}

/** `connect HOST:PORT [--timeout 1s]`: why not, in one word. */
function* reach(target: string, timeout: string): Coroutine<number> {
  const wait = Number(/^\d+/.exec(timeout)?.[0] ?? 1) * (timeout.endsWith('ms') ? 1000 : 1e6);
  try {
    const { host, port } = splitHostPort(target);
    const ip = (yield* lookupHost(host))[0]!;
    yield* close(yield* connect({ net: 'tcp', host: ip, port }, wait));
    return 0;
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null && !(caught instanceof GoError)) throw caught;
    const word = code === 'ECONNREFUSED' ? 'REFUSED' : code === 'ETIMEDOUT' || code === 'EAGAIN' ? 'TIMEOUT' : code === null && (caught as GoError).kind === 'dns' ? `DNS: ${(caught as GoError).message}` : `OTHER: ${(caught as Error).message}`;
    yield* write(2, `${word}\n`);
    return 1;
  }
}

function* begin(words: readonly string[]): Coroutine<State | number | null> {
  const [mode, ...rest] = words;
  if (mode === 'pause') {
    yield* write(1, 'Paused\n');
    yield* sigaction('TERM', 'catch');
    yield* sigaction('INT', 'catch');
    return null;
  }
  if (mode === 'connect') return yield* reach(rest.find((word) => !word.startsWith('-')) ?? '', flag(rest, 'timeout', '0s') === '0s' ? '127s' : flag(rest, 'timeout', '0s'));
  if (mode !== 'netexec' && mode !== 'serve-hostname') {
    yield* write(2, mode === undefined ? 'Error: a subcommand is needed\n' : `agnhost: ${mode} is not available in this lab\n`);
    return 1;
  }
  const port = Number(flag(rest, mode === 'netexec' ? 'http-port' : 'port', mode === 'netexec' ? '8080' : '9376'));
  const serving = yield* serveOn([{ host: '0.0.0.0', port }]);
  for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  yield* klogLine('I', mode === 'netexec' ? 'netexec.go:151' : 'serve_hostname.go:67', mode === 'netexec' ? `Started HTTP server on port ${port}` : `Serving on port ${port}.`);
  return { serving, mode, startedAt: yield* now() };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved === undefined ? yield* begin(argv.slice(1)) : (saved as unknown as State | null);
  if (typeof state === 'number') return state;
  for (;;) {
    yield* checkpoint(state);
    const here: State | null = state;
    const waiting: readonly number[] = here === null ? [] : servingFds(here.serving);
    const { fds, signal } = yield* poll({ fds: waiting, signals: true });
    if (signal !== null) return yield* exit(0);
    if (here !== null && fds.length > 0) state = { ...here, serving: yield* serveFd(here.serving, fds[0]!, (request, _which, conn) => answer(here, request, conn)) };
  }
}

export const program: Program = { name: 'agnhost', main };
