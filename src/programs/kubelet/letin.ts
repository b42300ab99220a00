/** Letting pods in: a new pod reaches a worker only when the node takes it. Models kubelet.go HandlePodAdditions and what it calls. */
import { get } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { Node } from '../../api/types.ts';
import { klogInfo } from '../../lib/klog/index.ts';
import { admit } from './admission.ts';
import type { Refusal } from './admission.ts';
import { podEvent, settings } from './bus.ts';
import { tell } from './dispatch.ts';
import type { LoopState } from './dispatch.ts';
import { resources } from './nodeinfo.ts';
import { ownStatus, rejectPod, setPodStatus } from './statuses.ts';
import { fullName } from './types.ts';
import type { Pod, PodUpdate } from './types.ts';

/** The pods that were let in and are not over; those that end still hold what they asked for. */
const inside = (state: LoopState, but: Pod): readonly Pod[] => Object.values(state.workers.byUid).filter((it) => it.uid !== but.metadata.uid && it.terminatedAt === 0 && !it.finished)
  .flatMap(({ uid, pending, active }) => state.known.file[uid] ?? state.known.api[uid] ?? pending?.pod ?? active?.pod ?? []);

function* refused(pod: Pod, { reason, message, unexpected }: Refusal): Coroutine<void> {
  if (unexpected !== null) yield* klogInfo('predicate.go:185', 'Failed to admit pod, unexpected error while attempting to recover from admission failure', 'pod', fullName(pod), 'err', unexpected);
  yield* klogInfo('kubelet.go:2435', 'Pod admission denied', 'podUID', pod.metadata.uid, 'pod', fullName(pod), 'reason', reason, 'message', message);
  yield* podEvent(pod, 'Warning', reason, message);
  yield* rejectPod(pod, reason, message);
}

/** Ends a pod to make room. Models preemption.go evictPodsToFreeRequests. */
function* preempt(state: LoopState, pod: Pod): Coroutine<LoopState> {
  const message = 'Preempted in order to admit critical pod';
  yield* podEvent(pod, 'Warning', 'Preempting', message);
  const before = yield* ownStatus(pod);
  const target = { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message: 'Pod was preempted by Kubelet to accommodate a critical pod.' } as const;
  yield* setPodStatus(pod, { ...before, phase: 'Failed', reason: 'Preempting', message, conditions: [...(before.conditions ?? []), target] });
  return yield* tell(state, { type: 'kill', pod, mirror: null, running: null, graceSeconds: null });
}

/** Hands a pod to its worker, or says why the node does not take it. */
export function* letIn(from: LoopState, update: PodUpdate): Coroutine<LoopState> {
  const pod = update.pod!;
  let state = from;
  if ((state.workers.byUid[pod.metadata.uid]?.terminatingAt ?? 0) === 0) {
    const { nodeName } = yield* settings();
    const node = (yield* get<Node>('cache/nodes', nodeName)) ?? null;
    const verdict = admit(pod, inside(state, pod), { nodeName, node, allocatable: (yield* resources()).allocatable });
    if ('refusal' in verdict) {
      yield* refused(pod, verdict.refusal);
      return state;
    }
    for (const victim of verdict.preempt) state = yield* preempt(state, victim);
  }
  return yield* tell(state, update);
}
