/** etcdctl snapshot save, status and restore: the database as a file that a new data directory can begin from. */
import { mkdir, readDir, readDoc, rename, writeDoc, write, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { fileSize, type EtcdDb } from '../../lib/etcd/db.ts';
import { size } from '../../lib/etcd/tree.ts';
import { hex, sha1, sha256 } from '../../lib/x509/index.ts';
import { call } from './call.ts';
import { CtlError, humanBytes, log, table, type Ctl } from './output.ts';

const ETCD_DB = 'etcd-db';

function* writeDb(path: string, db: EtcdDb): Coroutine<void> {
  try {
    yield* writeDoc(path, { kind: ETCD_DB, value: db, size: fileSize(db) }, 0o600);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CtlError(`could not open ${path} (open ${path}: ${goErrno(errno)})`);
  }
}

export function* snapshotSave({ args, endpoints, timeoutUs }: Ctl): Coroutine<number> {
  const [path] = args;
  if (path === undefined || args.length !== 1) throw new CtlError('snapshot save expects one argument', 128);
  const config = endpoints[0]!;
  const part = `${path}.part`;
  yield* log('info', 'snapshot/v3_snapshot.go:65', 'created temporary db file', { path: part });
  const { db } = yield* call(config, '/etcdserverpb.Maintenance/Snapshot', {}, timeoutUs);
  yield* log('info', 'v3/maintenance.go:212', 'opened snapshot stream; downloading', {}, 'client');
  yield* log('info', 'snapshot/v3_snapshot.go:73', 'fetching snapshot', { endpoint: config.endpoint });
  yield* writeDb(part, db);
  yield* log('info', 'v3/maintenance.go:220', 'completed snapshot read; closing', {}, 'client');
  yield* log('info', 'snapshot/v3_snapshot.go:88', 'fetched snapshot', { endpoint: config.endpoint, size: humanBytes(fileSize(db)), took: 'now' });
  yield* rename(part, path);
  yield* log('info', 'snapshot/v3_snapshot.go:97', 'saved', { path });
  yield* write(1, `Snapshot saved at ${path}\n`);
  return 0;
}

function* readDb(path: string): Coroutine<EtcdDb> {
  try {
    const doc = yield* readDoc(path);
    if (doc?.kind === ETCD_DB) return doc.value as EtcdDb;
    throw new CtlError('invalid database');
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CtlError(`stat ${path}: ${goErrno(errno)}`);
  }
}

const deprecated = (verb: string) => write(2, `Deprecated: Use \`etcdutl snapshot ${verb}\` instead.\n\n`);

export function* snapshotStatus({ args, format }: Ctl): Coroutine<number> {
  if (args.length !== 1) throw new CtlError('snapshot status requires exactly one argument', 128);
  yield* deprecated('status');
  const db = yield* readDb(args[0]!);
  const row = [hex(sha256(`${db.clusterId} ${db.revision} ${size(db.keys)}`)).slice(0, 8), String(db.revision), String(size(db.keys) + 8), humanBytes(fileSize(db))];
  yield* write(1, format === 'table' ? table(['HASH', 'REVISION', 'TOTAL KEYS', 'TOTAL SIZE'], [row]) : `${row.join(', ')}\n`);
  return 0;
}

function* makeDirs(dir: string): Coroutine<void> {
  let made = dir.startsWith('/') ? '' : '.';
  for (const part of `${dir}/member/snap`.split('/').filter((name) => name !== '')) {
    made += `/${part}`;
    try { yield* mkdir(made, 0o700); } catch (caught) {
      if (errnoOf(caught) !== 'EEXIST') throw caught;
    }
  }
}

export function* snapshotRestore({ args, flags }: Ctl): Coroutine<number> {
  if (args.length !== 1) throw new CtlError('snapshot restore requires exactly one argument', 128);
  yield* deprecated('restore');
  const path = args[0]!;
  const name = flags.string('name');
  const dir = flags.string('data-dir') === '' ? `${name}.etcd` : flags.string('data-dir');
  const db = yield* readDb(path);
  let taken = false;
  try { taken = (yield* readDir(dir)).length > 0; } catch (caught) {
    if (errnoOf(caught) !== 'ENOENT') throw caught;
  }
  if (taken) throw new CtlError(`data-dir ${JSON.stringify(dir)} not empty or could not be read`);
  const fields = { path, 'wal-dir': `${dir}/member/wal`, 'data-dir': dir, 'snap-dir': `${dir}/member/snap`, 'initial-memory-map-size': 10737418240 };
  yield* log('info', 'snapshot/v3_snapshot.go:265', 'restoring snapshot', fields);
  const peerUrls = flags.string('initial-advertise-peer-urls').split(',');
  const memberId = hex(sha1([...peerUrls].sort().join('') + flags.string('initial-cluster-token'))).slice(0, 16);
  yield* log('info', 'membership/store.go:141', 'Trimming membership information from the backend...', {});
  yield* log('info', 'membership/cluster.go:421', 'added member', { 'cluster-id': db.clusterId, 'local-member-id': '0', 'added-peer-id': memberId, 'added-peer-peer-urls': peerUrls });
  yield* makeDirs(dir);
  yield* writeDb(`${dir}/member/snap/db`, { ...db, memberId, name, history: null, compacted: db.revision });
  yield* mkdir(`${dir}/member/wal`, 0o700);
  yield* log('info', 'snapshot/v3_snapshot.go:293', 'restored snapshot', fields);
  return 0;
}
