/** nginx's two logs. In the image they are links to the container's output; a volume mounted over them makes files of them. */
import { appendFile, now, self, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { civil, monthName } from '../../base/time.ts';
import type { HttpConn, HttpRequest, HttpResponse } from '../../lib/http/index.ts';
import type { Config } from './config.ts';

export type Level = 'info' | 'notice' | 'warn' | 'error' | 'emerg';
const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];
const two = (n: number): string => String(n).padStart(2, '0');

function* append(path: string, fd: number, line: string): Coroutine<void> {
  if (path === '/dev/stdout' || path === '/dev/stderr') return void (yield* write(path.endsWith('out') ? 1 : 2, line));
  try {
    yield* appendFile(path, line);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    yield* write(fd, line);
  }
}

/** Makes the logs, as nginx does before it serves; those of a volume are empty files then. */
export function* openLogs(config: Config): Coroutine<void> {
  yield* append(config.errorLog.path, 2, '');
  for (const path of new Set(config.servers.flatMap(({ accessLog }) => (accessLog === null ? [] : [accessLog.path])))) yield* append(path, 1, '');
}

/** `2025/08/19 00:30:00 [notice] 1#1: …`, if the log's level lets it through. */
export function* log({ path, level: least }: Config['errorLog'], level: Level, text: string): Coroutine<void> {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
  const c = civil(yield* now());
  const { nspid } = yield* self();
  yield* append(path, 2, `${c.year}/${two(c.month)}/${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)} [${level}] ${nspid}#${nspid}: ${text}\n`);
}

/** One request in the `main` or the `combined` format. */
export function* logAccess(target: { readonly path: string; readonly format: string } | null, request: HttpRequest, response: HttpResponse, conn: HttpConn): Coroutine<void> {
  if (target === null) return;
  const c = civil(yield* now());
  const stamp = `${two(c.day)}/${monthName(c.month)}/${c.year}:${two(c.hour)}:${two(c.minute)}:${two(c.second)} +0000`;
  const size = request.method !== 'HEAD' && response.body !== null && 'text' in response.body ? response.body.text.length : 0;
  const forwarded = target.format === 'combined' ? '' : ` "${request.headers['x-forwarded-for'] ?? '-'}"`;
  yield* append(target.path, 1, `${conn.peer.replace(/:\d+$/, '')} - - [${stamp}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size} "${request.headers['referer'] ?? '-'}" "${request.headers['user-agent'] ?? '-'}"${forwarded}\n`);
}
