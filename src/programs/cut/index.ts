/** cut(1): fields, bytes or characters of each line. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';
import { eachText, linesOf } from '../../lib/tool/operands.ts';

interface Range { readonly from: number; readonly to: number }

/** `N`, `N-`, `N-M`, `-M`, separated by commas; a string is the complaint. */
function rangesOf(list: string, fields: boolean): Range[] | string {
  const what = fields ? 'fields' : 'byte/character positions';
  const ranges: Range[] = [];
  for (const part of list.split(',')) {
    const m = /^(\d*)(-?)(\d*)$/.exec(part);
    if (m === null) return /^[-\d]*-[-\d]*$/.test(part) ? `invalid ${fields ? 'field' : 'byte or character'} range` : `invalid ${fields ? 'field value' : 'byte/character position'} ${quote(/[^\d-].*/.exec(part)?.[0] ?? part)}`;
    if (part === '-') return 'invalid range with no endpoint: -';
    const from = m[1] === '' ? 1 : Number(m[1]);
    const to = m[2] === '' ? from : m[3] === '' ? Infinity : Number(m[3]);
    if (from === 0 || part === '') return `${what} are numbered from 1`;
    if (to < from) return 'invalid decreasing range';
    ranges.push({ from, to });
  }
  return ranges;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'b:c:d:f:nsz', { bytes: 'b:', characters: 'c:', delimiter: 'd:', fields: 'f:', 'only-delimited': 's', complement: 'complement', 'output-delimiter': 'output-delimiter:', 'zero-terminated': 'z' });
  if (error !== null) return yield* usageError('cut', error);
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const lists = options.filter((o) => 'bcf'.includes(o.name));
  if (lists.length === 0) return yield* usageError('cut', 'you must specify a list of bytes, characters, or fields');
  if (lists.length > 1) return yield* usageError('cut', 'only one list may be specified');
  const kind = lists[0]!.name;
  if (on('d') && kind !== 'f') return yield* usageError('cut', 'an input delimiter may be specified only when operating on fields');
  if (on('s') && kind !== 'f') return yield* usageError('cut', 'suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  const delimiter = value('d') ?? '\t';
  if (delimiter.length !== 1) return yield* usageError('cut', 'the delimiter must be a single character');
  const ranges = rangesOf(lists[0]!.value!, kind === 'f');
  if (typeof ranges === 'string') return yield* usageError('cut', ranges);
  const wanted = (n: number): boolean => ranges.some((r) => n >= r.from && n <= r.to) !== on('complement');
  const joiner = value('output-delimiter') ?? (kind === 'f' ? delimiter : '');
  const pick = (line: string): string | null => {
    if (kind === 'f') {
      if (!line.includes(delimiter)) return on('s') ? null : line;
      return line.split(delimiter).filter((_, i) => wanted(i + 1)).join(joiner);
    }
    // GNU's -c counts bytes, as -b does.
    let out = '';
    for (let i = 0; i < line.length; i++) if (wanted(i + 1)) out += (joiner !== '' && out !== '' && !wanted(i) ? joiner : '') + line[i];
    return out;
  };
  const end = on('z') ? '\0' : '\n';
  return yield* eachText('cut', operands, function* (text) {
    const out = linesOf(text, end).map(pick).filter((l) => l !== null).map((l) => l + end).join('');
    if (out !== '') yield* write(1, out);
  });
}

export const program: Program = { name: 'cut', main: (argv) => quietly(body(argv)) };
