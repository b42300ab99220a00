/** The foreground: a job that has the terminal until it ends or is stopped. */
import { self, tcsetpgrp, waitpid } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { Interrupted } from './errors.ts';
import { err } from './io.ts';
import { addJob } from './jobs.ts';
import type { Shell } from './shell.ts';
import { describeSignal, statusOf } from './signals.ts';

/** Waits for a foreground job with the terminal in its hands. → exit statuses in order. Errors: Interrupted, when ^C ended it. */
export function* waitForeground(shell: Shell, pids: readonly number[], pgid: number, text: string): Coroutine<number[]> {
  const { state } = shell;
  const statuses = new Map<number, number>();
  const left = new Set(pids);
  if (state.interactive && state.tty !== null && pgid !== 0) yield* tcsetpgrp(state.tty, pgid);
  let stopped = false;
  let interrupted = false;
  while (left.size > 0 && !stopped) {
    const target = state.interactive ? -pgid : [...left][0]!;
    let done;
    try {
      done = yield* waitpid({ pid: target, nohang: false, untraced: state.interactive });
    } catch (caught) {
      if (errnoOf(caught) === 'EINTR') continue;
      if (errnoOf(caught) === 'ECHILD') break;
      throw caught;
    }
    if (done === null) continue;
    if (done.status.stopped) stopped = true;
    else left.delete(done.pid);
    statuses.set(done.pid, statusOf(done.status));
    if (done.status.signal === 'INT') interrupted = true;
    else if (done.status.signal !== null && done.status.signal !== 'PIPE' && state.interactive) yield* err(`${describeSignal(done.status.signal)}\n`);
  }
  if (state.interactive && state.tty !== null) yield* tcsetpgrp(state.tty, (yield* self()).pgid);
  if (stopped) {
    const job = addJob(state, { pgid, pids, text, stopped: true, left: [...left], status: 148 });
    yield* err(`\n[${job.id}]+  Stopped                 ${text}\n`);
    return [148];
  }
  if (interrupted && state.interactive) {
    // A child that died of ^C ends the loop or list it stood in, as if the shell had been interrupted itself; a trap says otherwise.
    if (state.traps['INT'] === undefined) throw new Interrupted('interrupted');
    yield* err('\n');
  }
  return pids.map((pid) => statuses.get(pid) ?? 127);
}
