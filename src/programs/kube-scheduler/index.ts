/**
 * kube-scheduler: fills its caches, waits for its lease, then gives every waiting pod a node or a reason.
 * Not modelled: preemption, extenders, plugin configuration, metrics.
 */
import { checkpoint, poll, sigaction, thread, view, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { recordEvent } from '../../lib/controller/index.ts';
import { informerThreads, waitForSync } from '../../lib/informer/index.ts';
import { klogError, klogInfof } from '../../lib/klog/index.ts';
import { getObject, type KubeObject } from '../../lib/kube/index.ts';
import { awaitLeadership, leaderElectionThreads, releaseLease, type Leadership } from '../../lib/leaderelection/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { servingThreads, setReady, stopServing } from '../../lib/serving/index.ts';
import { CLIENT_CA } from './informers.ts';
import { schedule, type ScheduleSpec } from './schedule.ts';
import { INFORMERS_READY, start, type Settings } from './start.ts';

interface MainState { readonly settings: Settings; readonly phase: 'syncing' | Leadership }

/** Waits for the caches; false when a signal came first. */
function* awaitCaches(names: readonly string[]): Coroutine<boolean> {
  for (;;) {
    const synced = yield* view('informer/synced');
    if (names.every((name) => synced.has(name))) return true;
    const woken = yield* poll({ tables: [{ table: 'informer/synced', since: synced.version }], signals: true });
    if (woken.signal !== null) return false;
  }
}

/** The orderly end on SIGTERM: stop serving, give the lease up. */
function* terminate({ settings, phase }: MainState): Coroutine<number> {
  if (settings.serving >= 0) yield* stopServing(settings.serving, settings.address);
  yield* klogInfof('configmap_cafile_content.go:226', `"Shutting down controller" name="${CLIENT_CA}"`);
  if (phase === 'leading' && settings.election) {
    yield* releaseLease(settings.election);
    yield* klogError('event.go:464', 'broadcaster already stopped', 'Unable to record event (will not retry!)');
  }
  yield* klogInfof('server.go:309', '"Requested to terminate, exiting"');
  return 0;
}

/** Tells the world who leads. */
function* announce({ config, identity, election }: Settings): Coroutine<void> {
  if (!election) return;
  try {
    const { name, namespace } = election;
    const lease = yield* getObject<KubeObject>(config, { group: 'coordination.k8s.io', resource: 'leases', namespace, name });
    const about = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name, namespace, uid: lease.metadata.uid ?? '', resourceVersion: lease.metadata.resourceVersion ?? '' };
    yield* recordEvent(config, 'default-scheduler', { about, type: 'Normal', reason: 'LeaderElection', message: `${identity} became leader` });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
  }
}

function* beginScheduling(settings: Settings): Coroutine<void> {
  yield* thread('schedule', { config: settings.config, names: settings.names } satisfies ScheduleSpec as unknown as Json);
  yield* announce(settings);
}

/** One phase of the life of the process; → the next state, or the exit code. */
function* advance(state: MainState): Coroutine<MainState | number> {
  const { settings, phase } = state;
  if (phase === 'syncing') {
    if (!(yield* awaitCaches(settings.informers))) return yield* terminate(state);
    yield* setReady(INFORMERS_READY, true);
    if (settings.election) yield* thread('leader-election', settings.election as unknown as Json);
    else yield* beginScheduling(settings);
    return { ...state, phase: 'waiting' };
  }
  const next: Leadership | null = yield* awaitLeadership(phase);
  if (next === null) return yield* terminate(state);
  if (next === 'lost') {
    yield* klogError('server.go:313', null, 'Leaderelection lost');
    return 1;
  }
  yield* beginScheduling(settings);
  return { ...state, phase: next };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved as unknown as MainState | undefined;
  if (!state) {
    yield* sigaction('TERM', 'catch');
    yield* sigaction('INT', 'catch');
    const settings = yield* start(argv);
    if (typeof settings === 'number') return settings;
    if (settings.serving >= 0) yield* thread('sync-log', null);
    state = { settings, phase: 'syncing' };
  }
  for (;;) {
    yield* checkpoint(state);
    const next: MainState | number = yield* advance(state);
    if (typeof next === 'number') return next;
    state = next;
  }
}

export const program: Program = {
  name: 'kube-scheduler',
  main,
  threads: {
    ...informerThreads, ...leaderElectionThreads, ...servingThreads, schedule,
    *'sync-log'(): Coroutine<void> {
      yield* waitForSync(['client-ca']);
      yield* klogInfof('shared_informer.go:357', `"Caches are synced" controller="${CLIENT_CA}"`);
    },
  },
};
