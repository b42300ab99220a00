/**
 * Watches over nodes: conditions become Unknown when a kubelet falls silent, taints follow the conditions, pods of a node that is
 * not ready are marked so. A thread of its own, because it remembers when it last heard of each node.
 * Models pkg/controller/nodelifecycle. Not modelled: zones (all nodes are one), eviction rates; a wholly silent cluster evicts nobody.
 */
import { deepEqual } from '../../../base/json.ts';
import { parseRfc3339, rfc3339 } from '../../../base/time.ts';
import { checkpoint, now, poll, view, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { perform, recordEvent, type Action, type Condition, type Lease, type Node, type Pod, type Taint } from '../../../lib/controller/index.ts';
import { cacheTable, waitForSync } from '../../../lib/informer/index.ts';
import { klogInfo, klogUnhandled } from '../../../lib/klog/index.ts';
import type { RestConfig } from '../../../lib/kubeconfig/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { clientFor } from '../clients.ts';
import { podRef, readyCondition } from './pods.ts';

interface Health { readonly heartbeat: string; /** µs on our clock */ readonly heardAt: number }
interface Memory { readonly health: Readonly<Record<string, Health>>; readonly started: boolean; readonly zone: string }
interface LifecycleSettings { readonly monitorPeriodUs: number; readonly graceUs: number; readonly startupGraceUs: number }

const COMPONENT = 'node-controller';
const ZONE_LOGGER = 'node-lifecycle-controller';
const TYPES = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

const isReadyNode = (node: Node) => node.status?.conditions?.find((one) => one.type === 'Ready')?.status === 'True';
const about = (node: Node) => ({ kind: 'Node', apiVersion: 'v1', name: node.metadata.name, uid: node.metadata.uid ?? '' });

/** Conditions after too long a silence; null when they already say so. Models tryUpdateNodeHealth. */
export function silentConditions(node: Node, nowUs: number): readonly Condition[] | null {
  const known = node.status?.conditions ?? [];
  const stamp = rfc3339(nowUs);
  const updated = [...known];
  for (const type of TYPES) {
    const at = updated.findIndex((one) => one.type === type);
    const before = updated[at];
    if (!before) {
      updated.push({ type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.', lastHeartbeatTime: node.metadata.creationTimestamp ?? stamp, lastTransitionTime: stamp });
    } else if (before.status !== 'Unknown') {
      updated[at] = { ...before, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: stamp };
    }
  }
  return deepEqual(updated, known) ? null : updated;
}

const CONDITION_TAINTS: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', 'node.kubernetes.io/not-ready'], ['Ready', 'Unknown', 'node.kubernetes.io/unreachable'], ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'], ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'], ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
];
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const OURS = new Set([...CONDITION_TAINTS.map(([, , key]) => key), UNSCHEDULABLE]);

/** The taints the conditions ask for, others kept; null when nothing changes. Models doNoScheduleTaintingPass. */
export function conditionTaints(node: Node, nowUs: number): readonly Taint[] | null {
  const known = node.spec?.taints ?? [];
  const wanted = new Set(CONDITION_TAINTS.filter(([type, status]) => node.status?.conditions?.some((one) => one.type === type && one.status === status)).map(([, , key]) => key));
  if (node.spec?.unschedulable) wanted.add(UNSCHEDULABLE);
  const keep = known.filter((taint) => taint.effect !== 'NoSchedule' || !OURS.has(taint.key) || wanted.has(taint.key));
  // The cordon's taint comes without a time, as the scheduler's admission would write it; those of conditions carry one.
  const added = [...wanted].filter((key) => !keep.some((taint) => taint.key === key && taint.effect === 'NoSchedule')).map((key): Taint => ({ key, effect: 'NoSchedule', timeAdded: rfc3339(nowUs) }));
  return keep.length === known.length && added.length === 0 ? null : [...added, ...keep];
}

/** One node, one pass: → what to do and what to remember. */
export function examine(node: Node, lease: Lease | undefined, before: Health | undefined, pods: readonly Pod[], nowUs: number, settings: LifecycleSettings): { readonly health: Health; readonly actions: readonly Action[] } {
  const ready = node.status?.conditions?.find((one) => one.type === 'Ready');
  const heartbeat = `${ready?.lastHeartbeatTime ?? ''} ${lease?.spec?.renewTime ?? ''}`;
  // Upstream looks every few seconds; we look rarely, so a change counts from the time the kubelet wrote.
  const spoken = Math.max(parseRfc3339(ready?.lastHeartbeatTime ?? '') ?? 0, parseRfc3339(lease?.spec?.renewTime ?? '') ?? 0);
  const health = !before ? { heartbeat, heardAt: nowUs } : before.heartbeat === heartbeat ? before : { heartbeat, heardAt: Math.min(nowUs, spoken) };
  const grace = ready ? settings.graceUs : settings.startupGraceUs;
  const silentFrom = ready ? health.heardAt : Math.min(health.heardAt, parseRfc3339(node.metadata.creationTimestamp ?? '') ?? nowUs);
  const ref = { group: '', resource: 'nodes', name: node.metadata.name };
  const actions: Action[] = [];
  const conditions = nowUs > silentFrom + grace ? silentConditions(node, nowUs) : null;
  const current: Node = conditions ? { ...node, status: { ...node.status, conditions } } : node;
  if (conditions) {
    actions.push({ op: 'updateStatus', cache: 'nodes', ref, object: current });
    // Only a node that was ready till now takes its pods along; of the others the kubelet has told already.
    if (ready?.status !== 'True') return { health, actions };
    const told: Action = { op: 'event', event: { about: about(node), type: 'Normal', reason: 'NodeNotReady', message: `Node ${node.metadata.name} status is now: NodeNotReady` } };
    return { health, actions: [...actions, told, ...markPods(pods, nowUs)] };
  }
  const taints = conditionTaints(current, nowUs);
  if (taints) actions.push({ op: 'patch', type: 'merge', cache: 'nodes', ref, patch: { metadata: { resourceVersion: node.metadata.resourceVersion }, spec: { taints: taints.length > 0 ? taints : null } } });
  return { health, actions };
}

/** Pods of a node that is not ready are not ready either. Models MarkPodsNotReady. */
function markPods(pods: readonly Pod[], nowUs: number): Action[] {
  return pods.filter((pod) => readyCondition(pod)?.status === 'True').map((pod): Action => ({
    op: 'updateStatus', cache: 'pods', ref: podRef(pod), ignore: ['NotFound', 'Conflict'],
    object: { ...pod, status: { ...pod.status, conditions: pod.status!.conditions!.map((one) => (one.type === 'Ready' ? { ...one, status: 'False', lastTransitionTime: rfc3339(nowUs) } : one)) } },
    done: () => ({ about: { kind: 'Pod', apiVersion: 'v1', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, uid: pod.metadata.uid ?? '' }, type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' }),
  }));
}

function* greet(config: () => Coroutine<RestConfig>, node: Node): Coroutine<void> {
  yield* klogInfo('node_lifecycle_controller.go:873', 'Missing timestamp for Node. Assuming now as a timestamp', 'logger', ZONE_LOGGER, 'node', node.metadata.name);
  yield* recordEvent(yield* config(), COMPONENT, { about: about(node), type: 'Normal', reason: 'RegisteredNode', message: `Node ${node.metadata.name} event: Registered Node ${node.metadata.name} in Controller` });
}

/** One pass over all nodes; → what to remember, and when to look again. Throws GoError. */
function* pass(memory: Memory, settings: LifecycleSettings): Coroutine<{ readonly memory: Memory; readonly trouble: string | null }> {
  const nodes = yield* view<Node>(cacheTable('nodes'));
  const leases = yield* view<Lease>(cacheTable('leases'));
  const pods = [...(yield* view<Pod>(cacheTable('pods'))).values()];
  const config = () => clientFor('node-controller');
  const health: Record<string, Health> = {};
  let trouble: string | null = null;
  for (const node of nodes.values()) {
    const { name } = node.metadata;
    const before = memory.health[name];
    if (!before) {
      if (Object.keys(memory.health).length === 0 && !memory.started) yield* klogInfo('node_lifecycle_controller.go:1221', 'Initializing eviction metric for zone', 'logger', ZONE_LOGGER, 'zone', '');
      yield* greet(config, node);
    }
    const found = examine(node, leases.get(`kube-node-lease/${name}`), before, pods.filter((pod) => pod.spec.nodeName === name), yield* now(), settings);
    health[name] = found.health;
    try {
      for (const action of found.actions) yield* perform(yield* config(), COMPONENT, action);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      trouble = caught.message;
    }
  }
  for (const name of Object.keys(memory.health)) {
    if (!health[name]) yield* recordEvent(yield* config(), COMPONENT, { about: { kind: 'Node', apiVersion: 'v1', name, uid: '' }, type: 'Normal', reason: 'RemovingNode', message: `Node ${name} event: Removing Node ${name} from Controller` });
  }
  const all = [...nodes.values()];
  const zone = all.length > 0 && !all.some(isReadyNode) ? 'FullDisruption' : 'Normal';
  if (all.length > 0 && zone !== memory.zone) {
    yield* klogInfo('node_lifecycle_controller.go:1067', 'Controller detected that zone is now in new state', 'logger', ZONE_LOGGER, 'zone', '', 'newState', zone);
    if (zone === 'FullDisruption') yield* klogInfo('node_lifecycle_controller.go:1081', 'Controller detected that all Nodes are not-Ready. Entering master disruption mode', 'logger', ZONE_LOGGER);
    else if (memory.zone === 'FullDisruption') yield* klogInfo('node_lifecycle_controller.go:1103', 'Controller detected that some Nodes are Ready. Exiting master disruption mode', 'logger', ZONE_LOGGER);
  }
  return { memory: { health, started: true, zone: all.length > 0 ? zone : memory.zone }, trouble };
}

/** The controller's thread: wakes for changed nodes, and when the next grace period may have run out. */
export function* nodeLifecycle(arg: Json, saved?: Json): Coroutine<void> {
  const settings = arg as unknown as LifecycleSettings;
  let memory = (saved as unknown as Memory | undefined) ?? { health: {}, started: false, zone: '' };
  if (saved === undefined) yield* waitForSync(['nodes', 'leases', 'pods']);
  for (;;) {
    yield* checkpoint(memory);
    const nodes = yield* view<Node>(cacheTable('nodes'));
    let trouble: string | null = null;
    try {
      ({ memory, trouble } = yield* pass(memory, settings));
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      trouble = caught.message;
    }
    if (trouble !== null && !trouble.startsWith('Operation cannot be fulfilled')) yield* klogUnhandled('node_lifecycle_controller.go:744', `Update health of Node '' from Controller error: ${trouble}. Skipping - no pods will be evicted`, 'Unhandled Error');
    const at = yield* now();
    // Silence can only be noticed on the monitor's grid; while all is well nothing happens before the oldest word is a grace period old.
    const oldest = Math.min(...Object.values(memory.health).map((health) => health.heardAt), at);
    const due = trouble !== null || memory.zone === 'FullDisruption' ? at + settings.monitorPeriodUs : Math.max(oldest + settings.graceUs, at);
    const timeout = (Math.floor((due - at) / settings.monitorPeriodUs) + 1) * settings.monitorPeriodUs;
    yield* poll({ tables: [{ table: cacheTable('nodes'), since: nodes.version }], timeout });
  }
}
