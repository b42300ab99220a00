/**
 * The data directory: `member/snap/db` holds the database as a document, `member/wal` a log that only shows its size.
 * A database is written by reference after each change, as bbolt would commit it.
 */
import { access, close, mkdir, open, readDoc, stat, unlink, writeDoc, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno, type Errno } from '../../kernel/errno.ts';
import { emptyDb, type EtcdDb } from '../../lib/etcd/db.ts';
import { fileSize, stored } from '../../lib/etcd/space.ts';
import type { Config } from './config.ts';

export const ETCD_DB = 'etcd-db';
const dbPath = (dir: string): string => `${dir}/member/snap/db`;
const WAL = '0000000000000000-0000000000000000.wal';

export class DataError extends Error {}
const fail = (what: string, errno: Errno) => new DataError(`${what}: ${goErrno(errno)}`);

function* makeDir(path: string): Coroutine<void> {
  let made = '';
  for (const name of path.split('/').filter((part) => part !== '')) {
    made += `/${name}`;
    if (yield* access(made, 'f')) continue;
    try { yield* mkdir(made, 0o700); } catch (caught) {
      const errno = errnoOf(caught);
      if (errno === null) throw caught;
      throw fail(`cannot access data directory: mkdir ${made}`, errno);
    }
  }
}

/** Makes the directory and proves that it can be written. Throws DataError. */
export function* touchDataDir(dir: string): Coroutine<void> {
  yield* makeDir(dir);
  try {
    yield* close(yield* open(`${dir}/.touch`, 'w', 0o600));
    yield* unlink(`${dir}/.touch`);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw fail(`cannot access data directory: open ${dir}/.touch`, errno);
  }
}

export const isMember = (dir: string) => access(`${dir}/member`, 'f');

/** The database of the directory; null: there is none yet. 'corrupt' when the file is no database. */
export function* loadDb(dir: string): Coroutine<EtcdDb | 'corrupt' | null> {
  try {
    const doc = yield* readDoc(dbPath(dir));
    return doc?.kind === ETCD_DB ? stored(doc.value) : 'corrupt';
  } catch (caught) {
    if (errnoOf(caught) !== 'ENOENT') throw caught;
    return null;
  }
}

export function* createDb(config: Config): Coroutine<EtcdDb> {
  for (const part of ['member', 'member/snap', 'member/wal']) yield* makeDir(`${config.dataDir}/${part}`);
  const db = emptyDb(config.clusterId, config.memberId, config.name);
  yield* writeDoc(dbPath(config.dataDir), { kind: ETCD_DB, value: db, size: fileSize(db) }, 0o600);
  yield* writeDoc(`${config.dataDir}/member/wal/${WAL}`, { kind: 'etcd-wal', value: null, size: 64_000_000 }, 0o600);
  yield* writeDoc(`${config.dataDir}/member/wal/0.tmp`, { kind: 'etcd-wal', value: null, size: 64_000_000 }, 0o600);
  return db;
}

/** The inode of the open database file. */
export function* inodeOf(dir: string): Coroutine<number> {
  return (yield* stat(dbPath(dir))).ino;
}

/** Commits. A file that was moved away or replaced is no longer ours: upstream would go on writing into the old inode. */
export function* saveDb(dir: string, ino: number, db: EtcdDb): Coroutine<void> {
  try {
    if ((yield* inodeOf(dir)) !== ino) return;
    yield* writeDoc(dbPath(dir), { kind: ETCD_DB, value: db, size: fileSize(db) }, 0o600);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}
