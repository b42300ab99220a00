/**
 * What to do about a pod: which containers to start and kill, whether the sandbox must be made anew.
 * Pure. Models kuberuntime_manager.go computePodActions of 1.33. Not modelled: in-place resize, ephemeral containers.
 */
import { canonical } from '../../base/json.ts';
import { memoOf } from '../../base/memo.ts';
import type { Json } from '../../base/json.ts';
import { ANNOTATION } from '../../lib/cri/index.ts';
import type { ContainerStatus as RuntimeContainer } from '../../lib/cri/index.ts';
import { fnv32a } from '../../base/md5.ts';
import { isHostNetwork, isSidecar } from './types.ts';
import type { Container, Pod, ProbeResult, RuntimePod } from './types.ts';

export interface ToKill { readonly id: string; readonly name: string; readonly message: string; readonly reason: 'liveness' | 'startup' | 'other' }
export interface PodActions {
  readonly killPod: boolean; readonly createSandbox: boolean; readonly sandboxId: string; readonly attempt: number;
  readonly initToStart: readonly Container[]; readonly toStart: readonly Container[]; readonly toKill: readonly ToKill[];
  /** Ended containers looked at: each gets a "RemoveContainer" line from the topology manager. */ readonly ended: readonly string[];
}
/** What the probes last said about a container id. */
export interface ProbeResults { liveness(id: string): ProbeResult | undefined; startup(id: string): ProbeResult | undefined }

export const latest = (runtime: RuntimePod | undefined, name: string): RuntimeContainer | undefined => runtime?.containers.find((it) => it.metadata.name === name);

/** Eight hexadecimal digits of the definition: an edited container has another hash. */
export const containerHash = memoOf((container: Container): string => fnv32a(canonical(container as unknown as Json)).toString(16));

/** Whether a container that is not running is to be run (again). */
export function shouldRestart(container: Container, pod: Pod, runtime: RuntimePod | undefined): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const status = latest(runtime, container.name);
  if (status === undefined) return true;
  if (status.state === 'CONTAINER_RUNNING') return false;
  if (status.state === 'CONTAINER_UNKNOWN' || status.state === 'CONTAINER_CREATED') return true;
  if (pod.spec.restartPolicy === 'Never') return false;
  return pod.spec.restartPolicy !== 'OnFailure' || status.exitCode !== 0;
}

/** → whether a new sandbox is due, its attempt, and the id of the one there was. */
function sandboxChanged(pod: Pod, runtime: RuntimePod | undefined): readonly [boolean, number, string] {
  const [first] = runtime?.sandboxes ?? [];
  if (first === undefined) return [true, 0, ''];
  const ready = runtime!.sandboxes.filter((it) => it.state === 'SANDBOX_READY').length;
  if (ready > 1 || first.state !== 'SANDBOX_READY') return [true, first.metadata.attempt + 1, first.id];
  if (!isHostNetwork(pod) && first.ip === '') return [true, first.metadata.attempt + 1, first.id];
  return [false, first.metadata.attempt, first.id];
}

const succeeded = (container: Container, runtime: RuntimePod | undefined): boolean => {
  const status = latest(runtime, container.name);
  return status !== undefined && status.state === 'CONTAINER_EXITED' && status.exitCode === 0;
};

type Init = { readonly done: boolean; readonly start: readonly Container[]; readonly failed: boolean };
/** Where the init containers are: the next to start, or all done. Sidecars are done as soon as they run. */
function initActions(pod: Pod, runtime: RuntimePod | undefined): Init {
  const inits = pod.spec.initContainers ?? [];
  // Once a regular container exists, initialisation is behind us.
  if (pod.spec.containers.some((it) => latest(runtime, it.name) !== undefined)) {
    return { done: true, failed: false, start: inits.filter((it) => isSidecar(it) && latest(runtime, it.name)?.state !== 'CONTAINER_RUNNING') };
  }
  for (const container of inits) {
    const status = latest(runtime, container.name);
    if (status === undefined) return { done: false, failed: false, start: [container] };
    if (status.state === 'CONTAINER_RUNNING') {
      if (isSidecar(container)) continue;
      return { done: false, failed: false, start: [] };
    }
    if (status.state === 'CONTAINER_EXITED' && status.exitCode === 0 && !isSidecar(container)) continue;
    if (pod.spec.restartPolicy === 'Never' && status.state === 'CONTAINER_EXITED' && !isSidecar(container)) return { done: false, failed: true, start: [] };
    return { done: false, failed: false, start: [container] };
  }
  return { done: true, failed: false, start: [] };
}

function judge(container: Container, status: RuntimeContainer, results: ProbeResults): Omit<ToKill, 'id' | 'name'> | null {
  if (status.annotations[ANNOTATION.hash] !== undefined && status.annotations[ANNOTATION.hash] !== containerHash(container)) return { message: `Container ${container.name} definition changed`, reason: 'other' };
  if (results.liveness(status.id) === 'failure') return { message: `Container ${container.name} failed liveness probe`, reason: 'liveness' };
  if (results.startup(status.id) === 'failure') return { message: `Container ${container.name} failed startup probe`, reason: 'startup' };
  return null;
}

export function computePodActions(pod: Pod, runtime: RuntimePod | undefined, results: ProbeResults): PodActions {
  const [changed, attempt, sandboxId] = sandboxChanged(pod, runtime);
  const none: PodActions = { killPod: changed, createSandbox: changed, sandboxId, attempt, initToStart: [], toStart: [], toKill: [], ended: [] };
  if (changed) {
    if (pod.spec.restartPolicy === 'Never' && attempt !== 0 && (runtime?.containers.length ?? 0) > 0) return { ...none, createSandbox: false };
    const toStart = pod.spec.containers.filter((it) => pod.spec.restartPolicy !== 'OnFailure' || !succeeded(it, runtime));
    if (toStart.length === 0) return { ...none, createSandbox: false };
    const [init] = pod.spec.initContainers ?? [];
    return init === undefined ? { ...none, toStart } : { ...none, initToStart: [init] };
  }
  const init = initActions(pod, runtime);
  if (!init.done) return { ...none, killPod: init.failed, initToStart: init.start };
  const toStart: Container[] = [];
  const toKill: ToKill[] = [];
  const ended: string[] = [];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const status = latest(runtime, container.name);
    if (status === undefined || status.state !== 'CONTAINER_RUNNING') {
      if (status !== undefined) ended.push(status.id);
      if (shouldRestart(container, pod, runtime)) toStart.push(container);
      continue;
    }
    const verdict = judge(container, status, results);
    if (verdict === null) {
      kept++;
      continue;
    }
    const restart = pod.spec.restartPolicy !== 'Never' || verdict.reason === 'other';
    if (restart) toStart.push(container);
    toKill.push({ ...verdict, id: status.id, name: container.name, message: restart ? `${verdict.message}, will be restarted` : verdict.message });
  }
  const over = kept === 0 && toStart.length === 0;
  return { ...none, killPod: over, initToStart: over ? [] : init.start, toStart, toKill, ended };
}
