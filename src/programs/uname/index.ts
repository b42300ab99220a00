/** uname(1), and arch(1). */
import { cpu, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';

const LONG = { all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', 'kernel-version': 'v', machine: 'm', processor: 'p', 'hardware-platform': 'i', 'operating-system': 'o' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'asnrvmpio', LONG);
  if (error !== null) return yield* usageError('uname', error);
  if (operands.length > 0) return yield* usageError('uname', `extra operand ${quote(operands[0]!)}`);
  const u = yield* uname();
  if (argv[0]!.endsWith('arch')) {
    yield* write(1, `${u.machine}\n`);
    return 0;
  }
  const all = options.some((o) => o.name === 'a');
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  // -a leaves out what is unknown.
  const fields: readonly [string, string][] = [['s', 'Linux'], ['n', u.hostname], ['r', u.release], ['v', u.version], ['m', u.machine], ['p', all ? '' : 'unknown'], ['i', all ? '' : 'unknown'], ['o', 'GNU/Linux']];
  const shown = fields.filter(([letter, text]) => (all || on(letter) || (options.length === 0 && letter === 's')) && text !== '');
  yield* write(1, `${shown.map(([, text]) => text).join(' ')}\n`);
  return 0;
}

export const program: Program = { name: 'uname', main: (argv) => quietly(body(argv)) };
