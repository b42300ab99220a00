/** containerd's side of the shims: starting one for a sandbox, asking it, and following what ends in it. */
import { attempt, checkpoint, close, connect, environ, now, open, pipe, put, random, read, recv, send, sleep, spawn, thread, view, waitpid } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { logrus, shimSocket } from '../../lib/cri/index.ts';
import type { ShimExit, ShimReply, ShimRequest, ShimTask } from '../../lib/cri/index.ts';
import type { ContainerRecord, SandboxRecord } from './records.ts';
import { findSandbox, putContainer, putSandbox } from './store.ts';

const SHIM = '/usr/bin/containerd-shim-runc-v2';

/** Starts the shim of sandbox `id` and waits until its socket answers. Throws SysError when it cannot be run. */
export function* startShim(id: string): Coroutine<void> {
  const [out, outW] = yield* pipe();
  const none = yield* open('/dev/null', 'r');
  const argv = [SHIM, '-namespace', 'k8s.io', '-id', id, '-address', '/run/containerd/containerd.sock', 'start'];
  const pid = yield* spawn({ path: SHIM, argv, env: yield* environ(), fds: { 0: none, 1: outW, 2: 2 }, newSession: true });
  yield* close(outW);
  yield* close(none);
  while ((yield* read(out)) !== '');
  yield* close(out);
  yield* attempt(waitpid({ pid, nohang: false, untraced: false }), 'ECHILD');
  for (let tries = 0; tries < 100; tries++) {
    const fd = yield* attempt(connect({ net: 'unix', path: shimSocket(id) }), 'ENOENT', 'ECONNREFUSED');
    if (typeof fd === 'number') return void (yield* close(fd));
    yield* sleep(1000);
  }
}

/** One question to the shim of a sandbox. `errno` ECONNREFUSED when there is no shim (any more). */
export function* askShim(sandboxId: string, request: ShimRequest): Coroutine<ShimReply> {
  let fd: number;
  try {
    fd = yield* connect({ net: 'unix', path: shimSocket(sandboxId) });
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    return { errno: 'ECONNREFUSED' };
  }
  let reply: ShimReply | null = null;
  try {
    yield* send(fd, request as unknown as Json);
    reply = (yield* recv(fd)) as unknown as ShimReply | null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  yield* close(fd);
  return reply ?? { errno: 'ECONNREFUSED' };
}

/** Writes down how a task ended. Its id is a container's, or the sandbox's own (its pause process). */
export function* taskExited(sandboxId: string, task: ShimTask): Coroutine<void> {
  if (task.exitCode === null) return;
  if (task.id === sandboxId) {
    const record = yield* findSandbox(sandboxId);
    if (record !== undefined && record.ready) yield* putSandbox({ ...record, ready: false, pid: 0 });
    return;
  }
  const containers = yield* view<ContainerRecord>('containers');
  const record = containers.get(task.id);
  if (record === undefined || record.finishedAt > 0) return;
  const reason = task.exitCode === 0 ? 'Completed' : 'Error';
  yield* putContainer({ ...record, pid: 0, exitCode: task.exitCode, finishedAt: task.exitedAt, reason, unknown: false });
  yield* put('exits', task.id, task.exitCode);
}

/** runc takes the ended task down before its state says so, and before who stopped it hears of it. */
function* takenDown(): Coroutine<void> {
  const [jitter = 0] = yield* random('containerd/stop');
  yield* sleep(40_000 + (jitter % 40_000));
}

/** All that ran under a shim that is gone (the node was switched off, the shim was killed). */
export function* shimLost(sandboxId: string): Coroutine<void> {
  const at = yield* now();
  const containers = yield* view<ContainerRecord>('containers');
  for (const record of containers.values()) {
    if (record.sandboxId !== sandboxId || record.startedAt === 0 || record.finishedAt > 0) continue;
    yield* putContainer({ ...record, pid: 0, exitCode: 255, finishedAt: at, reason: 'Unknown', unknown: false });
    yield* put('exits', record.id, 255);
  }
  const record = yield* findSandbox(sandboxId);
  if (record !== undefined && record.ready) yield* putSandbox({ ...record, ready: false, pid: 0 });
}

/** Thread `monitor`: follows one shim until it ends. */
export function* monitor(arg: Json, saved?: Json): Coroutine<void> {
  const id = arg as string;
  const fd = saved as number | undefined ?? (yield* subscribe(id));
  if (fd < 0) return yield* shimLost(id);
  yield* follow(id, fd);
  yield* close(fd);
  yield* logrus('info', 'shim disconnected', { id, namespace: 'k8s.io' });
  yield* shimLost(id);
}

function* subscribe(id: string): Coroutine<number> {
  const fd = yield* attempt(connect({ net: 'unix', path: shimSocket(id) }), 'ENOENT', 'ECONNREFUSED');
  if (typeof fd !== 'number') return -1;
  yield* send(fd, { op: 'subscribe' });
  return fd;
}

function* follow(id: string, fd: number): Coroutine<void> {
  for (;;) {
    yield* checkpoint(fd);
    let frame: unknown = null;
    try {
      frame = yield* recv(fd);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
    if (frame === null) return;
    if (!('exit' in (frame as object))) for (const task of (frame as { tasks: readonly ShimTask[] }).tasks) yield* taskExited(id, task);
    else {
      yield* takenDown();
      yield* taskExited(id, (frame as ShimExit).exit);
    }
  }
}

export function* watchShim(record: SandboxRecord): Coroutine<void> {
  yield* thread('monitor', record.id);
}
