/** What a builtin is: a part of the shell with an argv of its own. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Shell } from '../shell.ts';
import { err } from '../io.ts';

export type Builtin = (shell: Shell, args: readonly string[], name: string) => Coroutine<number>;

/** Prints `bash: name: message` and gives the status. */
export function* complain(shell: Shell, name: string, message: string, status = 1): Coroutine<number> {
  yield* err(`${shell.label()}${name}: ${message}\n`);
  return status;
}
export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
