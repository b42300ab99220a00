/** tac(1): lines in reverse order. Other separators (-s, -r, -b) are not modelled. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quotePath, usageError } from '../../lib/tool/index.ts';
import { eachText } from '../../lib/tool/operands.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { operands, error } = getopt(argv.slice(1), '');
  if (error !== null) return yield* usageError('tac', error);
  return yield* eachText('tac', operands, function* (text) {
    // A last line without a newline runs into the one before it, as tac's does.
    const lines = text.split('\n').map((line, i, all) => (i < all.length - 1 ? `${line}\n` : line));
    yield* write(1, lines.reverse().join(''));
  }, (path, why) => (why === 'Is a directory' ? `${path}: read error: ${why}` : `failed to open ${quotePath(path)} for reading: ${why}`));
}

export const program: Program = { name: 'tac', main: (argv) => quietly(body(argv)) };
