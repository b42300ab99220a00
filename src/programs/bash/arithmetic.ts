/** `$(( ))`: evaluates the parser's expression over the shell's variables, in 64-bit two's complement. */
import type { ArithmeticExpression } from 'unbash';
import { ExpansionError } from './errors.ts';

export interface Numbers { get(name: string): string; set(name: string, value: string): void; /** Parses a text that a variable holds. */ parse(text: string): ArithmeticExpression | null; expand(word: Extract<ArithmeticExpression, { type: 'ArithmeticWord' | 'ArithmeticCommandExpansion' }>): string }

const wrap = (n: bigint): bigint => BigInt.asIntN(64, n);

function number(text: string): bigint | null {
  const t = text.trim();
  if (t === '') return 0n;
  const based = /^(\d+)#([0-9a-zA-Z@_]+)$/.exec(t);
  if (based !== null) {
    const base = BigInt(based[1]!);
    let n = 0n;
    for (const c of based[2]!) {
      const digit = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'.indexOf(base <= 36n ? c.toLowerCase() : c);
      if (BigInt(digit) >= base) throw new ExpansionError(`${t}: value too great for base (error token is "${t}")`);
      n = n * base + BigInt(digit);
    }
    return n;
  }
  if (/^0[xX][0-9a-fA-F]+$/.test(t)) return BigInt(t);
  if (/^0[0-7]*$/.test(t)) return BigInt(`0o${t === '0' ? '0' : t.slice(1)}`);
  if (/^[1-9]\d*$/.test(t)) return BigInt(t);
  if (/^0\d+$/.test(t)) throw new ExpansionError(`${t}: value too great for base (error token is "${t}")`);
  return null;
}

export function evaluate(e: ArithmeticExpression, vars: Numbers, depth = 0): bigint {
  if (depth > 64) throw new ExpansionError('expression recursion level exceeded');
  const go = (x: ArithmeticExpression): bigint => evaluate(x, vars, depth + 1);
  const valueOf = (text: string): bigint => {
    const n = number(text);
    if (n !== null) return n;
    const parsed = vars.parse(text);
    if (parsed === null) throw new ExpansionError(`${text}: syntax error: operand expected (error token is "${text}")`);
    if (parsed.type === 'ArithmeticWord' && /^[A-Za-z_]\w*(\[[^\]]*\])?$/.test(parsed.value)) return named(parsed.value);
    return go(parsed);
  };
  const named = (name: string): bigint => {
    const text = vars.get(name);
    return text === name ? 0n : evaluate({ type: 'ArithmeticWord', pos: 0, end: 0, value: text === '' ? '0' : text } as ArithmeticExpression, vars, depth + 1);
  };
  const store = (target: ArithmeticExpression, value: bigint): bigint => {
    if (target.type !== 'ArithmeticWord') throw new ExpansionError('attempted assignment to non-variable');
    vars.set(target.value, String(value));
    return value;
  };
  switch (e.type) {
    case 'ArithmeticGroup': return go(e.expression);
    case 'ArithmeticTernary': return go(e.test) !== 0n ? go(e.consequent) : go(e.alternate);
    case 'ArithmeticCommandExpansion': return valueOf(vars.expand(e));
    case 'ArithmeticWord': {
      const text = e.parts === undefined || e.parts.length === 0 ? e.value : vars.expand(e);
      return /^[A-Za-z_]\w*(\[.*\])?$/.test(text) ? named(text) : valueOf(text);
    }
    case 'ArithmeticUnary': {
      if (e.operator === '++' || e.operator === '--') {
        const old = go(e.operand);
        const next = store(e.operand, wrap(e.operator === '++' ? old + 1n : old - 1n));
        return e.prefix ? next : old;
      }
      const v = go(e.operand);
      return e.operator === '-' ? wrap(-v) : e.operator === '!' ? (v === 0n ? 1n : 0n) : e.operator === '~' ? wrap(~v) : v;
    }
    case 'ArithmeticBinary': return binary(e.operator, e.left, e.right);
  }
  function binary(operator: string, left: ArithmeticExpression, right: ArithmeticExpression): bigint {
    if (operator === '&&') return go(left) !== 0n && go(right) !== 0n ? 1n : 0n;
    if (operator === '||') return go(left) !== 0n || go(right) !== 0n ? 1n : 0n;
    if (operator === ',') return go(left), go(right);
    if (operator === '=') return store(left, go(right));
    if (/^(?:[-+*/%&|^]|<<|>>)=$/.test(operator)) return store(left, apply(operator.slice(0, -1), go(left), go(right)));
    return apply(operator, go(left), go(right));
  }
  function apply(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '+': return wrap(a + b);
      case '-': return wrap(a - b);
      case '*': return wrap(a * b);
      case '/': case '%':
        if (b === 0n) throw new ExpansionError('division by 0 (error token is "0")');
        return operator === '/' ? wrap(a / b) : a % b;
      case '**': {
        if (b < 0n) throw new ExpansionError('exponent less than 0');
        let result = 1n;
        for (let n = b, base = a; n > 0n; n >>= 1n, base = wrap(base * base)) if ((n & 1n) === 1n) result = wrap(result * base);
        return result;
      }
      case '<<': return wrap(a << (b & 63n));
      case '>>': return wrap(a >> (b & 63n));
      case '&': return a & b;
      case '|': return a | b;
      case '^': return a ^ b;
      case '<': return a < b ? 1n : 0n;
      case '>': return a > b ? 1n : 0n;
      case '<=': return a <= b ? 1n : 0n;
      case '>=': return a >= b ? 1n : 0n;
      case '==': return a === b ? 1n : 0n;
      case '!=': return a !== b ? 1n : 0n;
      default: throw new ExpansionError(`syntax error: invalid arithmetic operator (error token is "${operator}")`);
    }
  }
}
