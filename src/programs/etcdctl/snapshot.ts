/** etcdctl snapshot save, status and restore: the database as a file that a new data directory can begin from. */
import { rename, write, type Coroutine } from '../../kernel/sys.ts';
import { fileSize } from '../../lib/etcd/space.ts';
import { CtlError, humanBytes, log, type Ctl } from '../../lib/etcdtool/output.ts';
import { printStatus, restore, writeDb } from '../../lib/etcdtool/snapshot.ts';
import { call } from './call.ts';

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

const deprecated = (verb: string) => write(2, `Deprecated: Use \`etcdutl snapshot ${verb}\` instead.\n\n`);

export function* snapshotStatus({ args, format }: Ctl): Coroutine<number> {
  if (args.length !== 1) throw new CtlError('snapshot status requires exactly one argument', 128);
  yield* deprecated('status');
  return yield* printStatus(args[0]!, format);
}

export function* snapshotRestore({ args, flags }: Ctl): Coroutine<number> {
  if (args.length !== 1) throw new CtlError('snapshot restore requires exactly one argument', 128);
  yield* deprecated('restore');
  return yield* restore(args[0]!, flags, 'json');
}
