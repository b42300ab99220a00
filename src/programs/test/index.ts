/** /bin/test and /bin/[, for those who start them without a shell. */
import { access, cpu, isatty, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { look } from '../../lib/tool/tree.ts';

class BadTest { readonly message: string; constructor(message: string) { this.message = message; } }

const FILES: Readonly<Record<string, (it: Stat) => boolean>> = {
  '-e': () => true, '-f': (it) => it.type === 'file', '-d': (it) => it.type === 'dir', '-s': (it) => it.size > 0, '-p': (it) => it.type === 'fifo', '-S': (it) => it.type === 'sock', '-c': (it) => it.type === 'chr', '-b': () => false,
  '-u': (it) => (it.mode & 0o4000) !== 0, '-g': (it) => (it.mode & 0o2000) !== 0, '-k': (it) => (it.mode & 0o1000) !== 0,
};
const NUMBERS: Readonly<Record<string, (a: number, b: number) => boolean>> = { '-eq': (a, b) => a === b, '-ne': (a, b) => a !== b, '-lt': (a, b) => a < b, '-le': (a, b) => a <= b, '-gt': (a, b) => a > b, '-ge': (a, b) => a >= b };
const STRINGS: Readonly<Record<string, (a: string, b: string) => boolean>> = { '=': (a, b) => a === b, '==': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '>': (a, b) => a > b };
const FILE_PAIRS = ['-nt', '-ot', '-ef'];
const isBinary = (word: string | undefined): boolean => word !== undefined && (word in NUMBERS || word in STRINGS || FILE_PAIRS.includes(word));

function integer(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new BadTest(`invalid integer '${text}'`);
  return Number(text);
}
function* unary(operator: string, operand: string): Coroutine<boolean> {
  switch (operator) {
    case '-z': return operand === '';
    case '-n': return operand !== '';
    case '-t': return yield* isatty(integer(operand));
    case '-r': case '-w': case '-x': return yield* access(operand, operator[1] as 'r' | 'w' | 'x');
    case '-h': case '-L': return (yield* look(operand, false))?.type === 'link';
    default: break;
  }
  const it = yield* look(operand);
  return it !== null && FILES[operator]!(it);
}
const isUnary = (word: string | undefined): boolean => word !== undefined && (word in FILES || ['-z', '-n', '-t', '-r', '-w', '-x', '-h', '-L'].includes(word));

function* binary(left: string, operator: string, right: string): Coroutine<boolean> {
  if (operator in NUMBERS) return NUMBERS[operator]!(integer(left), integer(right));
  if (operator in STRINGS) return STRINGS[operator]!(left, right);
  const [a, b] = [yield* look(left), yield* look(right)];
  if (operator === '-ef') return a !== null && b !== null && a.ino === b.ino && a.dev === b.dev;
  const [newer, older] = operator === '-nt' ? [a, b] : [b, a];
  return newer !== null && (older === null || newer.mtime > older.mtime);
}

/** `!`, `( )`, `-a`, `-o` over tests of one, two or three words. */
class Words {
  readonly #words: readonly string[];
  #at = 0;
  constructor(words: readonly string[]) { this.#words = words; }
  get done(): boolean { return this.#at >= this.#words.length; }
  get next(): string | undefined { return this.#words[this.#at]; }
  *or(): Coroutine<boolean> {
    let value = yield* this.and();
    while (this.next === '-o') {
      this.#at++;
      value = (yield* this.and()) || value;
    }
    return value;
  }
  *and(): Coroutine<boolean> {
    let value = yield* this.one();
    while (this.next === '-a') {
      this.#at++;
      value = (yield* this.one()) && value;
    }
    return value;
  }
  *one(): Coroutine<boolean> {
    const [word, second, third] = this.#words.slice(this.#at);
    if (word === undefined) throw new BadTest(`missing argument after '${this.#words.at(-1)}'`);
    if (isBinary(second) && third !== undefined) {
      this.#at += 3;
      return yield* binary(word, second!, third);
    }
    if (word === '!' && second !== undefined) {
      this.#at++;
      return !(yield* this.one());
    }
    if (word === '(' && second !== undefined) {
      this.#at++;
      const value = yield* this.or();
      if (this.next !== ')') throw new BadTest("')' expected");
      this.#at++;
      return value;
    }
    if (isUnary(word) && second !== undefined) {
      this.#at += 2;
      return yield* unary(word, second);
    }
    this.#at++;
    return word !== '';
  }
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(500);
  const name = argv[0]!.replace(/^.*\//, '');
  const given = argv.slice(1);
  try {
    if (name === '[' && given.pop() !== ']') throw new BadTest("missing ']'");
    if (given.length === 0) return 1;
    const words = new Words(given);
    const value = yield* words.or();
    if (!words.done) throw new BadTest(`extra argument '${words.next}'`);
    return value ? 0 : 1;
  } catch (caught) {
    if (!(caught instanceof BadTest)) throw caught;
    yield* write(2, `${name}: ${caught.message}\n`);
    return 2;
  }
}

export const program: Program = { name: 'test', main };
