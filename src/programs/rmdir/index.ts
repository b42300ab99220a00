/** rmdir(1). */
import { cpu, rmdir, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'pv', { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' });
  if (error !== null) return yield* usageError('rmdir', error);
  if (operands.length === 0) return yield* usageError('rmdir', 'missing operand');
  const on = (name: string): boolean => options.some((o) => o.name === name);
  let status = 0;
  for (const operand of operands) {
    let path = operand.replace(/(?<=.)\/+$/, '');
    try {
      for (;;) {
        if (on('v')) yield* write(1, `rmdir: removing directory, ${quotePath(path)}\n`);
        yield* rmdir(path);
        if (!on('p') || !path.includes('/')) break;
        path = path.replace(/\/+[^/]*$/, '');
        if (path === '') break;
      }
    } catch (caught) {
      const why = reason(caught);
      if (on('ignore') && why === 'Directory not empty') continue;
      yield* complain('rmdir', `failed to remove ${path === operand ? '' : 'directory '}${quotePath(path)}: ${why}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'rmdir', main: (argv) => quietly(body(argv)) };
