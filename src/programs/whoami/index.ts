/** whoami(1). */
import { cpu, self, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { names } from '../../lib/passwd/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  if (argv[1] !== undefined) return yield* usageError('whoami', /^--?./.test(argv[1]) ? (argv[1].startsWith('--') ? `unrecognized option '${argv[1]}'` : `invalid option -- '${argv[1][1]}'`) : `extra operand ${quote(argv[1])}`);
  yield* write(1, `${(yield* names()).user((yield* self()).uid)}\n`);
  return 0;
}

export const program: Program = { name: 'whoami', main: (argv) => quietly(body(argv)) };
