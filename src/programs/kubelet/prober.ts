/**
 * The probers: a thread for each probe of each container, ticking with the probe's period. What they find is noted in
 * `results/<type>`. Models pkg/kubelet/prober/worker.go and prober_manager.go.
 */
import { checkpoint, del, get, now, poll, put, thread, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { memoOf } from '../../base/memo.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { closeConn } from '../../lib/http/index.ts';
import type { HttpConn } from '../../lib/http/index.ts';
import { containerEvent, jitter, setResult, settings } from './bus.ts';
import { runProbe } from './probe.ts';
import { containersOf, isSidecar } from './types.ts';
import type { Container, Pod, ProbeResult, ProbeType, StatusRecord } from './types.ts';

interface ProberArg { readonly uid: string; readonly container: string; readonly type: ProbeType }
interface State { readonly nextAt: number; readonly period: number; readonly seen: number; readonly containerId: string; readonly last: ProbeResult | null; readonly run: number; readonly onHold: boolean; readonly conn: HttpConn | null }

const INITIAL: Readonly<Record<ProbeType, ProbeResult>> = { liveness: 'success', readiness: 'failure', startup: 'unknown' };
const LABEL: Readonly<Record<ProbeType, string>> = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' };
const specOf = (container: Container, type: ProbeType) => container[`${type}Probe`];
/** A prober's `arg` stays the same object from tick to tick. */
const keyOf = memoOf(({ uid, container, type }: ProberArg): string => `${uid}/${container}/${type}`);
/** The table in which a prober is told to stop, or to probe at once. */
const mailbox = memoOf((arg: ProberArg): string => `prober/${keyOf(arg)}`);

export const proberKey = keyOf;

/** Starts the probers a pod wants and does not have. */
export function* addProbers(pod: Pod): Coroutine<void> {
  for (const container of containersOf(pod)) {
    if ((pod.spec.initContainers ?? []).includes(container) && !isSidecar(container)) continue;
    for (const type of ['startup', 'readiness', 'liveness'] as const) {
      const arg: ProberArg = { uid: pod.metadata.uid, container: container.name, type };
      if (specOf(container, type) === undefined || (yield* get('probers', keyOf(arg))) !== undefined) continue;
      yield* put('probers', keyOf(arg), pod);
      yield* thread('prober', arg as unknown as Json);
    }
  }
}

/** Stops probers of a pod: those of the given types, or all. */
export function* stopProbers(uid: string, types: readonly ProbeType[] = ['liveness', 'readiness', 'startup']): Coroutine<void> {
  const all = yield* view('probers');
  for (const key of all.keys()) {
    const [of, container, type] = key.split('/') as [string, string, ProbeType];
    if (of === uid && types.includes(type)) yield* put(mailbox({ uid, container, type }), 'stop', true);
  }
}

/** Makes a readiness prober probe now rather than at its next tick. */
export function* triggerProbe(uid: string, container: string): Coroutine<void> {
  yield* put(mailbox({ uid, container, type: 'readiness' }), 'trigger', true);
}

interface Step { readonly state: State; readonly over: boolean }

function* finish(arg: ProberArg, state: State): Coroutine<void> {
  if (state.containerId !== '') yield* del(`results/${arg.type}`, state.containerId);
  if (state.conn !== null) yield* closeConn(state.conn);
  yield* del('probers', keyOf(arg));
  yield* del(mailbox(arg), 'stop');
}

/** Probes once, when there is something to probe. */
function* doProbe(arg: ProberArg, pod: Pod, from: State): Coroutine<Step> {
  const go = (state: State): Step => ({ state, over: false });
  const record = yield* get<StatusRecord>('statuses', arg.uid);
  if (record === undefined) return go(from);
  const { status } = record;
  if (status.phase === 'Failed' || status.phase === 'Succeeded') return { state: from, over: true };
  const found = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find((it) => it.name === arg.container);
  const id = found?.containerID?.replace('containerd://', '') ?? '';
  if (found === undefined || id === '') return go(from);
  let state = from;
  if (state.containerId !== id) {
    if (state.containerId !== '') yield* del(`results/${arg.type}`, state.containerId);
    state = { ...state, containerId: id, onHold: false };
    yield* setResult(arg.type, pod, id, INITIAL[arg.type]);
  }
  if (state.onHold) return go(state);
  if (found.state?.running === undefined) {
    yield* setResult(arg.type, pod, id, 'failure');
    return { state, over: found.state?.terminated !== undefined && pod.spec.restartPolicy === 'Never' };
  }
  const container = containersOf(pod).find((it) => it.name === arg.container)!;
  const probe = specOf(container, arg.type)!;
  const at = yield* now();
  if (at - (parseRfc3339(found.state.running.startedAt ?? '') ?? at) < (probe.initialDelaySeconds ?? 0) * 1_000_000) return go(state);
  if ((found.started === true) === (arg.type === 'startup')) return go(state);
  let probed = yield* runProbe(container, probe, id, status.podIP ?? '', state.conn);
  for (let i = 1; i < 3 && probed.result === 'error'; i++) probed = yield* runProbe(container, probe, id, status.podIP ?? '', probed.conn);
  state = { ...state, conn: probed.conn };
  if (probed.result === 'error') {
    yield* containerEvent(pod, container, 'Warning', 'Unhealthy', `${LABEL[arg.type]} probe errored and resulted in unknown state: ${probed.output}`);
    return go(state);
  }
  if (probed.result === 'failure') yield* containerEvent(pod, container, 'Warning', 'Unhealthy', `${LABEL[arg.type]} probe failed: ${probed.output}`);
  const run = state.last === probed.result ? state.run + 1 : 1;
  state = { ...state, last: probed.result, run };
  const threshold = probed.result === 'failure' ? probe.failureThreshold ?? 3 : probe.successThreshold ?? 1;
  if (run < threshold) return go(state);
  yield* setResult(arg.type, pod, id, probed.result);
  const hold = (arg.type === 'liveness' && probed.result === 'failure') || arg.type === 'startup';
  return go(hold ? { ...state, onHold: true, run: 0 } : state);
}

/** A kubelet that has just started spreads its first probes over a period. */
function* first(arg: ProberArg, pod: Pod): Coroutine<State> {
  const probe = specOf(containersOf(pod).find((it) => it.name === arg.container)!, arg.type)!;
  const period = Math.max(1, probe.periodSeconds ?? 10) * 1_000_000;
  const at = yield* now();
  const young = period > at - (yield* settings()).startedAt;
  const wait = young ? (yield* jitter(`prober/${keyOf(arg)}`, period, 1)) - period : 0;
  return { nextAt: at + wait, period, seen: 0, containerId: '', last: null, run: 0, onHold: false, conn: null };
}

/** Thread `prober`. */
export function* prober(given: Json, saved?: Json): Coroutine<void> {
  const arg = given as unknown as ProberArg;
  let state = saved as unknown as State | undefined;
  for (;;) {
    if (state !== undefined) yield* checkpoint(state);
    const pod = yield* get<Pod>('probers', keyOf(arg));
    if (pod === undefined) return;
    state ??= yield* first(arg, pod);
    const box = yield* view(mailbox(arg));
    if (box.has('stop')) return yield* finish(arg, state);
    const triggered = box.has('trigger');
    if (!triggered) {
      const timeout: number = state.nextAt - (yield* now());
      if (timeout > 0 && !(yield* poll({ tables: [{ table: mailbox(arg), since: box.version }], timeout })).timedOut) continue;
    }
    if (triggered) yield* del(mailbox(arg), 'trigger');
    const current = (yield* get<Pod>('pods', arg.uid)) ?? pod;
    const step = yield* doProbe(arg, current, state);
    if (step.over) return yield* finish(arg, step.state);
    // Of the ticks that a slow probe missed a ticker keeps one, so the next probe begins at once.
    const after = yield* now();
    const next = triggered ? after + state.period : state.nextAt + state.period;
    state = { ...step.state, nextAt: next > after ? next : after - ((after - state.nextAt) % state.period) };
  }
}
