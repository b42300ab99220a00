/**
 * Whose manners an interpreter has. The language is bash's in all three, which is more than dash and busybox' ash understand;
 * what a learner sees of them is the prompt and how they say that a command is not there.
 */
import { attempt, stat } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';

export type Dialect = 'bash' | 'dash' | 'ash';

/** By the name it was started under: `sh` is busybox' where there is a busybox, and dash elsewhere. */
export function* dialectOf(argv0: string): Coroutine<Dialect> {
  const name = argv0.replace(/^-/, '').replace(/^.*\//, '');
  if (name !== 'sh' && name !== 'dash' && name !== 'ash') return 'bash';
  return 'errno' in (yield* attempt(stat('/bin/busybox'), 'ENOENT', 'ENOTDIR', 'EACCES')) ? 'dash' : 'ash';
}

/** PS1 where nobody set it. */
export const PROMPT: Readonly<Record<Dialect, string>> = { bash: '\\s-\\v\\$ ', dash: '\\$ ', ash: '\\w \\$ ' };
