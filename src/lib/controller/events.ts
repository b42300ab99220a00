/**
 * Recording core/v1 events with a count, as client-go's recorder and correlator do: the same event again becomes a patch of the
 * first. What was recorded is remembered in a table of the process. Not modelled: the spam filter and aggregation of similar events.
 */
import { rfc3339 } from '../../base/time.ts';
import { get, now, put, type Coroutine } from '../../kernel/sys.ts';
import { klogError } from '../klog/index.ts';
import { create, isReason, patch } from '../kube/index.ts';
import type { RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { hex, sha256 } from '../x509/index.ts';
import type { KubeObject } from './kinds.ts';

/** What an event is about. */
export interface ObjectReference { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string; readonly fieldPath?: string }
export interface EventSpec { readonly about: ObjectReference; readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string }

interface Recorded { readonly name: string; readonly namespace: string; readonly count: number }

/** The reference to an object of the given kind. */
export function referenceTo(object: KubeObject, apiVersion: string, kind: string): ObjectReference {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { apiVersion, kind, name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) };
}

/** Events are named after their object and the nanosecond; the digits below the microsecond come from the text. */
function eventName(spec: EventSpec, component: string, atUs: number): string {
  const below = parseInt(hex(sha256(`${component} ${spec.reason} ${spec.message}`)).slice(0, 4), 16) % 1000;
  return `${spec.about.name}.${(BigInt(atUs) * 1000n + BigInt(below)).toString(16)}`;
}

function* write(config: RestConfig, component: string, spec: EventSpec, key: string): Coroutine<void> {
  const at = yield* now();
  const stamp = rfc3339(at);
  const known = yield* get<Recorded>('events', key);
  if (known) {
    try {
      const ref = { group: '', resource: 'events', namespace: known.namespace, name: known.name };
      yield* patch(config, ref, 'strategic', { count: known.count + 1, lastTimestamp: stamp, message: spec.message });
      yield* put('events', key, { ...known, count: known.count + 1 });
      return;
    } catch (caught) {
      if (!isReason(caught, 'NotFound')) throw caught;
    }
  }
  const namespace = spec.about.namespace ?? 'default';
  const name = eventName(spec, component, at);
  yield* create(config, { group: '', resource: 'events', namespace }, {
    apiVersion: 'v1', kind: 'Event', metadata: { name, namespace }, involvedObject: spec.about, reason: spec.reason, message: spec.message,
    source: { component }, firstTimestamp: stamp, lastTimestamp: stamp, count: 1, type: spec.type, eventTime: null, reportingComponent: component, reportingInstance: '',
  });
  yield* put('events', key, { name, namespace, count: 1 } satisfies Recorded);
}

/** Records one event; a failure is logged, never thrown. */
export function* recordEvent(config: RestConfig, component: string, spec: EventSpec): Coroutine<void> {
  const { about } = spec;
  const key = [component, about.kind, about.namespace ?? '', about.name, about.uid ?? '', about.fieldPath ?? '', spec.type, spec.reason, spec.message].join('\u0000');
  try {
    yield* write(config, component, spec, key);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (caught.kind === 'status') yield* klogError('event.go:359', caught.message, 'Server rejected event (will not retry!)');
    else yield* klogError('event.go:368', caught.message, 'Unable to write event (may retry after sleeping)');
  }
}
