/** Small conveniences around system calls for the shell. */
import { read, sys, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { ShellError } from './errors.ts';

/** Writes to standard output; a closed pipe is silent, as for a builtin whose reader left. */
export function* out(text: string): Coroutine<void> {
  try {
    yield* write(1, text);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
  }
}
export function* err(text: string): Coroutine<void> {
  try {
    yield* write(2, text);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
  }
}
/** What a shell may hold in one text, bytes. */
export const MEMORY = 16 * 1024 * 1024;
/** All that can be read from `fd`. Errors: ShellError when it is endless. */
export function* readAll(fd: number): Coroutine<string> {
  let text = '';
  for (;;) {
    let data: string;
    try {
      data = yield* read(fd);
    } catch (caught) {
      if (caught instanceof SysError && caught.code === 'EINTR') continue;
      throw caught;
    }
    if (data === '') return text;
    text += data;
    if (text.length > MEMORY) throw new ShellError('xrealloc: cannot allocate memory', 2);
  }
}
/** Closes, whatever its state. */
export function* closeQuietly(fd: number): Coroutine<void> {
  try {
    yield* sys('close', fd);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
  }
}
