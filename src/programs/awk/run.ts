/** Runs awk's statements, and the expressions that may wait. */
import { environ, now, spawn, tick, waitpid } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { exitStatus } from '../../lib/tool/run.ts';
import { evaluate, keyOf, store } from './evaluate.ts';
import type { MainInput } from './main-input.ts';
import { arrayOf, newCell } from './store.ts';
import type { Cell, Store } from './store.ts';
import type { Streams } from './streams.ts';
import { AwkError } from './syntax.ts';
import type { Expr, Lvalue, Script, Statement, Value } from './syntax.ts';
import { input, isTrue, numberText, sprintf, toNumber, toText } from './values.ts';

/** How a statement may leave what it stands in. */
export type Leave = 'next' | 'nextfile' | 'break' | 'continue' | 'exit' | 'return' | null;
/** Calls within calls. */
const DEPTH = 400;

const constant = (value: Value): Expr => ({ kind: 'const', value, impure: false });

export class Runner {
  readonly store: Store;
  readonly streams: Streams;
  readonly main: MainInput;
  exitCode = 0;
  readonly #script: Script;
  #returned: Value = null;
  #depth = 0;
  constructor(script: Script, held: Store, streams: Streams, main: MainInput) {
    this.#script = script;
    this.store = held;
    this.streams = streams;
    this.main = main;
  }

  *run(s: Statement): Coroutine<Leave> {
    switch (s.kind) {
      case 'block':
        for (const inner of s.body) {
          const left = yield* this.run(inner);
          if (left !== null) return left;
        }
        return null;
      case 'expr':
        yield* this.value(s.of);
        return null;
      case 'print': return yield* this.#print(s);
      case 'if': return isTrue(yield* this.value(s.test)) ? yield* this.run(s.yes) : s.no === null ? null : yield* this.run(s.no);
      case 'while': case 'for': return yield* this.#loop(s);
      case 'forin': return yield* this.#forIn(s);
      case 'leave': return s.how;
      case 'exit': case 'return':
        if (s.value !== null) {
          const value = yield* this.value(s.value);
          if (s.kind === 'return') this.#returned = value;
          else this.exitCode = Math.trunc(toNumber(value)) & 255;
        }
        return s.kind;
      case 'delete': {
        const array = arrayOf(this.store.cell(s.array));
        if (s.subs === null) array.clear();
        else array.delete(keyOf(this.store, yield* this.#pure(s.subs)));
        return null;
      }
    }
  }
  *#loop(s: Statement & { kind: 'while' | 'for' }): Coroutine<Leave> {
    if (s.kind === 'for' && s.init !== null) yield* this.run(s.init);
    for (let first = s.kind === 'while' && s.first; first || s.test === null || isTrue(yield* this.value(s.test)); first = false) {
      yield* tick();
      const left = yield* this.run(s.body);
      if (left === 'break') return null;
      if (left !== null && left !== 'continue') return left;
      if (s.kind === 'for' && s.step !== null) yield* this.run(s.step);
    }
    return null;
  }
  *#forIn(s: Statement & { kind: 'forin' }): Coroutine<Leave> {
    for (const key of [...arrayOf(this.store.cell(s.array)).keys()]) {
      yield* tick();
      this.store.assign(s.id, input(key));
      const left = yield* this.run(s.body);
      if (left === 'break') return null;
      if (left !== null && left !== 'continue') return left;
    }
    return null;
  }
  *#print(s: Statement & { kind: 'print' }): Coroutine<Leave> {
    const values: Value[] = [];
    for (const arg of s.args) values.push(yield* this.value(arg));
    const { store: held } = this;
    const text = s.formatted ? sprintf(toText(values[0]!, held.convfmt), values.slice(1), held.convfmt)
      : (s.args.length === 0 ? held.record() : values.map((v) => (typeof v === 'number' ? numberText(v, held.text('OFMT')) : toText(v, held.convfmt))).join(held.text('OFS'))) + held.text('ORS');
    if (s.redirect === null) yield* this.streams.print(null, '', text);
    else yield* this.streams.print(s.redirect.op, toText(yield* this.value(s.redirect.to), held.convfmt), text);
    return null;
  }

  /** An expression's value; what may wait in it is done first, in its order. */
  *value(e: Expr): Coroutine<Value> {
    if (!e.impure) return evaluate(this.store, e);
    switch (e.kind) {
      case 'call': return yield* this.#call(e);
      case 'getline': return yield* this.#getline(e);
      case 'builtin': return yield* this.#builtin(e);
      case 'group': return yield* this.value(e.of);
      case 'cond': return yield* this.value(isTrue(yield* this.value(e.test)) ? e.yes : e.no);
      case 'logic':
        if (isTrue(yield* this.value(e.left)) === (e.op === '||')) return e.op === '||' ? 1 : 0;
        return isTrue(yield* this.value(e.right)) ? 1 : 0;
      case 'assign': {
        const value = constant(yield* this.value(e.value));
        return evaluate(this.store, { ...e, value, target: yield* this.#target(e.target) });
      }
      case 'step': return evaluate(this.store, { ...e, target: yield* this.#target(e.target) });
      case 'unary': return evaluate(this.store, { ...e, of: constant(yield* this.value(e.of)) });
      case 'binary': case 'match': {
        const left = constant(yield* this.value(e.left));
        return evaluate(this.store, { ...e, left, right: yield* this.#one(e.right) });
      }
      case 'in': return evaluate(this.store, { ...e, subs: yield* this.#pure(e.subs) });
      case 'list': return evaluate(this.store, { ...e, items: yield* this.#pure(e.items) });
      case 'element': case 'field': return evaluate(this.store, yield* this.#target(e));
      default: return evaluate(this.store, e);
    }
  }
  /** The same expression with what may wait replaced by its value. */
  *#one(e: Expr): Coroutine<Expr> { return e.impure ? constant(yield* this.value(e)) : e; }
  *#pure(list: readonly Expr[]): Coroutine<Expr[]> {
    const done: Expr[] = [];
    for (const e of list) done.push(yield* this.#one(e));
    return done;
  }
  *#target(t: Expr & Lvalue): Coroutine<Expr & Lvalue> {
    if (t.kind === 'field') return { ...t, of: yield* this.#one(t.of) };
    return t.kind === 'element' ? { ...t, subs: yield* this.#pure(t.subs) } : t;
  }

  *#call(e: Expr & { kind: 'call' }): Coroutine<Value> {
    const { params, body } = this.#script.functions.get(e.name)!;
    if (e.args.length > params.length) throw new AwkError(`too many arguments in call to ${e.name}`);
    const frame: Cell[] = [];
    for (const arg of e.args) {
      // A bare name may be an array, or become one inside.
      if (arg.kind === 'var') {
        const cell = this.store.cell(arg.id);
        frame.push(cell.array !== null ? { value: null, array: cell.array, link: null } : newCell(cell.value, cell.value === null ? cell : null));
      } else frame.push(newCell(yield* this.value(arg)));
    }
    while (frame.length < params.length) frame.push(newCell());
    if (++this.#depth > DEPTH) throw new AwkError('function call nesting too deep');
    const outer = this.store.frame;
    this.store.frame = frame;
    this.#returned = null;
    yield* tick();
    const left = yield* this.run(body);
    this.store.frame = outer;
    this.#depth--;
    const value = this.#returned;
    this.#returned = null;
    if (left !== null && left !== 'return') throw new Unwind(left);
    return value;
  }
  *#getline(e: Expr & { kind: 'getline' }): Coroutine<Value> {
    const { store: held } = this;
    let record: string | null;
    if (e.from === 'main') {
      record = yield* this.main.next();
      if (record !== null) {
        held.add('NR');
        held.add('FNR');
      }
    } else {
      const name = toText(yield* this.value(e.source!), held.convfmt);
      const reader = yield* this.streams.reader(e.from, name);
      if (reader === null) return -1;
      record = yield* this.streams.record(reader, held.text('RS'), held.patterns);
      if (record !== null && e.from === 'command') held.add('NR');
    }
    if (record === null) return 0;
    if (e.target === null) held.setRecord(record);
    else store(held, yield* this.#target(e.target), input(record));
    return 1;
  }
  *#builtin(e: Expr & { kind: 'builtin' }): Coroutine<Value> {
    const args: Expr[] = [];
    for (const [i, arg] of e.args.entries()) args.push(i === 1 && e.name === 'split' || i === 2 && /^g?sub$/.test(e.name) ? arg : yield* this.#one(arg));
    const text = (n: number): string => toText(evaluate(this.store, args[n]!), this.store.convfmt);
    switch (e.name) {
      case 'system': {
        yield* this.streams.flushAll();
        const pid = yield* spawn({ path: '/bin/sh', argv: ['sh', '-c', text(0)], env: yield* environ() });
        return exitStatus((yield* waitpid({ pid, nohang: false, untraced: false }))!.status);
      }
      case 'close': return yield* this.streams.close(text(0));
      case 'fflush':
        if (args.length === 0) yield* this.streams.flush('/dev/stdout');
        else return (yield* this.streams.flush(text(0))) ? 0 : -1;
        return 0;
      case 'systime': return Math.floor((yield* now()) / 1e6);
      case 'strftime': return strftime(args.length > 0 ? text(0) : '%c', args.length > 1 ? toNumber(evaluate(this.store, args[1]!)) * 1e6 : yield* now());
      case 'srand': {
        const before = this.store.seed;
        this.store.seed = args.length > 0 ? toNumber(evaluate(this.store, args[0]!)) : Math.floor((yield* now()) / 1e6);
        this.store.random = Math.trunc(this.store.seed) >>> 0;
        return before;
      }
      default: return evaluate(this.store, { ...e, args, impure: false });
    }
  }
}
/** `next` or `exit` inside a function: passes through the expression that called it. */
export class Unwind extends Error {
  readonly how: Exclude<Leave, null>;
  constructor(how: Exclude<Leave, null>) {
    super(how);
    this.how = how;
  }
}
