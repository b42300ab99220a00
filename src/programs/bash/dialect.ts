/**
 * Whose manners an interpreter has. The language is bash's in all three, which is more than dash and busybox' ash understand;
 * what a learner sees of them is the prompt and how they say that a command, a file or a directory is not there.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { strerror } from '../../kernel/errno.ts';
import type { Errno } from '../../kernel/errno.ts';
import { busyboxHere } from '../../lib/busybox/index.ts';

export type Dialect = 'bash' | 'dash' | 'ash';

/** By the name it was started under: `sh` is busybox' where there is a busybox, and dash elsewhere. */
export function* dialectOf(argv0: string): Coroutine<Dialect> {
  const name = argv0.replace(/^-/, '').replace(/^.*\//, '');
  if (name !== 'sh' && name !== 'dash' && name !== 'ash') return 'bash';
  return (yield* busyboxHere()) === null ? 'dash' : 'ash';
}

/** PS1 where nobody set it. */
export const PROMPT: Readonly<Record<Dialect, string>> = { bash: '\\s-\\v\\$ ', dash: '\\$ ', ash: '\\w \\$ ' };

/** Why a redirection's file was not opened. Models ash's errmsg, which has words of its own for what is not there. */
export function openComplaint(dialect: Dialect, path: string, code: Errno, writing: boolean): string {
  if (dialect === 'bash') return `${path}: ${strerror(code)}`;
  const verb = `${dialect === 'ash' ? "can't" : 'cannot'} ${writing ? 'create' : 'open'}`;
  const missing = dialect === 'ash' ? (writing ? 'nonexistent directory' : 'no such file') : writing ? 'Directory nonexistent' : 'No such file';
  return `${verb} ${path}: ${code === 'ENOENT' ? missing : strerror(code)}`;
}
/** Why cd stays where it is. */
export const cdComplaint = (dialect: Dialect, path: string, code: Errno): string =>
  (dialect === 'bash' ? `${path}: ${strerror(code)}` : `can't cd to ${path}${dialect === 'ash' ? `: ${strerror(code)}` : ''}`);
