/** basename(1). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';
import { baseName } from '../../lib/tool/tree.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '+as:z', { multiple: 'a', suffix: 's:', zero: 'z' });
  if (error !== null) return yield* usageError('basename', error);
  const given = options.findLast((o) => o.name === 's')?.value ?? null;
  const many = given !== null || options.some((o) => o.name === 'a');
  if (operands.length === 0) return yield* usageError('basename', 'missing operand');
  if (!many && operands.length > 2) return yield* usageError('basename', `extra operand ${quote(operands[2]!)}`);
  const suffix = many ? given ?? '' : operands[1] ?? '';
  for (const path of many ? operands : operands.slice(0, 1)) {
    const name = path === '' ? '' : baseName(path);
    yield* write(1, (suffix !== '' && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name) + (options.some((o) => o.name === 'z') ? '\0' : '\n'));
  }
  return 0;
}

export const program: Program = { name: 'basename', main: (argv) => quietly(body(argv)) };
