/** `${name<op>…}`: defaults, removal, replacement, slices, case, transformations. */
import type { ParameterOperation, Word } from 'unbash';
import type { Coroutine } from '../../kernel/sys.ts';
import { ExpansionError } from './errors.ts';
import type { Runner } from './expand.ts';
import type { Pattern } from './pattern.ts';
import { shellQuote } from '../../lib/tool/quote.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';

export interface Subject { readonly name: string; readonly index: string | null; readonly value: string | undefined; /** All elements for `@` and `*`. */ readonly elements: readonly string[] | null; readonly positional: boolean }
interface Tools { text(w: Word): Coroutine<string>; pattern(w: Word): Coroutine<Pattern>; number(w: Word): Coroutine<number>; assign(value: string): void }
/** Texts, or a word that stands in place of the parameter; null: nothing. */
type Outcome = { readonly values: readonly string[]; readonly word?: undefined } | { readonly word: Word; readonly values?: undefined } | null;

export function* parameterOperation(r: Runner, subject: Subject, op: ParameterOperation, tools: Tools): Coroutine<Outcome> {
  const each = (change: (text: string) => string): Outcome => ({ values: subject.elements !== null ? subject.elements.map(change) : subject.value === undefined ? [''] : [change(subject.value)] });
  switch (op.type) {
    case 'Default': return yield* byDefault(subject, op, tools);
    case 'Remove': {
      const pattern = yield* tools.pattern(op.operand);
      return each((text) => remove(text, pattern, op.operator));
    }
    case 'Replace': {
      const pattern = yield* tools.pattern(op.pattern);
      const by = yield* tools.text(op.replacement);
      return each((text) => replace(text, pattern, by, op.operator));
    }
    case 'Slice': {
      const offset = yield* tools.number(op.offset);
      const length = op.length === undefined ? null : yield* tools.number(op.length);
      if (subject.elements !== null) {
        const items = subject.positional ? [r.state.name, ...subject.elements] : subject.elements;
        return { values: slice(items.length, offset, length, (a, b) => items.slice(a, b)) };
      }
      const text = decodeUtf8(subject.value ?? '');
      return { values: [slice(text.length, offset, length, (a, b) => encodeUtf8(text.slice(a, b)))] };
    }
    case 'CaseModification': {
      const pattern = op.operand === undefined || op.operand.text === '' ? null : yield* tools.pattern(op.operand);
      const upper = op.operator.startsWith('^');
      const change = (c: string): string => (pattern !== null && !pattern.matches(c) ? c : upper ? c.toUpperCase() : c.toLowerCase());
      return each((text) => encodeUtf8([...decodeUtf8(text)].map((c, i) => (op.operator.length === 2 || i === 0 ? change(c) : c)).join('')));
    }
    case 'Transform': {
      const how = yield* tools.text(op.operand);
      return each((text) => (how === 'Q' ? shellQuote(text) : how === 'U' ? text.toUpperCase() : how === 'L' ? text.toLowerCase() : how === 'u' ? text.slice(0, 1).toUpperCase() + text.slice(1) : text));
    }
    case 'Names': return { values: [] };
    case 'Unknown': throw new ExpansionError(`\${${subject.name}${op.operator}}: bad substitution`);
  }
}

function* byDefault(subject: Subject, op: ParameterOperation & { type: 'Default' }, tools: Tools): Coroutine<Outcome> {
  const missing = subject.value === undefined || (op.operator.startsWith(':') && subject.value === '');
  const own: Outcome = subject.value === undefined ? null : { values: subject.elements ?? [subject.value] };
  switch (op.operator.slice(-1)) {
    case '-': return missing ? { word: op.operand } : own;
    case '+': return missing ? null : { word: op.operand };
    case '=': {
      if (!missing) return own;
      const value = yield* tools.text(op.operand);
      tools.assign(value);
      return { values: [value] };
    }
    default: {
      if (!missing) return own;
      const message = yield* tools.text(op.operand);
      throw new ExpansionError(`${subject.name}: ${message === '' ? (op.operator.startsWith(':') ? 'parameter null or not set' : 'parameter not set') : message}`, 127);
    }
  }
}

function remove(text: string, pattern: Pattern, operator: '#' | '##' | '%' | '%%'): string {
  if (operator.startsWith('#')) {
    const end = pattern.endAt(text, 0, operator === '##');
    return end < 0 ? text : text.slice(end);
  }
  const from = Array.from({ length: text.length + 1 }, (_, i) => (operator === '%' ? text.length - i : i));
  const start = from.find((i) => pattern.matches(text.slice(i)));
  return start === undefined ? text : text.slice(0, start);
}

function replace(text: string, pattern: Pattern, by: string, operator: '/' | '//' | '/#' | '/%'): string {
  if (operator === '/#') {
    const end = pattern.endAt(text, 0, true);
    return end < 0 ? text : by + text.slice(end);
  }
  if (operator === '/%') {
    for (let i = 0; i <= text.length; i++) if (pattern.matches(text.slice(i))) return text.slice(0, i) + by;
    return text;
  }
  let out = '';
  for (let i = 0; i < text.length;) {
    const end = pattern.endAt(text, i, true);
    if (end > i) {
      out += by;
      i = end;
      if (operator === '/') return out + text.slice(i);
    } else out += text[i++];
  }
  return out;
}

function slice<T>(total: number, offset: number, length: number | null, cut: (from: number, to: number) => T): T {
  const from = offset < 0 ? total + offset : offset;
  if (from < 0 || from > total) return cut(0, 0);
  const to = length === null ? total : length < 0 ? total + length : Math.min(total, from + length);
  if (length !== null && length < 0 && to < from) throw new ExpansionError(`${length}: substring expression < 0`);
  return cut(from, to);
}
