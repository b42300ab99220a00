/** expr(1): arithmetic, comparison, matching, and the string functions. */
import { cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';

class BadExpression { readonly message: string; constructor(message: string) { this.message = message; } }
type Value = string;

const LEVELS: readonly (readonly string[])[] = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']];
const isInteger = (v: Value): boolean => /^-?\d+$/.test(v);
const isNull = (v: Value): boolean => v === '' || /^-?0+$/.test(v);

function arithmetic(a: Value, operator: string, b: Value): Value {
  if (!isInteger(a) || !isInteger(b)) throw new BadExpression('non-integer argument');
  const [x, y] = [BigInt(a), BigInt(b)];
  if ((operator === '/' || operator === '%') && y === 0n) throw new BadExpression('division by zero');
  return String(operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : operator === '/' ? x / y : x % y);
}
function compare(a: Value, operator: string, b: Value): Value {
  const [x, y] = isInteger(a) && isInteger(b) ? [BigInt(a), BigInt(b)] : [a, b];
  const answer = operator === '<' ? x < y : operator === '<=' ? x <= y : operator === '>' ? x > y : operator === '>=' ? x >= y : operator === '!=' ? x !== y : x === y;
  return answer ? '1' : '0';
}
function match(text: Value, pattern: Value): Value {
  const regex = compileRegex(pattern);
  const found = regex.find(text);
  const hit = found !== null && found.start === 0 ? found : null;
  return regex.groups > 0 ? hit?.group(1) ?? '' : String(hit?.end ?? 0);
}
function combine(a: Value, operator: string, b: Value): Value {
  if (operator === '|') return isNull(a) ? (isNull(b) ? '0' : b) : a;
  if (operator === '&') return isNull(a) || isNull(b) ? '0' : a;
  if (operator === ':') return match(a, b);
  return LEVELS[2]!.includes(operator) ? compare(a, operator, b) : arithmetic(a, operator, b);
}

/** Reads the words from the left; every level takes what the next one gives. */
function evaluate(words: readonly string[]): Value {
  let at = 0;
  const take = (): string => {
    const word = words[at++];
    if (word === undefined) throw new BadExpression(`syntax error: missing argument after ${quote(words.at(-1)!)}`);
    return word;
  };
  const level = (n: number): Value => {
    if (n === LEVELS.length) return primary();
    let value = level(n + 1);
    while (at < words.length && LEVELS[n]!.includes(words[at]!)) {
      const operator = words[at++]!;
      value = combine(value, operator, level(n + 1));
    }
    return value;
  };
  const primary = (): Value => {
    const word = take();
    const more = at < words.length;
    if (word === '(') {
      const value = level(0);
      if (words[at++] !== ')') throw new BadExpression(`syntax error: expecting ')' ${at > words.length ? 'after' : 'instead of'} ${quote(words[Math.min(at, words.length) - 1]!)}`);
      return value;
    }
    if (word === '+') return take();
    if (word === 'length' && more) return String(primary().length);
    if (word === 'match' && more) return match(primary(), primary());
    if (word === 'index' && more) {
      const [text, set] = [primary(), primary()];
      return String([...text].findIndex((c) => set.includes(c)) + 1);
    }
    if (word === 'substr' && more) {
      const [text, from, count] = [primary(), Number(primary()), Number(primary())];
      return from >= 1 && count >= 1 ? text.slice(from - 1, from - 1 + count) : '';
    }
    return word;
  };
  const value = level(0);
  if (at < words.length) throw new BadExpression(`syntax error: unexpected argument ${quote(words[at]!)}`);
  return value;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const words = argv.slice(argv[1] === '--' ? 2 : 1);
  if (words.length === 0) return yield* usageError('expr', 'missing operand', 2);
  try {
    const value = evaluate(words);
    yield* write(1, `${value}\n`);
    return isNull(value) ? 1 : 0;
  } catch (caught) {
    if (!(caught instanceof BadExpression) && !(caught instanceof RegexError)) throw caught;
    yield* write(2, `expr: ${caught.message}\n`);
    return 2;
  }
}

export const program: Program = { name: 'expr', main: (argv) => quietly(body(argv)) };
