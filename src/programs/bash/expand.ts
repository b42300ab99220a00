/**
 * Word expansion: braces, tilde, parameters, commands, arithmetic, splitting, globbing, quote removal.
 * A word becomes fields; a field is a list of pieces that know whether they were quoted, because only unquoted
 * results are split and globbed.
 */
import type { ArithmeticExpression, ParameterExpansionPart, Word, WordPart } from 'unbash';
import { getcwd, now } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { calculate, parseArithmetic } from './numbers.ts';
import { braces } from './braces.ts';
import { glob } from './glob.ts';
import { ExpansionError, ShellError } from './errors.ts';
import { parameterOperation } from './parameter.ts';
import { Pattern } from './pattern.ts';
import type { Piece } from './pattern.ts';
import { assign, hasOption, keysOf, lookup, scalar } from './state.ts';
import type { ShellState } from './state.ts';

/** What expansion needs of the executor. */
export interface Runner {
  readonly state: ShellState;
  readonly source: string;
  readonly line: number;
  /** Output of a command substitution, trailing newlines removed. */
  substitute(source: string): Coroutine<string>;
  /** A path (/dev/fd/n) that reads from, or writes to, the given commands. */
  processSubstitution(source: string, operator: '<' | '>'): Coroutine<string>;
}

/** A piece of a field; `split` marks text that came from an unquoted expansion. */
interface Part extends Piece { readonly split: boolean }
type Field = Part[];
/** Marks where `"$@"` begins another field. */
const BREAK = Symbol('break');

const literal = (text: string, quoted: boolean): Part => ({ text, quoted, split: false });

/** A call takes only so many arguments; a word may have a million fields. */
function append<T>(to: T[], items: readonly T[]): void {
  for (const item of items) to.push(item);
}

/** Fields of a word for a command line. */
export function* expandWord(r: Runner, word: Word): Coroutine<string[]> {
  const out: string[] = [];
  for (const variant of hasOption(r.state, 'braceexpand') ? braces(word) : [word]) {
    const parts = yield* expandParts(r, variant, true);
    for (const field of split(parts, scalar(r.state, 'IFS') ?? ' \t\n')) append(out, yield* glob(r.state, field));
  }
  return out;
}
export function* expandWords(r: Runner, words: readonly Word[]): Coroutine<string[]> {
  const out: string[] = [];
  for (const word of words) append(out, yield* expandWord(r, word));
  return out;
}
/** A word as one string: assignments, redirections, `case`, here-strings. No splitting, no globbing. */
export function* expandText(r: Runner, word: Word): Coroutine<string> {
  const parts = yield* expandParts(r, word, true);
  return parts.map((p) => (p === BREAK ? ' ' : (p as Part).text)).join('');
}
/** A word as a pattern: quoted parts match themselves. */
export function* expandPattern(r: Runner, word: Word): Coroutine<Pattern> {
  const parts = yield* expandParts(r, word, true);
  return new Pattern(parts.map((p) => (p === BREAK ? literal(' ', true) : (p as Part))));
}
/** The body of a here-document: parameters, commands and arithmetic only. */
export function* expandBody(r: Runner, parts: readonly WordPart[]): Coroutine<string> {
  let text = '';
  for (const part of parts) for (const p of yield* expandPart(r, part, true)) text += p === BREAK ? ' ' : (p as Part).text;
  return text;
}

function* expandParts(r: Runner, word: Word, tilde: boolean): Coroutine<(Part | typeof BREAK)[]> {
  if (word.parts === undefined) {
    if (tilde && word.text.startsWith('~')) return [literal(yield* home(r, word.value), true)];
    return [literal(word.value, word.text !== word.value)];
  }
  const out: (Part | typeof BREAK)[] = [];
  for (const [i, part] of word.parts.entries()) {
    if (i === 0 && tilde && part.type === 'Literal' && part.text.startsWith('~')) out.push(literal(yield* home(r, part.value), true));
    else append(out, yield* expandPart(r, part, false));
  }
  return out;
}

function* home(r: Runner, text: string): Coroutine<string> {
  const slash = text.indexOf('/');
  const user = slash < 0 ? text.slice(1) : text.slice(1, slash);
  const rest = slash < 0 ? '' : text.slice(slash);
  if (user === '') return `${scalar(r.state, 'HOME') ?? '/root'}${rest}`;
  if (user === '+') return `${yield* getcwd()}${rest}`;
  if (user === '-' && r.state.oldCwd !== '') return `${r.state.oldCwd}${rest}`;
  if (user === 'root') return `/root${rest}`;
  return text;
}

function* expandPart(r: Runner, part: WordPart, quoted: boolean): Coroutine<(Part | typeof BREAK)[]> {
  const result = (text: string): Part[] => (text === '' && !quoted ? [] : [{ text, quoted, split: !quoted }]);
  switch (part.type) {
    case 'Literal': return [literal(part.value, quoted || part.text !== part.value)];
    case 'Glob': return [literal(part.text, quoted)];
    case 'ExtendedGlob': case 'BraceExpansion': return [literal(part.text, quoted)];
    case 'SingleQuoted': case 'AnsiCQuoted': return [literal(part.value, true)];
    case 'DoubleQuoted': case 'LocaleString': {
      const out: (Part | typeof BREAK)[] = [];
      for (const inner of part.parts) append(out, yield* expandPart(r, inner, true));
      // "" is an empty field, but "$@" without arguments is none.
      const onlyAt = part.parts.length === 1 && /^\$(@|\{@\}|\{\w+\[@\]\})$/.test(part.parts[0]!.text);
      return out.length === 0 && !onlyAt ? [literal('', true)] : out;
    }
    case 'SimpleExpansion': return yield* parameter(r, part.text.slice(1), quoted);
    case 'ParameterExpansion': return yield* expansion(r, part, quoted);
    case 'CommandExpansion': return result(yield* r.substitute(part.text.startsWith('`') ? part.text.slice(1, -1).replace(/\\([`$\\])/g, '$1') : part.text.slice(2, -1)));
    case 'ArithmeticExpansion': return result(part.expression === undefined ? '0' : yield* shown(r, part.expression, part.text.slice(3, -2)));
    case 'ProcessSubstitution': return [literal(yield* r.processSubstitution(part.text.slice(2, -1), part.operator), true)];
  }
}

/** `$@` and `$*` in the three ways they can stand. */
function list(r: Runner, items: readonly string[], star: boolean, quoted: boolean): (Part | typeof BREAK)[] {
  if (star && quoted) return [literal(items.join((scalar(r.state, 'IFS') ?? ' ').slice(0, 1)), true)];
  return items.flatMap((text, i) => [...(i > 0 ? [BREAK as typeof BREAK] : []), { text, quoted, split: !quoted }]);
}

function* parameter(r: Runner, name: string, quoted: boolean): Coroutine<(Part | typeof BREAK)[]> {
  if (name === '@' || name === '*') return list(r, r.state.positional, name === '*', quoted);
  const value = yield* valueOf(r, name);
  if (value === undefined && hasOption(r.state, 'nounset')) throw new ShellError(`${name}: unbound variable`, 127);
  return value === undefined || (value === '' && !quoted) ? (quoted ? [literal('', true)] : []) : [{ text: value, quoted, split: !quoted }];
}

/** A parameter's value, special ones included; undefined when unset. */
export function* valueOf(r: Runner, name: string): Coroutine<string | undefined> {
  const s = r.state;
  switch (name) {
    case '?': return String(s.status);
    case '$': return String(s.pid);
    case '!': return s.lastBackground === 0 ? undefined : String(s.lastBackground);
    case '#': return String(s.positional.length);
    case '-': return `${s.interactive ? 'himBHs' : 'hB'}${hasOption(s, 'errexit') ? 'e' : ''}${hasOption(s, 'xtrace') ? 'x' : ''}${s.commandString === true ? 'c' : ''}`;
    case '0': return s.name;
    case '_': return scalar(s, '_') ?? s.name;
    case '@': case '*': return s.positional.join(' ');
    case 'PWD': return yield* getcwd();
    case 'OLDPWD': return s.oldCwd === '' ? undefined : s.oldCwd;
    case 'PPID': return String(s.ppid);
    case 'BASHPID': return String(s.pid);
    case 'BASH_SUBSHELL': return String(s.subshell);
    case 'LINENO': return String(r.line);
    case 'SECONDS': return String(Math.floor((yield* now()) / 1e6) - s.seconds);
    case 'EPOCHSECONDS': return String(Math.floor((yield* now()) / 1e6));
    case 'RANDOM': {
      s.random = (Math.imul(s.random, 1103515245) + 12345) & 0x7fffffff;
      return String((s.random >> 8) & 32767);
    }
    case 'PIPESTATUS': return String(s.pipeStatus[0] ?? 0);
    case 'UID': case 'EUID': return scalar(s, name) ?? '0';
    default: return /^\d+$/.test(name) ? s.positional[Number(name) - 1] : scalar(s, name);
  }
}

function* expansion(r: Runner, part: ParameterExpansionPart, quoted: boolean): Coroutine<(Part | typeof BREAK)[]> {
  const s = r.state;
  let name = part.parameter;
  if (part.prefix === '!' && part.operation?.type === 'Names') return list(r, Object.keys(s.vars).filter((n) => n.startsWith(name)).sort(), part.operation.operator === '*', quoted);
  const index = part.index === undefined ? null : part.index.text === '@' || part.index.text === '*' ? part.index.text : yield* subscript(r, name, part.index);
  const variable = name === 'PIPESTATUS' ? { value: '', items: Object.fromEntries(s.pipeStatus.map((v, i) => [String(i), String(v)])) } : lookup(s, name);
  if (part.prefix === '!') {
    if (index === '@' || index === '*') return list(r, variable === undefined ? [] : keysOf(variable), index === '*', quoted);
    name = (yield* valueOf(r, name)) ?? '';
    if (name === '') throw new ShellError(`${part.parameter}: invalid indirect expansion`);
  }
  const whole = name === '@' || name === '*' || index === '@' || index === '*';
  const elements = name === '@' || name === '*' ? [...s.positional] : variable?.items === undefined ? (variable === undefined ? [] : [variable.value]) : keysOf(variable).map((k) => variable.items![k]!);
  if (part.prefix === '#') {
    const text = whole ? '' : index === null ? (yield* valueOf(r, name)) ?? '' : variable?.items?.[index] ?? '';
    return [literal(String(whole ? elements.length : characters(text)), quoted)];
  }
  const star = name === '*' || index === '*';
  const value = whole ? (elements.length === 0 ? undefined : elements.join(' ')) : index === null ? yield* valueOf(r, name) : variable?.items === undefined ? (index === '0' ? variable?.value : undefined) : variable.items[index];
  if (part.operation === undefined) {
    if (whole) return list(r, elements, star, quoted);
    if (value === undefined && hasOption(s, 'nounset')) throw new ShellError(`${name}: unbound variable`, 127);
    return value === undefined || value === '' ? (quoted ? [literal('', true)] : []) : [{ text: value, quoted, split: !quoted }];
  }
  const outcome = yield* parameterOperation(r, { name, index, value, elements: whole ? elements : null, positional: name === '@' || name === '*' }, part.operation, {
    text: (w) => expandText(r, w), pattern: (w) => expandPattern(r, w), number: (w) => number(r, w), assign: (v) => {
      if (index === null && !assign(s, name, v)) throw new ShellError(`${name}: readonly variable`);
    } });
  if (outcome === null) return [];
  if (outcome.word !== undefined) {
    // The operand's own quoting counts: ${x:-"a b"} is one field.
    const parts = yield* expandParts(r, outcome.word, true);
    return quoted ? [literal(parts.map((p) => (p === BREAK ? ' ' : (p as Part).text)).join(''), true)] : parts.map((p) => (p === BREAK || p.quoted ? p : { ...p, split: true }));
  }
  return list(r, outcome.values!, star, quoted);
}

function* subscript(r: Runner, name: string, index: Word): Coroutine<string> {
  const text = yield* expandText(r, index);
  if (lookup(r.state, name)?.assoc === true) return text;
  const n = Number(yield* number(r, index));
  const variable = lookup(r.state, name);
  return String(n < 0 && variable !== undefined ? Math.max(...keysOf(variable).map(Number)) + 1 + n : n);
}

const characters = (bytes: string): number => {
  let n = 0;
  for (let i = 0; i < bytes.length; i++) if ((bytes.charCodeAt(i) & 0xc0) !== 0x80) n++;
  return n;
};

/** The same, and what is wrong with it told after the text that was written. */
function* shown(r: Runner, expression: ArithmeticExpression, text: string): Coroutine<string> {
  try {
    return yield* arithmetic(r, expression);
  } catch (caught) {
    if (!(caught instanceof ExpansionError) || !/^(?:division|exponent|expression)/.test(caught.message)) throw caught;
    throw new ExpansionError(`${text.trim()}: ${caught.message}`);
  }
}
/** The value of an arithmetic expression. */
export const arithmetic = (r: Runner, expression: ArithmeticExpression): Coroutine<string> =>
  calculate({ state: r.state, substitute: (source) => r.substitute(source), parts: (parts) => expandBody(r, parts) }, expression);
function* number(r: Runner, word: Word): Coroutine<number> {
  const text = yield* expandText(r, word);
  const parsed = parseArithmetic(text.trim() === '' ? '0' : text);
  return parsed === null ? 0 : Number(yield* arithmetic(r, parsed));
}

// ---- splitting --------------------------------------------------------------------------------
function split(parts: readonly (Part | typeof BREAK)[], ifs: string): Field[] {
  const fields: Field[] = [];
  let field: Field | null = null;
  const white = [...ifs].filter((c) => ' \t\n'.includes(c)).join('');
  const end = (): void => {
    if (field !== null) fields.push(field);
    field = null;
  };
  for (const part of parts) {
    if (part === BREAK) {
      end();
      continue;
    }
    if (!part.split) {
      (field ??= []).push(part);
      continue;
    }
    let run = '';
    const flush = (): void => {
      if (run !== '') (field ??= []).push({ ...part, text: run });
      run = '';
    };
    for (let i = 0; i < part.text.length; i++) {
      const c = part.text[i]!;
      if (!ifs.includes(c)) {
        run += c;
        continue;
      }
      flush();
      if (white.includes(c)) end();
      else {
        field ??= [];
        end();
      }
    }
    flush();
  }
  end();
  return fields;
}
