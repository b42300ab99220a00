/** Moving bytes: from processes into log files and to exec's connections, and from there into a process's stdin. */
import { appendFile, close, now, poll, read, recv, ttyResize, write } from '../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { ExecInput, ShimStream } from '../../lib/cri/index.ts';
import { tellClients } from './attach.ts';
import { criLines } from './log.ts';
import { killQuietly, push } from './quiet.ts';
import { withExec, withTask } from './state.ts';
import type { Exec, Output, State, Task } from './state.ts';

function* append(task: Task, text: string): Coroutine<void> {
  if (text === '' || task.logPath === null) return;
  try {
    yield* appendFile(task.logPath, text, 0o640);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;   // the log's directory was removed: the output is lost, as with a real shim
  }
}

/** Copies what is there from one output of a task. Closes it at end of file. */
export function* copyLog(state: State, task: Task, output: Output): Coroutine<State> {
  const data = yield* read(output.fd);
  if (data !== '') yield* tellClients(task, output.stream === 'stdout' ? { stdout: data } : { stderr: data });
  const at = yield* now();
  const { text, held } = criLines(output.stream, output.held, data, at, data === '');
  yield* append(task, text);
  const others = task.outputs.filter(({ fd }) => fd !== output.fd);
  if (data !== '') return withTask(state, { ...task, outputs: task.outputs.map((it) => (it.fd === output.fd ? { ...it, held } : it)) });
  yield* close(output.fd);
  return withTask(state, { ...task, outputs: others });
}

export function* copyStream(state: State, exec: Exec, output: Output): Coroutine<State> {
  const data = yield* read(output.fd);
  if (data !== '') {
    yield* push(exec.conn, (output.stream === 'stdout' ? { stdout: data } : { stderr: data }) satisfies ShimStream);
    return state;
  }
  yield* close(output.fd);
  return withExec(state, { ...exec, outputs: exec.outputs.filter(({ fd }) => fd !== output.fd) });
}

/** Takes one frame from an exec's client: input, its end, a signal, or the client's going away. */
export function* feed(state: State, exec: Exec): Coroutine<State> {
  let frame: ExecInput | null;
  try {
    frame = (yield* recv(exec.conn)) as ExecInput | null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    frame = null;
  }
  if (frame !== null && 'signal' in frame) {
    yield* killQuietly(exec.pid, frame.signal as Signal);
    return state;
  }
  if (frame !== null && 'resize' in frame) {
    if (exec.tty) yield* ttyResize(exec.input!, frame.resize.cols, frame.resize.rows);
    return state;
  }
  if (frame !== null && 'stdin' in frame) {
    if (exec.input !== null) {
      try {
        yield* write(exec.input, frame.stdin);
      } catch (caught) {
        if (errnoOf(caught) === null) throw caught;   // nobody reads any more
      }
    }
    return state;
  }
  // A terminal has no end of input of its own: it is closed with its process.
  if (exec.input !== null && !exec.tty) yield* close(exec.input);
  if (frame === null) {
    yield* killQuietly(exec.pid, 'KILL');
    yield* close(exec.conn);
    return withExec(state, { ...exec, input: exec.tty ? exec.input : null, conn: -1 });
  }
  return exec.tty ? state : withExec(state, { ...exec, input: null });
}

/** Reads whatever a finished process still has in its pipes (a grandchild may keep them open: then only what is there now). */
export function* drain(from: State, owner: (state: State) => Task | Exec | undefined, copy: (state: State, output: Output) => Coroutine<State>): Coroutine<State> {
  let state = from;
  for (;;) {
    const fds = owner(state)?.outputs.map(({ fd }) => fd) ?? [];
    if (fds.length === 0) return state;
    const ready = yield* poll({ fds, timeout: 0 });
    const output = owner(state)!.outputs.find(({ fd }) => fd === ready.fds[0]);
    if (output === undefined) return state;
    state = yield* copy(state, output);
  }
}
