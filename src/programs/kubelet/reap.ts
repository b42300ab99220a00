/** Ended containers of a pod beyond the newest of each name are removed as soon as another ends. Models pod_container_deletor.go. */
import { checkpoint, del, get, poll, put, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { klogInfo } from '../../lib/klog/index.ts';
import { removeContainer } from './kill.ts';
import type { RuntimePod } from './types.ts';
import { contentRemovable } from './workers.ts';
import type { Workers } from './workers.ts';

const KEEP = 1;

/** Which containers to remove when `ended` (a container, or a sandbox) has ended; null: `ended` is no container of the pod. */
export function removable(runtime: RuntimePod, ended: string, all: boolean): readonly string[] | null {
  const dead = runtime.containers.filter((it) => it.state === 'CONTAINER_EXITED');
  if (all) return dead.map((it) => it.id);
  const matched = runtime.containers.find((it) => it.id === ended);
  if (matched === undefined) return null;
  return dead.filter((it) => it.metadata.name === matched.metadata.name).slice(KEEP).map((it) => it.id);
}

export function* deadContainers(workers: Workers, uid: string, ended: string): Coroutine<void> {
  const runtime = yield* get<RuntimePod>('runtime', uid);
  if (runtime === undefined) return;
  const all = contentRemovable(workers, uid);
  const ids = removable(runtime, ended, all);
  if (ids === null) yield* klogInfo('pod_container_deletor.go:80', "Container not found in pod's containers", 'containerID', ended);
  else if (ids.length > 0) yield* put('reap', String((yield* view('reap')).version).padStart(12, '0'), ids);
}

/** Thread `reaper`: removes containers in the order asked for, apart from the main loop. One may be asked for twice, when it and its sandbox ended together. */
export function* reaper(): Coroutine<void> {
  for (;;) {
    yield* checkpoint('running');
    const queue = yield* view<readonly string[]>('reap');
    for (const [key, ids] of queue.entries()) {
      for (const id of ids) yield* removeContainer(id);
      yield* del('reap', key);
    }
    if (queue.size === 0) yield* poll({ tables: [{ table: 'reap', since: queue.version }] });
  }
}
