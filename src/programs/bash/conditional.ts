/** The tests of `[[ ]]`, `[` and `test`. */
import type { TestExpression } from 'unbash';
import { access, isatty, lstat, stat } from '../../kernel/sys.ts';
import type { Coroutine, Stat } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import type { Regex } from '../../lib/regex/index.ts';
import { ShellError } from './errors.ts';
import { arithmetic, expandPattern, expandText } from './expand.ts';
import { parseArithmetic } from './numbers.ts';
import type { Runner } from './expand.ts';
import { hasOption, lookup } from './state.ts';

export function* testExpression(r: Runner, e: TestExpression): Coroutine<boolean> {
  switch (e.type) {
    case 'TestGroup': return yield* testExpression(r, e.expression);
    case 'TestNot': return (yield* testExpression(r, e.operand)) !== (e.negations.length % 2 === 1);
    case 'TestLogical': {
      for (const operand of e.operands) if ((yield* testExpression(r, operand)) === (e.operator === '||')) return e.operator === '||';
      return e.operator === '&&';
    }
    case 'TestUnary': return yield* unary(r, e.operator, yield* expandText(r, e.operand));
    case 'TestBinary': {
      const left = yield* expandText(r, e.left);
      if (e.operator === '==' || e.operator === '=' || e.operator === '!=') return (yield* expandPattern(r, e.right)).matches(left) === (e.operator !== '!=');
      if (e.operator === '=~') return regex(r, left, yield* expandText(r, e.right));
      return yield* binary(r, left, e.operator, yield* expandText(r, e.right), true);
    }
  }
}

function regex(r: Runner, text: string, pattern: string): boolean {
  let compiled: Regex;
  try {
    compiled = compileRegex(pattern, { extended: true });
  } catch (caught) {
    if (!(caught instanceof RegexError)) throw caught;
    throw new ShellError(`${pattern}: ${caught.message}`, 2);
  }
  const match = compiled.find(text);
  if (match === null) {
    delete r.state.vars['BASH_REMATCH'];
    return false;
  }
  const items: Record<string, string> = {};
  for (let i = 0; i <= compiled.groups; i++) items[i] = match.group(i) ?? '';
  r.state.vars['BASH_REMATCH'] = { value: '', items };
  return true;
}

function* info(path: string, follow = true): Coroutine<Stat | null> {
  try {
    return yield* follow ? stat(path) : lstat(path);
  } catch (caught) {
    if (caught instanceof SysError) return null;
    throw caught;
  }
}

export const UNARY: ReadonlySet<string> = new Set([...'abcdefghknoprstuvwxzGLNORS'].map((c) => `-${c}`));
export function* unary(r: Runner, operator: string, operand: string): Coroutine<boolean> {
  switch (operator) {
    case '-z': return operand === '';
    case '-n': return operand !== '';
    case '-v': return lookup(r.state, operand.replace(/\[.*/, '')) !== undefined;
    case '-R': return false;
    case '-o': return hasOption(r.state, operand);
    case '-t': return /^\d+$/.test(operand) && (yield* isatty(Number(operand)));
    case '-r': return yield* access(operand, 'r');
    case '-w': return yield* access(operand, 'w');
    case '-x': return yield* access(operand, 'x');
    case '-h': case '-L': return (yield* info(operand, false))?.type === 'link';
    default: break;
  }
  const it = operand === '' ? null : yield* info(operand);
  if (it === null) return false;
  switch (operator) {
    case '-a': case '-e': return true;
    case '-f': return it.type === 'file';
    case '-d': return it.type === 'dir';
    case '-s': return it.size > 0;
    case '-p': return it.type === 'fifo';
    case '-S': return it.type === 'sock';
    case '-c': return it.type === 'chr';
    case '-O': case '-G': return it.uid === 0;
    case '-u': return (it.mode & 0o4000) !== 0;
    case '-g': return (it.mode & 0o2000) !== 0;
    case '-k': return (it.mode & 0o1000) !== 0;
    case '-N': return it.mtime >= it.atime;
    default: return false;
  }
}

const COMPARE: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = { '-eq': (a, b) => a === b, '-ne': (a, b) => a !== b, '-lt': (a, b) => a < b, '-le': (a, b) => a <= b, '-gt': (a, b) => a > b, '-ge': (a, b) => a >= b };
export const isBinary = (operator: string): boolean => operator in COMPARE || ['=', '==', '!=', '<', '>', '-nt', '-ot', '-ef'].includes(operator);

/** `expressions`: in `[[ ]]` numbers are arithmetic; in `[` they must be integers. */
export function* binary(r: Runner, left: string, operator: string, right: string, expressions: boolean): Coroutine<boolean> {
  const compare = COMPARE[operator];
  if (compare !== undefined) return compare(yield* integer(r, left, expressions), yield* integer(r, right, expressions));
  switch (operator) {
    case '=': case '==': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '>': return left > right;
    default: break;
  }
  const [a, b] = [yield* info(left), yield* info(right)];
  if (operator === '-nt') return a !== null && (b === null || a.mtime > b.mtime);
  if (operator === '-ot') return b !== null && (a === null || a.mtime < b.mtime);
  if (operator === '-ef') return a !== null && b !== null && a.ino === b.ino && a.dev === b.dev;
  throw new ShellError(`${operator}: binary operator expected`, 2);
}
function* integer(r: Runner, text: string, expressions: boolean): Coroutine<bigint> {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ''));
  if (!expressions) throw new ShellError(`${text}: integer expression expected`, 2);
  const parsed = parseArithmetic(text.trim() === '' ? '0' : text);
  return parsed === null ? 0n : BigInt(yield* arithmetic(r, parsed));
}
