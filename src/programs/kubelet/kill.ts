/** Ending containers and pods: preStop, SIGTERM, patience, and what the events say. Models kuberuntime_container.go killContainer and killPodWithSyncResult. */
import { attempt, get, poll, put, thread, unlink, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { ANNOTATION, CriError } from '../../lib/cri/index.ts';
import type { ContainerStatus as RuntimeContainer } from '../../lib/cri/index.ts';
import { klogError, klogInfo } from '../../lib/klog/index.ts';
import { containerEvent, quietCall, runtimeCall } from './bus.ts';
import { runHandler } from './hooks.ts';
import { containersOf } from './types.ts';
import type { Pod, RuntimePod } from './types.ts';

/** What the thread `kill` is told; it answers in the table `killed`. */
interface KillArg { readonly key: string; readonly pod: Pod | null; readonly id: string; readonly name: string; readonly message: string; readonly graceSeconds: number; readonly hostIp: string }

/** Ends one container. Returns an error text, or null. */
export function* killContainer(arg: Omit<KillArg, 'key'>): Coroutine<string | null> {
  const { pod, name, id } = arg;
  const spec = pod === null ? undefined : containersOf(pod).find((it) => it.name === name);
  if (pod !== null) yield* containerEvent(pod, { name }, 'Normal', 'Killing', arg.message === '' ? `Stopping container ${name}` : arg.message);
  const hook = spec?.lifecycle?.preStop;
  if (pod !== null && spec !== undefined && hook !== undefined && arg.graceSeconds > 0) {
    const problem = yield* runHandler(pod, spec, id, hook, arg.graceSeconds);
    if (problem !== null) {
      yield* klogError('kuberuntime_container.go:747', problem, 'PreStop hook failed', 'pod', `${pod.metadata.namespace}/${pod.metadata.name}`, 'podUID', pod.metadata.uid, 'containerName', name, 'containerID', `containerd://${id}`);
      yield* containerEvent(pod, spec, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
    }
  }
  try {
    yield* runtimeCall('StopContainer', { id, timeout: Math.max(2, arg.graceSeconds) }, 'StopContainer', 'containerID', id);
    return null;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return caught.message;
  }
}

/** Thread `kill`: one container of a pod that ends as a whole. */
export function* killThread(given: Json): Coroutine<void> {
  const arg = given as unknown as KillArg;
  const problem = yield* killContainer(arg);
  yield* put('killed', arg.key, problem ?? '');
}

function graceFor(pod: Pod | null, container: RuntimeContainer, graceSeconds: number | null): number {
  if (graceSeconds !== null) return graceSeconds;
  return pod?.metadata.deletionGracePeriodSeconds ?? pod?.spec.terminationGracePeriodSeconds ?? Number(container.annotations[ANNOTATION.terminationGracePeriod] ?? 30);
}

/** Ends all running containers at once, then the sandboxes. Returns an error text, or null. */
export function* killPod(pod: Pod | null, runtime: RuntimePod | undefined, graceSeconds: number | null): Coroutine<string | null> {
  const running = (runtime?.containers ?? []).filter((it) => it.state === 'CONTAINER_RUNNING' || it.state === 'CONTAINER_UNKNOWN');
  const keys = running.map((it) => it.id);
  for (const it of running) yield* thread('kill', { key: it.id, pod, id: it.id, name: it.metadata.name, message: '', graceSeconds: graceFor(pod, it, graceSeconds), hostIp: '' } satisfies KillArg as unknown as Json);
  for (;;) {
    const killed = yield* view<string>('killed');
    if (keys.every((key) => killed.has(key))) break;
    yield* poll({ tables: [{ table: 'killed', since: killed.version }] });
  }
  const problems = (yield* each(keys, (key) => get<string>('killed', key))).filter((it) => it !== undefined && it !== '');
  for (const sandbox of runtime?.sandboxes ?? []) {
    try {
      yield* runtimeCall('StopPodSandbox', sandbox.id, 'StopPodSandbox', 'podSandboxID', sandbox.id);
    } catch (caught) {
      if (!(caught instanceof CriError)) throw caught;
      problems.push(caught.message);
    }
  }
  return problems.length === 0 ? null : problems.join(', ');
}

function* each<A, B>(items: readonly A[], act: (item: A) => Coroutine<B>): Coroutine<B[]> {
  const out: B[] = [];
  for (const item of items) out.push(yield* act(item));
  return out;
}

/** Removes an ended container with its log and the link to it. */
export function* removeContainer(id: string): Coroutine<void> {
  yield* klogInfo('scope.go:117', 'RemoveContainer', 'containerID', id);
  try {
    const status = yield* runtimeCall('ContainerStatus', id, 'ContainerStatus', 'containerID', id);
    if (status.logPath !== '') yield* attempt(unlink(status.logPath), 'ENOENT', 'ENOTDIR');
    yield* attempt(unlink(logLink(status)), 'ENOENT');
    yield* quietCall('RemoveContainer', id);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogInfo('pod_container_deletor.go:53', 'DeleteContainer returned error', 'containerID', { raw: JSON.stringify({ Type: 'containerd', ID: id }) }, 'err', `failed to get container status "${id}": ${caught.message}`);
  }
}

/** /var/log/containers/<pod>_<namespace>_<container>-<id>.log */
export function logLink({ id, labels, metadata }: Pick<RuntimeContainer, 'id' | 'labels' | 'metadata'>): string {
  const name = `${labels['io.kubernetes.pod.name']}_${labels['io.kubernetes.pod.namespace']}_${metadata.name}-${id}`;
  return `/var/log/containers/${name.slice(0, 251)}.log`;
}
