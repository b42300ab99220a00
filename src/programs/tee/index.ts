/** tee(1): standard input to standard output and into files. */
import { cpu, open, read, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, reason, usageError } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'aip', { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'p' });
  if (error !== null) return yield* usageError('tee', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  if (on('i')) yield* sigaction('INT', 'ignore');
  let status = 0;
  const outs = [1];
  for (const path of operands) {
    try {
      outs.push(yield* open(path, on('a') ? 'a' : 'w'));
    } catch (caught) {
      yield* complain('tee', `${path}: ${reason(caught)}`);
      status = 1;
    }
  }
  for (let data = yield* read(0); data !== ''; data = yield* read(0)) for (const fd of outs) yield* write(fd, data);
  return status;
}

export const program: Program = { name: 'tee', main: (argv) => quietly(body(argv)) };
