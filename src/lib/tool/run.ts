/** Running another program in one's own place, as env, sudo, timeout and nohup do; its status becomes one's own. */
import { spawn, wait, write } from '../../kernel/sys.ts';
import type { Coroutine, SpawnSpec, WaitStatus } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';

const NUMBERS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15 };
/** A status as a shell gives it: the exit code, or 128 and the signal. */
export const exitStatus = (status: WaitStatus): number => (status.signal === null ? status.code ?? 0 : 128 + (NUMBERS[status.signal] ?? 0));

/** Runs to the end. 127 when there is no such program, 126 when it cannot be run, with the complaint `words` makes of the reason. */
export function* runProgram(spec: SpawnSpec, words: (reason: string) => string): Coroutine<number> {
  let pid: number;
  try {
    pid = yield* spawn(spec);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `${words(strerror(code))}\n`);
    return code === 'ENOENT' ? 127 : 126;
  }
  return exitStatus((yield* wait(pid))!.status);
}
