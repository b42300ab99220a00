/**
 * YAML as go-yaml v2 writes it, and so kubectl: keys in natural order, lists at the indent of their key, long lines folded at blanks
 * behind column 80. A text is plain when it may be, in double quotes when it would read as something else, in single quotes when its
 * characters forbid it to be plain, and a block when it has several lines. Models go-yaml's encode.go, sorter.go and emitterc.go.
 */
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { resolve } from './resolve.ts';

const WIDTH = 80;
const TIMESTAMP = /^\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[+-]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?)?$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/;
const UNPRINTABLE = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\ud800-\udfff]/;

const isLetter = (c: string): boolean => /[A-Za-z\u00aa-\uffff]/.test(c);
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';
/** Natural order: runs of digits count as numbers, and what is no letter comes before letters. */
function compareKeys(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  if (i === a.length || i === b.length) return a.length - b.length;
  const [x, y] = [a[i]!, b[i]!];
  if (isLetter(x) && isLetter(y)) return x < y ? -1 : 1;
  if (isLetter(x) || isLetter(y)) return isLetter(y) ? -1 : 1;
  // A zero within a longer number counts as a digit of it.
  let lead = '';
  if (x === '0' || y === '0') for (let j = i - 1; j >= 0 && isDigit(a[j]) && lead === ''; j--) if (a[j] !== '0') lead = '1';
  const run = (text: string): string => /^\d*/.exec(text.slice(i))![0];
  const [m, n] = [run(a), run(b)];
  const difference = Number(`${lead}${m}` || 0) - Number(`${lead}${n}` || 0);
  return difference !== 0 ? difference : m.length !== n.length ? m.length - n.length : x < y ? -1 : 1;
}

/** Whether the characters allow the text to stand without quotes in a block. */
function isPlain(text: string): boolean {
  if (text === '') return true;
  if (/^(---|\.\.\.)/.test(text) || /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[?:-]([ \t]|$)/.test(text)) return false;
  return !/^ | $|[\n\u2028\u2029]|:( |$)| #/.test(text) && !UNPRINTABLE.test(text);
}
const readsAsText = (text: string): boolean => typeof resolve(text) === 'string' && text !== '<<' && !TIMESTAMP.test(text) && !BASE_60.test(text);

/** Breaks at single blanks once the line is full. `escape`: how a character is written; `column`: where the first one stands. */
function fold(text: string, column: number, indent: number, escape: (c: string) => string, quoted: boolean): string {
  let out = '';
  let wasBlank = false;
  const characters = [...text];
  characters.forEach((c, i) => {
    const isInner = !quoted || (i > 0 && i < characters.length - 1);
    if (c === ' ' && !wasBlank && column > WIDTH && isInner && characters[i + 1] !== ' ') {
      out += `\n${' '.repeat(indent)}`;
      column = indent;
    } else {
      const written = escape(c);
      out += written;
      column += [...written].length;
    }
    wasBlank = c === ' ';
  });
  return out;
}

const NAMED: Readonly<Record<string, string>> = { '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\e', '"': '\\"', '\\': '\\\\', '\x85': '\\N', '\u2028': '\\L', '\u2029': '\\P', '\ufeff': '\\uFEFF' };
function escaped(c: string): string {
  const named = NAMED[c];
  if (named !== undefined) return named;
  if (!UNPRINTABLE.test(c)) return c;
  const code = c.codePointAt(0)!.toString(16).toUpperCase();
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
}
function block(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = (chomp === '-' ? text : text.slice(0, -1)).split('\n');
  return `|${hint}${chomp}${lines.map((line) => (line === '' ? '\n' : `\n${' '.repeat(indent)}${line}`)).join('')}`;
}
/** `column`: where it begins; `indent`: where further lines do. */
function scalar(text: string, column: number, indent: number, isKey: boolean): string {
  const several = text.includes('\n');
  if (several && !isKey && !/ (\n|$)/.test(text) && !UNPRINTABLE.test(text)) return block(text, indent);
  const width = isKey ? -Infinity : column;
  if (!several && readsAsText(text)) {
    if (isPlain(text)) return fold(text, width, indent, (c) => c, false);
    if (!UNPRINTABLE.test(text) && !/[\u2028\u2029]/.test(text)) return `'${fold(text, width + 1, indent, (c) => (c === "'" ? "''" : c), true)}'`;
  }
  return `"${fold(text, width + 1, indent, escaped, true)}"`;
}

const isEmpty = (value: Json): boolean => (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every((item) => item === undefined));
/** A value that begins on the line of its key or dash; null for a collection. */
function inline(value: Json, column: number, indent: number): string | null {
  if (typeof value === 'string') return scalar(value, column, indent, false);
  if (typeof value !== 'object' || value === null) return String(value);
  return isEmpty(value) ? (Array.isArray(value) ? '[]' : '{}') : null;
}

// The lines below lack the indent of their first one, which is the caller's, and the break at their end.
const collection = (value: Json, indent: number): string => (Array.isArray(value) ? sequence(value as readonly Json[], indent) : mapping(value as JsonObject, indent));
const joined = (entries: readonly string[], indent: number): string => entries.join(`\n${' '.repeat(indent)}`);
const sequence = (items: readonly Json[], indent: number): string => joined(items.map((item) => `- ${inline(item, indent + 2, indent + 2) ?? collection(item, indent + 2)}`), indent);
function mapping(object: JsonObject, indent: number): string {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined).sort(compareKeys);
  return joined(keys.map((key) => {
    const value = object[key]!;
    const head = `${scalar(key, indent, indent, true)}:`;
    const short = inline(value, indent + [...head].length + 1, indent + 2);
    if (short !== null) return `${head} ${short}`;
    // A list stands at the indent of its key.
    const inner = Array.isArray(value) ? indent : indent + 2;
    return `${head}\n${' '.repeat(inner)}${collection(value, inner)}`;
  }), indent);
}

/** One document, with a line break at its end. */
export const emit = (value: Json): string => `${inline(value, 0, 2) ?? collection(value, 0)}\n`;
