/** Each minute: ended containers beyond one of each name, spent sandboxes, logs of pods that are gone. Models kuberuntime_gc.go. Thread `gc`. */
import { attempt, checkpoint, get, poll, readDir, readLink, stat, unlink, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { CriError } from '../../lib/cri/index.ts';
import { klogError } from '../../lib/klog/index.ts';
import { quietCall, runtimeCall } from './bus.ts';
import { removeContainer } from './kill.ts';
import type { RuntimePod, Worker } from './types.ts';
import { removeTree } from './volumes.ts';
import { contentRemovable } from './workers.ts';

const PERIOD = 60_000_000;
const KEEP = 1;

type Gone = (uid: string) => boolean;

/** Ended containers to remove: all of a pod that is gone, else those beyond the newest of their name. */
export function spentContainers(pods: readonly RuntimePod[], gone: Gone): readonly string[] {
  return pods.flatMap((pod) => {
    const ended = pod.containers.filter((it) => it.state !== 'CONTAINER_RUNNING');
    if (gone(pod.uid)) return ended.map((it) => it.id);
    const names = [...new Set(ended.map((it) => it.metadata.name))];
    return names.flatMap((name) => ended.filter((it) => it.metadata.name === name).slice(KEEP).map((it) => it.id));
  });
}

/** Sandboxes that do not run and hold no containers; of a pod that is wanted the newest stays. */
export function spentSandboxes(pods: readonly RuntimePod[], gone: Gone): readonly string[] {
  return pods.flatMap((pod) => (gone(pod.uid) ? pod.sandboxes : pod.sandboxes.slice(1)).filter((it) => it.state !== 'SANDBOX_READY' && !pod.containers.some((one) => one.podSandboxId === it.id)).map((it) => it.id));
}

function* removeSandbox(id: string): Coroutine<void> {
  try {
    yield* runtimeCall('StopPodSandbox', id, 'StopPodSandbox', 'podSandboxID', id);
    yield* runtimeCall('RemovePodSandbox', id, 'RemovePodSandbox', 'podSandboxID', id);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogError('kuberuntime_gc.go:184', caught.message, 'Failed to remove sandbox', 'sandboxID', id);
  }
}

function* removeLogs(gone: Gone): Coroutine<void> {
  const dirs = yield* attempt(readDir('/var/log/pods'), 'ENOENT');
  if (!('errno' in dirs)) for (const { name } of dirs) if (gone(name.slice(name.lastIndexOf('_') + 1))) yield* removeTree(`/var/log/pods/${name}`);
  const links = yield* attempt(readDir('/var/log/containers'), 'ENOENT');
  if ('errno' in links) return;
  for (const { name, type } of links) {
    if (type !== 'link') continue;
    const target = yield* attempt(readLink(`/var/log/containers/${name}`), 'ENOENT');
    if (typeof target === 'string' && 'errno' in (yield* attempt(stat(target), 'ENOENT', 'ENOTDIR'))) yield* attempt(unlink(`/var/log/containers/${name}`), 'ENOENT');
  }
}

function* pods(): Coroutine<readonly RuntimePod[]> { return [...(yield* view<RuntimePod>('runtime')).values()]; }

function* collect(): Coroutine<void> {
  const workers = yield* view<Worker>('workers');
  const synced = (yield* get('sources', 'synced')) === true;
  const gone: Gone = (uid) => synced && contentRemovable({ byUid: Object.fromEntries(workers.entries()), synced }, uid);
  const containers = spentContainers(yield* pods(), gone);
  for (const id of containers) yield* removeContainer(id);
  // What is left is looked at anew: a removed container frees its sandbox.
  const removed = new Set(containers);
  const rest = (yield* pods()).map((it) => ({ ...it, containers: it.containers.filter((one) => !removed.has(one.id)) }));
  for (const id of spentSandboxes(rest, gone)) yield* removeSandbox(id);
  yield* removeLogs(gone);
}

/** The first collections take their time: the recorded ones come this much after the main loop's beat. */
const BEHIND = 600_000;

/** Thread `gc`. */
export function* gc(_arg: Json, saved?: Json): Coroutine<void> {
  if (saved === undefined) yield* poll({ timeout: BEHIND });
  for (;;) {
    yield* checkpoint('running');
    yield* poll({ timeout: PERIOD });
    try {
      yield* quietCall('Version', null);
    } catch (caught) {
      if (!(caught instanceof CriError)) throw caught;
      yield* klogError('kubelet.go:1586', caught.message, 'Container garbage collection failed');
      continue;
    }
    yield* collect();
  }
}
