/**
 * What containerd and its shims say to each other. A shim outlives containerd: it is the parent of a pod's
 * processes, copies their output into the log files and remembers how they ended.
 */
import type { Bytes, ContainerSpec, Signal } from '../../kernel/sys.ts';

/** How to start a container's first process. */
export interface ShimSpec {
  readonly id: string; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly cwd: string;
  readonly uid: number; readonly gid: number; readonly container: Exclude<ContainerSpec, { readonly join: number }>; readonly cgroup: string;
  /** Where its output goes; null = nowhere. */ readonly logPath: string | null;
  /** Whether clients may speak to it, only one of them, and on a terminal. */ readonly stdin?: boolean; readonly stdinOnce?: boolean; readonly tty?: boolean;
}
export interface ShimExec { readonly id: string; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>>; readonly cwd: string; readonly uid: number; readonly gid: number; readonly tty: boolean }
export interface ShimTask { readonly id: string; readonly pid: number; readonly startedAt: number; readonly exitedAt: number; readonly exitCode: number | null }

export type ShimRequest =
  | { readonly op: 'start'; readonly spec: ShimSpec }
  | { readonly op: 'kill'; readonly id: string; readonly signal: Signal }
  | { readonly op: 'forget'; readonly id: string }
  | { readonly op: 'tasks' }
  | { readonly op: 'subscribe' }
  | { readonly op: 'exec'; readonly exec: ShimExec }
  | { readonly op: 'attach'; readonly id: string }
  | { readonly op: 'shutdown' };

/** `errno` in place of a result: the process could not be started (ENOENT, EACCES …), or is gone (ESRCH). */
export type ShimReply = { readonly pid: number } | { readonly tasks: readonly ShimTask[] } | { readonly ok: true } | { readonly errno: string };
/** Pushed to subscribers. */
export interface ShimExit { readonly exit: ShimTask }
/** On an exec's connection, from the shim; the other way travel `ExecInput`s. */
export type ShimStream = { readonly stdout: Bytes } | { readonly stderr: Bytes } | { readonly exit: number };

/** The socket of the shim of sandbox `id`. */
export const shimSocket = (id: string): string => `/run/containerd/s/${id}`;
