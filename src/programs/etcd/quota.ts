/**
 * The quota on the database's file: a write that does not fit raises the NOSPACE alarm, and while that stands nothing is written.
 * Room is made by hand: compact, defragment, disarm. Models etcd server/storage/quota.go and the capped applier.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { humanBytes } from '../../lib/etcdtool/output.ts';
import { spaceError, type EtcdDb } from '../../lib/etcd/db.ts';
import { DEFAULT_QUOTA, MAX_QUOTA, defragment, disarm, fileSize, hasRoom, raise, sizeInUse } from '../../lib/etcd/space.ts';
import type { Rpcs } from '../../lib/etcd/rpc.ts';
import { diskWork, info, warn } from './log.ts';
import { change, database, shared } from './state.ts';

export function* announceQuota(quota: number): Coroutine<void> {
  const name = { 'quota-name': 'v3-applier' };
  if (quota < 0) return yield* info('etcdserver/quota.go:83', 'disabled backend quota', { ...name, 'quota-size-bytes': quota });
  if (quota === 0) return yield* info('etcdserver/quota.go:94', 'enabled backend quota with default value', { ...name, 'quota-size-bytes': DEFAULT_QUOTA, 'quota-size': humanBytes(DEFAULT_QUOTA) });
  const size = { ...name, 'quota-size-bytes': quota, 'quota-size': humanBytes(quota) };
  if (quota > MAX_QUOTA) yield* warn('etcdserver/quota.go:107', 'quota exceeds the maximum value', { ...size, 'quota-maximum-size-bytes': MAX_QUOTA, 'quota-maximum-size': humanBytes(MAX_QUOTA) });
  return yield* info('etcdserver/quota.go:116', 'enabled backend quota', size);
}

/** Changes the database when what that may add (`cost`, bytes; 0: nothing) still fits and no alarm stands. Throws EtcdError. */
export function* changeWithin<T>(cost: number, step: (db: EtcdDb) => { readonly db: EtcdDb; readonly result: T }): Coroutine<T> {
  const { quota } = (yield* shared()).config;
  const limit = quota === 0 ? DEFAULT_QUOTA : quota < 0 ? Infinity : quota;
  const done = yield* change<{ readonly wrote: T } | { readonly alarmed: boolean }>((db) => {
    if (!hasRoom(db, cost, limit)) return { db: raise(db), result: { alarmed: db.alarms.length === 0 } };
    if (cost > 0 && db.alarms.length > 0) return { db, result: { alarmed: false } };
    const { db: next, result } = step(db);
    return { db: next, result: { wrote: result } };
  });
  if ('wrote' in done) return done.wrote;
  if (done.alarmed) yield* warn('etcdserver/apply.go:749', 'alarm raised', { alarm: 'NOSPACE', from: (yield* database()).memberId });
  throw spaceError();
}

export function* alarms({ action }: Rpcs['/etcdserverpb.Maintenance/Alarm'][0]): Coroutine<Rpcs['/etcdserverpb.Maintenance/Alarm'][1]> {
  if (action === 'get') return { alarms: (yield* database()).alarms };
  const ended = yield* change((db) => ({ db: disarm(db), result: db.alarms }));
  for (const { alarm, memberId } of ended) yield* warn('etcdserver/apply.go:774', 'alarm disarmed', { alarm, from: memberId });
  return { alarms: ended };
}

const sizes = (db: EtcdDb) => ({ 'current-db-size-bytes': fileSize(db), 'current-db-size': humanBytes(fileSize(db)), 'current-db-size-in-use-bytes': sizeInUse(db), 'current-db-size-in-use': humanBytes(sizeInUse(db)) });

/** Writes the file anew without its free pages. */
export function* defrag(): Coroutine<Record<string, never>> {
  const path = { path: `${(yield* shared()).config.dataDir}/member/snap/db` };
  yield* info('v3rpc/maintenance.go:90', 'starting defragment');
  const before = yield* database();
  yield* info('backend/backend.go:497', 'defragmenting', { ...path, ...sizes(before) });
  const took = yield* diskWork(8000 + Math.floor(fileSize(before) / 200));
  const after = yield* change((db) => { const next = defragment(db); return { db: next, result: next }; });
  const { 'current-db-size-bytes': size, 'current-db-size': human, ...inUse } = sizes(after);
  yield* info('backend/backend.go:549', 'finished defragmenting directory', {
    ...path, 'current-db-size-bytes-diff': size - fileSize(before), 'current-db-size-bytes': size, 'current-db-size': human, 'current-db-size-in-use-bytes-diff': sizeInUse(after) - sizeInUse(before), ...inUse, took,
  });
  yield* info('v3rpc/maintenance.go:96', 'finished defragment');
  return {};
}
