/** What containerd asks of a shim, done one request at a time. */
import { errnoOf } from '../../kernel/errno.ts';
import { close, exit, now, open, openPty, pipe, spawn } from '../../kernel/sys.ts';
import type { Coroutine, SpawnSpec } from '../../kernel/sys.ts';
import type { ShimExec, ShimReply, ShimRequest, ShimSpec } from '../../lib/cri/index.ts';
import { attachTo } from './attach.ts';
import { killQuietly, push } from './quiet.ts';
import { taskOf, withTask } from './state.ts';
import type { Output, State } from './state.ts';

interface Started { readonly pid: number; readonly input: number | null; readonly outputs: readonly Output[] }

/** Spawns with pipes for output, and for input when `stdin`. Returns the errno when the program cannot be run. */
function* start(spec: Omit<SpawnSpec, 'fds'>, stdin: boolean): Coroutine<Started | { readonly errno: string }> {
  const [outR, outW] = yield* pipe();
  const [errR, errW] = yield* pipe();
  const [inR, inW] = stdin ? yield* pipe() : [yield* open('/dev/null', 'r'), null];
  const give = [inR, outW, errW];
  try {
    const pid = yield* spawn({ ...spec, fds: { 0: inR, 1: outW, 2: errW } });
    for (const fd of give) yield* close(fd);
    return { pid, input: inW, outputs: [{ fd: outR, stream: 'stdout', held: '' }, { fd: errR, stream: 'stderr', held: '' }] };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    for (const fd of [...give, outR, errR, ...(inW === null ? [] : [inW])]) yield* close(fd);
    return { errno };
  }
}

/** The same on a terminal of its own, whose size the client will tell. */
function* startOnTerminal(spec: Omit<SpawnSpec, 'fds'>): Coroutine<Started | { readonly errno: string }> {
  const { master, slave } = yield* openPty(80, 24);
  try {
    const pid = yield* spawn({ ...spec, fds: { 0: slave, 1: slave, 2: slave }, ctty: 0 });
    yield* close(slave);
    return { pid, input: master, outputs: [{ fd: master, stream: 'stdout', held: '' }] };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    for (const fd of [slave, master]) yield* close(fd);
    return { errno };
  }
}

function* startTask(state: State, spec: ShimSpec): Coroutine<readonly [State, ShimReply]> {
  const { argv, env, cwd, uid, gid, container, cgroup, stdin = false, stdinOnce = false, tty = false } = spec;
  const process = { path: argv[0] ?? '', argv, env, cwd, uid, gid, container, cgroup, newSession: true };
  const started = yield* tty ? startOnTerminal(process) : start(process, stdin);
  if ('errno' in started) return [state, started];
  const startedAt = yield* now();
  const task = { id: spec.id, pid: started.pid, startedAt, exitedAt: 0, exitCode: null, logPath: spec.logPath, outputs: started.outputs, input: stdin || tty ? started.input : null, tty, stdinOnce, clients: [] };
  return [withTask(state, task), { pid: started.pid }];
}

function* startExec(state: State, conn: number, exec: ShimExec): Coroutine<State> {
  const task = state.tasks.find(({ id }) => id === exec.id);
  const { argv, env, cwd, uid, gid, tty } = exec;
  const spec = { path: argv[0] ?? '', argv, env, cwd, uid, gid, container: { join: task?.pid ?? 0 }, newSession: true };
  const started = task === undefined || task.exitCode !== null ? { errno: 'ESRCH' } : yield* tty ? startOnTerminal(spec) : start(spec, true);
  yield* push(conn, 'errno' in started ? started : { pid: started.pid });
  if ('errno' in started) return state;
  return { ...state, conns: state.conns.filter((fd) => fd !== conn), execs: [...state.execs, { conn, pid: started.pid, tty, input: started.input, outputs: started.outputs }] };
}

/** Handles one request that arrived on `conn`. */
export function* handle(state: State, conn: number, request: ShimRequest): Coroutine<State> {
  switch (request.op) {
    case 'start': {
      const [next, reply] = yield* startTask(state, request.spec);
      yield* push(conn, reply);
      return next;
    }
    case 'exec': return yield* startExec(state, conn, request.exec);
    case 'attach': return yield* attachTo(state, conn, request.id);
    case 'kill': {
      const task = state.tasks.find(({ id }) => id === request.id);
      const done = task !== undefined && task.exitCode === null && (yield* killQuietly(task.pid, request.signal));
      yield* push(conn, done ? { ok: true } : { errno: 'ESRCH' });
      return state;
    }
    case 'tasks':
      yield* push(conn, { tasks: state.tasks.map(taskOf) });
      return state;
    case 'subscribe':
      yield* push(conn, { tasks: state.tasks.map(taskOf) });
      return { ...state, conns: state.conns.filter((fd) => fd !== conn), subscribers: [...state.subscribers, conn] };
    case 'forget':
      yield* push(conn, { ok: true });
      return { ...state, tasks: state.tasks.filter(({ id }) => id !== request.id) };
    case 'shutdown':
      yield* push(conn, { ok: true });
      return yield* exit(0);
  }
}
