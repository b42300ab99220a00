/**
 * PostgreSQL of the official image, as far as a pod needs it: the entrypoint's demands, an initialised data directory, a port that
 * listens, its start and stop in the log, and pg_isready. Not modelled: SQL.
 */
import { attempt, close, connect, cpu, environ, listen, mkdir, now, readFile, self, sigaction, sleep, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { civil } from '../../base/time.ts';
import { lookupHost, GoError } from '../../lib/net/index.ts';
import { become } from '../../lib/tool/become.ts';
import { hold } from '../../lib/tool/hold.ts';
import type { Held } from '../../lib/tool/hold.ts';

const DEMAND = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`;
const two = (n: number): string => String(n).padStart(2, '0');

function* log(text: string): Coroutine<void> {
  const c = civil(yield* now());
  yield* write(2, `${c.year}-${two(c.month)}-${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(Math.floor(c.micros / 1000)).padStart(3, '0')} UTC [${(yield* self()).nspid}] LOG:  ${text}\n`);
}

/** The data directory: there already, or made now. → a status when that fails. */
function* initialise(env: Readonly<Record<string, string>>, data: string, version: string): Coroutine<number | null> {
  if (typeof (yield* attempt(readFile(`${data}/PG_VERSION`), 'ENOENT', 'ENOTDIR', 'EACCES')) === 'string') {
    yield* write(1, '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n');
    return null;
  }
  if ((env['POSTGRES_PASSWORD'] ?? '') === '' && env['POSTGRES_HOST_AUTH_METHOD'] !== 'trust') {
    yield* write(2, DEMAND);
    return 1;
  }
  yield* write(1, `The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\nfixing permissions on existing directory ${data} ... `);
  try {
    yield* attempt(mkdir(data, 0o700), 'EEXIST');
    yield* writeFile(`${data}/PG_VERSION`, `${version.split('.')[0]}\n`);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `initdb: error: could not change permissions of directory "${data}": ${strerror(code)}\n`);
    return 1;
  }
  yield* sleep(2_500_000);
  yield* write(1, 'ok\ncreating subdirectories ... ok\nrunning bootstrap script ... ok\nperforming post-bootstrap initialization ... ok\nsyncing data to disk ... ok\n\n\nPostgreSQL init process complete; ready for start up.\n\n');
  return null;
}

function* begin(words: readonly string[]): Coroutine<Held | number> {
  const env = yield* environ();
  const version = env['PG_VERSION']?.replace(/-.*$/, '') ?? '17.6';
  const failed = yield* initialise(env, env['PGDATA'] ?? '/var/lib/postgresql/data', version);
  if (failed !== null) return failed;
  const at = words.indexOf('-p');
  const port = at < 0 ? 5432 : Number(words[at + 1]);
  const listener = yield* listen({ net: 'tcp', host: '0.0.0.0', port });
  for (const signal of ['TERM', 'INT', 'QUIT'] as const) yield* sigaction(signal, 'catch');
  yield* log(`starting PostgreSQL ${version} on x86_64-pc-linux-musl, compiled by gcc (Alpine 14.2.0) 14.2.0, 64-bit`);
  yield* log(`listening on IPv4 address "0.0.0.0", port ${port}`);
  yield* log(`listening on IPv6 address "::", port ${port}`);
  yield* log(`listening on Unix socket "/var/run/postgresql/.s.PGSQL.${port}"`);
  yield* log('database system is ready to accept connections');
  return { kind: 'postgres', listener, clients: [] };
}

/** `pg_isready [-h HOST] [-p PORT]`: 0 when it accepts, 2 when nobody answers. */
function* isReady(words: readonly string[]): Coroutine<number> {
  yield* cpu(3000);
  const value = (letter: string): string | undefined => { const at = words.findIndex((word) => word.startsWith(letter)); return at < 0 ? undefined : words[at]!.slice(2) || words[at + 1]; };
  const [host, port] = [value('-h'), Number(value('-p') ?? 5432)];
  const shown = `${host ?? '/var/run/postgresql'}:${port}`;
  try {
    yield* close(yield* connect({ net: 'tcp', host: (yield* lookupHost(host === undefined || host.startsWith('/') ? '127.0.0.1' : host))[0]!, port }, 3_000_000));
    yield* write(1, `${shown} - accepting connections\n`);
    return 0;
  } catch (caught) {
    if (errnoOf(caught) === null && !(caught instanceof GoError)) throw caught;
    yield* write(1, `${shown} - no response\n`);
    return 2;
  }
}

/** The entrypoint, the server or `pg_isready`, by the name it was started under. */
export function* postgres(argv: readonly string[], saved?: Json): Coroutine<number> {
  let held = saved as unknown as Held | number | undefined;
  if (held === undefined) {
    const name = argv[0]!.replace(/^.*\//, '');
    if (name === 'pg_isready') return yield* isReady(argv.slice(1));
    const words = name === 'docker-entrypoint.sh' ? argv.slice(1) : argv;
    if (words[0] !== 'postgres') return yield* become(words, (reason) => `/usr/local/bin/docker-entrypoint.sh: exec: line 351: ${words[0]}: ${reason}`);
    held = yield* begin(words);
  }
  if (typeof held === 'number') return held;
  const signal = yield* hold(held);
  yield* log(`received ${signal === 'TERM' ? 'smart' : signal === 'INT' ? 'fast' : 'immediate'} shutdown request`);
  yield* log('database system is shut down');
  return 0;
}
