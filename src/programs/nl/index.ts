/** nl(1): numbers the lines that are not empty (or all, -ba). Sections and patterns are not modelled. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, usageError } from '../../lib/tool/index.ts';
import { eachText, linesOf } from '../../lib/tool/operands.ts';

const LONG = { 'body-numbering': 'b:', 'line-increment': 'i:', 'number-format': 'n:', 'number-separator': 's:', 'starting-line-number': 'v:', 'number-width': 'w:' };

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'b:i:n:s:v:w:', LONG);
  if (error !== null) return yield* usageError('nl', error);
  const value = (letter: string, otherwise: string): string => options.findLast((o) => o.name === letter)?.value ?? otherwise;
  const style = value('b', 't');
  if (!/^[atn]$/.test(style)) {
    if (style.startsWith('p')) yield* complain('nl', '-bp is not available in this lab');
    else yield* usageError('nl', `invalid body numbering style: ${quote(style)}`);
    return 1;
  }
  const [width, step] = [Number(value('w', '6')), Number(value('i', '1'))];
  const separator = value('s', '\t');
  const form = value('n', 'rn');
  let n = Number(value('v', '1'));
  return yield* eachText('nl', operands, function* (text) {
    let out = '';
    for (const line of linesOf(text)) {
      if (style === 'n' || (style === 't' && line === '')) {
        out += `${' '.repeat(width + separator.length)}${line}\n`;
        continue;
      }
      out += `${form === 'ln' ? String(n).padEnd(width) : String(n).padStart(width, form === 'rz' ? '0' : ' ')}${separator}${line}\n`;
      n += step;
    }
    yield* write(1, out);
  });
}

export const program: Program = { name: 'nl', main: (argv) => quietly(body(argv)) };
