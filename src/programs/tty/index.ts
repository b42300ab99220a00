/** tty(1): the terminal on standard input. */
import { cpu, isatty, self, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quietly } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const is = yield* isatty(0);
  if (argv[1] !== '-s') yield* write(1, is ? `/dev/${(yield* self()).tty}\n` : 'not a tty\n');
  return is ? 0 : 1;
}

export const program: Program = { name: 'tty', main: (argv) => quietly(body(argv)) };
