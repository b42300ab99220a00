/** /bin/pwd, for those who start it without a shell. */
import { cpu, getcwd, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const { error } = getopt(argv.slice(1), 'LP', { logical: 'L', physical: 'P' });
  if (error !== null) return yield* usageError('pwd', error);
  yield* write(1, `${yield* getcwd()}\n`);
  return 0;
}

export const program: Program = { name: 'pwd', main: (argv) => quietly(body(argv)) };
