/** `+ - * / %` and comparisons, with jq's complaints. Pure. */
import { compare, equal, isArray, isObject, JqError, named } from './value.ts';
import type { Value } from './value.ts';

const LONGEST = 64 * 1024 * 1024;

function merge(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Value {
  const out = new Map(a);
  for (const [key, value] of b) {
    const old = out.get(key);
    out.set(key, old !== undefined && isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return out;
}
function times(a: Value, b: Value): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const [text, n] = typeof a === 'string' ? [a, b] : [b, a];
  if (typeof text === 'string' && typeof n === 'number') {
    if (text.length * n > LONGEST) throw new JqError('String repetition: memory exhausted');
    return n > 0 ? text.repeat(Math.max(1, Math.ceil(n))) : null;
  }
  return isObject(a) && isObject(b) ? merge(a, b) : undefined;
}
function plus(a: Value, b: Value): Value | undefined {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return [...a, ...b];
  return isObject(a) && isObject(b) ? new Map([...a, ...b]) : undefined;
}
const whole = (n: number): number => (Number.isNaN(n) ? 0 : Math.trunc(n));

/** Errors: JqError. */
export function operate(operator: string, a: Value, b: Value): Value {
  const numbers = typeof a === 'number' && typeof b === 'number';
  const wrong = (what: string): JqError => new JqError(`${named(a)} and ${named(b)} cannot be ${what}`);
  switch (operator) {
    case '==': return equal(a, b);
    case '!=': return !equal(a, b);
    case '<': return compare(a, b) < 0;
    case '<=': return compare(a, b) <= 0;
    case '>': return compare(a, b) > 0;
    case '>=': return compare(a, b) >= 0;
    case '+': {
      const sum = plus(a, b);
      if (sum === undefined) throw wrong('added');
      return sum;
    }
    case '-':
      if (numbers) return a - b;
      if (isArray(a) && isArray(b)) return a.filter((x) => !b.some((y) => equal(x, y)));
      throw wrong('subtracted');
    case '*': {
      const product = times(a, b);
      if (product === undefined) throw wrong('multiplied');
      return product;
    }
    case '/':
      if (typeof a === 'string' && typeof b === 'string') return split(a, b);
      if (!numbers) throw wrong('divided');
      if (b === 0) throw wrong('divided because the divisor is zero');
      return a / b;
    default:
      if (!numbers) throw wrong('divided (remainder)');
      if (whole(b) === 0) throw wrong('divided (remainder) because the divisor is zero');
      return whole(a) % Math.abs(whole(b)) || 0;
  }
}
export function split(text: string, by: string): Value {
  if (text === '') return [];
  return by === '' ? [...text] : text.split(by);
}
