/**
 * Recording core/v1 events: `recordEvent` queues, the thread `events` correlates and sends, one after the other, and tries
 * again every ten seconds while the API cannot be reached. Models client-go tools/record/event.go.
 */
import { rfc3339 } from '../../base/time.ts';
import { checkpoint, del, now, poll, put, random, sleep, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { nanosOf, goTimeNano } from '../cri/time.ts';
import { klogError } from '../klog/index.ts';
import { create, isReason, patch } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { correlate, freshCorrelator, renamed, written } from './correlate.ts';
import type { Correlated, CorrelatorState } from './correlate.ts';
import type { EventSource, EventSpec, EventTarget } from './types.ts';

export type { EventSource, EventSpec, EventTarget } from './types.ts';
export { correlate, freshCorrelator } from './correlate.ts';
export type { Correlated, CorrelatorState } from './correlate.ts';

const QUEUE = 'events/queue';
const MAX_TRIES = 12;
const RETRY_US = 10_000_000;
const QUEUE_LENGTH = 1000;

/** Queues an event. Never blocks; a full queue drops it, as upstream's does. */
export function* recordEvent(about: EventTarget, type: EventSpec['type'], reason: string, message: string): Coroutine<void> {
  const queue = yield* view(QUEUE);
  if (queue.size >= QUEUE_LENGTH) return;
  const at = yield* now();
  yield* put(QUEUE, `${String(queue.version).padStart(12, '0')}/${about.name}/${reason}`, { about, type, reason, message, at } satisfies EventSpec);
}

/** What the `events` thread is started with. */
export interface EventSinkArg { readonly source: EventSource; readonly config: RestConfig | null; /** m= in log lines counts from here. */ readonly startedAt: number }

interface SinkState { readonly correlator: CorrelatorState; readonly serial: number }

/** `<object>.<hexadecimal nanoseconds>`; below the microsecond they count on, so that events of one instant keep their order. */
function eventName(event: EventSpec, serial: number): string {
  return `${event.about.name}.${(BigInt(event.at) * 1000n + BigInt(serial % 1000)).toString(16)}`;
}

function goEvent(event: EventSpec, sent: Correlated, { source, startedAt }: EventSinkArg, serial: number): string {
  const { about: a } = event;
  const stamp = (us: number): string => `${goTimeNano(us, serial)} m=+${((us - startedAt) / 1e6).toFixed(6)}${String(nanosOf(us, serial)).padStart(3, '0')}`;
  const namespace = a.namespace ?? 'default';
  return `&Event{ObjectMeta:{${sent.name}  ${namespace}   ${sent.resourceVersion} 0 0001-01-01 00:00:00 +0000 UTC <nil> <nil> map[] map[] [] [] []},InvolvedObject:ObjectReference{Kind:${a.kind},Namespace:${a.namespace ?? ''},Name:${a.name},UID:${a.uid ?? ''},APIVersion:${a.apiVersion ?? ''},ResourceVersion:${a.resourceVersion ?? ''},FieldPath:${a.fieldPath ?? ''},},Reason:${event.reason},Message:${sent.message},Source:EventSource{Component:${source.component},Host:${source.host},},FirstTimestamp:${stamp(sent.firstAt)},LastTimestamp:${stamp(event.at)},Count:${sent.count},Type:${event.type},EventTime:0001-01-01 00:00:00 +0000 UTC,Series:nil,Action:,Related:nil,ReportingController:${source.component},ReportingInstance:${source.host},}`;
}

function body(event: EventSpec, sent: Correlated, source: EventSource): Json {
  const namespace = event.about.namespace ?? 'default';
  return {
    apiVersion: 'v1', kind: 'Event', metadata: { name: sent.name, namespace }, involvedObject: event.about as unknown as Json, reason: event.reason, message: sent.message, source: { component: source.component, ...(source.host === '' ? {} : { host: source.host }) },
    firstTimestamp: rfc3339(sent.firstAt), lastTimestamp: rfc3339(event.at), count: sent.count, type: event.type, eventTime: null, reportingComponent: source.component, reportingInstance: source.host,
  };
}

/** What became of it: whether it had to be made anew, and the version the server gave it; '' when it was not written. */
interface Delivered { readonly anew: boolean; readonly resourceVersion: string }
const LOST: Delivered = { anew: false, resourceVersion: '' };

/** One try. A patch whose event is gone becomes a new event. */
function* send(config: RestConfig, event: EventSpec, sent: Correlated, source: EventSource): Coroutine<Delivered> {
  const namespace = event.about.namespace ?? 'default';
  const ref = { group: '', resource: 'events', namespace };
  if (!sent.create) {
    try {
      const patched = yield* patch(config, { ...ref, name: sent.name }, 'strategic', { count: sent.count, lastTimestamp: rfc3339(event.at), message: sent.message });
      return { anew: false, resourceVersion: patched.metadata?.resourceVersion ?? '' };
    } catch (caught) {
      if (!isReason(caught, 'NotFound')) throw caught;
    }
  }
  const created = yield* create(config, ref, body(event, sent.create ? sent : { ...sent, count: 1, firstAt: event.at }, source));
  return { anew: !sent.create, resourceVersion: created.metadata?.resourceVersion ?? '' };
}

/** Sends until it is sent, refused, or twelve tries are over. */
function* deliver(arg: EventSinkArg, config: RestConfig, event: EventSpec, sent: Correlated, serial: number): Coroutine<Delivered> {
  for (let tries = 1; ; tries++) {
    try {
      return yield* send(config, event, sent, arg.source);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      const shown = { raw: JSON.stringify(goEvent(event, sent, arg, serial)) };
      if (caught.kind === 'status') {
        yield* klogError('event.go:359', caught.message, 'Server rejected event (will not retry!)', 'event', shown);
        return LOST;
      }
      if (tries >= MAX_TRIES) {
        yield* klogError('event.go:307', null, 'Unable to write event (retry limit exceeded!)', 'event', shown);
        return LOST;
      }
      yield* klogError('event.go:368', caught.message, 'Unable to write event (may retry after sleeping)', 'event', shown);
    }
    // The first pause is a random part, so that clients do not all come back together.
    const [draw = 0] = tries === 1 ? yield* random(`events/${arg.source.component}`) : [0];
    yield* sleep(tries === 1 ? Math.floor((RETRY_US * (draw >>> 8)) / 16_777_216) : RETRY_US);
  }
}

/** The thread to spread into `Program.threads`. */
export const eventThreads = {
  *events(arg: Json, saved?: Json): Coroutine<void> {
    const sink = arg as unknown as EventSinkArg;
    let { correlator, serial } = (saved as unknown as SinkState | undefined) ?? { correlator: freshCorrelator, serial: 0 };
    for (;;) {
      yield* checkpoint({ correlator, serial });
      const queue = yield* view<EventSpec>(QUEUE);
      const first = queue.entries().next();
      if (first.done === true) {
        yield* poll({ tables: [{ table: QUEUE, since: queue.version }] });
        continue;
      }
      const [key, event] = first.value;
      const fresh = eventName(event, ++serial);
      const [next, sent] = correlate(correlator, event, `${sink.source.component}/${sink.source.host}`, yield* now(), fresh);
      correlator = next;
      if (sent !== null && sink.config !== null) {
        const { anew, resourceVersion } = yield* deliver(sink, sink.config, event, sent, serial);
        if (anew) correlator = renamed(correlator, sent.key, sent.name, event.at);
        if (resourceVersion !== '') correlator = written(correlator, sent.key, resourceVersion);
      }
      yield* del(QUEUE, key);
    }
  },
};
