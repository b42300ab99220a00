/**
 * Registering the node, keeping its status current (looked at each 10 s, sent on change or each 5 min) and its lease renewed.
 * Models kubelet_node_status.go and component-helpers' lease controller. Threads `nodestatus`, `lease` and `runtimestatus`.
 */
import { checkpoint, get, now, poll, put, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { deepEqual } from '../../base/json.ts';
import { formatDuration } from '../../base/duration.ts';
import { rfc3339Micro } from '../../base/time.ts';
import type { Lease, Node } from '../../api/types.ts';
import { CriError } from '../../lib/cri/index.ts';
import { recordEvent } from '../../lib/events/index.ts';
import { klogError, klogErrorf, klogInfo } from '../../lib/klog/index.ts';
import { create, getObject, isReason, patch, requestJson } from '../../lib/kube/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { jitter, quietCall, settings } from './bus.ts';
import { newNode, nodeStatus, notReady } from './nodeinfo.ts';

const RETRIES = 5;
const nodeRef = (name: string) => ({ group: '', resource: 'nodes', name });

/** An event about the node itself. */
export function* nodeEvent(type: 'Normal' | 'Warning', reason: string, message: string): Coroutine<void> {
  const { nodeName } = yield* settings();
  yield* recordEvent({ kind: 'Node', name: nodeName, uid: nodeName }, type, reason, message);
}

/** The events of a node's conditions: once each at the start, and when Ready changes. */
function* conditionEvents(before: Node['status'], after: Node['status'], fresh: boolean): Coroutine<void> {
  const { nodeName } = yield* settings();
  const say = (what: string): Coroutine<void> => nodeEvent('Normal', what, `Node ${nodeName} status is now: ${what}`);
  if (fresh) for (const what of ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID']) yield* say(what);
  const ready = (status: Node['status']): string | undefined => status?.conditions?.find((it) => it.type === 'Ready')?.status;
  if (ready(before) === ready(after)) return;
  if (ready(after) === 'True') return yield* say('NodeReady');
  if (before !== undefined && ready(before) !== undefined) {
    yield* say('NodeNotReady');
    const condition = after?.conditions?.find((it) => it.type === 'Ready');
    const { type, status, lastHeartbeatTime, lastTransitionTime, reason, message } = condition!;
    yield* klogInfo('setters.go:602', 'Node became not ready', 'node', nodeName, 'condition', { raw: JSON.stringify({ type, status, lastHeartbeatTime, lastTransitionTime, reason, message }) });
  }
}

/** One attempt to register. → whether the node is registered. */
function* tryRegister(rest: RestConfig, nodeName: string): Coroutine<boolean> {
  const node = yield* newNode(yield* notReady(), yield* now());
  try {
    yield* create(rest, { group: '', resource: 'nodes' }, node);
    yield* conditionEvents(undefined, (node as unknown as Node).status, true);
    return true;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (isReason(caught, 'Forbidden')) {
      yield* klogError('kubelet_node_status.go:106', caught.message, 'Unable to register node with API server, reason is forbidden', 'node', nodeName);
      return false;
    }
    if (!isReason(caught, 'AlreadyExists')) {
      yield* klogError('kubelet_node_status.go:110', caught.message, 'Unable to register node with API server', 'node', nodeName);
      return false;
    }
  }
  try {
    const known = (yield* getObject(rest, nodeRef(nodeName))) as unknown as Node;
    yield* klogInfo('kubelet_node_status.go:127', 'Node was previously registered', 'node', nodeName);
    yield* conditionEvents(known.status, known.status, true);
    return true;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogError('kubelet_node_status.go:116', caught.message, 'Unable to register node with API server, error getting existing node', 'node', nodeName);
    return false;
  }
}

/** Volume plugins that moved to CSI drivers of their own (pkg/volume/csimigration), as the kubelet announces them. */
const MIGRATED = ['aws-ebs', 'azure-disk', 'azure-file', 'cinder', 'gce-pd', 'portworx-volume', 'vsphere-volume'].map((name) => `kubernetes.io/${name}`).join(',');

/** The node's CSINode, which is there from the start and names no drivers. Models pkg/volume/csi/nodeinfomanager. */
function* createCsiNode(rest: RestConfig, nodeName: string): Coroutine<void> {
  try {
    const node = (yield* getObject(rest, nodeRef(nodeName))) as unknown as Node;
    const metadata = { name: nodeName, annotations: { 'storage.alpha.kubernetes.io/migrated-plugins': MIGRATED }, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: node.metadata.uid }] };
    yield* create(rest, { group: 'storage.k8s.io', resource: 'csinodes' }, { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata, spec: { drivers: null } } as unknown as Json);
  } catch (caught) {
    if (!(caught instanceof GoError) || isReason(caught, 'AlreadyExists')) return;
    yield* klogErrorf('csi_plugin.go:309', `Failed to initialize CSINode: ${caught.message}`);
  }
}

function* register(rest: RestConfig): Coroutine<void> {
  const { nodeName } = yield* settings();
  for (let pause = 100_000; ; pause = Math.min(pause * 2, 7_000_000)) {
    yield* poll({ timeout: pause });
    yield* klogInfo('kubelet_node_status.go:78', 'Attempting to register node', 'node', nodeName);
    if (yield* tryRegister(rest, nodeName)) break;
  }
  yield* klogInfo('kubelet_node_status.go:81', 'Successfully registered node', 'node', nodeName);
  yield* createCsiNode(rest, nodeName);
}

/** The parts of a status that count as a change: everything but the heartbeats. */
function sameStatus(a: Node['status'], b: Node['status']): boolean {
  const calm = (status: Node['status']) => ({ ...status, conditions: (status?.conditions ?? []).map(({ lastHeartbeatTime: _beat, ...rest }) => rest) });
  return deepEqual(calm(a), calm(b));
}

interface StatusState { readonly registered: boolean; readonly nextAt: number; readonly reportedAt: number; readonly podCidr: string }

/** The node as the informer has it; a retry asks the API. So nothing fails while there is nothing to tell and no API. */
function* currentNode(rest: RestConfig, nodeName: string, attempt: number): Coroutine<Node> {
  try {
    if (attempt > 0) return (yield* requestJson(rest, { method: 'GET', path: `/api/v1/nodes/${nodeName}`, query: { timeout: '10s' }, timeoutUs: 10_000_000 }, 'nodes', nodeName)) as unknown as Node;
    const cached = yield* get<Node>('cache/nodes', nodeName);
    if (cached === undefined) throw new GoError(`node ${JSON.stringify(nodeName)} not found`);
    return cached;
  } catch (caught) {
    if (caught instanceof GoError) throw new GoError(`error getting node ${JSON.stringify(nodeName)}: ${caught.message}`, caught.kind);
    throw caught;
  }
}

function* send(rest: RestConfig, state: StatusState, attempt: number): Coroutine<StatusState> {
  const { nodeName, statusReportUs } = yield* settings();
  const at = yield* now();
  const node = yield* currentNode(rest, nodeName, attempt);
  const cidr = node.spec.podCIDR ?? '';
  if (cidr !== '' && cidr !== state.podCidr) yield* klogInfo('kubelet_network.go:61', 'Updating Pod CIDR', 'originalPodCIDR', state.podCidr, 'newPodCIDR', cidr);
  const status = yield* nodeStatus(node.status, yield* notReady(), at);
  const next = { ...state, podCidr: cidr === '' ? state.podCidr : cidr };
  if (sameStatus(node.status, status) && at - state.reportedAt < statusReportUs) return next;
  yield* conditionEvents(node.status, status, false);
  yield* patch(rest, { ...nodeRef(nodeName), subresource: 'status' }, 'merge', { status: { ...status } });
  return { ...next, reportedAt: at };
}

function* updateStatus(rest: RestConfig, from: StatusState): Coroutine<StatusState> {
  for (let i = 0; i < RETRIES; i++) {
    try {
      return yield* send(rest, from, i);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogError('kubelet_node_status.go:597', caught.message, 'Error updating node status, will retry');
    }
  }
  yield* klogError('kubelet_node_status.go:584', 'update node status exceeds retry count', 'Unable to update node status');
  return from;
}

/** Thread `nodestatus`. */
export function* nodestatus(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as StatusState | undefined) ?? { registered: false, nextAt: 0, reportedAt: 0, podCidr: '' };
  for (;;) {
    yield* checkpoint(state);
    const { rest, registerNode, statusUpdateUs } = yield* settings();
    if (rest === null) return;
    if (!state.registered) {
      if (registerNode) yield* register(rest);
      state = { ...state, registered: true };
      continue;
    }
    state = yield* updateStatus(rest, state);
    const node = yield* view('node');
    // Ready or not: a change is told at once; the rest at the next turn.
    const before = yield* notReady();
    const until = (yield* now()) + (yield* jitter('nodestatus', statusUpdateUs, 0.04));
    for (let left = until - (yield* now()), seen = node.version; left > 0; left = until - (yield* now())) {
      yield* poll({ tables: [{ table: 'node', since: seen }], timeout: left });
      seen = (yield* view('node')).version;
      if ((yield* notReady()) !== before) break;
    }
  }
}

interface LeaseState { readonly lease: Lease | null; readonly pause: number }

const leasePath = (name: string) => ({ group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name });

function* leaseBody(base: Lease | null): Coroutine<Json> {
  const { nodeName } = yield* settings();
  const node = (yield* view<Node>('cache/nodes')).get(nodeName);
  const owner = node === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: nodeName, uid: node.metadata.uid }] };
  const metadata = base === null ? { name: nodeName, namespace: 'kube-node-lease', ...owner } : { ...base.metadata, ...(base.metadata.ownerReferences === undefined ? owner : {}) };
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec: { ...base?.spec, holderIdentity: nodeName, leaseDurationSeconds: 40, renewTime: rfc3339Micro(yield* now()) } } as unknown as Json;
}

function* ensureLease(rest: RestConfig, name: string): Coroutine<Lease> {
  const limited = { timeout: '10s' };
  try {
    return (yield* requestJson(rest, { method: 'GET', path: `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`, query: limited, timeoutUs: 10_000_000 }, 'leases.coordination.k8s.io', name)) as unknown as Lease;
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
  }
  return (yield* create({ ...rest, timeoutUs: 10_000_000 }, { ...leasePath(name), name: undefined } as never, yield* leaseBody(null))) as unknown as Lease;
}

function* renew(rest: RestConfig, name: string, from: Lease): Coroutine<Lease | null> {
  let base = from;
  for (let i = 0; i < RETRIES; i++) {
    try {
      return (yield* requestJson(rest, { method: 'PUT', path: `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${name}`, query: { timeout: '10s' }, body: yield* leaseBody(base), timeoutUs: 10_000_000 }, 'leases.coordination.k8s.io', name)) as unknown as Lease;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogError('controller.go:195', caught.message, 'Failed to update lease');
      if (!isReason(caught, 'Conflict')) continue;
      base = (yield* getObject(rest, leasePath(name))) as unknown as Lease;
    }
  }
  yield* klogInfo('controller.go:115', 'failed to update lease using latest lease, fallback to ensure lease', 'err', 'failed 5 attempts to update lease');
  return null;
}

/** Thread `lease`: renews every ten seconds. */
export function* lease(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as LeaseState | undefined) ?? { lease: null, pause: 200_000 };
  for (;;) {
    yield* checkpoint(state);
    const { rest, nodeName } = yield* settings();
    if (rest === null) return;
    let held = state.lease;
    if (held !== null) held = yield* renew(rest, nodeName, held);
    if (held === null) {
      try {
        held = yield* ensureLease(rest, nodeName);
        held = (yield* renew(rest, nodeName, held)) ?? held;
      } catch (caught) {
        if (!(caught instanceof GoError)) throw caught;
        yield* klogError('controller.go:145', caught.message, 'Failed to ensure lease exists, will retry', 'interval', formatDuration(state.pause));
        yield* poll({ timeout: state.pause });
        state = { lease: null, pause: Math.min(state.pause * 2, 7_000_000) };
        continue;
      }
    }
    state = { lease: held, pause: 200_000 };
    yield* poll({ timeout: yield* jitter('lease', 10_000_000, 0.04) });
  }
}

/** Thread `runtimestatus`: asks the runtime every five seconds how it is. */
export function* runtimestatus(_arg: Json, saved?: Json): Coroutine<void> {
  for (let first = saved === undefined; ; first = false) {
    yield* checkpoint('running');
    if (!first) yield* poll({ timeout: 5_000_000 });
    const at = yield* now();
    const before = yield* get<{ okAt: number; startedAt: number }>('node', 'runtime');
    try {
      const { conditions } = yield* quietCall('Status', { verbose: false }, 120_000_000);
      const network = conditions.find((it) => it.type === 'NetworkReady');
      const problem = network?.status === false ? `container runtime network not ready: NetworkReady=false reason:${network.reason} message:${network.message}` : '';
      yield* put('node', 'runtime', { okAt: at, startedAt: at });
      if ((yield* get('node', 'network')) !== problem) yield* put('node', 'network', problem);
    } catch (caught) {
      if (!(caught instanceof CriError)) throw caught;
      yield* klogError('log.go:32', caught.message, 'Status from runtime service failed');
      yield* klogError('kubelet.go:3117', caught.message, 'Container runtime sanity check failed');
      if (before === undefined) yield* put('node', 'runtime', { okAt: 0, startedAt: at });
    }
    yield* noteProblem();
  }
}

/** Puts together what keeps the node from being Ready. */
function* noteProblem(): Coroutine<void> {
  const at = yield* now();
  const runtime = yield* get<{ readonly okAt: number }>('node', 'runtime');
  const relist = yield* get<number>('clock', 'relist');
  const problems: string[] = [];
  if (runtime === undefined || at - runtime.okAt > 30_000_000) problems.push('container runtime is down');
  if (relist === undefined) problems.push('PLEG is not healthy: pleg has yet to be successful');
  else if (at - relist > 180_000_000) problems.push(`PLEG is not healthy: pleg was last seen active ${formatDuration(Math.round((at - relist) / 1000) * 1000)} ago; threshold is 3m0s`);
  const network = yield* get<string>('node', 'network');
  if (network !== undefined && network !== '') problems.push(network);
  const text = problems.length === 0 ? '' : problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`;
  if ((yield* get('node', 'problem')) !== text) yield* put('node', 'problem', text);
}
