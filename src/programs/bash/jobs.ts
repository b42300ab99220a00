/** Job control's bookkeeping: which jobs there are, what became of them. */
import { waitpid } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { ShellError } from './errors.ts';
import { err } from './io.ts';
import type { Shell } from './shell.ts';
import type { Job, ShellState } from './state.ts';
import { describeSignal, statusOf } from './signals.ts';

export function addJob(state: ShellState, job: Omit<Job, 'id' | 'done'>): Job {
  const id = Math.max(0, ...state.jobs.map((j) => j.id)) + 1;
  const whole: Job = { ...job, id, done: false };
  state.jobs = [...state.jobs, whole];
  return whole;
}
export const dropJob = (state: ShellState, id: number): void => { state.jobs = state.jobs.filter((j) => j.id !== id); };

/** `%1`, `%+`, `%-`, `%name`, `%?text`, or a pid. Errors: ShellError. */
export function findJob(state: ShellState, spec: string, who: string): Job {
  const none = (): never => { throw new ShellError(`${who}: ${spec === '' ? 'current' : spec}: no such job`); };
  const { jobs } = state;
  const text = spec.replace(/^%/, '');
  if (text === '' || text === '+' || text === '%') return jobs.at(-1) ?? none();
  if (text === '-') return jobs.at(-2) ?? jobs.at(-1) ?? none();
  if (!spec.startsWith('%')) return jobs.find((j) => j.pids.includes(Number(spec))) ?? none();
  if (/^\d+$/.test(text)) return jobs.find((j) => j.id === Number(text)) ?? none();
  return jobs.find((j) => (text.startsWith('?') ? j.text.includes(text.slice(1)) : j.text.startsWith(text))) ?? none();
}

export function jobLine(state: ShellState, job: Job, word: string): string {
  const mark = job === state.jobs.at(-1) ? '+' : job === state.jobs.at(-2) ? '-' : ' ';
  return `[${job.id}]${mark}  ${word.padEnd(24)}${job.text}${word === 'Running' ? ' &' : ''}\n`;
}

/** Collects process substitutions that ended, without a word. */
export function* reapStrays({ state }: Shell): Coroutine<void> {
  const left: number[] = [];
  for (const pid of state.strays) {
    try {
      if ((yield* waitpid({ pid, nohang: true, untraced: false })) === null) left.push(pid);
    } catch (caught) {
      if (errnoOf(caught) !== 'ECHILD') throw caught;
    }
  }
  if (state.strays.length > 0) state.strays = left;
}

/** Collects children that ended, without waiting. In an interactive shell finished jobs are announced. */
export function* reapJobs(shell: Shell): Coroutine<void> {
  const { state } = shell;
  yield* reapStrays(shell);
  for (const job of state.jobs) {
    let left = job.left;
    for (const pid of job.left) {
      let done;
      try {
        done = yield* waitpid({ pid, nohang: true, untraced: true });
      } catch (caught) {
        if (errnoOf(caught) !== 'ECHILD') throw caught;
        left = left.filter((p) => p !== pid);
        continue;
      }
      if (done === null) continue;
      if (done.status.stopped) job.stopped = true;
      else {
        left = left.filter((p) => p !== pid);
        if (pid === job.pids.at(-1)) job.status = statusOf(done.status);
        if (state.interactive && left.length === 0) {
          const { signal, code } = done.status;
          yield* err(jobLine(state, job, signal !== null ? describeSignal(signal) : code === 0 ? 'Done' : `Exit ${code}`));
        }
      }
    }
    state.jobs = state.jobs.map((j) => (j.id === job.id ? { ...job, left, done: left.length === 0 } : j));
  }
  if (state.interactive) state.jobs = state.jobs.filter((j) => !j.done);
}
