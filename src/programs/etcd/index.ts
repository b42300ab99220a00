/**
 * etcd: the cluster's database. Real flags, real files, TLS with client certificates; its data is a document in its data directory.
 * Models etcd v3.5 server/etcdmain. Not modelled: clusters of more than one member, authentication, the v2 API.
 */
import { accept, checkpoint, now, poll, self, sigaction, thread, view, write, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { expireLeases, nextExpiry } from '../../lib/etcd/db.ts';
import { joinHostPort } from '../../lib/net/index.ts';
import { configure, type Config } from './config.ts';
import { DataError, isMember } from './data.ts';
import { parseFlags, usage, version } from './flags.ts';
import { discoveryFailed, info, warn } from './log.ts';
import { connection } from './serve.ts';
import { startServer, StartError } from './start.ts';
import { change, database } from './state.ts';

/** Saved once the server runs; until then a restart would begin anew. */
interface Running { readonly config: Config }

function* refuse(error: string): Coroutine<number> {
  yield* write(2, `${error === '' ? '' : `${error}\n`}${usage}`);
  return error === '' ? 0 : 2;
}

const endpoints = (config: Config) => ({ name: config.name, 'data-dir': config.dataDir, 'advertise-peer-urls': config.advertisePeer, 'advertise-client-urls': config.advertiseClient });

function* boot(argv: readonly string[]): Coroutine<Config | number> {
  const parsed = parseFlags(argv.slice(1));
  if ('error' in parsed && parsed.plain === true) {
    yield* write(2, `${parsed.error}\n`);
    return 1;
  }
  if ('error' in parsed && parsed.usage) return yield* refuse(parsed.error);
  if ('flags' in parsed && parsed.flags.get('version') === 'true') {
    yield* write(1, version);
    return 0;
  }
  const single = () => warn('embed/config.go:689', 'Running http and grpc server on single port. This is not recommended for production.');
  if ('flags' in parsed) yield* single();
  yield* info('etcdmain/etcd.go:73', 'Running: ', { args: argv });
  const configured = 'error' in parsed ? { error: parsed.error } : configure(parsed.flags, parsed.set);
  if ('error' in configured) {
    yield* warn('etcdmain/etcd.go:75', 'failed to verify flags', { error: configured.error });
    if ('advertise' in configured) yield* warn('etcdmain/etcd.go:79', 'advertise client URLs are not set', { error: configured.error });
    return 1;
  }
  const { config } = configured;
  if (yield* isMember(config.dataDir)) yield* info('etcdmain/etcd.go:116', 'server has already been initialized', { 'data-dir': config.dataDir, 'dir-type': 'member' });
  yield* single();
  return yield* start(config);
}

function* start(config: Config): Coroutine<Config | number> {
  try {
    yield* startServer(config);
    return config;
  } catch (caught) {
    if (caught instanceof DataError && caught.message === 'invalid database') return 2;
    if (!(caught instanceof StartError || caught instanceof DataError)) throw caught;
    yield* info('embed/etcd.go:378', 'closing etcd server', endpoints(config));
    yield* info('embed/etcd.go:380', 'closed etcd server', endpoints(config));
    yield* discoveryFailed(caught.message);
    return 1;
  }
}

function* shutDown(config: Config, signal: string): Coroutine<number> {
  yield* info('osutil/interrupt_unix.go:64', 'received signal; shutting down', { signal: signal === 'INT' ? 'interrupt' : 'terminated' });
  yield* info('embed/etcd.go:378', 'closing etcd server', endpoints(config));
  for (const { scheme, host, port } of config.client) {
    const error = { error: `accept tcp ${joinHostPort(host, port)}: use of closed network connection` };
    const kind = scheme === 'https' ? 'secure' : 'insecure';
    yield* warn('embed/serve.go:161', `stopping ${kind} grpc server due to error`, error);
    yield* warn('embed/serve.go:163', `stopped ${kind} grpc server due to error`, error);
  }
  const { memberId } = config;
  yield* info('etcdserver/server.go:1543', 'skipped leadership transfer for single voting member cluster', { 'local-member-id': memberId, 'current-leader-member-id': memberId });
  for (const { host, port } of config.peer) {
    yield* info('embed/etcd.go:613', 'stopping serving peer traffic', { address: joinHostPort(host, port) });
    yield* info('embed/etcd.go:618', 'stopped serving peer traffic', { address: joinHostPort(host, port) });
  }
  yield* info('embed/etcd.go:380', 'closed etcd server', endpoints(config));
  return (yield* self()).nspid === 1 ? 0 : 128 + (signal === 'INT' ? 2 : 15);
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let config = (saved as Running | undefined)?.config ?? null;
  if (config === null) {
    yield* sigaction('TERM', 'catch');
    yield* sigaction('INT', 'catch');
    let booted: Config | number;
    try {
      booted = yield* boot(argv);
    } catch (caught) {
      if (errnoOf(caught) !== 'EINTR') throw caught;
      return 0;
    }
    if (typeof booted === 'number') return booted;
    config = booted;
    yield* info('etcdmain/main.go:44', 'notifying init daemon');
    yield* info('etcdmain/main.go:50', 'successfully notified init daemon');
    yield* thread('lessor', null);
  }
  yield* checkpoint({ config } satisfies Running);
  const { signal } = yield* poll({ signals: true });
  return yield* shutDown(config, signal ?? 'TERM');
}

/** Hands each new connection of one listener to a thread of its own. */
function* acceptLoop(arg: Json, _saved?: Json): Coroutine<void> {
  const { fd, port } = arg as { fd: number; port: string };
  for (;;) {
    yield* checkpoint(null);
    const accepted = yield* accept(fd);
    yield* thread('connection', { fd: accepted.fd, port });
  }
}

/** Deletes the keys of leases that are over. */
function* lessor(): Coroutine<void> {
  for (;;) {
    yield* checkpoint(null);
    const granted = yield* view('lessor');
    const expiry = nextExpiry(yield* database());
    const tables = [{ table: 'lessor', since: granted.version }];
    const at = yield* now();
    if (expiry === null) yield* poll({ tables });
    else if (expiry > at) yield* poll({ tables, timeout: expiry - at });
    else yield* change((db) => ({ db: expireLeases(db, at), result: null }));
  }
}

export const program: Program = { name: 'etcd', main, threads: { accept: acceptLoop, connection, lessor } };
