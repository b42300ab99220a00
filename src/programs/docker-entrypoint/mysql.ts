/**
 * MySQL and MariaDB of the official images, as far as a pod needs them: the entrypoint's demands, an initialised data directory, a port
 * that listens, start and stop in the log, and `mysqladmin ping`. Not modelled: SQL.
 */
import { attempt, close, connect, cpu, environ, listen, mkdir, now, sigaction, sleep, stat, write } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { civil, rfc3339Micro } from '../../base/time.ts';
import { GoError, lookupHost } from '../../lib/net/index.ts';
import { become } from '../../lib/tool/become.ts';
import { hold } from '../../lib/tool/hold.ts';
import type { Held } from '../../lib/tool/hold.ts';

interface Running extends Held { readonly product: Product }
interface Product { readonly name: 'MySQL' | 'MariaDB'; readonly version: string; readonly server: string }

function* product(): Coroutine<Product> {
  const env = yield* environ();
  const maria = env['MARIADB_VERSION'];
  if (maria !== undefined) return { name: 'MariaDB', version: maria, server: 'mariadbd' };
  return { name: 'MySQL', version: env['MYSQL_VERSION'] ?? '8.4.6-1.el9', server: 'mysqld' };
}
const two = (n: number): string => String(n).padStart(2, '0');

/** `2025-08-19 00:35:00+00:00 [Note] [Entrypoint]: …` */
function* entry(level: 'Note' | 'ERROR', text: string): Coroutine<void> {
  const c = civil(yield* now());
  yield* write(level === 'ERROR' ? 2 : 1, `${c.year}-${two(c.month)}-${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}+00:00 [${level}] [Entrypoint]: ${text}\n`);
}
/** A line of the server's own. */
function* log({ name, server }: Product, code: string, text: string): Coroutine<void> {
  const c = civil(yield* now());
  const line = name === 'MySQL' ? `${rfc3339Micro(yield* now()).replace('+00:00', 'Z')} 0 [System] [${code}] [Server] ${text}` : `${c.year}-${two(c.month)}-${two(c.day)} ${String(c.hour).padStart(2)}:${two(c.minute)}:${two(c.second)} 0 [Note] ${text.replace('/usr/sbin/mysqld', server)}`;
  yield* write(2, `${line}\n`);
}

const DEMAND = {
  MySQL: '    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
  MariaDB: '\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
} as const;
const PASSWORDS = ['ROOT_PASSWORD', 'ALLOW_EMPTY_PASSWORD', 'ALLOW_EMPTY_ROOT_PASSWORD', 'RANDOM_ROOT_PASSWORD', 'ROOT_PASSWORD_HASH'];

/** What the entrypoint does before the server starts. → a status when that fails. */
function* prepare(it: Product): Coroutine<number | null> {
  const started = `Entrypoint script for ${it.name} Server ${it.version} started.`;
  yield* entry('Note', started);
  yield* entry('Note', "Switching to dedicated user 'mysql'");
  yield* entry('Note', started);
  if (!('errno' in (yield* attempt(stat('/var/lib/mysql/mysql'), 'ENOENT', 'ENOTDIR')))) return null;
  const env = yield* environ();
  if (!PASSWORDS.some((name) => (env[`MYSQL_${name}`] ?? '') !== '' || (it.name === 'MariaDB' && (env[`MARIADB_${name}`] ?? '') !== ''))) {
    yield* entry('ERROR', `Database is uninitialized and password option is not specified\n${DEMAND[it.name]}`);
    return 1;
  }
  yield* entry('Note', 'Initializing database files');
  try {
    yield* mkdir('/var/lib/mysql/mysql', 0o700);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `${it.server}: Can't create directory '/var/lib/mysql/' (OS errno ${code === 'EROFS' ? 30 : 13} - ${strerror(code)})\n`);
    return 1;
  }
  yield* sleep(6_000_000);
  yield* entry('Note', 'Database files initialized');
  yield* entry('Note', 'Starting temporary server');
  yield* sleep(2_000_000);
  for (const text of ['Temporary server started.', 'Stopping temporary server', 'Temporary server stopped']) yield* entry('Note', text);
  yield* write(1, '\n');
  yield* entry('Note', `${it.name} init process done. Ready for start up.`);
  yield* write(1, '\n');
  return null;
}

function* begin(it: Product, whole: boolean): Coroutine<Running | number> {
  const failed = whole ? yield* prepare(it) : null;
  if (failed !== null) return failed;
  const bare = it.version.replace(/^1:|[-+].*$/g, '');
  yield* log(it, 'MY-010116', `/usr/sbin/mysqld (${it.server} ${bare}) starting as process 1`);
  yield* sleep(800_000);
  const listener = yield* listen({ net: 'tcp', host: '0.0.0.0', port: 3306 });
  for (const signal of ['TERM', 'INT', 'QUIT'] as const) yield* sigaction(signal, 'catch');
  yield* log(it, 'MY-010931', it.name === 'MySQL' ? `/usr/sbin/mysqld: ready for connections. Version: '${bare}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.` : `mariadbd: ready for connections.\nVersion: '${bare}-MariaDB-ubu2404'  socket: '/run/mysqld/mysqld.sock'  port: 3306  mariadb.org binary distribution`);
  return { kind: 'mysql', listener, clients: [], product: it };
}

/** `mysqladmin [-h HOST] ping`. */
function* admin(words: readonly string[]): Coroutine<number> {
  yield* cpu(5000);
  if (!words.includes('ping')) {
    yield* write(2, 'mysqladmin: commands other than ping are not available in this lab\n');
    return 1;
  }
  const at = words.findIndex((word) => /^(?:-h|--host)/.test(word));
  const host = at < 0 ? 'localhost' : /^(?:-h|--host=)(.+)$/.exec(words[at]!)?.[1] ?? words[at + 1] ?? 'localhost';
  try {
    yield* close(yield* connect({ net: 'tcp', host: (yield* lookupHost(host === 'localhost' ? '127.0.0.1' : host))[0]!, port: 3306 }, 10_000_000));
    yield* write(1, 'mysqld is alive\n');
    return 0;
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null && !(caught instanceof GoError)) throw caught;
    const why = host === 'localhost' ? "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)" : code === null ? `Unknown MySQL server host '${host}' (-2)` : `Can't connect to MySQL server on '${host}:3306' (${code === 'ECONNREFUSED' ? 111 : 110})`;
    yield* write(2, `mysqladmin: connect to server at '${host}' failed\nerror: '${why}'\n${host === 'localhost' ? "Check that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!\n" : ''}`);
    return 1;
  }
}

/** The entrypoint, the server or `mysqladmin`, by the name it was started under. */
export function* mysql(argv: readonly string[], saved?: Json): Coroutine<number> {
  let held = saved as unknown as Running | number | undefined;
  if (held === undefined) {
    const name = argv[0]!.replace(/^.*\//, '');
    if (name === 'mysqladmin' || name === 'mariadb-admin') return yield* admin(argv.slice(1));
    const whole = name === 'docker-entrypoint.sh';
    const words = whole ? argv.slice(1) : argv;
    if (whole && words[0] !== 'mysqld' && words[0] !== 'mariadbd') return yield* become(words, (reason) => `/usr/local/bin/docker-entrypoint.sh: line 463: exec: ${words[0]}: ${reason}`);
    held = yield* begin(yield* product(), whole);
  }
  if (typeof held === 'number') return held;
  yield* hold(held);
  const { product: it } = held;
  const bare = it.version.replace(/^1:|[-+].*$/g, '');
  if (it.name === 'MySQL') yield* log(it, 'MY-013172', `Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: ${bare}).`);
  yield* log(it, 'MY-010910', it.name === 'MySQL' ? `/usr/sbin/mysqld: Shutdown complete (mysqld ${bare})  MySQL Community Server - GPL.` : 'mariadbd: Shutdown complete');
  return 0;
}
