/** The client's side of a process on a terminal in a container: its own terminal goes raw, and sizes travel along. */
import { sigaction, ttyMode, ttySize } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { ExecInput } from './types.ts';

/** Hands every key on as it is typed; changes of size arrive as SIGWINCH from now on. */
export function* enterRaw(): Coroutine<void> {
  yield* ttyMode(0, { raw: true, echo: false });
  yield* sigaction('WINCH', 'catch');
}

export function* leaveRaw(): Coroutine<void> {
  yield* ttyMode(0, { raw: false, echo: true });
  yield* sigaction('WINCH', 'default');
}

/** The frame that tells the far side how large the terminal is now. */
export function* sizeFrame(): Coroutine<ExecInput> {
  return { resize: yield* ttySize(0) };
}
