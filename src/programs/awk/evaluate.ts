/** Expressions that need no waiting: evaluated at once. */
import { SysError } from '../../kernel/errno.ts';
import { MEMORY } from '../../lib/tool/index.ts';
import { atan2, cos, exp, log, power, sin } from '../../lib/tool/math.ts';
import { fromCivil } from '../../base/time.ts';
import { arrayOf } from './store.ts';
import type { Store } from './store.ts';
import { AwkError } from './syntax.ts';
import type { Expr, Lvalue, Value } from './syntax.ts';
import { compare, input, isTrue, sprintf, toNumber, toText } from './values.ts';

export const keyOf = (s: Store, subs: readonly Expr[]): string => subs.map((e) => toText(evaluate(s, e), s.convfmt)).join(subs.length > 1 ? s.text('SUBSEP') : '');
export function fieldNumber(s: Store, of: Expr): number {
  const n = Math.trunc(toNumber(evaluate(s, of)));
  if (n < 0) throw new AwkError(`negative field index $${n}`);
  return n;
}

export function evaluate(s: Store, e: Expr): Value {
  switch (e.kind) {
    case 'const': return e.value;
    case 'group': return evaluate(s, e.of);
    case 'regex': return s.patterns.find(e.source, s.record()) === null ? 0 : 1;
    case 'var': return s.get(e.id);
    case 'field': return s.field(fieldNumber(s, e.of));
    case 'element': {
      const array = arrayOf(s.cell(e.array));
      const key = keyOf(s, e.subs);
      if (!array.has(key)) array.set(key, null);
      return array.get(key)!;
    }
    case 'assign': {
      const value = evaluate(s, e.value);
      return store(s, e.target, e.op === '' ? value : arithmetic(e.op, toNumber(evaluate(s, e.target)), toNumber(value)));
    }
    case 'step': {
      const before = toNumber(evaluate(s, e.target));
      store(s, e.target, before + e.delta);
      return e.before ? before + e.delta : before;
    }
    case 'cond': return evaluate(s, isTrue(evaluate(s, e.test)) ? e.yes : e.no);
    case 'logic': return isTrue(evaluate(s, e.left)) === (e.op === '||') ? (e.op === '||' ? 1 : 0) : isTrue(evaluate(s, e.right)) ? 1 : 0;
    case 'unary': return e.op === '!' ? (isTrue(evaluate(s, e.of)) ? 0 : 1) : e.op === '-' ? -toNumber(evaluate(s, e.of)) : toNumber(evaluate(s, e.of));
    case 'binary': return binary(s, e.op, evaluate(s, e.left), evaluate(s, e.right));
    case 'match': return (s.patterns.find(patternOf(s, e.right), toText(evaluate(s, e.left), s.convfmt)) !== null) === e.negated ? 0 : 1;
    case 'in': return arrayOf(s.cell(e.array)).has(keyOf(s, e.subs)) ? 1 : 0;
    case 'list': return e.items.map((item) => toText(evaluate(s, item), s.convfmt)).join(s.text('SUBSEP'));
    case 'builtin': return builtin(s, e.name, e.args);
    default: throw new AwkError(`${e.kind} where nothing may wait`);
  }
}

/** The pattern an expression stands for: itself when it is one, else its text. */
export const patternOf = (s: Store, e: Expr): string => (e.kind === 'regex' ? e.source : toText(evaluate(s, e), s.convfmt));

export function store(s: Store, target: Expr & Lvalue, value: Value): Value {
  if (target.kind === 'var') s.assign(target.id, value);
  else if (target.kind === 'field') s.setField(fieldNumber(s, target.of), value);
  else arrayOf(s.cell(target.array)).set(keyOf(s, target.subs), value);
  return value;
}
function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a % b;
    default: return power(a, b);
  }
}
function binary(s: Store, op: string, a: Value, b: Value): Value {
  switch (op) {
    case ' ': {
      const text = toText(a, s.convfmt) + toText(b, s.convfmt);
      if (text.length > MEMORY) throw new SysError('ENOMEM');
      return text;
    }
    case '<': return compare(a, b, s.convfmt) < 0 ? 1 : 0;
    case '<=': return compare(a, b, s.convfmt) <= 0 ? 1 : 0;
    case '>': return compare(a, b, s.convfmt) > 0 ? 1 : 0;
    case '>=': return compare(a, b, s.convfmt) >= 0 ? 1 : 0;
    case '==': return compare(a, b, s.convfmt) === 0 ? 1 : 0;
    case '!=': return compare(a, b, s.convfmt) === 0 ? 0 : 1;
    default: return arithmetic(op, toNumber(a), toNumber(b));
  }
}

/** substr with awk's rounding: characters whose place is in [from, from + count). */
function substring(text: string, from: number, count: number | null): string {
  const start = Math.round(from);
  const end = count === null ? text.length + 1 : Math.round(from + count);
  return text.slice(Math.max(0, start - 1), Math.max(0, Math.min(text.length, end - 1)));
}
/** `YYYY MM DD HH MM SS` → seconds. */
function makeTime(text: string): number {
  const parts = text.trim().split(/\s+/).map(Number);
  if (parts.length < 6 || parts.some(Number.isNaN)) return -1;
  const [y, mo, d, h, mi, sec] = parts as [number, number, number, number, number, number];
  return Math.floor(fromCivil(y, mo, d, h, mi, sec) / 1e6);
}

function builtin(s: Store, name: string, args: readonly Expr[]): Value {
  const text = (n: number): string => toText(evaluate(s, args[n]!), s.convfmt);
  const number = (n: number): number => toNumber(evaluate(s, args[n]!));
  switch (name) {
    case 'length': {
      const [of] = args;
      if (of === undefined) return s.record().length;
      if (of.kind === 'var') {
        const cell = s.cell(of.id);
        const array = cell.array ?? (cell.value === null && cell.link !== null ? arrayOf(cell.link) : null);
        if (array !== null) return array.size;
      }
      return text(0).length;
    }
    case 'substr': return substring(text(0), number(1), args.length > 2 ? number(2) : null);
    case 'index': return text(0).indexOf(text(1)) + 1;
    case 'tolower': return text(0).replace(/[A-Z]+/g, (t) => t.toLowerCase());
    case 'toupper': return text(0).replace(/[a-z]+/g, (t) => t.toUpperCase());
    case 'sprintf': return sprintf(text(0), args.slice(1).map((a) => evaluate(s, a)), s.convfmt);
    case 'split': return split(s, text(0), args);
    case 'sub': case 'gsub': return substitute(s, name === 'gsub', args);
    case 'match': {
      const m = s.patterns.find(patternOf(s, args[1]!), text(0));
      s.set('RSTART', m === null ? 0 : m.start + 1);
      s.set('RLENGTH', m === null ? -1 : m.end - m.start);
      return m === null ? 0 : m.start + 1;
    }
    case 'int': return Math.trunc(number(0));
    case 'sqrt': return Math.sqrt(number(0));
    case 'exp': return exp(number(0));
    case 'log': return log(number(0));
    case 'sin': return sin(number(0));
    case 'cos': return cos(number(0));
    case 'atan2': return atan2(number(0), number(1));
    case 'mktime': return makeTime(text(0));
    case 'rand':
      s.random = (Math.imul(s.random, 1_664_525) + 1_013_904_223) >>> 0;
      return s.random / 4_294_967_296;
    default: throw new AwkError(`${name} where nothing may wait`);
  }
}
function split(s: Store, text: string, args: readonly Expr[]): number {
  const target = args[1]!;
  if (target.kind !== 'var') throw new AwkError('split into something that is no array');
  const separator = args[2] === undefined ? s.text('FS') : args[2].kind === 'regex' ? args[2].source : toText(evaluate(s, args[2]), s.convfmt);
  // A pattern of one character is still a pattern.
  const parts = s.patterns.split(text, args[2]?.kind === 'regex' && separator.length === 1 ? `(${separator})` : separator);
  const array = arrayOf(s.cell(target.id));
  array.clear();
  for (const [i, part] of parts.entries()) array.set(String(i + 1), input(part));
  return parts.length;
}
function substitute(s: Store, all: boolean, args: readonly Expr[]): number {
  const target: Expr = args[2] ?? { kind: 'field', of: { kind: 'const', value: 0, impure: false }, impure: false };
  const done = s.patterns.replace(toText(evaluate(s, target), s.convfmt), patternOf(s, args[0]!), toText(evaluate(s, args[1]!), s.convfmt), all);
  if (done.count > 0 && (target.kind === 'var' || target.kind === 'element' || target.kind === 'field')) store(s, target, done.text);
  return done.count;
}
