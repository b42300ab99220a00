/** printenv(1). */
import { cpu, environ, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '+0', { null: '0' });
  if (error !== null) return yield* usageError('printenv', error, 2);
  const end = options.length > 0 ? '\0' : '\n';
  const vars = yield* environ();
  if (operands.length === 0) for (const [name, value] of Object.entries(vars)) yield* write(1, `${name}=${value}${end}`);
  for (const name of operands) if (vars[name] !== undefined) yield* write(1, `${vars[name]}${end}`);
  return operands.every((name) => vars[name] !== undefined) ? 0 : 1;
}

export const program: Program = { name: 'printenv', main: (argv) => quietly(body(argv)) };
