/**
 * The kubelet of v1.33: runs a node's pods. Static pods from files and pods from the API, workers, probes, statuses, events,
 * the node's status and lease, and the server that the API server asks for logs and commands.
 * Not modelled: eviction, cgroups, in-place resize, device plugins, CSI, image garbage collection.
 */
import { now, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { klogError } from '../../lib/klog/index.ts';
import { apisource, bootKubelet, libraryThreads } from './boot.ts';
import { files } from './filesource.ts';
import { gc } from './gc.ts';
import { killThread } from './kill.ts';
import { lease, nodestatus, runtimestatus } from './nodestatus.ts';
import { pleg } from './pleg.ts';
import { podworker } from './podworker.ts';
import { prober } from './prober.ts';
import { reaper } from './reap.ts';
import { healthz, healthzconn, server, serverconn } from './server.ts';
import { unmounter } from './volumes.ts';
import { startSettings, StartError } from './start.ts';
import { statusThread } from './statuses.ts';
import { firstState } from './dispatch.ts';
import type { LoopState } from './dispatch.ts';
import { syncLoop } from './syncloop.ts';

function* run(argv: readonly string[]): Coroutine<LoopState> {
  const settings = yield* startSettings(argv);
  yield* sigaction('PIPE', 'ignore');
  yield* bootKubelet(settings);
  // Only the main loop, which waits for signals, may be interrupted by one.
  for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  const first = firstState(yield* now());
  return settings.rest === null ? { ...first, seen: { ...first.seen, api: true } } : first;
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  const resumed = saved as unknown as { readonly loop: LoopState } | undefined;
  if (resumed === undefined && argv.slice(1).some((it) => it === '--version' || it === '--version=true')) {
    yield* write(1, 'Kubernetes v1.33.0\n');
    return 0;
  }
  try {
    yield* syncLoop(resumed?.loop ?? (yield* run(argv)));
    return 0;
  } catch (caught) {
    if (!(caught instanceof StartError)) throw caught;
    yield* klogError('run.go:72', caught.message, 'command failed');
    return 1;
  }
}

export const program: Program = {
  name: 'kubelet', main,
  threads: { ...libraryThreads, apisource, files, gc, healthz, healthzconn, kill: killThread, lease, nodestatus, pleg, podworker, prober, reaper, runtimestatus, server, serverconn, status: statusThread, unmounter },
};
