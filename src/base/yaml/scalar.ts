/** The scalars' text: plain, quoted and block scalars, folded and unescaped. Models libyaml's scanner, whose faults these are. */
import type { Cursor } from './cursor.ts';
import { fault } from './token.ts';

/** What lies between two words: one break is a space, more are their number less one. */
const folded = (first: string, more: string): string => (first === '\n' ? (more === '' ? ' ' : more) : first + more);

interface Gap { /** What it folds into. */ readonly gap: string; readonly broken: boolean; /** The line breaks as they are. */ readonly breaks: string }
/** Runs over blanks and breaks. `blank` looks at each blank. */
function between(cursor: Cursor, blank: (afterBreak: boolean) => void): Gap {
  let spaces = '', first = '', more = '';
  let broken = false;
  while (cursor.isBlank() || cursor.isBreak()) {
    if (cursor.isBlank()) {
      blank(broken);
      const c = cursor.take();
      if (!broken) spaces += c;
    } else if (broken) more += cursor.takeBreak();
    else {
      first = cursor.takeBreak();
      broken = true;
    }
  }
  return { gap: broken ? folded(first, more) : spaces, broken, breaks: first + more };
}

const FLOW_END = ',?[]{}';
/** `indent`: the least column of a continuation. `ended`: whether the scalar ran over a line's end. */
export function plainScalar(cursor: Cursor, indent: number, inFlow: boolean): { readonly text: string; readonly ended: boolean } {
  const start = cursor.mark;
  let text = '', gap = '';
  let broken = false;
  for (;;) {
    if (cursor.isDocumentMark() || cursor.at() === '#') break;
    let word = '';
    while (!cursor.isGap()) {
      const c = cursor.at();
      if ((c === ':' && cursor.isGap(1)) || (inFlow && FLOW_END.includes(c))) break;
      word += cursor.take();
    }
    if (word !== '') {
      text += gap + word;
      broken = false;
    }
    if (!cursor.isBlank() && !cursor.isBreak()) break;
    const passed = between(cursor, (afterBreak) => {
      if ((afterBreak || broken) && cursor.column < indent && cursor.at() === '\t') throw fault('scanner', 'found a tab character that violates indentation', cursor.mark, start);
    });
    gap = passed.gap;
    broken = passed.broken;
    if (!inFlow && cursor.column < indent) break;
  }
  return { text, ended: broken };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', "'": "'", '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
};
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
function escape(cursor: Cursor, start: ReturnType<() => Cursor['mark']>): string {
  const kind = cursor.at(1);
  const digits = HEX[kind];
  if (digits === undefined) {
    const plain = ESCAPES[kind];
    if (plain === undefined) throw fault('scanner', 'found unknown escape character', cursor.mark, start);
    cursor.skip(2);
    return plain;
  }
  cursor.skip(2);
  const code = cursor.text.substring(cursor.index, cursor.index + digits);
  if (code.length < digits || !/^[0-9A-Fa-f]+$/.test(code)) throw fault('scanner', 'did not find expected hexdecimal number', cursor.mark, start);
  const value = Number.parseInt(code, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) throw fault('scanner', 'found invalid Unicode character escape code', cursor.mark, start);
  cursor.skip(digits);
  return String.fromCodePoint(value);
}

/** The characters up to a gap or the closing quote. `escapedBreak`: the word ended with a backslash at a line's end. */
function quotedWord(cursor: Cursor, quote: string, start: Cursor['mark']): { readonly word: string; readonly escapedBreak: boolean } {
  let word = '';
  while (!cursor.isGap()) {
    const c = cursor.at();
    if (quote === "'" && c === "'" && cursor.at(1) === "'") {
      word += "'";
      cursor.skip(2);
    } else if (c === quote) break;
    else if (quote === '"' && c === '\\' && cursor.isBreak(1)) {
      cursor.take();
      cursor.takeBreak();
      return { word, escapedBreak: true };
    } else word += quote === '"' && c === '\\' ? escape(cursor, start) : cursor.take();
  }
  return { word, escapedBreak: false };
}
/** From the opening quote to behind the closing one. */
export function quotedScalar(cursor: Cursor): string {
  const start = cursor.mark;
  const quote = cursor.take();
  let text = '';
  for (;;) {
    if (cursor.isDocumentMark()) throw fault('scanner', 'found unexpected document indicator', cursor.mark, start);
    if (cursor.isEnd()) throw fault('scanner', 'found unexpected end of stream', cursor.mark, start);
    const { word, escapedBreak } = quotedWord(cursor, quote, start);
    text += word;
    if (cursor.at() === quote && !escapedBreak) break;
    const { gap, breaks } = between(cursor, () => undefined);
    // Behind an escaped break the blanks of the next line go, and further breaks count.
    text += escapedBreak ? breaks : gap;
  }
  cursor.take();
  return text;
}

interface Header { readonly chomp: '' | '+' | '-'; /** 0: as the first line has it. */ readonly indent: number }
function blockHeader(cursor: Cursor): Header {
  const start = cursor.mark;
  cursor.take();
  let chomp: Header['chomp'] = '';
  let indent = 0;
  for (let i = 0; i < 2; i++) {
    const c = cursor.at();
    if ((c === '+' || c === '-') && chomp === '') {
      chomp = c;
      cursor.take();
    } else if (/^\d$/.test(c) && indent === 0) {
      if (c === '0') throw fault('scanner', 'found an indentation indicator equal to 0', cursor.mark, start);
      indent = Number(cursor.take());
    }
  }
  while (cursor.isBlank()) cursor.take();
  if (cursor.at() === '#') cursor.toLineEnd();
  if (!cursor.isEnd() && !cursor.isBreak()) throw fault('scanner', 'did not find expected comment or line break', cursor.mark, start);
  if (cursor.isBreak()) cursor.takeBreak();
  return { chomp, indent };
}
/** Empty lines before the next line of text. `indent` 0: still to be found out. */
function blockBreaks(cursor: Cursor, indent: number, start: Cursor['mark']): { readonly breaks: string; readonly widest: number } {
  let breaks = '';
  let widest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.at() === ' ') cursor.take();
    widest = Math.max(widest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.at() === '\t') throw fault('scanner', 'found a tab character where an indentation space is expected', cursor.mark, start);
    if (!cursor.isBreak()) return { breaks, widest };
    breaks += cursor.takeBreak();
  }
}
/** `parent`: the indent of the collection it stands in. */
export function blockScalar(cursor: Cursor, parent: number): string {
  const start = cursor.mark;
  const literal = cursor.at() === '|';
  const header = blockHeader(cursor);
  let indent = header.indent === 0 ? 0 : Math.max(parent, 0) + header.indent;
  let { breaks, widest } = blockBreaks(cursor, indent, start);
  if (indent === 0) indent = Math.max(widest, parent + 1, 1);
  let text = '', last = '';
  let wasBlank = false;
  while (cursor.column === indent && !cursor.isEnd()) {
    const isBlank = cursor.isBlank();
    // A folded line joins the next, unless one of them is indented further.
    if (!literal && last === '\n' && !wasBlank && !isBlank) text += breaks === '' ? ' ' : breaks;
    else text += last + breaks;
    wasBlank = isBlank;
    while (!cursor.isEnd() && !cursor.isBreak()) text += cursor.take();
    last = cursor.isBreak() ? cursor.takeBreak() : '';
    ({ breaks, widest } = blockBreaks(cursor, indent, start));
  }
  return header.chomp === '-' ? text : header.chomp === '+' ? text + last + breaks : text + last;
}
