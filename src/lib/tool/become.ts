/**
 * What a container's entrypoint does with the command it was given: it becomes it. There is no exec(2) here that keeps the process, so
 * the command is a child whose end is ours, and signals are passed on.
 */
import { attempt, kill, poll, sigaction, spawn, wait, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { exitStatus } from './run.ts';

/** Runs `argv` to its end; → its status, or 127 and 126 as a shell's exec, with the complaint `words` makes of the reason. */
export function* become(argv: readonly string[], words: (reason: string) => string): Coroutine<number> {
  let pid: number;
  try {
    pid = yield* spawn({ path: argv[0]!, argv });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* write(2, `${words(errno === 'ENOENT' ? 'not found' : strerror(errno))}\n`);
    return errno === 'ENOENT' ? 127 : 126;
  }
  for (const signal of ['TERM', 'INT', 'HUP', 'QUIT'] as const) yield* sigaction(signal, 'catch');
  for (;;) {
    const ended = yield* attempt(wait(pid), 'EINTR');
    if (ended !== null && !('errno' in ended)) return exitStatus(ended.status);
    const { signal } = yield* poll({ signals: true, timeout: 0 });
    if (signal !== null) yield* attempt(kill(pid, signal), 'ESRCH');
  }
}
