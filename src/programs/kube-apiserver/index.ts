/**
 * kube-apiserver: the cluster's front door. Real flags and files, TLS, authentication and authorisation, the REST handler over
 * etcd, and the server's own bootstrap. Models cmd/kube-apiserver. Not modelled: aggregation, webhooks, metrics.
 */
import { accept, checkpoint, close, cpu, endThread, interfaces, now, poll, put, sigaction, thread, threads, view, write, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { commandFailed, usageError, VERSION } from '../../lib/component/index.ts';
import { featureGateError, parseFlags } from '../../lib/flags/index.ts';
import { klogFatalf, klogInfof, klogWarnf } from '../../lib/klog/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { bootstrap } from './bootstrap.ts';
import { cacher } from './cacher.ts';
import { controllers, farewell } from './controllers.ts';
import { dial } from './dial.ts';
import { readSigningKey } from './files.ts';
import { flags as flagTable } from './flags.ts';
import { optionsOf, serviceRangeError, validate } from './options.ts';
import { connection } from './serve.ts';
import { shuttingDown, watchedFiles } from './shutdown.ts';
import type { WatchedFiles } from './shutdown.ts';
import { startServer, StorageError } from './start.ts';
import { synced } from './startlog.ts';

/** `listener` null: the server is draining until `deadline`. */
interface Running { readonly listener: number | null; readonly address: string; readonly deadline: number; readonly files: WatchedFiles }

const DRAIN_US = 60_000_000;

function* hostAddress(): Coroutine<string> {
  const { interfaces: all, routes } = yield* interfaces();
  const route = routes.find(({ to }) => to === 'default');
  return all.find(({ name }) => name === route?.dev)?.addr ?? all.find(({ addr }) => addr !== '127.0.0.1')?.addr ?? '127.0.0.1';
}

/** Parses, completes, validates and starts. → what runs, or an exit code. */
function* boot(argv: readonly string[]): Coroutine<Running | number> {
  const flags = parseFlags(flagTable, argv.slice(1));
  if (flags.error !== null) return yield* usageError(null, flags.error);
  if (flags.args.length > 0) return yield* usageError(null, `"kube-apiserver" does not take any arguments, got [${flags.args.map((arg) => JSON.stringify(arg)).join(' ')}]`);
  if (flags.string('version') !== 'false') {
    yield* write(1, `Kubernetes ${VERSION}\n`);
    return 0;
  }
  if (flags.help || flags.bool('help')) {
    yield* write(1, 'kube-apiserver: --help is not available in this lab\n');
    return 1;
  }
  yield* cpu(300_000);
  const gates = featureGateError(flags.list('feature-gates'));
  if (gates !== null) return yield* commandFailed(gates);
  const options = optionsOf(flags, yield* hostAddress());
  try {
    const range = serviceRangeError(flags.string('service-cluster-ip-range'), options.advertiseAddress);
    if (range !== null) throw new GoError(range);
    yield* klogInfof('options.go:249', `external host was not specified, using ${options.advertiseAddress}`);
    const signingKey = yield* readSigningKey(options.signingKey);
    const wrong = validate(flags);
    if (wrong !== null) throw new GoError(wrong);
    const listener = yield* startServer(options, signingKey);
    return { listener, address: `[::]:${options.port}`, deadline: 0, files: watchedFiles(options) };
  } catch (caught) {
    if (caught instanceof StorageError) {
      yield* klogFatalf('instance.go:226', `Error creating leases: error creating storage factory: ${caught.message}`);
      return 255;
    }
    if (!(caught instanceof GoError)) throw caught;
    return yield* commandFailed(caught.message);
  }
}

/** Taking itself out of the endpoints must not hold a server that cannot reach etcd for ever. */
const FAREWELL_US = 20_000_000;

function* sayFarewell(): Coroutine<void> {
  yield* klogInfof('controller.go:128', 'Shutting down kubernetes service endpoint reconciler');
  yield* thread('farewell', null);
  const deadline = (yield* now()) + FAREWELL_US;
  for (;;) {
    const said = yield* view('farewell');
    const at = yield* now();
    if (said.size > 0) return;
    if (at >= deadline) return yield* klogWarnf('controller.go:138', 'RemoveEndpoints() timed out');
    const { signal } = yield* poll({ signals: true, tables: [{ table: 'farewell', since: said.version }], timeout: deadline - at });
    if (signal !== null) return;
  }
}

/** Stops taking requests; those that run, watches above all, may go on for a while. */
function* drain(state: Running): Coroutine<Running> {
  for (const { tid, name } of yield* threads()) if (['accept', 'controllers', 'bootstrap', 'synced'].includes(name)) yield* endThread(tid);
  yield* sayFarewell();
  yield* close(state.listener!);
  yield* shuttingDown(state.address, state.files);
  yield* put('drain', 'since', yield* now());
  return { ...state, listener: null, deadline: (yield* now()) + DRAIN_US };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved ?? null) as unknown as Running | null;
  if (state === null) {
    yield* sigaction('TERM', 'catch');
    yield* sigaction('INT', 'catch');
    let booted: Running | number;
    try {
      booted = yield* boot(argv);
    } catch (caught) {
      if (errnoOf(caught) !== 'EINTR') throw caught;
      return 0;
    }
    if (typeof booted === 'number') return booted;
    state = booted;
  }
  for (;;) {
    yield* checkpoint(state);
    if (state.listener !== null) {
      const { signal } = yield* poll({ signals: true });
      if (signal !== null) state = yield* drain(state);
      continue;
    }
    const left = yield* view('left');
    const at = yield* now();
    const busy = (yield* threads()).some(({ name }) => name === 'connection');
    if (!busy || at >= state.deadline) return 0;
    // A second signal is for the impatient.
    const { signal } = yield* poll({ signals: true, tables: [{ table: 'left', since: left.version }], timeout: Math.min(1_000_000, state.deadline - at) });
    if (signal !== null) return 1;
  }
}

/** Gives each new connection a thread. */
function* acceptLoop(arg: Json, _saved?: Json): Coroutine<void> {
  for (;;) {
    yield* checkpoint(null);
    const { fd } = yield* accept(arg as number);
    yield* thread('connection', fd);
  }
}

export const program: Program = { name: 'kube-apiserver', main, threads: { accept: acceptLoop, connection, cacher, bootstrap, controllers, dial, farewell, synced } };
