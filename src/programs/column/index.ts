/** column(1) of util-linux 2.38: tables (-t), with -s, -o, -N, -R; and lists filled into columns. JSON and trees are not modelled. */
import { cpu, isatty, ttySize, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';
import { eachText, linesOf } from '../../lib/tool/operands.ts';

const LONG = { table: 't', separator: 's:', 'output-separator': 'o:', 'output-width': 'c:', columns: 'c:', 'table-columns': 'N:', 'table-right': 'R:', 'table-noheadings': 'd', 'fillrows': 'x', 'keep-empty-lines': 'L', 'table-columns-limit': 'l:', json: 'J', tree: 'r:' };
const width = (text: string): number => [...decodeUtf8(text)].length;

function table(rows: readonly (readonly string[])[], gap: string, right: readonly number[]): string {
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((r) => width(r[i] ?? ''))));
  return rows.map((row) => `${widths.map((w, i) => {
    const cell = row[i] ?? '';
    const blanks = ' '.repeat(w - width(cell));
    return right.includes(i) ? blanks + cell : i === columns - 1 ? cell : cell + blanks;
  }).join(gap)}\n`).join('');
}
/** As many columns as fit, filled downwards (or across with -x). */
function filled(cells: readonly string[], total: number, across: boolean): string {
  const step = (Math.floor(Math.max(0, ...cells.map(width)) / 8) + 1) * 8;
  const columns = Math.max(1, Math.floor(total / step));
  const rows = Math.ceil(cells.length / columns);
  let out = '';
  for (let r = 0; r < rows; r++) {
    const row = Array.from({ length: columns }, (_, c) => cells[across ? r * columns + c : c * rows + r]).filter((cell) => cell !== undefined);
    out += `${row.map((cell, i) => (i === row.length - 1 ? cell : cell + '\t'.repeat(Math.ceil((step - width(cell)) / 8)))).join('')}\n`;
  }
  return out;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'ts:o:c:N:R:dxLl:Jr:e', LONG);
  if (error !== null) return yield* usageError('column', error);
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const refused = ['J', 'r', 'l'].find(on);
  if (refused !== undefined) {
    yield* write(2, `column: -${refused} is not available in this lab\n`);
    return 1;
  }
  const lines: string[] = [];
  // eslint-disable-next-line require-yield
  const status = yield* eachText('column', operands, function* (text) { lines.push(...linesOf(text)); });
  if (status !== 0 && lines.length === 0) return status;
  const kept = lines.filter((line) => on('L') || line.trim() !== '');
  if (!on('t')) {
    const total = Number(value('c') ?? ((yield* isatty(1)) ? (yield* ttySize(1)).cols : 80));
    yield* write(1, filled(kept, total, on('x')));
    return status;
  }
  const set = value('s');
  const rows = kept.map((line) => (set === null ? line.trim().split(/[ \t]+/) : [...line].reduce<string[]>((cells, c) => {
    if (set.includes(c)) return [...cells, ''];
    return [...cells.slice(0, -1), cells.at(-1)! + c];
  }, [''])));
  const names = value('N')?.split(',') ?? [];
  const right = (value('R') ?? '').split(',').map((name) => (names.includes(name) ? names.indexOf(name) : Number(name || NaN) - 1));
  yield* write(1, table(names.length > 0 && !on('d') ? [names, ...rows] : rows, value('o') ?? '  ', right));
  return status;
}

export const program: Program = { name: 'column', main: (argv) => quietly(body(argv)) };
