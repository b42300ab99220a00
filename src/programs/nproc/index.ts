/** nproc(1). */
import { cpu, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const { options, operands, error } = getopt(argv.slice(1), '', { all: '', ignore: ':' });
  if (error !== null) return yield* usageError('nproc', error);
  if (operands.length > 0) return yield* usageError('nproc', `extra operand ${quote(operands[0]!)}`);
  const ignored = Number(options.find((o) => o.name === 'ignore')?.value ?? 0);
  yield* write(1, `${Math.max(1, (yield* uname()).cpus - ignored)}\n`);
  return 0;
}

export const program: Program = { name: 'nproc', main: (argv) => quietly(body(argv)) };
