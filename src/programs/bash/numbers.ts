/** Arithmetic over the shell's variables: expands what stands in an expression, then evaluates it. */
import { parse } from 'unbash';
import type { ArithmeticExpression, WordPart } from 'unbash';
import type { Coroutine } from '../../kernel/sys.ts';
import { evaluate } from './arithmetic.ts';
import { ExpansionError } from './errors.ts';
import { assign, lookup, scalar } from './state.ts';
import type { ShellState } from './state.ts';

/** What arithmetic needs of expansion. */
export interface Expander { readonly state: ShellState; substitute(source: string): Coroutine<string>; parts(parts: readonly WordPart[]): Coroutine<string> }

/** Parses a text as arithmetic; null when it is none. */
export function parseArithmetic(text: string): ArithmeticExpression | null {
  const command = parse(`((${text}))`).commands[0]?.command;
  return command?.type === 'ArithmeticCommand' ? command.expression ?? null : null;
}
export function* calculate(r: Expander, expression: ArithmeticExpression): Coroutine<string> {
  // Commands and parameters inside are expanded first: evaluation itself is pure.
  const expanded = new Map<unknown, string>();
  const visit = function* (e: ArithmeticExpression): Coroutine<void> {
    switch (e.type) {
      case 'ArithmeticBinary': yield* visit(e.left); yield* visit(e.right); break;
      case 'ArithmeticUnary': yield* visit(e.operand); break;
      case 'ArithmeticTernary': yield* visit(e.test); yield* visit(e.consequent); yield* visit(e.alternate); break;
      case 'ArithmeticGroup': yield* visit(e.expression); break;
      case 'ArithmeticCommandExpansion': expanded.set(e, yield* r.substitute(e.text.slice(2, -1))); break;
      case 'ArithmeticWord': if (e.parts !== undefined && e.parts.length > 0) expanded.set(e, yield* r.parts(e.parts)); break;
    }
  };
  yield* visit(expression);
  const s = r.state;
  const element = (name: string): [string, string] | null => {
    const m = /^(\w+)\[(.*)\]$/.exec(name);
    if (m === null) return null;
    const inner = lookup(s, m[1]!)?.assoc === true ? null : parseArithmetic(m[2]!);
    return [m[1]!, inner === null ? m[2]! : String(evaluate(inner, vars))];
  };
  const vars = {
    get: (name: string): string => {
      const e = element(name);
      if (e !== null) return lookup(s, e[0])?.items?.[e[1]] ?? (e[1] === '0' ? scalar(s, e[0]) ?? '' : '');
      return /^\d+$/.test(name) ? s.positional[Number(name) - 1] ?? '' : name === 'RANDOM' ? String((s.random = (Math.imul(s.random, 1103515245) + 12345) & 0x7fffffff) >> 8 & 32767) : scalar(s, name) ?? '';
    },
    set: (name: string, value: string): void => {
      const e = element(name);
      if (e === null) {
        if (!assign(s, name, value)) throw new ExpansionError(`${name}: readonly variable`);
        return;
      }
      const v = lookup(s, e[0]) ?? (s.vars[e[0]] = { value: '', items: {} });
      v.items ??= v.value === '' ? {} : { 0: v.value };
      v.items[e[1]] = value;
    },
    parse: parseArithmetic,
    expand: (e: ArithmeticExpression): string => expanded.get(e) ?? '',
  };
  return String(evaluate(expression, vars));
}
