/** strings(1): the printable runs in a file. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, usageError } from '../../lib/tool/index.ts';
import { eachText } from '../../lib/tool/operands.ts';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const { options, operands, error } = getopt(argv.slice(1).map((a) => a.replace(/^-(\d+)$/, '-n$1')), 'an:ft:', { all: 'a', bytes: 'n:', 'print-file-name': 'f', radix: 't:' });
  if (error !== null) return yield* usageError('strings', error);
  const least = Number(options.findLast((o) => o.name === 'n')?.value ?? 4);
  if (!Number.isInteger(least) || least < 1) {
    yield* complain('strings', `invalid minimum string length ${options.findLast((o) => o.name === 'n')?.value}`);
    return 1;
  }
  const named = options.some((o) => o.name === 'f');
  const radix = options.findLast((o) => o.name === 't')?.value ?? null;
  return yield* eachText('strings', operands, function* (text, path) {
    let out = '';
    for (const m of text.matchAll(/[\t\x20-\x7e]+/g)) {
      if (m[0].length < least) continue;
      out += `${named ? `${path}: ` : ''}${radix === null ? '' : `${m.index.toString(radix === 'x' ? 16 : radix === 'o' ? 8 : 10).padStart(7)} `}${m[0]}\n`;
    }
    yield* write(1, out);
  }, (path, why) => (why === 'No such file or directory' ? `'${path}': No such file` : why === 'Is a directory' ? `Warning: '${path}' is a directory` : `${path}: ${why}`));
}

export const program: Program = { name: 'strings', main: (argv) => quietly(body(argv)) };
