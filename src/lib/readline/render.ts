/** What to print so that the terminal shows the prompt and the line, from what it shows now. */
import type { Line } from './edit.ts';

export interface Shown { readonly prompt: string; readonly text: string; readonly cursor: number }

/** Columns of a byte string: control characters show as ^X, wide characters take two. */
export function columnsOf(bytes: string): number {
  let n = 0;
  for (let i = 0; i < bytes.length;) {
    const c = bytes.charCodeAt(i);
    if (c < 0x80) {
      n += c < 32 ? 2 : 1;
      i++;
      continue;
    }
    const length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    const code = length === 3 ? ((c & 15) << 12) | ((bytes.charCodeAt(i + 1) & 63) << 6) | (bytes.charCodeAt(i + 2) & 63) : length === 4 ? 0x1f300 : 0x100;
    n += isWide(code) ? 2 : 1;
    i += length;
  }
  return n;
}
const isWide = (c: number): boolean => (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || c >= 0x1f300;

/** A prompt's columns: its last line, without escape sequences. */
const promptColumns = (prompt: string): number => columnsOf(prompt.slice(prompt.lastIndexOf('\n') + 1).replace(/\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|[\x01\x02]/g, ''));
const visible = (text: string): string => text.replace(/[\x00-\x09\x0b-\x1f]/g, (c) => `^${String.fromCharCode(c.charCodeAt(0) + 64)}`);

interface Place { readonly row: number; readonly col: number }
function place(start: number, text: string, cols: number): Place {
  let row = 0;
  let col = start;
  for (const [i, part] of text.split('\n').entries()) {
    if (i > 0) {
      row++;
      col = 0;
    }
    col += columnsOf(part);
    row += Math.floor(col / cols);
    col %= cols;
  }
  return { row, col };
}

/** Bytes that turn `shown` into the new line. Appending at the end prints just what was added. */
export function draw(shown: Shown | null, prompt: string, line: Line, cols: number): { readonly bytes: string; readonly shown: Shown } {
  const label = line.search === null ? prompt : `(${line.search.failed ? 'failed ' : ''}reverse-i-search)\`${line.search.query}': `;
  const next: Shown = { prompt: label, text: line.text, cursor: line.cursor };
  const start = promptColumns(label) % cols;
  const here = place(start, visible(line.text.slice(0, line.cursor)), cols);
  const end = place(start, visible(line.text), cols);
  if (shown !== null && shown.prompt === label && shown.cursor === shown.text.length && line.cursor === line.text.length && line.text.startsWith(shown.text) && !line.text.slice(shown.text.length).includes('\n')) {
    const added = visible(line.text.slice(shown.text.length));
    // At the right edge the terminal waits before it wraps: a space and a return make it.
    return { bytes: added + (added !== '' && end.col === 0 && end.row > 0 ? ' \r' : ''), shown: next };
  }
  let bytes = '';
  if (shown === null) bytes += label;
  else {
    const was = place(promptColumns(shown.prompt) % cols, visible(shown.text.slice(0, shown.cursor)), cols);
    bytes += `${was.row > 0 ? `\x1b[${was.row}A` : ''}\r\x1b[J${label.slice(label.lastIndexOf('\n') + 1)}`;
  }
  bytes += visible(line.text);
  if (end.col === 0 && end.row > 0 && line.text !== '') bytes += ' \r';
  if (end.row > here.row) bytes += `\x1b[${end.row - here.row}A`;
  if (end.row !== here.row || end.col !== here.col) bytes += here.col === 0 ? '\r' : `\r\x1b[${here.col}C`;
  return { bytes, shown: next };
}

/** Bytes that take the cursor behind the line's end, before output of others. */
export function leave(shown: Shown, cols: number): string {
  const start = promptColumns(shown.prompt) % cols;
  const here = place(start, visible(shown.text.slice(0, shown.cursor)), cols);
  const end = place(start, visible(shown.text), cols);
  return end.row > here.row ? `\x1b[${end.row - here.row}B` : '';
}
