/** rev(1): each line's characters in reverse. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { closeInput, complain, eachLine, openInput, quietly, reason } from '../../lib/tool/index.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  let status = 0;
  for (const path of argv.length === 1 ? ['-'] : argv.slice(1)) {
    try {
      const input = yield* openInput(path);
      yield* eachLine(input.fd, function* (line, ended) {
        yield* write(1, encodeUtf8([...decodeUtf8(line)].reverse().join('')) + (ended ? '' : '\n'));
        return true;
      });
      yield* closeInput(input);
    } catch (caught) {
      const why = reason(caught);
      if (why === 'Broken pipe') throw caught;
      yield* complain('rev', `cannot open ${path}: ${why}`);
      status = 1;
    }
  }
  return status;
}

export const program: Program = { name: 'rev', main: (argv) => quietly(body(argv)) };
