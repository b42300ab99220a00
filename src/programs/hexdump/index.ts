/** hexdump(1): words in hexadecimal, or -C with the text beside them. Formats (-e) are not modelled. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, usageError } from '../../lib/tool/index.ts';
import { eachText } from '../../lib/tool/operands.ts';

const byte = (text: string, at: number): string => (at < text.length ? text.charCodeAt(at).toString(16).padStart(2, '0') : '');
function canonical(row: string): string {
  const half = (from: number): string => Array.from({ length: 8 }, (_, i) => byte(row, from + i).padEnd(2)).join(' ');
  return `  ${half(0)}  ${half(8)}  |${row.replace(/[^\x20-\x7e]/g, '.')}|`;
}
const words = (row: string): string => Array.from({ length: 8 }, (_, i) => (2 * i < row.length ? ` ${byte(row, 2 * i + 1).padStart(2, '0')}${byte(row, 2 * i)}` : '     ')).join('');

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'Cn:s:vbcdoxe:', { canonical: 'C', length: 'n:', skip: 's:', 'no-squeezing': 'v' });
  if (error !== null) return yield* usageError('hexdump', error);
  const refused = options.find((o) => 'bcdoxe'.includes(o.name));
  if (refused !== undefined) {
    yield* complain('hexdump', `-${refused.name} is not available in this lab`);
    return 1;
  }
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  let text = '';
  // eslint-disable-next-line require-yield
  const status = yield* eachText('hexdump', operands, function* (piece) { text += piece; });
  const value = (letter: string): number | null => { const v = options.findLast((o) => o.name === letter)?.value; return v === undefined || v === null ? null : Number(v); };
  const from = value('s') ?? 0;
  const end = Math.min(text.length, from + (value('n') ?? Infinity));
  const address = (n: number): string => n.toString(16).padStart(on('C') ? 8 : 7, '0');
  let before: string | null = null;
  let starred = false;
  for (let at = from; at < end; at += 16) {
    const row = text.slice(at, Math.min(end, at + 16));
    if (row === before && row.length === 16 && !on('v')) {
      if (!starred) yield* write(1, '*\n');
      starred = true;
      continue;
    }
    [before, starred] = [row, false];
    yield* write(1, `${address(at)}${on('C') ? canonical(row) : words(row)}\n`);
  }
  if (end > from) yield* write(1, `${address(end)}\n`);
  return status;
}

export const program: Program = { name: 'hexdump', main: (argv) => quietly(body(argv)) };
