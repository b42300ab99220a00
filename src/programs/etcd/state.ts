/**
 * What the threads of the server share: the database, who may change it, and how connections are made.
 * A change takes the lock (deleting its key is what only one thread can do), so that changes come one after another.
 */
import { del, get, poll, put, view, type Coroutine } from '../../kernel/sys.ts';
import type { EtcdDb } from '../../lib/etcd/db.ts';
import type { TlsServerOptions } from '../../lib/tls/index.ts';
import type { Config } from './config.ts';
import { saveDb } from './data.ts';

export interface Shared { readonly config: Config; readonly ino: number; readonly clientTls: TlsServerOptions | null; readonly peerTls: TlsServerOptions | null }

/** The database as the threads see it, and where it is kept. */
interface Kept { readonly db: EtcdDb; readonly dir: string; readonly ino: number }

export function* share(shared: Shared, db: EtcdDb): Coroutine<void> {
  yield* put('server', 'shared', shared);
  yield* put('db', 'db', { db, dir: shared.config.dataDir, ino: shared.ino } satisfies Kept);
  yield* put('lock', 'free', true);
}
export function* shared(): Coroutine<Shared> {
  return (yield* get<Shared>('server', 'shared'))!;
}
export function* database(): Coroutine<EtcdDb> {
  return (yield* get<Kept>('db', 'db'))!.db;
}
/** The database and the version of the table that changes with it. */
export function* databaseVersion(): Coroutine<{ readonly db: EtcdDb; readonly version: number }> {
  const table = yield* view<Kept>('db');
  return { db: table.get('db')!.db, version: table.version };
}

/** Applies a change; what it throws is thrown after the lock is free again. */
export function* change<T>(step: (db: EtcdDb) => { readonly db: EtcdDb; readonly result: T }): Coroutine<T> {
  while (!(yield* del('lock', 'free'))) {
    const lock = yield* view('lock');
    if (!lock.has('free')) yield* poll({ tables: [{ table: 'lock', since: lock.version }] });
  }
  const before = (yield* get<Kept>('db', 'db'))!;
  let made: { readonly db: EtcdDb; readonly result: T } | null = null;
  let failure: unknown = null;
  try { made = step(before.db); } catch (caught) { failure = caught; }
  if (made !== null && made.db !== before.db) {
    yield* put('db', 'db', { ...before, db: made.db } satisfies Kept);
    yield* saveDb(before.dir, before.ino, made.db);
  }
  yield* put('lock', 'free', true);
  if (made === null) throw failure;
  return made.result;
}
