/** mkdir(1). */
import { chmod, cpu, mkdir, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { applyMode } from '../../lib/tool/mode.ts';
import { look } from '../../lib/tool/tree.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'm:pvZ', { mode: 'm:', parents: 'p', verbose: 'v' });
  if (error !== null) return yield* usageError('mkdir', error);
  if (operands.length === 0) return yield* usageError('mkdir', 'missing operand');
  const mode = options.find((o) => o.name === 'm')?.value ?? null;
  if (mode !== null && applyMode(mode, 0o777, true) === null) {
    yield* complain('mkdir', `invalid mode ${quote(mode)}`);
    return 1;
  }
  const verbose = options.some((o) => o.name === 'v');
  const make = function* (path: string): Coroutine<void> {
    yield* mkdir(path);
    if (verbose) yield* write(1, `mkdir: created directory ${quotePath(path)}\n`);
  };
  let status = 0;
  for (const path of operands) {
    try {
      if (options.some((o) => o.name === 'p')) yield* parents(path, make);
      else yield* make(path);
      if (mode !== null) yield* chmod(path, applyMode(mode, 0o777, true)!);
    } catch (caught) {
      yield* complain('mkdir', `cannot create directory ${quote(path)}: ${reason(caught)}`);
      status = 1;
    }
  }
  return status;
}
function* parents(path: string, make: (path: string) => Coroutine<void>): Coroutine<void> {
  const parts = path.split('/');
  for (let i = 1; i <= parts.length; i++) {
    const part = parts.slice(0, i).join('/');
    if (part === '' || part.endsWith('/')) continue;
    if ((yield* look(part))?.type !== 'dir') yield* make(part);
  }
}

export const program: Program = { name: 'mkdir', main: (argv) => quietly(body(argv)) };
