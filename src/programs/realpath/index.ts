/** realpath(1). Relative answers (--relative-to) are not modelled. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { canonical } from '../../lib/tool/canonical.ts';
import { complain, quietly, reason, usageError } from '../../lib/tool/index.ts';

const LONG = { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', logical: 'L', physical: 'P', quiet: 'q', strip: 's', 'no-symlinks': 's', zero: 'z', 'relative-to': 'relative-to:', 'relative-base': 'relative-base:' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'emLPqsz', LONG);
  if (error !== null) return yield* usageError('realpath', error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const refused = options.find((o) => o.name.startsWith('relative'));
  if (refused !== undefined) {
    yield* complain('realpath', `--${refused.name} is not available in this lab`);
    return 1;
  }
  if (operands.length === 0) return yield* usageError('realpath', 'missing operand');
  let status = 0;
  for (const path of operands) {
    try {
      yield* write(1, (yield* canonical(path, on('e') ? 'none' : on('m') ? 'any' : 'last', !on('s'))) + (on('z') ? '\0' : '\n'));
    } catch (caught) {
      const why = reason(caught);
      if (!on('q')) yield* complain('realpath', `${path === '' ? "''" : path}: ${why}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'realpath', main: (argv) => quietly(body(argv)) };
