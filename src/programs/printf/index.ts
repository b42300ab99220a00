/** /bin/printf, for those who start it without a shell. */
import { cpu, now, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';
import { formatPrintf } from '../../lib/tool/printf.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const [format, ...args] = argv.slice(argv[1] === '--' ? 2 : 1);
  if (format === undefined) return yield* usageError('printf', 'missing operand');
  const { text, problems } = formatPrintf(format, args, yield* now());
  yield* write(1, text);
  for (const problem of problems) yield* write(2, `printf: ${problem.replace(/^(.*): invalid number$/s, (_, word: string) => `${quote(word)}: expected a numeric value`)}\n`);
  return problems.length > 0 ? 1 : 0;
}

export const program: Program = { name: 'printf', main: (argv) => quietly(body(argv)) };
