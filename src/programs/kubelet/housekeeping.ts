/** Every two seconds, when there is something to tidy: workers, mirrors, directories of pods that are gone. Models kubelet_pods.go HandlePodCleanups. */
import { attempt, del, get, now, put, readDir, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { klogInfo } from '../../lib/klog/index.ts';
import { deleteMirror } from './mirror.ts';
import { stopProbers } from './prober.ts';
import { forget, kick, tell } from './dispatch.ts';
import { letIn } from './letin.ts';
import type { LoopState } from './dispatch.ts';
import { fullName, isMirror, isStatic } from './types.ts';
import type { Pod, RuntimePod, StatusRecord } from './types.ts';
import { podDir, removeTree } from './volumes.ts';
import { pruneWorkers, terminationRequested } from './workers.ts';

const desiredPods = (state: LoopState): readonly Pod[] => [...Object.values(state.known.file), ...Object.values(state.known.api)].filter((it) => !isMirror(it));

function* orphanedMirrors(state: LoopState): Coroutine<boolean> {
  let left = false;
  const statics = new Set(Object.values(state.known.file).map(fullName));
  for (const mirror of Object.values(state.known.api)) {
    if (!isMirror(mirror) || statics.has(fullName(mirror))) continue;
    left = true;
    const ending = Object.values(state.workers.byUid).some((it) => it.fullName === fullName(mirror) && terminationRequested(it) && it.terminatedAt === 0);
    if (!ending) yield* deleteMirror(mirror.metadata.namespace!, mirror.metadata.name, null);
  }
  return left;
}

/** Directories of pods that neither are wanted nor run any more. */
function* orphanedDirs(state: LoopState): Coroutine<void> {
  const entries = yield* attempt(readDir('/var/lib/kubelet/pods'), 'ENOENT');
  if ('errno' in entries) return;
  const wanted = new Set(desiredPods(state).map((it) => it.metadata.uid));
  for (const { name: uid } of entries) {
    const worker = state.workers.byUid[uid];
    if (wanted.has(uid) || (worker !== undefined && !worker.finished)) continue;
    const runtime = yield* get<RuntimePod>('runtime', uid);
    if (runtime?.containers.some((it) => it.state === 'CONTAINER_RUNNING') === true) continue;
    yield* klogInfo('kubelet_volumes.go:163', 'Cleaned up orphaned pod volumes dir', 'podUID', uid, 'path', `${podDir(uid)}/volumes`);
    yield* removeTree(podDir(uid));
  }
}

/** Statuses of pods that no source names; without one, the probers of a replaced static pod find nothing to probe while it ends. */
function* orphanedStatuses(state: LoopState): Coroutine<void> {
  const wanted = new Set(desiredPods(state).map((it) => it.metadata.uid));
  for (const uid of (yield* view('statuses')).keys()) if (!wanted.has(uid)) yield* del('statuses', uid);
}

const running = (it: RuntimePod): boolean => it.containers.some((one) => one.state === 'CONTAINER_RUNNING') || it.sandboxes.some((one) => one.state === 'SANDBOX_READY');

/** Runs what the runtime has and nobody knows into its end. */
function* orphanedRuntime(from: LoopState): Coroutine<LoopState> {
  let state = from;
  for (const pod of (yield* view<RuntimePod>('runtime')).values()) {
    if (state.workers.byUid[pod.uid] !== undefined || !running(pod)) continue;
    state = yield* tell(state, { type: 'kill', pod: null, mirror: null, running: pod, graceSeconds: 1 });
  }
  return state;
}

export function* housekeeping(from: LoopState): Coroutine<LoopState> {
  const desired = desiredPods(from);
  const { workers, wake, removed } = pruneWorkers(from.workers, new Set(desired.map((it) => it.metadata.uid)), yield* now());
  let state: LoopState = { ...from, workers };
  yield* put('sources', 'synced', true);
  yield* forget(removed);
  for (const uid of wake) state = yield* kick(state, uid);
  for (const uid of removed) yield* stopProbers(uid);
  yield* orphanedStatuses(state);
  yield* orphanedDirs(state);
  const mirrorsLeft = yield* orphanedMirrors(state);
  // Pods whose earlier life under the same uid is over now begin anew, but for those that have said their last.
  const statuses = yield* view<StatusRecord>('statuses');
  for (const pod of desired) {
    const phase = statuses.get(pod.metadata.uid)?.status.phase ?? pod.status?.phase;
    if (state.workers.byUid[pod.metadata.uid] !== undefined || phase === 'Failed' || phase === 'Succeeded') continue;
    const mirror = isStatic(pod) ? Object.values(state.known.api).find((it) => isMirror(it) && fullName(it) === fullName(pod)) ?? null : null;
    state = yield* letIn(state, { type: 'create', pod, mirror, running: null, graceSeconds: null });
  }
  state = yield* orphanedRuntime(state);
  const wanted = new Set(desired.map((it) => it.metadata.uid));
  const unsettled = Object.values(state.workers.byUid).some((it) => !wanted.has(it.uid) || it.restartRequested);
  return { ...state, dirty: state.dirty || unsettled || mirrorsLeft };
}
