/** Apache httpd of the official image: serves /usr/local/apache2/htdocs on port 80, its log on the container's output. */
import { attempt, checkpoint, exit, now, poll, readFile, self, sigaction, stat, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { civil, dayName, monthName } from '../../base/time.ts';
import { serveFd, serveOn, servingFds, textResponse } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest, HttpResponse, Serving } from '../../lib/http/index.ts';

const ROOT = '/usr/local/apache2/htdocs';
const two = (n: number): string => String(n).padStart(2, '0');

function* note(text: string): Coroutine<void> {
  const at = yield* now();
  const c = civil(at);
  const { nspid } = yield* self();
  yield* write(2, `[${dayName(c.weekday)} ${monthName(c.month)} ${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(c.micros).padStart(6, '0')} ${c.year}] [${text.startsWith('AH00094') ? 'core' : 'mpm_event'}:notice] [pid ${nspid}:tid ${nspid}] ${text}\n`);
}

function* answer(request: HttpRequest, conn: HttpConn): Coroutine<HttpResponse> {
  const path = request.path.split('?')[0]!;
  const file = `${ROOT}${path.endsWith('/') ? `${path}index.html` : path}`;
  const found = yield* attempt(stat(file), 'ENOENT', 'ENOTDIR');
  const missing = 'errno' in found || found.type !== 'file';
  const text = missing ? '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n' : yield* readFile(file);
  const c = civil(yield* now());
  yield* write(1, `${conn.peer.replace(/:\d+$/, '')} - - [${two(c.day)}/${monthName(c.month)}/${c.year}:${two(c.hour)}:${two(c.minute)}:${two(c.second)} +0000] "${request.method} ${request.path} HTTP/1.1" ${missing ? 404 : 200} ${text.length}\n`);
  return textResponse(missing ? 404 : 200, text, { 'content-type': 'text/html', server: 'Apache/2.4.65 (Unix)' });
}

function* begin(): Coroutine<Serving> {
  const serving = yield* serveOn([{ host: '0.0.0.0', port: 80 }]);
  for (const signal of ['TERM', 'INT', 'WINCH'] as const) yield* sigaction(signal, 'catch');
  yield* note('AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations');
  yield* note("AH00094: Command line: 'httpd -D FOREGROUND'");
  return serving;
}

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  let serving = (saved as unknown as Serving | undefined) ?? (yield* begin());
  for (;;) {
    yield* checkpoint(serving);
    const { fds, signal } = yield* poll({ fds: servingFds(serving), signals: true });
    if (signal !== null) {
      yield* note('AH00491: caught SIGTERM, shutting down');
      return yield* exit(0);
    }
    if (fds.length > 0) serving = yield* serveFd(serving, fds[0]!, (request, _which, conn) => answer(request, conn));
  }
}

export const program: Program = { name: 'httpd', main };
