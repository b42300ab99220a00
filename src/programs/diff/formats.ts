/** How diff shows changes: normal, unified, context, side by side. Pure. */
import type { Change } from '../../lib/tool/lcs.ts';

/** A file's lines without newlines; `bare`: the last one had none. */
export interface Side { readonly lines: readonly string[]; readonly bare: boolean }
export interface Pair { readonly a: Side; readonly b: Side; readonly changes: readonly Change[] }
/** Puts colour around a line. */
export type Paint = (kind: 'head' | 'hunk' | 'gone' | 'come', text: string) => string;

const NO_NEWLINE = '\\ No newline at end of file\n';
/** A line with its mark, and a word when its newline is missing. */
const row = (side: Side, at: number, mark: string): string => `${mark}${side.lines[at]}\n${side.bare && at === side.lines.length - 1 ? NO_NEWLINE : ''}`;
const span = (from: number, to: number): string => (to - from <= 1 ? String(to === from ? from : from + 1) : `${from + 1},${to}`);
const painted = (paint: Paint, kind: 'gone' | 'come', text: string): string => text.replace(/^(.*)\n/, (_, line: string) => `${paint(kind, line)}\n`);

export function normal({ a, b, changes }: Pair, paint: Paint): string {
  let out = '';
  for (const c of changes) {
    const letter = c.from === c.to ? 'a' : c.inFrom === c.inTo ? 'd' : 'c';
    out += `${paint('hunk', `${span(c.from, c.to)}${letter}${span(c.inFrom, c.inTo)}`)}\n`;
    for (let i = c.from; i < c.to; i++) out += painted(paint, 'gone', row(a, i, '< '));
    if (letter === 'c') out += '---\n';
    for (let i = c.inFrom; i < c.inTo; i++) out += painted(paint, 'come', row(b, i, '> '));
  }
  return out;
}

/** Changes whose contexts touch stand in one hunk. */
function hunks(changes: readonly Change[], context: number): Change[][] {
  const all: Change[][] = [];
  for (const c of changes) {
    const last = all.at(-1)?.at(-1);
    if (last !== undefined && c.from - last.to <= 2 * context) all.at(-1)!.push(c);
    else all.push([c]);
  }
  return all;
}
interface Window { readonly from: number; readonly to: number; readonly inFrom: number; readonly inTo: number }
function windowOf(hunk: readonly Change[], context: number, a: Side, b: Side): Window {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const before = Math.min(context, first.from);
  const after = Math.min(context, a.lines.length - last.to);
  return { from: first.from - before, to: last.to + after, inFrom: first.inFrom - before, inTo: Math.min(b.lines.length, last.inTo + after) };
}

export function unified({ a, b, changes }: Pair, context: number, paint: Paint): string {
  const range = (from: number, to: number): string => (to - from === 1 ? String(to) : `${to === from ? from : from + 1},${to - from}`);
  let out = '';
  for (const hunk of hunks(changes, context)) {
    const w = windowOf(hunk, context, a, b);
    out += `${paint('hunk', `@@ -${range(w.from, w.to)} +${range(w.inFrom, w.inTo)} @@`)}\n`;
    let at = w.from;
    for (const c of hunk) {
      for (; at < c.from; at++) out += row(a, at, ' ');
      for (; at < c.to; at++) out += painted(paint, 'gone', row(a, at, '-'));
      for (let i = c.inFrom; i < c.inTo; i++) out += painted(paint, 'come', row(b, i, '+'));
    }
    for (; at < w.to; at++) out += row(a, at, ' ');
  }
  return out;
}

export function contextual({ a, b, changes }: Pair, context: number, paint: Paint): string {
  const range = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${from + 1},${to}`);
  let out = '';
  for (const hunk of hunks(changes, context)) {
    const w = windowOf(hunk, context, a, b);
    const half = (side: Side, from: number, to: number, mine: (c: Change) => readonly [number, number], theirs: (c: Change) => boolean, mark: string, kind: 'gone' | 'come'): string => {
      if (!hunk.some((c) => mine(c)[1] > mine(c)[0])) return '';
      let text = '';
      for (let i = from; i < to; i++) {
        const change = hunk.find((c) => i >= mine(c)[0] && i < mine(c)[1]);
        text += change === undefined ? row(side, i, '  ') : painted(paint, kind, row(side, i, theirs(change) ? '! ' : mark));
      }
      return text;
    };
    out += `***************\n${paint('hunk', `*** ${range(w.from, w.to)} ****`)}\n`;
    out += half(a, w.from, w.to, (c) => [c.from, c.to], (c) => c.inTo > c.inFrom, '- ', 'gone');
    out += `${paint('hunk', `--- ${range(w.inFrom, w.inTo)} ----`)}\n`;
    out += half(b, w.inFrom, w.inTo, (c) => [c.inFrom, c.inTo], (c) => c.to > c.from, '+ ', 'come');
  }
  return out;
}

/** Two columns in `width`, with `|`, `<`, `>` in the gutter. */
export function sideBySide({ a, b, changes }: Pair, width: number, onlyChanges: boolean): string {
  // GNU's columns: the right one begins at a tab stop.
  const offset = (Math.floor((width + 8 + 3) / 16)) * 8;
  const half = Math.max(0, Math.min(offset - 3, width - offset));
  const column = half > 0 ? offset : width;
  const cell = (text: string): string => {
    let out = '';
    for (const c of text) out += c === '\t' ? ' '.repeat(8 - (out.length % 8)) : c;
    return out.slice(0, half);
  };
  /** Filled up with tabs and blanks, as diff does it. */
  const fill = (from: number, to: number): string => {
    let out = '';
    let at = from;
    while ((Math.floor(at / 8) + 1) * 8 <= to) {
      out += '\t';
      at = (Math.floor(at / 8) + 1) * 8;
    }
    return out + ' '.repeat(to - at);
  };
  const line = (left: string | null, mark: string, right: string | null): string => {
    const text = left === null ? '' : cell(left);
    const gutter = Math.floor((half + column - 1) / 2);
    if (mark === ' ') return `${text}${fill(text.length, column)}${cell(right!)}\n`;
    return `${text}${fill(text.length, gutter)}${mark}${right === null ? '' : fill(gutter + 1, column) + cell(right)}\n`;
  };
  let out = '';
  let [i, j] = [0, 0];
  const common = (to: number): void => {
    for (; i < to; i++, j++) if (!onlyChanges) out += line(a.lines[i]!, ' ', b.lines[j]!);
  };
  for (const c of changes) {
    common(c.from);
    for (; i < c.to && j < c.inTo; i++, j++) out += line(a.lines[i]!, '|', b.lines[j]!);
    for (; i < c.to; i++) out += line(a.lines[i]!, '<', null);
    for (; j < c.inTo; j++) out += line(null, '>', b.lines[j]!);
  }
  common(a.lines.length);
  return out;
}
