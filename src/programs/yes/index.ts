/** yes(1): the same line for ever, in blocks, until nobody reads. */
import { checkpoint, cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  let block = saved as string | undefined;
  if (block === undefined) {
    yield* cpu(500);
    const { operands, error } = getopt(argv.slice(1), '+');
    if (error !== null) return yield* usageError('yes', error);
    const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`;
    block = line.repeat(Math.max(1, Math.floor(8192 / line.length)));
  }
  for (;;) {
    yield* checkpoint(block);
    for (let i = 0; i < 64; i++) yield* write(1, block);
  }
}

export const program: Program = { name: 'yes', main: (argv, saved) => quietly(body(argv, saved)) };
