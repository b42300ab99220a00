/**
 * The shim of a pod: the parent of its processes, so that they outlive containerd. One loop over its socket,
 * its processes' output and their ends. Not modelled: checkpoints, stats, cgroup events.
 * Models containerd's runtime/v2 shim lifecycle: `… start` detaches the shim and ends.
 */
import { accept, checkpoint, close, environ, listen, mkdir, now, open, poll, recv, sigaction, spawn, unlink, waitpid, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, WaitStatus } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { attempt } from '../../kernel/sys.ts';
import { shimSocket } from '../../lib/cri/index.ts';
import type { ShimRequest } from '../../lib/cri/index.ts';
import { dismissClients, feedTask } from './attach.ts';
import { copyLog, copyStream, drain, feed } from './output.ts';
import { push } from './quiet.ts';
import { handle } from './requests.ts';
import { descriptors, taskOf, withTask } from './state.ts';
import type { State } from './state.ts';

const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15 };
const exitCode = (status: WaitStatus): number => status.code ?? 128 + (SIGNALS[status.signal ?? 'KILL'] ?? 9);

function option(argv: readonly string[], name: string): string {
  const at = argv.indexOf(name);
  return at < 0 ? '' : argv[at + 1] ?? '';
}

/** A process ended: its last output, then word to whoever waits for it. */
function* ended(from: State, pid: number, status: WaitStatus): Coroutine<State> {
  const code = exitCode(status);
  const exec = from.execs.find((it) => it.pid === pid);
  if (exec !== undefined) {
    const state = yield* drain(from, (s) => s.execs.find((it) => it.pid === pid), (s, output) => copyStream(s, s.execs.find((it) => it.pid === pid)!, output));
    const last = state.execs.find((it) => it.pid === pid)!;
    for (const { fd } of last.outputs) yield* close(fd);
    if (last.input !== null && !last.tty) yield* close(last.input);
    if (last.conn >= 0) {
      yield* push(last.conn, { exit: code });
      yield* close(last.conn);
    }
    return { ...state, execs: state.execs.filter((it) => it.pid !== pid) };
  }
  if (!from.tasks.some((it) => it.pid === pid)) return from;
  const find = (s: State): State['tasks'][number] | undefined => s.tasks.find((it) => it.pid === pid);
  let state = yield* drain(from, find, (s, output) => copyLog(s, find(s)!, output));
  const task = { ...(yield* dismissClients(find(state)!, code)), exitCode: code, exitedAt: yield* now() };
  state = withTask(state, task);
  for (const conn of state.subscribers) yield* push(conn, { exit: taskOf(task) });
  return state;
}

function* reap(from: State): Coroutine<State> {
  let state = from;
  for (;;) {
    const done = yield* attempt(waitpid({ pid: -1, nohang: true, untraced: false }), 'ECHILD');
    if (done === null || 'errno' in done) return state;
    state = yield* ended(state, done.pid, done.status);
  }
}

/** Serves one readable descriptor. */
function* serve(state: State, fd: number): Coroutine<State> {
  if (fd === state.listener) return { ...state, conns: [...state.conns, (yield* accept(fd)).fd] };
  const task = state.tasks.find(({ outputs }) => outputs.some((it) => it.fd === fd));
  if (task !== undefined) return yield* copyLog(state, task, task.outputs.find((it) => it.fd === fd)!);
  const attached = state.tasks.find(({ clients }) => clients.includes(fd));
  if (attached !== undefined) return yield* feedTask(state, attached, fd);
  const exec = state.execs.find((it) => it.conn === fd || it.outputs.some((output) => output.fd === fd));
  if (exec !== undefined) return yield* (exec.conn === fd ? feed(state, exec) : copyStream(state, exec, exec.outputs.find((it) => it.fd === fd)!));
  if (!state.conns.includes(fd) && !state.subscribers.includes(fd)) return state;
  let request: ShimRequest | null = null;
  try {
    request = (yield* recv(fd)) as unknown as ShimRequest | null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  if (request !== null) return yield* handle(state, fd, request);
  yield* close(fd);
  return { ...state, conns: state.conns.filter((it) => it !== fd), subscribers: state.subscribers.filter((it) => it !== fd) };
}

/** `… start`: leaves the real shim behind, in a session of its own, and is gone. */
function* detach(argv: readonly string[]): Coroutine<number> {
  const none = yield* open('/dev/null', 'r');
  yield* spawn({ path: argv[0]!, argv: argv.slice(0, -1), env: yield* environ(), newSession: true, fds: { 0: none, 1: none, 2: 2 } });
  yield* write(1, `unix://${shimSocket(option(argv, '-id'))}`);
  return 0;
}

function* begin(id: string): Coroutine<State> {
  yield* attempt(mkdir('/run/containerd/s', 0o711), 'EEXIST');
  yield* attempt(unlink(shimSocket(id)), 'ENOENT');
  for (const signal of ['CHLD', 'TERM', 'INT', 'PIPE'] as const) yield* sigaction(signal, signal === 'CHLD' ? 'catch' : 'ignore');
  return { listener: yield* listen({ net: 'unix', path: shimSocket(id) }), conns: [], subscribers: [], tasks: [], execs: [] };
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (argv[argv.length - 1] === 'start') return yield* detach(argv);
  let state = saved as unknown as State | undefined ?? (yield* begin(option(argv, '-id')));
  for (;;) {
    yield* checkpoint(state);
    const { fds, signal } = yield* poll({ fds: descriptors(state).filter((fd) => fd >= 0), signals: true });
    // One at a time: serving a descriptor may close another, or take its number again.
    if (fds.length > 0) state = yield* serve(state, fds[0]!);
    if (signal === 'CHLD') state = yield* reap(state);
  }
}

export const program: Program = { name: 'containerd-shim-runc-v2', main };
