/**
 * Bringing a pod's sandbox and containers to where they should be. Models kuberuntime_manager.go SyncPod and
 * kuberuntime_container.go startContainer. → the failures, which also are why containers wait until the next sync.
 */
import { attempt, get, now, put, symlink } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { formatDuration } from '../../base/duration.ts';
import { CriError } from '../../lib/cri/index.ts';
import type { Image, PodSandboxConfig } from '../../lib/cri/index.ts';
import { klogError, klogInfo, klogUnhandled } from '../../lib/klog/index.ts';
import { inBackoffSince, nextBackoff, RESTART_LIMITS } from './backoff.ts';
import type { BackoffEntry } from './backoff.ts';
import { containerEvent, podEvent, runtimeCall } from './bus.ts';
import { computePodActions, containerHash, latest } from './compute.ts';
import type { PodActions } from './compute.ts';
import { ConfigError } from './env.ts';
import { goString } from './gotypes.ts';
import { runHandler } from './hooks.ts';
import { ensureImage } from './images.ts';
import { killContainer, killPod, logLink } from './kill.ts';
import { containerConfig, logDirectory, restartsByLog, sandboxConfig } from './runtimeconfig.ts';
import { fullName, isHostNetwork, podText } from './types.ts';
import type { Container, Pod, ProbeResult, Reason, RuntimePod } from './types.ts';

/** One step that failed: `StartContainer` of a container, `CreatePodSandbox` of a pod … */
export interface Failure extends Reason { readonly action: string; readonly target: string }

/** What a pod's containers wait for, when a crash loop is not yet over. Keyed as upstream keys it. */
const backoffKey = (pod: Pod, container: Container): string => `${pod.metadata.name}_${pod.metadata.namespace}_${pod.metadata.uid}_${container.name}_${container.image}_${containerHash(container)}`;

function* backingOff(pod: Pod, container: Container, runtime: RuntimePod | undefined): Coroutine<string | null> {
  const ended = runtime?.containers.find((it) => it.metadata.name === container.name && it.state === 'CONTAINER_EXITED');
  if (ended === undefined) return null;
  const key = backoffKey(pod, container);
  const entry = yield* get<BackoffEntry>('backoff', key);
  const at = yield* now();
  if (!inBackoffSince(entry, ended.finishedAt, at, RESTART_LIMITS)) {
    yield* put('backoff', key, nextBackoff(entry, ended.finishedAt, at, RESTART_LIMITS));
    return null;
  }
  yield* containerEvent(pod, container, 'Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`);
  return `back-off ${formatDuration(entry!.delay)} restarting failed container=${container.name} pod=${podText(pod)}`;
}

interface Sandbox { readonly id: string; readonly config: PodSandboxConfig; readonly ip: string }

function* refuse(pod: Pod, container: Container, reason: string, message: string): Coroutine<Reason> {
  yield* containerEvent(pod, container, 'Warning', 'Failed', `Error: ${message}`);
  return { reason, message };
}

function* launch(pod: Pod, container: Container, sandbox: Sandbox, image: Image, runtime: RuntimePod | undefined): Coroutine<Reason | null> {
  const before = latest(runtime, container.name);
  const restarts = before === undefined ? yield* restartsByLog(pod, container) : Number(before.annotations['io.kubernetes.container.restartCount'] ?? before.metadata.attempt) + 1;
  let id: string;
  try {
    const config = yield* containerConfig(pod, container, image.id, image.user, sandbox.ip, restarts);
    id = yield* runtimeCall('CreateContainer', { podSandboxId: sandbox.id, config, sandboxConfig: sandbox.config }, 'CreateContainer in sandbox', 'podSandboxID', sandbox.id);
  } catch (caught) {
    if (caught instanceof ConfigError) return yield* refuse(pod, container, 'CreateContainerConfigError', caught.message);
    if (caught instanceof CriError) return yield* refuse(pod, container, 'CreateContainerError', caught.desc);
    throw caught;
  }
  yield* containerEvent(pod, container, 'Normal', 'Created', `Created container: ${container.name}`);
  try {
    yield* runtimeCall('StartContainer', id, 'StartContainer', 'containerID', id);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return yield* refuse(pod, container, 'RunContainerError', caught.desc);
  }
  yield* containerEvent(pod, container, 'Normal', 'Started', `Started container ${container.name}`);
  const link = logLink({ id, labels: { 'io.kubernetes.pod.name': pod.metadata.name, 'io.kubernetes.pod.namespace': pod.metadata.namespace! }, metadata: { name: container.name, attempt: restarts } });
  yield* attempt(symlink(`${logDirectory(pod)}/${container.name}/${restarts}.log`, link), 'EEXIST', 'ENOENT');
  const hook = container.lifecycle?.postStart;
  const problem = hook === undefined ? null : yield* runHandler(pod, container, id, hook, 30);
  if (problem === null) return null;
  yield* klogError('kuberuntime_container.go:325', problem, 'Failed to execute PostStartHook', 'pod', fullName(pod), 'podUID', pod.metadata.uid, 'containerName', container.name, 'containerID', `containerd://${id}`);
  yield* containerEvent(pod, container, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
  yield* killContainer({ pod, id, name: container.name, message: 'FailedPostStartHook', graceSeconds: pod.spec.terminationGracePeriodSeconds ?? 30, hostIp: '' });
  return { reason: 'PostStartHookError', message: `PostStart hook failed: ${problem}` };
}

/** Starts a container, or says why not. */
function* start(pod: Pod, container: Container, kind: 'container' | 'init container', sandbox: Sandbox, runtime: RuntimePod | undefined): Coroutine<Failure | null> {
  const failure = (it: Reason): Failure => ({ ...it, action: 'StartContainer', target: container.name });
  const waiting = yield* backingOff(pod, container, runtime);
  if (waiting !== null) return failure({ reason: 'CrashLoopBackOff', message: waiting });
  const found = yield* ensureImage(pod, container);
  let problem: Reason | null;
  if ('image' in found) problem = yield* launch(pod, container, sandbox, found.image, runtime);
  else {
    problem = found;
    yield* containerEvent(pod, container, 'Warning', 'Failed', `Error: ${found.reason === 'ErrImageNeverPull' || found.reason === 'ErrImagePull' || found.reason === 'ImagePullBackOff' ? found.reason : found.message}`);
  }
  if (problem === null) return null;
  if (problem.reason !== 'ImagePullBackOff') {
    yield* klogUnhandled('kuberuntime_manager.go:1358', `${kind} &${goString('v1.Container', container as unknown as Json)} start failed in pod ${podText(pod)}: ${problem.reason}: ${problem.message}`, 'Unhandled Error');
  }
  return failure(problem);
}

/** Makes the sandbox. → it, or the failure. */
function* createSandbox(pod: Pod, attemptNumber: number): Coroutine<Sandbox | Failure> {
  const config = yield* sandboxConfig(pod, attemptNumber);
  try {
    const id = yield* runtimeCall('RunPodSandbox', { config }, 'RunPodSandbox');
    const status = yield* runtimeCall('PodSandboxStatus', id, 'PodSandboxStatus', 'podSandboxID', id);
    return { id, config, ip: status.ip };
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogError('kuberuntime_sandbox.go:70', caught.message, 'Failed to create sandbox for pod', 'pod', fullName(pod));
    yield* klogError('kuberuntime_manager.go:1252', caught.message, 'CreatePodSandbox for pod failed', 'pod', fullName(pod));
    yield* podEvent(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${caught.message}`);
    return { action: 'CreatePodSandbox', target: podText(pod), reason: 'CreatePodSandboxError', message: `Failed to create sandbox for pod "${podText(pod)}": ${caught.message}` };
  }
}

function* sandboxFor(pod: Pod, runtime: RuntimePod | undefined, actions: PodActions): Coroutine<Sandbox | Failure> {
  if (actions.createSandbox) return yield* createSandbox(pod, actions.attempt);
  const [existing] = runtime!.sandboxes;
  return { id: existing!.id, config: yield* sandboxConfig(pod, actions.attempt), ip: existing!.ip };
}

function* results(type: 'liveness' | 'startup', runtime: RuntimePod | undefined): Coroutine<ReadonlyMap<string, ProbeResult>> {
  const out = new Map<string, ProbeResult>();
  for (const { id } of runtime?.containers ?? []) {
    const result = yield* get<ProbeResult>(`results/${type}`, id);
    if (result !== undefined) out.set(id, result);
  }
  return out;
}

/** What to do is computed from `runtime`; then it is done. */
export function* startPod(pod: Pod, runtime: RuntimePod | undefined, hostIp: string): Coroutine<readonly Failure[]> {
  const [liveness, startup] = [yield* results('liveness', runtime), yield* results('startup', runtime)];
  const actions = computePodActions(pod, runtime, { liveness: (id) => liveness.get(id), startup: (id) => startup.get(id) });
  for (const id of actions.ended) yield* klogInfo('scope.go:117', 'RemoveContainer', 'containerID', id);
  if (actions.createSandbox && actions.sandboxId !== '') yield* podEvent(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  if (actions.killPod) {
    const problem = yield* killPod(pod, runtime, null);
    if (problem !== null) return [{ action: 'KillPod', target: podText(pod), reason: 'KillPodError', message: problem }];
    if (!actions.createSandbox) return [];
  }
  for (const it of actions.toKill) {
    const grace = (it.reason === 'liveness' ? pod.spec.containers.find((c) => c.name === it.name)?.livenessProbe?.terminationGracePeriodSeconds : it.reason === 'startup' ? pod.spec.containers.find((c) => c.name === it.name)?.startupProbe?.terminationGracePeriodSeconds : undefined) ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    const problem = yield* killContainer({ pod, id: it.id, name: it.name, message: it.message, graceSeconds: grace, hostIp });
    if (problem !== null) return [{ action: 'KillContainer', target: it.name, reason: 'KillContainerError', message: problem }];
  }
  if (!actions.createSandbox && actions.initToStart.length === 0 && actions.toStart.length === 0) return [];
  const sandbox = yield* sandboxFor(pod, runtime, actions);
  if ('action' in sandbox) return [sandbox];
  const withIp = { ...sandbox, ip: isHostNetwork(pod) ? hostIp : sandbox.ip };
  const failures: Failure[] = [];
  // After a new sandbox the containers of the old one no longer count, but their ends do for the back-off.
  for (const container of actions.initToStart) {
    const failed = yield* start(pod, container, 'init container', withIp, runtime);
    if (failed !== null) return [failed];
  }
  for (const container of actions.toStart) {
    const failed = yield* start(pod, container, 'container', withIp, runtime);
    if (failed !== null) failures.push(failed);
  }
  return failures;
}

/** `failed to "StartContainer" for "c" with CrashLoopBackOff: "…"`, in brackets when there are several. */
export function failureText(failures: readonly Failure[]): string {
  const texts = failures.map((it) => `failed to "${it.action}" for "${it.target}" with ${it.reason}: ${JSON.stringify(it.message)}`);
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}
