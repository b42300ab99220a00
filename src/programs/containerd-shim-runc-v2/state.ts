/** What a shim must remember across a checkpoint: descriptors by number, tasks and running execs. */
import type { ShimTask } from '../../lib/cri/index.ts';
import type { Bytes } from '../../kernel/sys.ts';

/** One end of a process's output, while it is open. */
export interface Output { readonly fd: number; readonly stream: 'stdout' | 'stderr'; readonly held: Bytes }
/** With `tty`, input and output are one descriptor. `clients` are attached to it. */
export interface Task extends ShimTask {
  readonly logPath: string | null; readonly outputs: readonly Output[]; readonly input: number | null; readonly tty: boolean; readonly stdinOnce: boolean; readonly clients: readonly number[];
}
/** A process in a container whose output goes to a connection. With `tty`, input and output are one descriptor: the terminal's master. */
export interface Exec { readonly conn: number; readonly pid: number; readonly tty: boolean; readonly input: number | null; readonly outputs: readonly Output[] }
export interface State {
  readonly listener: number;
  readonly conns: readonly number[];
  readonly subscribers: readonly number[];
  readonly tasks: readonly Task[];
  readonly execs: readonly Exec[];
}

/** Everything to wait for. */
export function descriptors(state: State): number[] {
  const outputs = [...state.tasks, ...state.execs].flatMap((it) => it.outputs.map(({ fd }) => fd));
  return [state.listener, ...state.conns, ...state.subscribers, ...state.execs.map(({ conn }) => conn), ...state.tasks.flatMap(({ clients }) => clients), ...outputs];
}

export const withTask = (state: State, task: Task): State => ({ ...state, tasks: [...state.tasks.filter(({ id }) => id !== task.id), task] });
export const withExec = (state: State, exec: Exec): State => ({ ...state, execs: state.execs.map((it) => (it.pid === exec.pid ? exec : it)) });
/** The task as containerd sees it. */
export const taskOf = ({ id, pid, startedAt, exitedAt, exitCode }: Task): ShimTask => ({ id, pid, startedAt, exitedAt, exitCode });
