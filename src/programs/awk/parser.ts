/** awk's rules, functions and statements. */
import { tokenize } from './lexer.ts';
import { ExpressionParser } from './expressions.ts';
import { AwkError } from './syntax.ts';
import type { Expr, Redirect, Rule, Script, Statement } from './syntax.ts';

export function parseAwk(source: string): Script {
  return new Parser(tokenize(source)).script();
}

class Parser extends ExpressionParser {
  readonly #functions = new Map<string, { readonly params: readonly string[]; readonly body: Statement }>();
  #inFunction = false;
  #inRule = false;

  script(): Script {
    const rules: Rule[] = [];
    for (;;) {
      while (this.token.kind === 'newline' || this.is(';')) this.at++;
      if (this.token.kind === 'end') break;
      if (this.accept('function')) this.#function();
      else rules.push(this.#rule());
    }
    const unknown = this.called.find(({ name }) => !this.#functions.has(name));
    if (unknown !== undefined) throw new AwkError(`function ${unknown.name} never defined`, this.token.line);
    return { rules, functions: this.#functions };
  }
  #function(): void {
    const { kind, text } = this.token;
    if (kind !== 'call' && kind !== 'name') this.wrong();
    this.at++;
    this.expect('(');
    const params: string[] = [];
    if (!this.is(')')) do {
      this.newlines();
      if (this.token.kind !== 'name') this.wrong();
      params.push(this.tokens[this.at++]!.text);
    } while (this.accept(','));
    this.expect(')');
    this.newlines();
    [this.params, this.#inFunction] = [params, true];
    const body = this.#braces();
    [this.params, this.#inFunction] = [[], false];
    this.#functions.set(text, { params, body });
  }
  #rule(): Rule {
    const begin = this.accept('BEGIN') ? 'begin' : this.accept('END') ? 'end' : null;
    if (begin !== null) {
      if (!this.is('{')) this.wrong();
      return { pattern: { kind: begin }, body: this.#braces() };
    }
    this.#inRule = true;
    let pattern: Rule['pattern'] = { kind: 'always' };
    if (!this.is('{')) {
      const from = this.expression();
      pattern = { kind: 'expr', of: from };
      if (this.accept(',')) {
        this.newlines();
        pattern = { kind: 'range', from, to: this.expression() };
      }
    }
    const body = this.is('{') ? this.#braces() : null;
    if (body === null && !this.is(';') && this.token.kind !== 'newline' && this.token.kind !== 'end') this.wrong();
    this.#inRule = false;
    return { pattern, body };
  }
  #braces(): Statement {
    this.expect('{');
    const body: Statement[] = [];
    for (;;) {
      while (this.token.kind === 'newline' || this.is(';')) this.at++;
      if (this.accept('}')) return { kind: 'block', body };
      if (this.token.kind === 'end') this.expect('}');
      body.push(this.#statement());
    }
  }
  /** A statement that stands alone ends at `;`, a newline, or before `}`. */
  #ended<T>(statement: T): T {
    if (this.token.kind === 'newline' || this.is(';')) this.at++;
    else if (!this.is('}') && this.token.kind !== 'end') this.wrong();
    return statement;
  }
  #body(): Statement {
    this.newlines();
    if (this.accept(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }
  #statement(): Statement {
    const { kind, text, line } = this.token;
    if (this.is('{')) return this.#braces();
    if (kind !== 'keyword' || text === 'getline') return this.#ended(this.#simple());
    this.at++;
    switch (text) {
      case 'if': return this.#if();
      case 'while': {
        const test = this.#test();
        return { kind: 'while', test, body: this.#body(), first: false };
      }
      case 'do': return this.#do();
      case 'for': return this.#for();
      case 'next': case 'nextfile':
        if (!this.#inRule && !this.#inFunction) throw new AwkError(`improper use of ${text}`, line);
        return this.#ended({ kind: 'leave', how: text });
      case 'break': case 'continue': return this.#ended({ kind: 'leave', how: text });
      case 'return':
        if (!this.#inFunction) throw new AwkError('return outside function body', line);
        return this.#ended({ kind: 'return', value: this.#optional() });
      case 'exit': return this.#ended({ kind: 'exit', value: this.#optional() });
      default:
        this.at--;
        return this.#ended(this.#simple());
    }
  }
  #optional(): Expr | null {
    return this.token.kind === 'newline' || this.token.kind === 'end' || this.is(';') || this.is('}') ? null : this.expression();
  }
  #test(): Expr {
    this.expect('(');
    const test = this.expression();
    this.expect(')');
    return test;
  }
  #if(): Statement {
    const test = this.#test();
    const yes = this.#body();
    // `else` may stand on a later line.
    const back = this.at;
    while (this.token.kind === 'newline' || this.is(';')) this.at++;
    if (this.accept('else')) return { kind: 'if', test, yes, no: this.#body() };
    this.at = back;
    return { kind: 'if', test, yes, no: null };
  }
  #do(): Statement {
    const body = this.#body();
    while (this.token.kind === 'newline' || this.is(';')) this.at++;
    this.expect('while');
    return this.#ended({ kind: 'while', test: this.#test(), body, first: true });
  }
  #for(): Statement {
    this.expect('(');
    if (this.token.kind === 'name' && this.tokens[this.at + 1]?.text === 'in' && this.tokens[this.at + 3]?.text === ')') {
      const id = this.nameOf(this.token.text);
      this.at += 2;
      const array = this.arrayName();
      this.expect(')');
      return { kind: 'forin', id, array, body: this.#body() };
    }
    const init = this.is(';') ? null : this.#simple(true);
    this.expect(';');
    this.newlines();
    const test = this.is(';') ? null : this.expression();
    this.expect(';');
    this.newlines();
    const step = this.is(')') ? null : this.#simple();
    this.expect(')');
    return { kind: 'for', init, test, step, body: this.#body() };
  }
  #simple(noIn = false): Statement {
    if (this.is('print') || this.is('printf')) return this.#print();
    if (!this.accept('delete')) return { kind: 'expr', of: this.expression(noIn) };
    const array = this.arrayName();
    if (!this.accept('[')) return { kind: 'delete', array, subs: null };
    const subs = this.list(']');
    this.expect(']');
    return { kind: 'delete', array, subs };
  }
  #print(): Statement {
    const formatted = this.tokens[this.at++]!.text === 'printf';
    const args: Expr[] = [];
    const ends = (): boolean => this.token.kind === 'newline' || this.token.kind === 'end' || [';', '}', '>', '>>', '|'].some((t) => this.is(t));
    if (!ends()) do {
      this.newlines();
      args.push(this.expression(false, true));
    } while (this.accept(','));
    // `print (a, b) > "f"`: the parentheses hold the list.
    const [only] = args;
    const list = args.length === 1 && only?.kind === 'list' ? only.items : args;
    let redirect: Redirect | null = null;
    for (const op of ['>>', '>', '|'] as const) {
      if (redirect !== null || !this.accept(op)) continue;
      redirect = { op, to: this.#destination() };
    }
    if (formatted && list.length === 0) this.wrong();
    return { kind: 'print', formatted, args: list, redirect };
  }
  /** Up to the next redirection: concatenation without comparison. */
  #destination(): Expr { return this.expression(false, true); }
}
