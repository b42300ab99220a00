/**
 * The status manager: keeps what each pod's status is and tells the API, at once when it changed and every ten seconds where the
 * two differ. Models pkg/kubelet/status/status_manager.go. Thread `status`.
 */
import { checkpoint, del, get, now, poll, put, view } from '../../kernel/sys.ts';
import type { Coroutine, Json, TableView } from '../../kernel/sys.ts';
import { deepEqual } from '../../base/json.ts';
import { memoOf } from '../../base/memo.ts';
import { klogInfo } from '../../lib/klog/index.ts';
import { del as deleteObject, getObject, isReason, patch } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { settings } from './bus.ts';
import { qosClass, withTimes } from './podstatus.ts';
import { statusUpdated } from './startup.ts';
import { CONFIG_HASH, CONFIG_MIRROR, fullName, isStatic } from './types.ts';
import type { Pod, PodStatus, StatusRecord, Worker } from './types.ts';

const BATCH = 10_000_000;

/** The status a pod had before this one: ours, else its mirror's, else the API's. */
export function* previousStatus(pod: Pod): Coroutine<PodStatus> {
  const cached = yield* get<StatusRecord>('statuses', pod.metadata.uid);
  if (cached !== undefined) return cached.status;
  const mirror = isStatic(pod) ? yield* get<Pod>('mirrors', fullName(pod)) : undefined;
  return mirror?.status ?? pod.status ?? {};
}

/** What the kubelet itself last said of a pod: a new version of a static pod begins with nothing, whatever the mirror of the old one shows. */
export function* ownStatus(pod: Pod): Coroutine<PodStatus> {
  return (yield* get<StatusRecord>('statuses', pod.metadata.uid))?.status ?? pod.status ?? {};
}

/** Sets a pod's status. Equal ones are not sent again. */
export function* setPodStatus(pod: Pod, status: PodStatus, finished = false): Coroutine<void> {
  const { uid, name, namespace } = pod.metadata;
  const cached = yield* get<StatusRecord>('statuses', uid);
  const next = withTimes(status, yield* previousStatus(pod), yield* now());
  if (cached !== undefined && cached.finished === finished && deepEqual(cached.status, next)) return;
  yield* put('statuses', uid, { status: next, version: (cached?.version ?? 0) + 1, name, namespace: namespace!, finished, static: isStatic(pod) } satisfies StatusRecord);
}

/** The pod was not let in: all that is ever said of it. Models kubelet.go rejectPod. */
export function* rejectPod(pod: Pod, reason: string, message: string): Coroutine<void> {
  const { uid, name, namespace } = pod.metadata;
  const status = withTimes({ phase: 'Failed', reason, message: `Pod was rejected: ${message}`, qosClass: qosClass(pod) }, {}, yield* now());
  const version = ((yield* get<StatusRecord>('statuses', uid))?.version ?? 0) + 1;
  yield* put('statuses', uid, { status, version, name, namespace: namespace!, finished: false, static: isStatic(pod), rejected: true } satisfies StatusRecord);
}

/** The last word about a pod: nothing of it runs any more. */
export function* terminatePod(pod: Pod): Coroutine<void> {
  const status = yield* previousStatus(pod);
  const final = status.phase === 'Succeeded' || status.phase === 'Failed';
  const unknown = { exitCode: 137, reason: 'ContainerStatusUnknown', message: 'The container could not be located when the pod was terminated', startedAt: null, finishedAt: null };
  const containerStatuses = status.containerStatuses?.map((it) => (it.state?.terminated !== undefined || isStatic(pod) ? it : { ...it, ready: false, started: false, state: { terminated: unknown } }));
  yield* setPodStatus(pod, { ...status, ...(containerStatuses === undefined ? {} : { containerStatuses }), phase: final || isStatic(pod) ? status.phase ?? 'Failed' : 'Failed' }, true);
}

interface State { readonly sent: Readonly<Record<string, number>>; readonly since: number; readonly nextAt: number }

/** The uid under which the API knows the pod: a static pod's is its mirror's; null: there is no mirror (yet). */
function apiUid(uid: string, record: StatusRecord, mirrors: TableView<Pod>): string | null {
  if (!record.static) return uid;
  return mirrors.get(`${record.namespace}/${record.name}`)?.metadata.uid ?? null;
}

const OWN_CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
const withOwnConditions = memoOf((status: PodStatus): PodStatus =>
  ({ ...status, conditions: (status.conditions ?? []).filter((it) => OWN_CONDITIONS.includes(it.type)).map(({ lastProbeTime: _probe, ...rest }) => rest) }));
function sameForUs(api: PodStatus, ours: PodStatus): boolean {
  const [a, b] = [withOwnConditions(api), withOwnConditions(ours)];
  return a.reason === b.reason && a.message === b.message && Object.entries(b).every(([key, value]) => deepEqual(a[key as keyof PodStatus], value));
}

/** A merge patch from what the API has to what is: keys that are gone become null. */
export function statusPatch(uid: string, api: PodStatus, ours: PodStatus): Json {
  const gone = Object.keys(api).filter((key) => ours[key as keyof PodStatus] === undefined && key !== 'nominatedNodeName');
  const conditions = [...(ours.conditions ?? []), ...(api.conditions ?? []).filter((it) => !(ours.conditions ?? []).some((own) => own.type === it.type))];
  return { metadata: { uid }, status: { ...ours, conditions, ...Object.fromEntries(gone.map((key) => [key, null])) } } as unknown as Json;
}

const canBeDeleted = (pod: Pod, record: StatusRecord): boolean =>
  pod.metadata.deletionTimestamp !== undefined && pod.metadata.annotations?.[CONFIG_MIRROR] === undefined && record.finished && (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded');

function* sync(uid: string, record: StatusRecord): Coroutine<boolean> {
  const { rest } = yield* settings();
  if (rest === null) return true;
  const ref = { group: '', resource: 'pods', namespace: record.namespace, name: record.name };
  const about = ['podUID', uid, 'pod', `${record.namespace}/${record.name}`] as const;
  let pod: Pod;
  try {
    pod = (yield* getObject(rest, ref)) as unknown as Pod;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (!isReason(caught, 'NotFound')) yield* klogInfo('status_manager.go:895', 'Failed to get status for pod', ...about, 'err', caught.message);
    return isReason(caught, 'NotFound');
  }
  // A mirror of another version of the static pod is none of ours.
  const meant = pod.metadata.annotations?.[CONFIG_MIRROR] === undefined ? pod.metadata.uid : pod.metadata.annotations[CONFIG_HASH];
  if (meant !== uid && record.rejected !== true) return true;
  if (!sameForUs(pod.status ?? {}, record.status)) {
    try {
      pod = (yield* patch(rest, { ...ref, subresource: 'status' }, 'merge', statusPatch(pod.metadata.uid, pod.status ?? {}, record.status))) as unknown as Pod;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogInfo('status_manager.go:919', 'Failed to update status for pod', 'pod', about[3], 'err', `failed to patch status ${JSON.stringify({ metadata: { uid: pod.metadata.uid } })} for pod ${JSON.stringify(record.namespace)}/${JSON.stringify(record.name)}: ${caught.message}`);
      return false;
    }
  }
  yield* statusUpdated(pod);
  if (!canBeDeleted(pod, record)) return true;
  try {
    yield* deleteObject(rest, ref, { gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid } });
    yield* del('statuses', uid);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogInfo('status_manager.go:951', 'Failed to delete status for pod', 'pod', about[3], 'err', caught.message);
  }
  return true;
}

/** Static pods that a changed manifest has replaced: the mirror is their successor's already, and they say no more. */
function* replaced(): Coroutine<ReadonlySet<string>> {
  const statics = [...(yield* view<Worker>('workers')).values()].filter((it) => it.static);
  const rejected = [...(yield* view<StatusRecord>('statuses')).values()].filter((it) => it.rejected === true).map((it) => `${it.namespace}/${it.name}`);
  const successors = new Set([...statics.filter((it) => it.terminatingAt === 0).map((it) => it.fullName), ...rejected]);
  return new Set(statics.filter((it) => it.terminatingAt > 0 && successors.has(it.fullName)).map((it) => it.uid));
}

/** Which statuses to send now: the new ones; with `all` also those that the API has otherwise. */
function stale(state: State, statuses: TableView<StatusRecord>, mirrors: TableView<Pod>, pods: TableView<Pod>, all: boolean): readonly (readonly [string, StatusRecord, string])[] {
  const out: (readonly [string, StatusRecord, string])[] = [];
  for (const [uid, record] of statuses.entries()) {
    const known = apiUid(uid, record, mirrors);
    if (known === null) continue;
    const unsent = (state.sent[known] ?? 0) < record.version;
    const pod = record.static ? mirrors.get(`${record.namespace}/${record.name}`) : pods.get(uid);
    const differs = all && pod !== undefined && (!sameForUs(pod.status ?? {}, record.status) || canBeDeleted(pod, record));
    if (unsent || differs) out.push([uid, record, known]);
  }
  return out;
}

/** Thread `status`. */
export function* statusThread(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as State | undefined) ?? { sent: {}, since: -1, nextAt: 0 };
  for (;;) {
    yield* checkpoint(state);
    const at = yield* now();
    if (at < state.nextAt) yield* poll({ tables: [{ table: 'statuses', since: state.since }], timeout: state.nextAt - at });
    const all = (yield* now()) >= state.nextAt;
    const statuses = yield* view<StatusRecord>('statuses');
    const [mirrors, pods] = [yield* view<Pod>('mirrors'), yield* view<Pod>('pods')];
    const sent: Record<string, number> = { ...state.sent };
    const silent = yield* replaced();
    for (const [uid, record, known] of stale(state, statuses, mirrors, pods, all)) if (silent.has(uid) || (yield* sync(uid, record))) sent[known] = record.version;
    // A send may itself have changed the table; what it changed is looked at again.
    state = { sent, since: statuses.version, nextAt: all ? at + BATCH : state.nextAt };
  }
}
