/** Brace expansion of a word: `{a,b}`, `{1..3}`, `x{a,{b,c}}y`. Works on the source text of unquoted parts. */
import { parse } from 'unbash';
import type { Word } from 'unbash';
import { ShellError } from './errors.ts';

/** Words of one range. */
const MOST = 1_000_000;

/** All words that `word` stands for; itself when it has no braces. */
export function braces(word: Word): readonly Word[] {
  if (word.parts === undefined || !word.parts.some((p) => p.type === 'BraceExpansion')) return [word];
  const texts = expand(word.text);
  if (texts.length === 1 && texts[0] === word.text) return [word];
  return texts.map((text) => {
    const command = parse(`x ${text}`).commands[0]?.command;
    const arg = command?.type === 'Command' ? command.suffix[0] : undefined;
    return arg !== undefined && arg.type === 'Word' ? arg : word;
  });
}

/** Expands the first brace group and all that follow from it. */
function expand(text: string): string[] {
  const group = find(text);
  if (group === null) return [text];
  const before = text.slice(0, group.from);
  const after = expand(text.slice(group.to + 1));
  const middle = group.items === null ? range(text.slice(group.from + 1, group.to)) : group.items.flatMap(expand);
  if (middle === null) return after.map((a) => text.slice(0, group.to + 1) + a);
  return middle.flatMap((m) => after.map((a) => before + m + a));
}

/** The first `{…}` that is a list or a range, outside of quotes and `${`. */
function find(text: string): { from: number; to: number; items: string[] | null } | null {
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\') i++;
    else if (c === "'" || c === '"') i = closing(text, i);
    else if (c === '$' && text[i + 1] === '{') i = text.indexOf('}', i) < 0 ? text.length : text.indexOf('}', i);
    else if (c === '{') {
      const group = items(text, i);
      if (group !== null) return group;
    }
  }
  return null;
}
function closing(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\' && text[from] === '"') i++;
    else if (text[i] === text[from]) return i;
  }
  return text.length;
}
function items(text: string, from: number): { from: number; to: number; items: string[] | null } | null {
  let depth = 0;
  let start = from + 1;
  const list: string[] = [];
  for (let i = from; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\') i++;
    else if (c === "'" || c === '"') i = closing(text, i);
    else if (c === '{') depth++;
    else if (c === ',' && depth === 1) {
      list.push(text.slice(start, i));
      start = i + 1;
    } else if (c === '}' && --depth === 0) {
      if (list.length > 0) return { from, to: i, items: [...list, text.slice(start, i)] };
      return range(text.slice(from + 1, i)) === null ? null : { from, to: i, items: null };
    }
  }
  return null;
}
function range(text: string): string[] | null {
  const m = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (m === null) return null;
  const letters = /[A-Za-z]/.test(m[1]!);
  if (letters !== /[A-Za-z]/.test(m[2]!)) return null;
  const value = (t: string): number => (letters ? t.charCodeAt(0) : Number(t));
  const [a, b] = [value(m[1]!), value(m[2]!)];
  const step = Math.max(1, Math.abs(Number(m[3] ?? 1)));
  const width = /^-?0\d/.test(m[1]!) || /^-?0\d/.test(m[2]!) ? Math.max(m[1]!.length, m[2]!.length) : 0;
  const count = Math.floor(Math.abs(b - a) / step) + 1;
  if (count > MOST) throw new ShellError(`brace expansion: failed to allocate memory for ${count} elements`);
  const out: string[] = [];
  for (let n = a; a <= b ? n <= b : n >= b; n += a <= b ? step : -step) {
    out.push(letters ? String.fromCharCode(n) : (n < 0 ? '-' : '') + String(Math.abs(n)).padStart(width - (n < 0 ? 1 : 0), '0'));
  }
  return out;
}
