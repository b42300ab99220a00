/**
 * The entrypoints of official images, and the servers behind them whose protocol is not modelled: which one it is, is told by the name it
 * was started under and, for the script that all have, by the version in the image's environment.
 */
import { access, environ } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { become } from '../../lib/tool/become.ts';
import { memcached } from './memcached.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';

/** Whether a PATH search finds it. */
function* isCommand(word: string): Coroutine<boolean> {
  if (word.includes('/')) return yield* access(word, 'x');
  for (const dir of ((yield* environ())['PATH'] ?? '').split(':')) if (yield* access(`${dir}/${word}`, 'x')) return true;
  return false;
}

/** curl's: a word that is no command of the image is given to curl. */
function* curl(argv: readonly string[]): Coroutine<number> {
  const words = argv.slice(1);
  const whole = words[0] === undefined || words[0].startsWith('-') || !(yield* isCommand(words[0])) ? ['curl', ...words] : words;
  return yield* become(whole, (reason) => `/entrypoint.sh: exec: ${whole[0]}: ${reason}`);
}

type Kind = 'curl' | 'memcached' | 'mysql' | 'postgres';
const NAMES: Readonly<Record<string, Kind>> = { 'entrypoint.sh': 'curl', memcached: 'memcached', mysqld: 'mysql', mariadbd: 'mysql', mysqladmin: 'mysql', 'mariadb-admin': 'mysql', postgres: 'postgres', pg_isready: 'postgres' };

function* kindOf(name: string): Coroutine<Kind> {
  const env = yield* environ();
  return NAMES[name] ?? ('PG_MAJOR' in env ? 'postgres' : 'MEMCACHED_VERSION' in env ? 'memcached' : 'mysql');
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  // What was saved says whose it is, so that a restart asks nothing before it waits again.
  const kind = saved === undefined ? yield* kindOf(argv[0]!.replace(/^.*\//, '')) : (saved as { readonly kind: Kind }).kind;
  switch (kind) {
    case 'curl': return yield* curl(argv);
    case 'memcached': return yield* memcached(argv, saved);
    case 'postgres': return yield* postgres(argv, saved);
    case 'mysql': return yield* mysql(argv, saved);
  }
}

export const program: Program = { name: 'docker-entrypoint', main };
