/** The expressions of awk's grammar, by precedence from the loosest. */
import { BUILTINS } from './lexer.ts';
import { Patterns } from './patterns.ts';
import { TokenReader } from './token-reader.ts';
import { AwkError } from './syntax.ts';
import type { Expr, Lvalue, Name, Value } from './syntax.ts';

/** What makes an expression wait. */
const WAITING = new Set(['system', 'close', 'fflush', 'systime', 'strftime', 'srand']);
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const COMPARE = new Set(['<', '<=', '==', '!=', '>', '>=']);

const constant = (value: Value): Expr => ({ kind: 'const', value, impure: false });
const any = (...parts: readonly (Expr | null)[]): boolean => parts.some((p) => p?.impure === true);
const isLvalue = (e: Expr): e is Expr & Lvalue => e.kind === 'var' || e.kind === 'element' || e.kind === 'field';

export class ExpressionParser extends TokenReader {
  /** Functions that are called, with the line, to be checked at the end. */
  protected readonly called: { readonly name: string; readonly line: number }[] = [];
  /** Patterns are tried at once, so that a mistake in one is told before anything runs. */
  readonly #patterns = new Patterns();
  /** `noIn`: in the head of a `for`; `noGreater`: in print, where `>` redirects. */
  expression(noIn = false, noGreater = false): Expr {
    const left = this.#ternary(noIn, noGreater);
    if (!isLvalue(left) || this.token.kind !== 'op' || !ASSIGN.has(this.token.text)) return left;
    const op = this.tokens[this.at++]!.text;
    this.newlines();
    const value = this.expression(noIn, noGreater);
    return { kind: 'assign', op: op.slice(0, -1), target: left, value, impure: any(left, value) };
  }
  #ternary(noIn: boolean, noGreater: boolean): Expr {
    const test = this.#or(noIn, noGreater);
    if (!this.accept('?')) return test;
    this.newlines();
    const yes = this.expression(noIn, noGreater);
    this.newlines();
    this.expect(':');
    this.newlines();
    const no = this.expression(noIn, noGreater);
    return { kind: 'cond', test, yes, no, impure: any(test, yes, no) };
  }
  #or(noIn: boolean, noGreater: boolean): Expr {
    let left = this.#and(noIn, noGreater);
    while (this.accept('||')) {
      this.newlines();
      const right = this.#and(noIn, noGreater);
      left = { kind: 'logic', op: '||', left, right, impure: any(left, right) };
    }
    return left;
  }
  #and(noIn: boolean, noGreater: boolean): Expr {
    let left = this.#in(noIn, noGreater);
    while (this.accept('&&')) {
      this.newlines();
      const right = this.#in(noIn, noGreater);
      left = { kind: 'logic', op: '&&', left, right, impure: any(left, right) };
    }
    return left;
  }
  #in(noIn: boolean, noGreater: boolean): Expr {
    let left = this.#matching(noGreater);
    while (!noIn && this.accept('in')) {
      const subs = left.kind === 'list' ? left.items : [left];
      left = { kind: 'in', subs, array: this.arrayName(), impure: any(...subs) };
    }
    return left;
  }
  protected arrayName(): Name {
    if (this.token.kind !== 'name') this.wrong();
    return this.nameOf(this.tokens[this.at++]!.text);
  }
  #matching(noGreater: boolean): Expr {
    let left = this.#comparison(noGreater);
    while (this.is('~') || (this.is('!') && this.tokens[this.at + 1]?.text === '~')) {
      const negated = this.accept('!');
      this.at++;
      const right = this.#comparison(noGreater);
      left = { kind: 'match', negated, left, right, impure: any(left, right) };
    }
    return left;
  }
  #comparison(noGreater: boolean): Expr {
    let left = this.#concatenation();
    for (;;) {
      const { kind, text } = this.token;
      if (kind === 'op' && text === '|' && this.tokens[this.at + 1]?.text === 'getline') {
        this.at += 2;
        left = { kind: 'getline', from: 'command', source: left, target: this.#optionalTarget(), impure: true };
        continue;
      }
      if (kind !== 'op' || !COMPARE.has(text) || (text === '>' && noGreater)) return left;
      this.at++;
      const right = this.#concatenation();
      left = { kind: 'binary', op: text as '<', left, right, impure: any(left, right) };
    }
  }
  #beginsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === 'op') return ['(', '$', '++', '--'].includes(text);
    if (kind === 'keyword') return false;
    return kind !== 'newline' && kind !== 'end';
  }
  #concatenation(): Expr {
    let left = this.#additive();
    while (this.#beginsOperand()) {
      const right = this.#additive();
      left = { kind: 'binary', op: ' ', left, right, impure: any(left, right) };
    }
    return left;
  }
  #additive(): Expr {
    let left = this.#multiplicative();
    while (this.is('+') || this.is('-')) {
      const op = this.tokens[this.at++]!.text as '+' | '-';
      const right = this.#multiplicative();
      left = { kind: 'binary', op, left, right, impure: any(left, right) };
    }
    return left;
  }
  #multiplicative(): Expr {
    let left = this.#unary();
    while (this.is('*') || this.is('/') || this.is('%')) {
      const op = this.tokens[this.at++]!.text as '*' | '/' | '%';
      const right = this.#unary();
      left = { kind: 'binary', op, left, right, impure: any(left, right) };
    }
    return left;
  }
  #unary(): Expr {
    for (const op of ['!', '-', '+'] as const) {
      if (!this.accept(op)) continue;
      const of = this.#unary();
      return { kind: 'unary', op, of, impure: of.impure };
    }
    return this.#power();
  }
  #power(): Expr {
    const left = this.#postfix();
    if (!this.accept('^')) return left;
    // To the right, and above a sign before the base: -2^2 is -4.
    const right = this.is('-') || this.is('+') || this.is('!') ? this.#unary() : this.#power();
    return { kind: 'binary', op: '^', left, right, impure: any(left, right) };
  }
  #postfix(): Expr {
    const of = this.#primary();
    if (!isLvalue(of)) return of;
    if (this.accept('++')) return { kind: 'step', delta: 1, before: false, target: of, impure: of.impure };
    if (this.accept('--')) return { kind: 'step', delta: -1, before: false, target: of, impure: of.impure };
    return of;
  }
  #primary(): Expr {
    const { kind, text, line } = this.token;
    if (kind === 'op' && (text === '++' || text === '--')) {
      this.at++;
      const target = this.#primary();
      if (!isLvalue(target)) return this.wrong();
      return { kind: 'step', delta: text === '++' ? 1 : -1, before: true, target, impure: target.impure };
    }
    this.at++;
    switch (kind) {
      case 'number': return constant(Number(text));
      case 'string': return constant(text);
      case 'regex':
        this.#patterns.get(text, line);
        return { kind: 'regex', source: text, impure: false };
      case 'builtin': return this.#builtin(text, line);
      case 'call': return this.#call(text, line);
      case 'name': return this.#variable(text);
      case 'keyword': if (text === 'getline') return this.#getline(); break;
      case 'op':
        if (text === '$') {
          const of = this.is('-') || this.is('+') || this.is('!') ? this.#unary() : this.#primary();
          return { kind: 'field', of, impure: of.impure };
        }
        if (text === '(') return this.#group();
        break;
      default: break;
    }
    this.at--;
    return this.wrong();
  }
  #group(): Expr {
    const items = this.list(')');
    this.expect(')');
    if (items.length === 0) this.wrong();
    return items.length === 1 ? { kind: 'group', of: items[0]!, impure: items[0]!.impure } : { kind: 'list', items, impure: any(...items) };
  }
  /** Expressions between commas, up to a closing sign. */
  protected list(end: string): Expr[] {
    const items: Expr[] = [];
    this.newlines();
    if (this.is(end)) return items;
    do {
      this.newlines();
      items.push(this.expression());
      this.newlines();
    } while (this.accept(','));
    return items;
  }
  #variable(text: string): Expr {
    const id = this.nameOf(text);
    if (!this.accept('[')) return { kind: 'var', id, impure: false };
    const subs = this.list(']');
    this.expect(']');
    if (subs.length === 0) this.wrong();
    return { kind: 'element', array: id, subs, impure: any(...subs) };
  }
  #call(name: string, line: number): Expr {
    this.called.push({ name, line });
    this.expect('(');
    const args = this.list(')');
    this.expect(')');
    return { kind: 'call', name, args, line, impure: true };
  }
  #builtin(name: string, line: number): Expr {
    const [least, most] = BUILTINS.get(name)!;
    if (!this.is('(')) {
      if (name !== 'length') this.wrong();
      return { kind: 'builtin', name, args: [], impure: false };
    }
    this.at++;
    const args = this.list(')');
    this.expect(')');
    if (args.length < least || args.length > most) throw new AwkError(`wrong number of arguments in call to ${name}`, line);
    return { kind: 'builtin', name, args, impure: WAITING.has(name) || any(...args) };
  }
  #getline(): Expr {
    const target = this.#optionalTarget();
    if (!this.accept('<')) return { kind: 'getline', from: 'main', source: null, target, impure: true };
    return { kind: 'getline', from: 'file', source: this.#postfix(), target, impure: true };
  }
  #optionalTarget(): (Expr & Lvalue) | null {
    const { kind, text } = this.token;
    if (kind !== 'name' && !(kind === 'op' && text === '$')) return null;
    const target = this.#primary();
    return isLvalue(target) ? target : this.wrong();
  }
}
