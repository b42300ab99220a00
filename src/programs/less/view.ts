/** What less(1) shows: a window on lines, cut or wrapped to the terminal's width. Pure. */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';

export interface ViewOptions { readonly numbers: boolean; readonly chop: boolean; readonly raw: boolean; readonly cols: number }

/** Tabs spelt out and control characters made visible; colours stay with -R. */
function visible(line: string, raw: boolean): string {
  let out = '';
  let column = 0;
  const text = decodeUtf8(line.replace(/\r$/, ''));
  for (let i = 0; i < text.length; i++) {
    const colour = text[i] === '\x1b' ? /^\x1b\[[\d;]*[mK]/.exec(text.slice(i, i + 30)) : null;
    if (colour !== null && raw) {
      out += colour[0];
      i += colour[0].length - 1;
      continue;
    }
    const c = text.charCodeAt(i);
    const shown = c === 9 ? ' '.repeat(8 - (column % 8)) : c === 27 ? '\x1b[7mESC\x1b[27m' : c < 32 ? `\x1b[7m^${String.fromCharCode(c + 64)}\x1b[27m` : text[i]!;
    column += c === 9 ? shown.length : c === 27 ? 3 : c < 32 ? 2 : 1;
    out += shown;
  }
  return out;
}
/** Cuts a line into rows of `cols` columns; colour sequences take none. */
function rowsOf(text: string, cols: number, chop: boolean): string[] {
  const rows: string[] = [];
  let row = '';
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const colour = text[i] === '\x1b' ? /^\x1b\[[\d;]*[mK]/.exec(text.slice(i, i + 30)) : null;
    if (colour !== null) {
      row += colour[0];
      i += colour[0].length - 1;
      continue;
    }
    if (width === cols) {
      if (chop) return [`${row}\x1b[m`];
      rows.push(row);
      row = '';
      width = 0;
    }
    row += text[i];
    width++;
  }
  return [...rows, row];
}

/** The rows of line `n` (from 0) as they stand on the screen. */
export function rowsAt(lines: readonly string[], n: number, options: ViewOptions): string[] {
  const number = options.numbers ? `${String(n + 1).padStart(7)} ` : '';
  return rowsOf(number + visible(lines[n]!, options.raw), options.cols, options.chop).map(encodeUtf8);
}
/** A screenful from line `top`; lines past the end are `~`. `last` is the line after the window. */
export function windowAt(lines: readonly string[], top: number, height: number, options: ViewOptions): { readonly rows: readonly string[]; readonly last: number } {
  const rows: string[] = [];
  let n = top;
  for (; n < lines.length && rows.length < height; n++) rows.push(...rowsAt(lines, n, options));
  while (rows.length < height) rows.push('~');
  return { rows: rows.slice(0, height), last: n };
}
/** The top line that puts the last line at the foot of the window. */
export function lastTop(lines: readonly string[], height: number, options: ViewOptions): number {
  let used = 0;
  for (let n = lines.length - 1; n >= 0; n--) {
    used += rowsAt(lines, n, options).length;
    if (used > height) return Math.min(n + 1, lines.length - 1);
  }
  return 0;
}
