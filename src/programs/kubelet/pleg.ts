/**
 * The pod lifecycle event generator: asks the runtime once a second what there is, notes it for the workers and tells
 * the main thread what changed. Models pkg/kubelet/pleg/generic.go. Thread `pleg`.
 */
import { checkpoint, now, poll, put, random, view, del } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { CriError } from '../../lib/cri/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { post, quietCall } from './bus.ts';
import { groupPods } from './group.ts';
import type { RuntimePod } from './types.ts';

/** From the end of one relist to the next: they drift against the second, by 4 to 10 ms each in the recordings. */
const PERIOD = 1_000_000;

type Phase = 'running' | 'exited' | 'unknown';
interface State { readonly nextAt: number; readonly generation: string; /** id → phase, by pod. */ readonly known: Readonly<Record<string, Readonly<Record<string, Phase>>>> }
interface Change { readonly uid: string; readonly event: 'started' | 'died' | 'removed'; readonly id: string }

const containerPhase = (state: string): Phase => (state === 'CONTAINER_RUNNING' ? 'running' : state === 'CONTAINER_EXITED' ? 'exited' : 'unknown');

const phasesOf = (pod: RuntimePod): Readonly<Record<string, Phase>> =>
  Object.fromEntries([...pod.containers.map((it) => [it.id, containerPhase(it.state)] as const), ...pod.sandboxes.map((it) => [it.id, it.state === 'SANDBOX_READY' ? 'running' : 'exited'] as const)]);

/** What happened between two views of one pod. */
export function changesOf(uid: string, before: Readonly<Record<string, Phase>>, after: Readonly<Record<string, Phase>>): readonly Change[] {
  const changes: Change[] = [];
  for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[id], after[id]];
    if (was === is) continue;
    if (is === 'running') changes.push({ uid, event: 'started', id });
    else if (is === 'exited') changes.push({ uid, event: 'died', id });
    else if (is === undefined) {
      if (was !== 'exited') changes.push({ uid, event: 'died', id });
      changes.push({ uid, event: 'removed', id });
    }
  }
  return changes;
}

function* apply(state: State, generation: string, pods: Readonly<Record<string, RuntimePod>>): Coroutine<State> {
  const known: Record<string, Readonly<Record<string, Phase>>> = {};
  const changes: Change[] = [];
  const before = yield* view<RuntimePod>('runtime');
  for (const uid of new Set([...before.keys(), ...Object.keys(pods)])) {
    const pod = pods[uid];
    if (pod === undefined) yield* del('runtime', uid);
    else {
      known[uid] = phasesOf(pod);
      yield* put('runtime', uid, pod);
    }
    changes.push(...changesOf(uid, state.known[uid] ?? {}, known[uid] ?? {}));
  }
  for (const { uid, event, id } of changes) yield* post(`pleg/${uid}/${id}/${event}`, { kind: 'pleg', uid, event, id });
  return { ...state, generation, known };
}

function* relist(state: State): Coroutine<State> {
  const at = yield* now();
  try {
    const found = yield* quietCall('Relist', { since: state.generation }, 120_000_000);
    let next = state;
    if (found.sandboxes !== null && found.containers !== null) next = yield* apply(state, found.generation, groupPods(found.sandboxes, found.containers));
    yield* put('clock', 'relist', at);
    return next;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogError('log.go:32', caught.message, 'ListPodSandbox with filter from runtime service failed', 'filter', 'nil');
    yield* klogError('kuberuntime_sandbox.go:294', caught.message, 'Failed to list pod sandboxes');
    yield* klogError('generic.go:256', caught.message, 'GenericPLEG: Unable to retrieve pods');
    return state;
  }
}

/** How long the runtime takes to list its pods and containers, µs. */
function* listing(): Coroutine<number> {
  const [draw] = yield* random('pleg');
  return 4000 + (draw! % 6000);
}

/** Thread `pleg`: `arg` is when the first relist is due (µs). */
export function* pleg(arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as State | undefined) ?? { nextAt: arg as number, generation: '', known: {} };
  for (;;) {
    yield* checkpoint(state);
    const at = yield* now();
    if (at < state.nextAt) yield* poll({ timeout: state.nextAt - at });
    state = { ...(yield* relist(state)), nextAt: (yield* now()) + PERIOD + (yield* listing()) };
  }
}
