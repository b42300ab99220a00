/** HashiCorp's http-echo 1.0: answers every request with the text it was started with, and logs each. */
import { checkpoint, environ, exit, now, poll, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { civil } from '../../base/time.ts';
import { serveFd, serveOn, servingFds, textResponse } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest, HttpResponse, Serving } from '../../lib/http/index.ts';

interface Settings { readonly text: string; readonly listen: string; readonly status: number }
interface State { readonly serving: Serving; readonly settings: Settings }

const two = (n: number): string => String(n).padStart(2, '0');
function* log(text: string): Coroutine<void> {
  const c = civil(yield* now());
  yield* write(2, `${c.year}/${two(c.month)}/${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)} ${text}\n`);
}

const USAGE = 'Usage of /http-echo:\n  -listen string\n    \taddress and port to listen (default ":5678")\n  -status-code int\n    \thttp response code, e.g.: 200 (default 200)\n  -text string\n    \ttext to put on the webpage\n  -version\n    \tdisplay version information\n';

/** Go's flags: `-text=x`, `--text x`. A string is the complaint. */
function read(words: readonly string[], env: Readonly<Record<string, string>>): Settings | string {
  let settings: Settings = { text: env['ECHO_TEXT'] ?? '', listen: ':5678', status: 200 };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const m = /^--?([^=]+)(?:=(.*))?$/s.exec(word);
    if (m === null) return '';
    const name = m[1]!;
    if (!['text', 'listen', 'status-code'].includes(name)) return `flag provided but not defined: -${name}\n${USAGE}`;
    const value = m[2] ?? rest.shift();
    if (value === undefined) return `flag needs an argument: -${name}\n${USAGE}`;
    settings = name === 'text' ? { ...settings, text: value } : name === 'listen' ? { ...settings, listen: value } : { ...settings, status: Number(value) };
  }
  return settings;
}

function* begin(words: readonly string[]): Coroutine<State | number> {
  const settings = read(words, yield* environ());
  if (typeof settings === 'string') {
    yield* write(2, settings === '' ? 'Too many arguments!\n' : settings);
    return settings === '' ? 127 : 2;
  }
  if (settings.text === '') {
    yield* write(2, 'Missing -text option!\n');
    return 127;
  }
  const port = Number(settings.listen.replace(/^.*:/, ''));
  try {
    const serving = yield* serveOn([{ host: '0.0.0.0', port }]);
    for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
    yield* log(`[INFO] server is listening on ${settings.listen}`);
    return { serving, settings };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* log(`[ERR] server exited with: listen tcp ${settings.listen}: bind: ${goErrno(errno)}`);
    return 1;
  }
}

function* answer({ settings }: State, request: HttpRequest, conn: HttpConn): Coroutine<HttpResponse> {
  const health = request.path === '/health';
  const text = health ? '{"status":"ok"}\n' : `${settings.text}\n`;
  if (!health) yield* log(`${request.headers['host'] ?? ''} ${conn.peer} "${request.method} ${request.path} HTTP/1.1" ${settings.status} ${text.length} "${request.headers['user-agent'] ?? ''}" 12.345µs`.replace('µ', '\xc2\xb5'));
  return textResponse(health ? 200 : settings.status, text, { 'x-app-name': 'http-echo', 'x-app-version': '1.0.0' });
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved as unknown as State | undefined) ?? (yield* begin(argv.slice(1)));
  if (typeof state === 'number') return state;
  for (;;) {
    yield* checkpoint(state);
    const here: State = state;
    const { fds, signal } = yield* poll({ fds: servingFds(here.serving), signals: true });
    if (signal !== null) {
      yield* log('[INFO] received interrupt, shutting down...');
      return yield* exit(0);
    }
    if (fds.length > 0) state = { ...here, serving: yield* serveFd(here.serving, fds[0]!, (request, _which, conn) => answer(here, request, conn)) };
  }
}

export const program: Program = { name: 'http-echo', main };
