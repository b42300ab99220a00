/** A snapshot file: what it holds, and a new data directory from it. Models etcd etcdutl/snapshot/v3_snapshot.go. */
import { mkdir, readDir, readDoc, writeDoc, write, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import type { EtcdDb } from '../etcd/db.ts';
import { fileSize, recount, stored } from '../etcd/space.ts';
import { size } from '../../base/tree.ts';
import type { ParsedFlags } from '../flags/index.ts';
import { hex, sha1, sha256 } from '../x509/index.ts';
import { CtlError, humanBytes, log, table, type Style } from './output.ts';

const ETCD_DB = 'etcd-db';

/** Throws CtlError. */
export function* writeDb(path: string, db: EtcdDb): Coroutine<void> {
  try {
    yield* writeDoc(path, { kind: ETCD_DB, value: db, size: fileSize(db) }, 0o600);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CtlError(`could not open ${path} (open ${path}: ${goErrno(errno)})`);
  }
}

function* readDb(path: string): Coroutine<EtcdDb> {
  try {
    const doc = yield* readDoc(path);
    if (doc?.kind === ETCD_DB) return stored(doc.value);
    throw new CtlError('invalid database');
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CtlError(`stat ${path}: ${goErrno(errno)}`);
  }
}

/** Prints a snapshot's hash, revision, keys and size. Throws CtlError. */
export function* printStatus(path: string, format: string): Coroutine<number> {
  const db = yield* readDb(path);
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

/** Makes a data directory with the snapshot's keys and a membership of its own. Throws CtlError. */
export function* restore(path: string, flags: ParsedFlags, style: Style): Coroutine<number> {
  const name = flags.string('name');
  const dir = flags.string('data-dir') === '' ? `${name}.etcd` : flags.string('data-dir');
  if (flags.changed('initial-cluster') && !flags.string('initial-cluster').split(',').some((member) => member.startsWith(`${name}=`))) throw new CtlError(`couldn't find local name ${JSON.stringify(name)} in the initial cluster configuration`);
  const db = yield* readDb(path);
  let taken = false;
  try { taken = (yield* readDir(dir)).length > 0; } catch (caught) {
    if (errnoOf(caught) !== 'ENOENT') throw caught;
  }
  if (taken) throw new CtlError(`data-dir ${JSON.stringify(dir)} not empty or could not be read`);
  const wal = flags.string('wal-dir') || `${dir}/member/wal`;
  const fields = { path, 'wal-dir': wal, 'data-dir': dir, 'snap-dir': `${dir}/member/snap`, 'initial-memory-map-size': 10737418240 };
  yield* log('info', 'snapshot/v3_snapshot.go:265', 'restoring snapshot', fields, undefined, style);
  const peerUrls = flags.string('initial-advertise-peer-urls').split(',');
  const memberId = hex(sha1([...peerUrls].sort().join('') + flags.string('initial-cluster-token'))).slice(0, 16);
  const clusterId = hex(sha1(memberId.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))))).slice(0, 16);
  yield* log('info', 'membership/store.go:141', 'Trimming membership information from the backend...', {}, undefined, style);
  yield* log('info', 'membership/cluster.go:421', 'added member', { 'cluster-id': clusterId, 'local-member-id': '0', 'added-peer-id': memberId, 'added-peer-peer-urls': peerUrls }, undefined, style);
  yield* makeDirs(dir);
  yield* writeDb(`${dir}/member/snap/db`, recount({ ...db, clusterId, memberId, name, history: null, compacted: db.revision }));
  yield* mkdir(wal, 0o700);
  yield* log('info', 'snapshot/v3_snapshot.go:293', 'restored snapshot', fields, undefined, style);
  return 0;
}
