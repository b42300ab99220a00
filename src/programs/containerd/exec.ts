/** Running a further process in a container: at once with its output collected (ExecSync), or as a stream (Exec). */
import { checkpoint, close, connect, now, poll, random, recv, send } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { CriError, shimSocket } from '../../lib/cri/index.ts';
import type { AttachRequest, ExecInput, ExecOutput, ExecRequest, ExecResult, ShimStream } from '../../lib/cri/index.ts';
import { stateOf } from './records.ts';
import type { ContainerRecord } from './records.ts';
import { envOf, execFailure, gidOf, uidOf } from './start.ts';
import { container, sandbox } from './store.ts';

/** Starts the process; → the connection its output comes on. Throws CriError in containerd's words. */
function* begin(id: string, cmd: readonly string[], tty: boolean): Coroutine<number> {
  const record: ContainerRecord = yield* container(id);
  if (stateOf(record) !== 'CONTAINER_RUNNING') throw new CriError('Unknown', `container is in ${stateOf(record)} state`);
  const owner = yield* sandbox(record.sandboxId);
  const uid = uidOf(record.config, record.image) ?? 0;
  let fd: number;
  try {
    fd = yield* connect({ net: 'unix', path: shimSocket(owner.id) });
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    throw new CriError('Unknown', 'failed to exec in container: failed to load task: no running task found');
  }
  yield* send(fd, { op: 'exec', exec: { id: record.id, argv: cmd, env: { ...(tty ? { TERM: 'xterm' } : {}), ...envOf(record.config, record.image, owner.config.hostname) }, cwd: record.config.workingDir || record.image.workingDir || '/', uid, gid: gidOf(record.config, record.image), tty } });
  const reply = (yield* recv(fd)) as { readonly errno?: string } | null;
  if (reply !== null && reply.errno === undefined) return fd;
  yield* close(fd);
  const words = yield* random('containerd/exec', 8);
  const execId = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  throw new CriError('Unknown', `failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${execFailure(reply?.errno ?? 'ESRCH', cmd[0] ?? '')}`);
}

/** Joins the container's own streams; → the shim's connection, for `relay`. Throws CriError. */
export function* attachStream({ id }: AttachRequest): Coroutine<number> {
  const record: ContainerRecord = yield* container(id);
  const gone = new CriError('Unknown', `container is in ${stateOf(record)} state`);
  if (stateOf(record) !== 'CONTAINER_RUNNING') throw gone;
  try {
    const fd = yield* connect({ net: 'unix', path: shimSocket(record.sandboxId) });
    yield* send(fd, { op: 'attach', id: record.id });
    const reply = (yield* recv(fd)) as { readonly errno?: string } | null;
    if (reply !== null && reply.errno === undefined) return fd;
    yield* close(fd);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
  }
  throw gone;
}

/** `timeout` in seconds, 0 = none: then the process is killed and the call fails with DeadlineExceeded. */
export function* execSync(id: string, cmd: readonly string[], timeout: number): Coroutine<ExecResult> {
  const fd = yield* begin(id, cmd, false);
  yield* send(fd, { eof: true });
  const deadline = timeout > 0 ? (yield* now()) + timeout * 1_000_000 : null;
  let [stdout, stderr] = ['', ''];
  for (;;) {
    const left = deadline === null ? null : Math.max(0, deadline - (yield* now()));
    let frame: ShimStream | null;
    try {
      frame = (yield* recv(fd, left)) as ShimStream | null;
    } catch (caught) {
      if (errnoOf(caught) !== 'EAGAIN') throw caught;
      yield* close(fd);
      throw new CriError('DeadlineExceeded', `failed to exec in container: timeout ${timeout}s exceeded: context deadline exceeded`);
    }
    if (frame === null) throw new CriError('Unknown', 'failed to exec in container: shim is gone');
    if ('stdout' in frame) stdout += frame.stdout;
    else if ('stderr' in frame) stderr += frame.stderr;
    else {
      yield* close(fd);
      return { stdout, stderr, exitCode: frame.exit };
    }
  }
}

/** Begins a stream; → the shim's connection, for `relay`. */
export const execStream = ({ id, cmd, tty }: ExecRequest): Coroutine<number> => begin(id, cmd, tty);

function* take(fd: number): Coroutine<Json> {
  try {
    return yield* recv(fd);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** Passes frames on between a client and a shim until the process ends or the client goes. */
export function* relay(client: number, shim: number): Coroutine<void> {
  for (;;) {
    yield* checkpoint({ client, shim });
    const { fds } = yield* poll({ fds: [shim, client] });
    if (fds.includes(shim)) {
      const frame = (yield* take(shim)) as ExecOutput | null;
      yield* send(client, frame ?? { error: { code: 'Unknown', desc: 'shim is gone' } });
      if (frame === null || 'exit' in frame) break;
    } else {
      const frame = (yield* take(client)) as ExecInput | null;
      if (frame === null) break;
      yield* send(shim, frame);
    }
  }
  yield* close(shim);
  yield* close(client);
}
