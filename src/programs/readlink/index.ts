/** readlink(1). */
import { cpu, readLink, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { canonical } from '../../lib/tool/canonical.ts';
import { complain, quietly, reason, usageError } from '../../lib/tool/index.ts';

const LONG = { canonicalize: 'f', 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', 'no-newline': 'n', quiet: 'q', silent: 's', verbose: 'v', zero: 'z' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'femnqsvz', LONG);
  if (error !== null) return yield* usageError('readlink', error);
  if (operands.length === 0) return yield* usageError('readlink', 'missing operand');
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const mode = options.findLast((o) => 'fem'.includes(o.name))?.name;
  let status = 0;
  for (const path of operands) {
    try {
      const text = mode === undefined ? yield* readLink(path) : yield* canonical(path, mode === 'f' ? 'last' : mode === 'e' ? 'none' : 'any');
      yield* write(1, text + (on('n') && operands.length === 1 ? '' : on('z') ? '\0' : '\n'));
    } catch (caught) {
      const why = reason(caught);
      if (on('v')) yield* complain('readlink', `${path}: ${why}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'readlink', main: (argv) => quietly(body(argv)) };
