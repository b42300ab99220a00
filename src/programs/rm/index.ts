/** rm(1). Asks nothing: as root without -i it never would, but for -i itself, which is refused plainly. */
import { cpu, rmdir, unlink, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { look, removeTree } from '../../lib/tool/tree.ts';

const LONG = { force: 'f', recursive: 'r', dir: 'd', verbose: 'v', 'preserve-root': 'preserve', 'no-preserve-root': 'no-preserve', 'one-file-system': 'one' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1500);
  const { options, operands, error } = getopt(argv.slice(1), 'dfiIrRv', LONG);
  if (error !== null) return yield* usageError('rm', error);
  const on = (letters: string): boolean => options.some((o) => letters.includes(o.name));
  const force = on('f');
  if (on('iI') && !force) {
    yield* complain('rm', '-i is not available in this lab');
    return 1;
  }
  if (operands.length === 0) return force ? 0 : yield* usageError('rm', 'missing operand');
  const told = function* (path: string, dir: boolean): Coroutine<void> { if (on('v')) yield* write(1, `removed ${dir ? 'directory ' : ''}${quotePath(path)}\n`); };
  let status = 0;
  for (const path of operands) {
    const problem = yield* one(path);
    if (problem === null) continue;
    yield* complain('rm', problem);
    status = 1;
  }
  return status;

  function* one(path: string): Coroutine<string | null> {
    if (/^\/+$/.test(path) && on('rR') && !on('no-preserve')) return `it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe`;
    if (/(^|\/)\.\.?\/*$/.test(path)) return `refusing to remove '.' or '..' directory: skipping ${quotePath(path)}`;
    try {
      const it = yield* look(path, false);
      if (it === null) return force ? null : `cannot remove ${quotePath(path)}: No such file or directory`;
      if (it.type === 'dir' && !on('rR')) {
        if (!on('d')) return `cannot remove ${quotePath(path)}: Is a directory`;
        yield* rmdir(path);
        yield* told(path, true);
      } else if (it.type === 'dir') yield* removeTree(path, told);
      else {
        yield* unlink(path);
        yield* told(path, false);
      }
      return null;
    } catch (caught) {
      return `cannot remove ${quotePath(path)}: ${reason(caught)}`;
    }
  }
}

export const program: Program = { name: 'rm', main: (argv) => quietly(body(argv)) };
