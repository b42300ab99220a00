/** Clients attached to a container's first process: they hear what it says, beside the log, and may speak to it. */
import { close, recv, ttyResize, write, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { ExecInput, ShimStream } from '../../lib/cri/index.ts';
import { killQuietly, push } from './quiet.ts';
import { withTask, type State, type Task } from './state.ts';

/** Joins a client to a running task; false when there is none by that id. */
export function* attachTo(state: State, conn: number, id: string): Coroutine<State> {
  const task = state.tasks.find((one) => one.id === id);
  if (task === undefined || task.exitCode !== null) {
    yield* push(conn, { errno: 'ESRCH' });
    return state;
  }
  yield* push(conn, { pid: task.pid });
  return withTask({ ...state, conns: state.conns.filter((fd) => fd !== conn) }, { ...task, clients: [...task.clients, conn] });
}

/** Tells every client what the process wrote. */
export function* tellClients(task: Task, frame: ShimStream): Coroutine<void> {
  for (const conn of task.clients) yield* push(conn, frame);
}

/** Tells them how it ended, and lets them go. */
export function* dismissClients(task: Task, exit: number): Coroutine<Task> {
  for (const conn of task.clients) {
    yield* push(conn, { exit });
    yield* close(conn);
  }
  if (task.input !== null && !task.tty) yield* close(task.input);
  return { ...task, clients: [], input: null };
}

/** The input was meant for one client: with that client it ends. */
function* endInput(task: Task): Coroutine<Task> {
  if (task.input === null || !task.stdinOnce) return task;
  if (task.tty) {
    yield* killQuietly(task.pid, 'HUP');
    return task;
  }
  yield* close(task.input);
  return { ...task, input: null };
}

/** Takes one frame from an attached client: input, its end, a size, or the client's going away. */
export function* feedTask(state: State, task: Task, conn: number): Coroutine<State> {
  let frame: ExecInput | null;
  try {
    frame = (yield* recv(conn)) as ExecInput | null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    frame = null;
  }
  if (frame === null) {
    yield* close(conn);
    return withTask(state, { ...(yield* endInput(task)), clients: task.clients.filter((fd) => fd !== conn) });
  }
  if ('resize' in frame) {
    if (task.tty && task.input !== null) yield* ttyResize(task.input, frame.resize.cols, frame.resize.rows);
  } else if ('stdin' in frame) {
    try {
      if (task.input !== null) yield* write(task.input, frame.stdin);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;   // nobody reads any more
    }
  } else if ('eof' in frame && !task.tty) return withTask(state, yield* endInput(task));
  return state;
}
