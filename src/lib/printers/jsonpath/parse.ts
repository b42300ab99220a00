/**
 * JSONPath templates as kubectl reads them: text with `{…}` actions. Models client-go util/jsonpath parser.go with its complaints.
 */

export type Literal = string | number | boolean;
export type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'wildcard' } | { readonly kind: 'recursive' }
  /** `[from:to:step]`; a single index has `single`. */
  | { readonly kind: 'slice'; readonly from: number | null; readonly to: number | null; readonly step: number | null; readonly single: boolean }
  | { readonly kind: 'union'; readonly paths: readonly (readonly Step[])[] }
  | { readonly kind: 'filter'; readonly left: readonly Step[]; readonly operator: string; readonly right: readonly Step[] }
  | { readonly kind: 'literal'; readonly value: Literal };
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly Part[] };

/** A template that cannot be read; `message` is client-go's. */
export class JsonPathError extends Error {}

const TERMINATOR = /[\s.,[\]$@{}]/;
const ARRAY = /^(-?[\d]*)(:-?[\d]*)?(:-?[\d]*)?$/;
const KEY = /^'([^']*)'$/;

interface Reader { readonly text: string; at: number }

function quoted(reader: Reader, quote: string): string {
  const start = reader.at;
  for (; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at]!;
    if (char === '\\') reader.at++;
    else if (char === quote) return unescape(reader.text.slice(start, reader.at++));
    else if (char === '\n') break;
  }
  throw new JsonPathError('unterminated quoted string');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\u0007' };
const unescape = (text: string) => text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) => (code.length === 5 ? String.fromCharCode(parseInt(code.slice(1), 16)) : ESCAPES[code] ?? code));

function fieldStep(reader: Reader): Step {
  if (reader.text[reader.at] === '.') {
    reader.at++;
    return { kind: 'recursive' };
  }
  let name = '';
  for (; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at]!;
    if (char === '\\') name += reader.text[++reader.at] ?? '';
    else if (TERMINATOR.test(char)) break;
    else name += char;
  }
  return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name };
}

/** The text up to the bracket that closes, quotes and nested brackets kept whole. */
function bracketed(reader: Reader): string {
  const start = reader.at;
  let depth = 1;
  for (let quote = ''; reader.at < reader.text.length; reader.at++) {
    const char = reader.text[reader.at]!;
    if (char === '\n') break;
    if (quote !== '') {
      if (char === '\\') reader.at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ']' && --depth === 0) return reader.text.slice(start, reader.at++);
  }
  throw new JsonPathError('unterminated array');
}

function filterStep(text: string): Step {
  const body = text.slice(2, -1);
  let quote = '', split = -1, operator = '';
  for (let i = 0; i < body.length && split < 0; i++) {
    const char = body[i]!;
    if (quote !== '') { if (char === '\\') i++; else if (char === quote) quote = ''; continue; }
    if (char === '"' || char === "'") quote = char;
    const found = ['==', '!=', '<=', '>=', '<', '>'].find((op) => body.startsWith(op, i));
    if (found !== undefined) [split, operator] = [i, found];
  }
  if (split < 0) return { kind: 'filter', left: pathOf(body), operator: 'exists', right: [] };
  return { kind: 'filter', left: pathOf(body.slice(0, split)), operator, right: pathOf(body.slice(split + operator.length)) };
}

function arrayStep(reader: Reader): Step {
  const text = bracketed(reader);
  if (text === '*') return { kind: 'wildcard' };
  if (text.startsWith('?(')) {
    if (!text.endsWith(')')) throw new JsonPathError('unclosed array expect ]');
    return filterStep(text);
  }
  const key = KEY.exec(text) ?? /^"([^"]*)"$/.exec(text);
  if (key !== null) return { kind: 'field', name: key[1]!.replace(/\\(.)/g, '$1') };
  if (text.includes(',')) {
    return { kind: 'union', paths: text.split(',').map((part) => [arrayStep({ text: `${part.trim()}]`, at: 0 })]) };
  }
  const match = ARRAY.exec(text);
  if (match === null || text === '') throw new JsonPathError(`invalid array index ${text}`);
  const number = (part: string | undefined) => (part === undefined || part === '' || part === ':' ? null : Number(part.replace(':', '')));
  return { kind: 'slice', from: number(match[1]), to: number(match[2]), step: number(match[3]), single: match[2] === undefined };
}

/** A path without braces. */
function pathOf(text: string): readonly Step[] {
  const reader: Reader = { text: text.trim(), at: 0 };
  const steps: Step[] = [];
  while (reader.at < reader.text.length) steps.push(...stepAt(reader));
  return steps;
}

/** What stands at the reader: one step, or nothing (`$`, `@`, a space). */
function stepAt(reader: Reader): readonly Step[] {
  const char = reader.text[reader.at]!;
  if (char === ' ' || char === '@' || char === '$') {
    reader.at++;
    return [];
  }
  if (char === '[') { reader.at++; return [arrayStep(reader)]; }
  if (char === '"' || char === "'") { reader.at++; return [{ kind: 'literal', value: quoted(reader, char) }]; }
  if (char === '.') {
    reader.at++;
    const step = fieldStep(reader);
    // `..name` is every `name` below.
    return step.kind === 'recursive' && /[^\s.,[\]$@{}]/.test(reader.text[reader.at] ?? '') ? [step, fieldStep(reader)] : [step];
  }
  const number = /^[+-]?\d+(\.\d+)?/.exec(reader.text.slice(reader.at));
  if (number !== null) { reader.at += number[0].length; return [{ kind: 'literal', value: Number(number[0]) }]; }
  const word = /^\w+/.exec(reader.text.slice(reader.at));
  if (word === null) throw new JsonPathError(`unrecognized character in action: U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`);
  reader.at += word[0].length;
  if (word[0] === 'true' || word[0] === 'false') return [{ kind: 'literal', value: word[0] === 'true' }];
  throw new JsonPathError(`unrecognized identifier ${word[0]}`);
}

type Action = { readonly word: 'range' | 'end' | ''; readonly steps: readonly Step[] };

/** The inside of one `{…}`, the reader behind the opening brace. */
function action(reader: Reader): Action {
  const word = /^\s*(range|end)\b/.exec(reader.text.slice(reader.at));
  if (word !== null) reader.at += word[0].length;
  const steps: Step[] = [];
  for (;;) {
    const char = reader.text[reader.at];
    if (char === undefined || char === '\n') throw new JsonPathError('unclosed action');
    if (char === '}') {
      reader.at++;
      return { word: (word?.[1] ?? '') as Action['word'], steps };
    }
    steps.push(...stepAt(reader));
  }
}

/** Parts up to the end of the text, or of the range that is open. */
function parts(reader: Reader, inRange: boolean): Part[] {
  const list: Part[] = [];
  while (reader.at < reader.text.length) {
    const brace = reader.text.indexOf('{', reader.at);
    const text = reader.text.slice(reader.at, brace < 0 ? undefined : brace);
    if (text !== '') list.push({ kind: 'text', text });
    if (brace < 0) {
      reader.at = reader.text.length;
      break;
    }
    reader.at = brace + 1;
    const { word, steps } = action(reader);
    if (word === 'range') list.push({ kind: 'range', steps, body: parts(reader, true) });
    else if (word === 'end') {
      if (inRange) return list;
      throw new JsonPathError('not in range, nothing to end');
    } else list.push({ kind: 'path', steps });
  }
  return list;
}

/** Throws JsonPathError. */
export const parseJsonPath = (template: string): readonly Part[] => parts({ text: template, at: 0 }, false);
