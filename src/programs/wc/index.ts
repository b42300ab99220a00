/** wc(1): lines, words, characters, bytes and the longest line. */
import { cpu, fstat, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, readAll, reason, usageError } from '../../lib/tool/index.ts';

const ORDER = ['l', 'w', 'm', 'c', 'L'] as const;
type Counts = Record<(typeof ORDER)[number], number>;

function countsOf(text: string): Counts {
  const shown = decodeUtf8(text);
  return { l: text.split('\n').length - 1, w: text.split(/[ \t\n\v\f\r]+/).filter((w) => w !== '').length, m: [...shown].length, c: text.length,
    L: shown.split('\n').reduce((longest, line) => Math.max(longest, [...line].length), 0) };
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'clmLw', { bytes: 'c', chars: 'm', lines: 'l', words: 'w', 'max-line-length': 'L', 'files0-from': 'files0-from:', total: 'total:' });
  if (error !== null) return yield* usageError('wc', error);
  const refused = options.find((o) => o.name.length > 1);
  if (refused !== undefined) {
    yield* complain('wc', `--${refused.name} is not available in this lab`);
    return 1;
  }
  const asked = ORDER.filter((k) => options.some((o) => o.name === k));
  const columns = asked.length === 0 ? ['l', 'w', 'c'] as const : asked;
  const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  const rows: { counts: Counts; name: string }[] = [];
  let status = 0;
  let bytes = 0;
  let regular = true;
  for (const path of operands.length === 0 ? ['-'] : operands) {
    let text = '';
    try {
      const input = yield* openInput(path);
      const it = yield* fstat(input.fd);
      if (it.type === 'file') bytes += it.size;
      else regular = false;
      text = yield* readAll(input.fd);
      yield* closeInput(input);
    } catch (caught) {
      const why = reason(caught);
      yield* complain('wc', `${path}: ${why}`);
      status = 1;
      if (why !== 'Is a directory') continue;
    }
    const counts = countsOf(text);
    for (const k of ORDER) total[k] = k === 'L' ? Math.max(total.L, counts.L) : total[k] + counts[k];
    rows.push({ counts, name: operands.length === 0 ? '' : path });
  }
  if (operands.length > 1) rows.push({ counts: total, name: 'total' });
  const width = operands.length <= 1 && columns.length === 1 ? 1 : Math.max(regular ? 1 : 7, String(bytes).length);
  for (const { counts, name } of rows) yield* write(1, `${columns.map((k) => String(counts[k]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`);
  return status;
}

export const program: Program = { name: 'wc', main: (argv) => quietly(body(argv)) };
