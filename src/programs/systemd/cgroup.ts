/** Processes by control group: what belongs to a unit, what it used, and who must be killed. */
import { errnoOf } from '../../kernel/errno.ts';
import { kill, processes } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo, Signal } from '../../kernel/sys.ts';
import { cgroupOf } from './exec.ts';

const within = (cgroup: string, unit: string): boolean => cgroup === cgroupOf(unit) || cgroup.startsWith(`${cgroupOf(unit)}/`);

/** The living processes of a unit. */
export function* members(unit: string): Coroutine<ProcessInfo[]> {
  return (yield* processes()).filter((p) => p.state !== 'Z' && within(p.cgroup, unit));
}

/** Sends a signal; a process that is gone already is no error. */
export function* signalPid(pid: number, signal: Signal): Coroutine<boolean> {
  try {
    yield* kill(pid, signal);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** How `ps` names a process: at most 15 letters. */
export const commOf = (p: ProcessInfo): string => (p.argv[0] ?? p.program).replace(/^.*\//, '').slice(0, 15);
