/** xxd(1): a hex dump, plain (-p), and back (-r -p). */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, usageError } from '../../lib/tool/index.ts';
import { eachText } from '../../lib/tool/operands.ts';

const hex = (text: string, upper: boolean): string => {
  const out = [...text].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return upper ? out.toUpperCase() : out;
};

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'c:g:l:s:prubi', {});
  if (error !== null) return yield* usageError('xxd', error);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const number = (letter: string, otherwise: number): number => Number(options.findLast((o) => o.name === letter)?.value ?? otherwise);
  const refused = ['b', 'i'].find(on) ?? (on('r') && !on('p') ? 'r' : undefined);
  if (refused !== undefined) {
    yield* complain('xxd', `-${refused} is not available in this lab`);
    return 1;
  }
  let text = '';
  // eslint-disable-next-line require-yield
  const status = yield* eachText('xxd', operands.slice(0, 1), function* (piece) { text += piece; });
  if (status !== 0) return 2;
  if (on('r')) {
    yield* write(1, (text.replace(/[^0-9a-fA-F]/g, '').match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''));
    return 0;
  }
  const from = number('s', 0);
  const shown = text.slice(from, from + number('l', Infinity));
  const columns = number('c', on('p') ? 30 : 16);
  const group = number('g', 2) || columns;
  let out = '';
  for (let at = 0; at < shown.length; at += columns) {
    const row = shown.slice(at, at + columns);
    if (on('p')) out += `${hex(row, on('u'))}\n`;
    else {
      const cells = Array.from({ length: Math.ceil(columns / group) }, (_, i) => hex(row.slice(i * group, (i + 1) * group), on('u')).padEnd(Math.min(group, columns - i * group) * 2)).join(' ');
      out += `${(from + at).toString(16).padStart(8, '0')}: ${cells}  ${row.replace(/[^\x20-\x7e]/g, '.')}\n`;
    }
  }
  yield* write(1, out);
  return 0;
}

export const program: Program = { name: 'xxd', main: (argv) => quietly(body(argv)) };
