/** nohup(1): runs a command that outlives its terminal; what it prints goes to nohup.out. */
import { cpu, isatty, open, sigaction } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { complain, quietly, quote, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { runProgram } from '../../lib/tool/run.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const words = argv.slice(argv[1] === '--' ? 2 : 1);
  if (words.length === 0) return yield* usageError('nohup', 'missing operand', 125);
  yield* sigaction('HUP', 'ignore');
  const [input, output, errors] = [yield* isatty(0), yield* isatty(1), yield* isatty(2)];
  let out = 1;
  if (output) {
    try {
      out = yield* open('nohup.out', 'a', 0o600);
    } catch (caught) {
      yield* complain('nohup', `failed to open 'nohup.out': ${reason(caught)}`);
      return 125;
    }
    yield* complain('nohup', `${input ? 'ignoring input and ' : ''}appending output to ${quotePath('nohup.out')}`);
  } else if (input) yield* complain('nohup', `ignoring input${errors ? ' and redirecting stderr to stdout' : ''}`);
  const stdin = input ? yield* open('/dev/null', 'r') : 0;
  return yield* runProgram({ path: words[0]!, argv: words, fds: { 0: stdin, 1: out, 2: errors ? out : 2 } }, (why) => `nohup: failed to run command ${quote(words[0]!)}: ${why}`);
}

export const program: Program = { name: 'nohup', main: (argv) => quietly(body(argv)) };
