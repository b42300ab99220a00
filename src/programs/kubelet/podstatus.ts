/**
 * From what the runtime has to what the API is told: container states, phase, conditions. Pure.
 * Models pkg/kubelet/kubelet_pods.go (convertStatusToAPIStatus, convertToAPIContainerStatuses, getPhase) and status/generate.go.
 */
import { rfc3339 } from '../../base/time.ts';
import { ANNOTATION } from '../../lib/cri/index.ts';
import type { ContainerStatus as RuntimeContainer } from '../../lib/cri/index.ts';
import type { Condition, ContainerState, ContainerStatus, PodStatus, ResourceRequirements } from '../../api/types.ts';
import { shouldRestart } from './compute.ts';
import { isHostNetwork, isSidecar } from './types.ts';
import type { Container, Pod, Reason, RuntimePod } from './types.ts';

/** What a status needs besides pod and runtime. */
export interface StatusContext {
  readonly now: number; readonly hostIp: string; readonly old: PodStatus;
  /** Why a container waits, from the last sync. */ reason(container: string): Reason | undefined;
  /** startup probe: true (passed or none), false. */ started(container: string, id: string): boolean;
  ready(container: string, id: string): boolean;
}

const id = (status: RuntimeContainer): string => `containerd://${status.id}`;
const time = (us: number): string => rfc3339(us);

function stateOf(status: RuntimeContainer): ContainerState {
  if (status.state === 'CONTAINER_RUNNING') return { running: { startedAt: time(status.startedAt) } };
  if (status.state !== 'CONTAINER_EXITED') return { waiting: {} };
  const { exitCode, reason, message } = status;
  return { terminated: { containerID: id(status), exitCode, finishedAt: time(status.finishedAt), ...(message === '' ? {} : { message }), ...(reason === '' ? {} : { reason }), startedAt: time(status.startedAt) } };
}

function resources(container: Container): { readonly resources?: ResourceRequirements; readonly allocatedResources?: ResourceRequirements['requests'] } {
  const given = container.resources ?? {};
  return { resources: given, ...(given.requests === undefined ? {} : { allocatedResources: given.requests }) };
}

const mounts = (container: Container): Pick<ContainerStatus, 'volumeMounts'> => ((container.volumeMounts ?? []).length === 0 ? {} : {
  volumeMounts: container.volumeMounts!.map(({ name, mountPath, readOnly }) => ({ mountPath, name, ...(readOnly === true ? { readOnly, recursiveReadOnly: 'Disabled' } : {}) })),
});

const unknown = { exitCode: 137, reason: 'ContainerStatusUnknown', message: 'The container could not be located when the pod was deleted.  The container used to be Running' };

function containerStatus(container: Container, pod: Pod, runtime: RuntimePod | undefined, context: StatusContext, old: ContainerStatus | undefined, waiting: string): ContainerStatus {
  const seen = (runtime?.containers ?? []).filter((it) => it.metadata.name === container.name);
  const [first, second] = seen;
  let status: ContainerStatus = { name: container.name, state: { waiting: { reason: waiting } }, lastState: {}, ready: false, restartCount: 0, image: container.image ?? '', imageID: '' };
  if (old !== undefined) status = old.state?.terminated !== undefined ? old : { ...status, restartCount: old.restartCount, lastState: old.lastState ?? {} };
  if (first === undefined && old?.state?.running !== undefined && old.state.terminated === undefined) {
    status = { ...status, restartCount: old.restartCount + 1, lastState: { terminated: { ...unknown, finishedAt: null, startedAt: null } } };
  }
  if (first !== undefined) {
    status = { containerID: id(first), image: first.imageName, imageID: first.imageRef, lastState: second === undefined ? {} : stateOf(second), name: container.name, ready: false,
      restartCount: Number(first.annotations[ANNOTATION.restartCount] ?? first.metadata.attempt), state: stateOf(first) };
  }
  const reason = shouldRestart(container, pod, runtime) ? context.reason(container.name) : undefined;
  if (reason !== undefined) {
    const lastState = status.state?.terminated === undefined ? status.lastState : status.state;
    status = { ...status, ...(lastState === undefined ? {} : { lastState }), state: { waiting: { ...(reason.message === '' ? {} : { message: reason.message }), reason: reason.reason } } };
  }
  // Mounts never change once told: a container found running by a kubelet that knows no older status has none.
  const told = first === undefined ? mounts(container) : old?.volumeMounts === undefined ? {} : { volumeMounts: old.volumeMounts };
  return { ...status, ...resources(container), ...told };
}

function withReadiness(status: ContainerStatus, init: Container | null, context: StatusContext): ContainerStatus {
  const bare = status.containerID?.replace('containerd://', '') ?? '';
  if (init !== null && !isSidecar(init)) return { ...status, started: status.state?.running !== undefined, ready: status.state?.terminated?.exitCode === 0 };
  const started = status.state?.running !== undefined && context.started(status.name, bare);
  return { ...status, started, ready: started && context.ready(status.name, bare) };
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Models getPhase. */
export function phaseOf(pod: Pod, regular: readonly ContainerStatus[], init: readonly ContainerStatus[]): NonNullable<PodStatus['phase']> {
  let [pendingInit, failedInit] = [0, 0];
  for (const container of pod.spec.initContainers ?? []) {
    const status = init.find((it) => it.name === container.name);
    const sidecar = isSidecar(container);
    if (status === undefined) pendingInit++;
    else if (status.state?.running !== undefined) { if (!sidecar || status.started !== true) pendingInit++; }
    else if (status.state?.terminated !== undefined) { if (!sidecar && status.state.terminated.exitCode !== 0) failedInit++; }
    else if (status.lastState?.terminated === undefined || sidecar) pendingInit++;
    else if (status.lastState.terminated.exitCode !== 0) failedInit++;
    else pendingInit++;
  }
  const count = { unknown: 0, running: 0, waiting: 0, stopped: 0, succeeded: 0 };
  for (const container of pod.spec.containers) {
    const status = regular.find((it) => it.name === container.name);
    if (status === undefined) count.unknown++;
    else if (status.state?.running !== undefined) count.running++;
    else if (status.state?.terminated !== undefined) {
      count.stopped++;
      if (status.state.terminated.exitCode === 0) count.succeeded++;
    } else if (status.lastState?.terminated !== undefined) count.stopped++;
    else count.waiting++;
  }
  const policy = pod.spec.restartPolicy ?? 'Always';
  if (failedInit > 0 && policy === 'Never') return 'Failed';
  if (pendingInit > 0 || (failedInit > 0 && count.running === 0 && count.stopped === 0)) return 'Pending';
  if (count.waiting > 0) return 'Pending';
  if (count.running > 0 && count.unknown === 0) return 'Running';
  if (count.running === 0 && count.stopped > 0 && count.unknown === 0) {
    if (policy === 'Always') return 'Running';
    if (count.stopped === count.succeeded) return 'Succeeded';
    return policy === 'Never' ? 'Failed' : 'Running';
  }
  return 'Pending';
}

const condition = (type: string, good: boolean, extra: Partial<Condition> = {}): Condition => ({ type, status: good ? 'True' : 'False', ...extra });

/** The conditions Ready and ContainersReady. */
export function readyConditions(pod: Pod, regular: readonly ContainerStatus[], phase: PodStatus['phase']): readonly Condition[] {
  const unready = pod.spec.containers.filter((it) => regular.find((status) => status.name === it.name)?.ready !== true).map((it) => it.name);
  const unknownOnes = pod.spec.containers.filter((it) => !regular.some((status) => status.name === it.name)).map((it) => it.name);
  if (phase === 'Succeeded') return ['Ready', 'ContainersReady'].map((type) => condition(type, false, { reason: 'PodCompleted' }));
  if (phase === 'Failed') return ['Ready', 'ContainersReady'].map((type) => condition(type, false, { reason: 'PodFailed' }));
  const words = [...(unknownOnes.length > 0 ? [`containers with unknown status: [${unknownOnes.join(' ')}]`] : []), ...(unready.length > 0 ? [`containers with unready status: [${unready.join(' ')}]`] : [])];
  const extra = words.length === 0 ? {} : { reason: 'ContainersNotReady', message: words.join(', ') };
  return ['Ready', 'ContainersReady'].map((type) => condition(type, words.length === 0, extra));
}

function initialized(pod: Pod, init: readonly ContainerStatus[], regular: readonly ContainerStatus[], phase: PodStatus['phase']): Condition {
  const containers = pod.spec.initContainers ?? [];
  if (containers.length === 0 || regular.some((it) => it.containerID !== undefined)) return condition('Initialized', true, phase === 'Succeeded' ? { reason: 'PodCompleted' } : {});
  const waiting = containers.filter((it) => {
    const status = init.find((one) => one.name === it.name);
    return isSidecar(it) ? status?.started !== true : status?.ready !== true;
  }).map((it) => it.name);
  if (waiting.length === 0) return condition('Initialized', true, phase === 'Succeeded' ? { reason: 'PodCompleted' } : {});
  return condition('Initialized', false, { reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${waiting.join(' ')}]` });
}

function qosClass(pod: Pod): NonNullable<PodStatus['qosClass']> {
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const named = all.map((it) => it.resources ?? {});
  if (named.every((it) => Object.keys(it.requests ?? {}).length === 0 && Object.keys(it.limits ?? {}).length === 0)) return 'BestEffort';
  const guaranteed = named.every(({ limits = {}, requests = limits }) => ['cpu', 'memory'].every((key) => limits[key] !== undefined && String(requests[key]) === String(limits[key])));
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
export { qosClass };

/** Why a pod failed as a whole stays said. */
const said = ({ phase, reason, message }: PodStatus): PodStatus => (phase !== 'Failed' ? {} : { ...(message === undefined ? {} : { message }), ...(reason === undefined ? {} : { reason }) });

/** The status to report. Times of conditions are set later, against what was reported before. */
export function apiPodStatus(pod: Pod, runtime: RuntimePod | undefined, context: StatusContext, isTerminal: boolean): PodStatus {
  const { old } = context;
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  const convert = (container: Container, previous: readonly ContainerStatus[] | undefined, init: boolean): ContainerStatus =>
    withReadiness(containerStatus(container, pod, runtime, context, previous?.find((it) => it.name === container.name), hasInit && !init ? 'PodInitializing' : init ? 'PodInitializing' : 'ContainerCreating'), init ? container : null, context);
  const regular = pod.spec.containers.map((it) => convert(it, old.containerStatuses, false)).sort(byName);
  const init = (pod.spec.initContainers ?? []).map((it) => convert(it, old.initContainerStatuses, true));
  let phase = phaseOf(pod, regular, init);
  if (old.phase === 'Failed' || old.phase === 'Succeeded') phase = old.phase;
  else if (isTerminal && phase !== 'Succeeded' && phase !== 'Failed') phase = pod.metadata.annotations?.['kubernetes.io/config.source'] === 'file' ? phase : regular.every((it) => it.state?.terminated?.exitCode === 0) ? 'Succeeded' : 'Failed';
  const sandbox = runtime?.sandboxes.find((it) => it.state === 'SANDBOX_READY');
  const podIp = isHostNetwork(pod) ? (runtime === undefined ? '' : context.hostIp) : (sandbox ?? runtime?.sandboxes[0])?.ip ?? '';
  const conditions = [
    condition('PodReadyToStartContainers', sandbox !== undefined && (isHostNetwork(pod) || sandbox.ip !== '')),
    initialized(pod, init, regular, phase), ...readyConditions(pod, regular, phase), condition('PodScheduled', true),
  ];
  const others = (old.conditions ?? []).filter((it) => !conditions.some((own) => own.type === it.type));
  return {
    conditions: [...conditions, ...others], ...(regular.length === 0 ? {} : { containerStatuses: regular }), hostIP: context.hostIp, hostIPs: [{ ip: context.hostIp }],
    ...(init.length === 0 ? {} : { initContainerStatuses: init }), phase, ...said(old), ...(podIp === '' ? {} : { podIP: podIp, podIPs: [{ ip: podIp }] }), qosClass: qosClass(pod), ...(old.startTime === undefined ? {} : { startTime: old.startTime }),
  };
}

/** Sets conditions' and the start's times: a condition keeps its time while its status stays. */
export function withTimes(status: PodStatus, old: PodStatus, now: number): PodStatus {
  const at = time(now);
  const conditions = (status.conditions ?? []).map((it) => {
    const before = old.conditions?.find((other) => other.type === it.type);
    return { lastProbeTime: null, lastTransitionTime: before !== undefined && before.status === it.status ? before.lastTransitionTime ?? at : at, ...(it.message === undefined ? {} : { message: it.message }), ...(it.reason === undefined ? {} : { reason: it.reason }), status: it.status, type: it.type };
  });
  return { ...status, conditions, startTime: old.startTime ?? status.startTime ?? at };
}
