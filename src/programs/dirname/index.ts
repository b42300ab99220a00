/** dirname(1). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';

const dirOf = (path: string): string => {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  return trimmed.includes('/') ? trimmed.replace(/\/+[^/]*$/, '') || '/' : '.';
};

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '+z', { zero: 'z' });
  if (error !== null) return yield* usageError('dirname', error);
  if (operands.length === 0) return yield* usageError('dirname', 'missing operand');
  for (const path of operands) yield* write(1, dirOf(path) + (options.length > 0 ? '\0' : '\n'));
  return 0;
}

export const program: Program = { name: 'dirname', main: (argv) => quietly(body(argv)) };
