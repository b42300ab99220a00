/**
 * The scheduling thread: level-triggered over the caches of pods and nodes. A pod that does not fit is tried again when the verdict
 * over it changes (never sooner than its back-off of 1 to 10 s) and at the latest after five minutes.
 * Models pkg/scheduler schedule_one.go and the scheduling queue.
 */
import { parseRfc3339, rfc3339, rfc3339Micro } from '../../base/time.ts';
import { checkpoint, del, get, now, poll, put, self, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import type { Condition, Node, Pod } from '../../lib/controller/index.ts';
import { cachePut, cacheTable, objectKey } from '../../lib/informer/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { create, isReason, patch } from '../../lib/kube/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { hex, sha256 } from '../../lib/x509/index.ts';
import { decide, type Claim, type Decision } from './decide.ts';
import type { Snapshot } from './fit.ts';

interface Attempt { readonly tries: number; readonly message: string; /** µs */ readonly triedAt: number }
interface QueueState { readonly attempts: Readonly<Record<string, Attempt>> }
export interface ScheduleSpec { readonly config: RestConfig; readonly names: readonly string[] }

const FLUSH_US = 300e6;
const SERIES_US = 360e6;
const backOffUs = (tries: number) => Math.min(1e6 * (1 << Math.min(tries - 1, 4)), 10e6);

/** Pods that wait for this scheduler: by priority, then by age. */
function pending(pods: Iterable<Pod>, names: readonly string[]): Pod[] {
  return [...pods]
    .filter((pod) => !pod.spec.nodeName && names.includes(pod.spec.schedulerName ?? 'default-scheduler') && !pod.metadata.deletionTimestamp && pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded' && (pod.spec.schedulingGates?.length ?? 0) === 0)
    .sort((a, b) => (b.spec.priority ?? 0) - (a.spec.priority ?? 0) || (parseRfc3339(a.metadata.creationTimestamp ?? '') ?? 0) - (parseRfc3339(b.metadata.creationTimestamp ?? '') ?? 0) || (objectKey(a) < objectKey(b) ? -1 : 1));
}

function snapshotOf(nodes: Iterable<Node>, pods: Iterable<Pod>): Snapshot {
  const podsByNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (!pod.spec.nodeName || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') continue;
    const list = podsByNode.get(pod.spec.nodeName) ?? [];
    list.push(pod);
    podsByNode.set(pod.spec.nodeName, list);
  }
  return { nodes: [...nodes], podsByNode };
}

interface Note { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly action: string; readonly note: string }
interface Recorded { readonly name: string; readonly count: number; readonly at: number }

/** Records an events.k8s.io/v1 event; the same again within six minutes becomes a series. */
function* record(config: RestConfig, pod: Pod, scheduler: string, what: Note): Coroutine<void> {
  const at = yield* now();
  const namespace = pod.metadata.namespace ?? 'default';
  const ref = { group: 'events.k8s.io', resource: 'events', namespace };
  const key = `${pod.metadata.uid} ${what.reason} ${what.note}`;
  const known = yield* get<Recorded>('series', key);
  try {
    if (known && at - known.at < SERIES_US) {
      yield* put('series', key, { ...known, count: known.count + 1, at });
      yield* patch(config, { ...ref, name: known.name }, 'strategic', { series: { count: known.count + 1, lastObservedTime: rfc3339Micro(at) } });
      return;
    }
    const below = parseInt(hex(sha256(key)).slice(0, 4), 16) % 1000;
    const name = `${pod.metadata.name}.${(BigInt(at) * 1000n + BigInt(below)).toString(16)}`;
    const { hostname } = yield* self();
    yield* create(config, ref, {
      apiVersion: 'events.k8s.io/v1', kind: 'Event', metadata: { name, namespace }, eventTime: rfc3339Micro(at), reportingController: scheduler, reportingInstance: `${scheduler}-${hostname}`,
      action: what.action, reason: what.reason, regarding: { kind: 'Pod', namespace, name: pod.metadata.name, uid: pod.metadata.uid, apiVersion: 'v1', resourceVersion: pod.metadata.resourceVersion }, note: what.note, type: what.type,
    });
    yield* put('series', key, { name, count: 1, at } satisfies Recorded);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (isReason(caught, 'NotFound')) yield* del('series', key);
    else yield* klogError('event_broadcaster.go:279', caught.message, 'Unable to write event (may retry after sleeping)');
  }
}

/** Binds the pod; the cache knows at once, so that the next pod sees the room taken. Throws GoError. */
function* bind(config: RestConfig, pod: Pod, node: string): Coroutine<void> {
  const { name, namespace, uid } = pod.metadata;
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace, uid }, target: { kind: 'Node', name: node } };
  yield* create(config, { group: '', resource: 'pods', namespace: namespace ?? '', name, subresource: 'binding' }, body);
  const known = yield* get<Pod>(cacheTable('pods'), objectKey(pod));
  if (known && !known.spec.nodeName) yield* put(cacheTable('pods'), objectKey(pod), { ...known, spec: { ...known.spec, nodeName: node } });
  yield* record(config, pod, pod.spec.schedulerName ?? 'default-scheduler', { type: 'Normal', reason: 'Scheduled', action: 'Binding', note: `Successfully assigned ${namespace}/${name} to ${node}` });
}

/** Tells the pod why it waits. Throws GoError. */
function* complain(config: RestConfig, pod: Pod, message: string, at: number): Coroutine<void> {
  yield* record(config, pod, pod.spec.schedulerName ?? 'default-scheduler', { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling', note: message });
  const known = pod.status?.conditions?.find((one) => one.type === 'PodScheduled');
  if (known?.status === 'False' && known.message === message) return;
  const condition: Condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastProbeTime: null, lastTransitionTime: known?.status === 'False' ? known.lastTransitionTime ?? rfc3339(at) : rfc3339(at) };
  const ref = { group: '', resource: 'pods', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, subresource: 'status' };
  yield* cachePut('pods', yield* patch(config, ref, 'strategic', { metadata: { uid: pod.metadata.uid }, status: { conditions: [condition] } }));
}

/** Handles one pod's verdict; → its attempt, or null when it is bound or gone. */
function* settle(config: RestConfig, pod: Pod, decision: Decision, before: Attempt | undefined): Coroutine<Attempt | null> {
  const at = yield* now();
  const tries = (before?.tries ?? 0) + 1;
  try {
    if ('node' in decision) {
      yield* bind(config, pod, decision.node);
      return null;
    }
    yield* complain(config, pod, decision.message, at);
    return { tries, message: decision.message, triedAt: at };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (isReason(caught, 'NotFound')) return { tries, message: '', triedAt: at };
    yield* klogError('schedule_one.go:1077', 'node' in decision ? `binding rejected: ${caught.message}` : caught.message, 'node' in decision ? 'Error scheduling pod; retrying' : 'Error updating pod', 'pod', objectKey(pod));
    return { tries, message: '', triedAt: at };
  }
}

/** When a pod may be tried again, given today's verdict. */
function dueAt(attempt: Attempt, decision: Decision): number {
  const changed = 'node' in decision || decision.message !== attempt.message;
  return attempt.triedAt + (changed ? backOffUs(attempt.tries) : FLUSH_US);
}

export function* schedule(arg: Json, saved?: Json): Coroutine<void> {
  const { config, names } = arg as unknown as ScheduleSpec;
  let state = (saved as unknown as QueueState | undefined) ?? { attempts: {} };
  for (;;) {
    yield* checkpoint(state);
    const pods = yield* view<Pod>(cacheTable('pods'));
    const nodes = yield* view<Node>(cacheTable('nodes'));
    const claims = yield* view<Claim>(cacheTable('persistentvolumeclaims'));
    const waiting = pending(pods.values(), names);
    const attempts: Record<string, Attempt> = {};
    let next = Infinity;
    let bound = false;
    if (waiting.length > 0) {
      const snapshot = snapshotOf(nodes.values(), pods.values());
      const known = new Map(claims.entries());
      for (const pod of waiting) {
        const uid = pod.metadata.uid ?? '';
        const before = state.attempts[uid];
        const decision = decide(pod, snapshot, known);
        const due = before ? dueAt(before, decision) : 0;
        if (before && due > (yield* now())) { attempts[uid] = before; next = Math.min(next, due); continue; }
        const after: Attempt | null = yield* settle(config, pod, decision, before);
        // One binding changes what the others see: look again from a fresh snapshot.
        if (after === null) { bound = true; break; }
        attempts[uid] = after;
        next = Math.min(next, after.triedAt + (after.message === '' ? backOffUs(after.tries) : FLUSH_US));
      }
    }
    state = { attempts: bound ? { ...state.attempts, ...attempts } : attempts };
    if (bound) continue;
    const tables = [{ name: 'pods', version: pods.version }, { name: 'nodes', version: nodes.version }, { name: 'persistentvolumeclaims', version: claims.version }];
    const timeout = Number.isFinite(next) ? { timeout: Math.max(0, next - (yield* now())) } : {};
    yield* poll({ tables: tables.map(({ name, version }) => ({ table: cacheTable(name), since: version })), ...timeout });
  }
}
