/**
 * kube-controller-manager: waits for its lease, then runs the controllers, each a thread with a pure reconcile. Like upstream it
 * has no orderly end: SIGTERM kills a Go process with exit code 2 where it is the first of its container.
 * Not modelled: volumes, resource quotas, metrics.
 */
import { checkpoint, sigaction, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { runController } from '../../lib/controller/index.ts';
import { informerThreads } from '../../lib/informer/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { awaitLeadership, leaderElectionThreads, type Leadership } from '../../lib/leaderelection/index.ts';
import { servingThreads } from '../../lib/serving/index.ts';
import { clientFor } from './clients.ts';
import { lead, logSync } from './lead.ts';
import { ROSTER } from './roster.ts';
import { start, type Settings } from './start.ts';
import { ownThreads } from './threads.ts';

interface MainState { readonly settings: Settings; readonly leadership: Leadership }

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = saved as unknown as MainState | undefined;
  if (!state) {
    yield* sigaction('TERM', 'catch');
    yield* sigaction('INT', 'catch');
    const settings = yield* start(argv);
    if (typeof settings === 'number') return settings;
    if (!settings.election) {
      const failed = yield* lead(settings);
      if (failed !== null) return failed;
    }
    state = { settings, leadership: 'waiting' };
  }
  for (;;) {
    yield* checkpoint(state);
    const next: Leadership | null = yield* awaitLeadership(state.leadership);
    if (next === null) return 2;
    if (next === 'lost') {
      yield* klogError('controllermanager.go:371', null, 'leaderelection lost');
      return 1;
    }
    const failed = yield* lead(state.settings);
    if (failed !== null) return failed;
    state = { ...state, leadership: next };
  }
}

export const program: Program = {
  name: 'kube-controller-manager',
  main,
  threads: {
    ...informerThreads, ...leaderElectionThreads, ...servingThreads, ...ownThreads,
    'sync-log': logSync,
    *controller(arg: Json, saved?: Json): Coroutine<void> {
      const { name, settings } = arg as unknown as { readonly name: string; readonly settings: Json };
      const controller = ROSTER.find((row) => row.name === name)?.controller;
      if (controller) yield* runController(controller, clientFor, settings, saved);
    },
  },
};
