/** How the kubelet's threads meet: settings, the main thread's inbox, the runtime cache, and a few small conveniences. */
import { get, poll, put, random, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { criCall } from '../../lib/cri/index.ts';
import type { CriMethod, CriMethods } from '../../lib/cri/index.ts';
import { CriError } from '../../lib/cri/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { recordEvent } from '../../lib/events/index.ts';
import type { EventSpec } from '../../lib/events/index.ts';
import type { Settings } from './config.ts';
import { groupPods } from './group.ts';
import type { Container, Message, Pod, ProbeResult, ProbeType, RuntimePod } from './types.ts';

/** The settings; there is one set for the life of the process. */
export function* settings(): Coroutine<Settings> { return (yield* get<Settings>('config', 'settings'))!; }

/** Tells the main thread. `sender` keeps keys apart when two threads write at once. */
export function* post(sender: string, message: Message): Coroutine<void> {
  const { version } = yield* view('inbox');
  yield* put('inbox', `${String(version).padStart(12, '0')}/${sender}`, message);
}

/** A call to the runtime with upstream's log line when it fails (the instrumented client's). */
export function* runtimeCall<M extends CriMethod>(method: M, request: CriMethods[M][0], failure: string, ...pairs: (string | number)[]): Coroutine<CriMethods[M][1]> {
  const { endpoint } = yield* settings();
  try {
    return yield* criCall(endpoint, method, request);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogError('log.go:32', caught.message, `${failure} from ${/Image/.test(method) ? 'image' : 'runtime'} service failed`, ...pairs);
    throw caught;
  }
}
/** A call whose failure is the caller's to report. */
export function* quietCall<M extends CriMethod>(method: M, request: CriMethods[M][0], timeout: number | null = null): Coroutine<CriMethods[M][1]> {
  return yield* criCall((yield* settings()).endpoint, method, request, timeout);
}

/** What the runtime has of a pod, once the relist is newer than `since` (µs). null: canceled meanwhile. */
export function* runtimeNewerThan(uid: string, since: number): Coroutine<RuntimePod | undefined> {
  for (;;) {
    const clock = yield* view<number>('clock');
    if ((clock.get('relist') ?? 0) > since) return yield* get<RuntimePod>('runtime', uid);
    yield* poll({ tables: [{ table: 'clock', since: clock.version }] });
  }
}

/** What the runtime has of a pod at this moment, asked for directly. */
export function* runtimeNow(uid: string): Coroutine<RuntimePod | undefined> {
  const found = yield* quietCall('Relist', { since: '' });
  return groupPods(found.sandboxes ?? [], found.containers ?? [])[uid];
}

/** `period` stretched by a random part of up to `factor`. µs. */
export function* jitter(stream: string, period: number, factor: number): Coroutine<number> {
  const [draw = 0] = yield* random(`kubelet/${stream}`);
  return Math.round(period + (period * factor * (draw >>> 8)) / 16_777_216);
}

export const podRef = ({ metadata: m }: Pick<Pod, 'metadata'>) => ({ kind: 'Pod', namespace: m.namespace ?? 'default', name: m.name, uid: m.uid, apiVersion: 'v1', ...(m.resourceVersion === undefined ? {} : { resourceVersion: m.resourceVersion }) });

/** An event about a pod. */
export const podEvent = (pod: Pod, type: EventSpec['type'], reason: string, message: string): Coroutine<void> => recordEvent(podRef(pod), type, reason, message);
/** An event about a container of a pod. */
export function containerEvent(pod: Pod, container: Pick<Container, 'name'>, type: EventSpec['type'], reason: string, message: string): Coroutine<void> {
  const field = (pod.spec.initContainers ?? []).some((it) => it.name === container.name) ? 'initContainers' : 'containers';
  return recordEvent({ ...podRef(pod), fieldPath: `spec.${field}{${container.name}}` }, type, reason, message);
}

/** Notes what a probe says of a container; the main thread is told of a change. */
export function* setResult(type: ProbeType, pod: Pod, containerId: string, result: ProbeResult): Coroutine<void> {
  const table = `results/${type}`;
  if ((yield* get<ProbeResult>(table, containerId)) === result) return;
  yield* put(table, containerId, result);
  yield* post(`${type}/${pod.metadata.uid}`, { kind: 'probe', type, uid: pod.metadata.uid, containerId, result });
}
