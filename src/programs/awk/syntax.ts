/** What an awk program is made of. `impure` expressions may wait (getline, system, a function of the program), so they are run as coroutines. */

export type Expr = { readonly impure: boolean } & (
  | { readonly kind: 'const'; readonly value: Value }
  | { readonly kind: 'regex'; readonly source: string }
  | Lvalue
  | { readonly kind: 'assign'; readonly op: string; readonly target: Expr & Lvalue; readonly value: Expr }
  | { readonly kind: 'step'; readonly delta: 1 | -1; readonly before: boolean; readonly target: Expr & Lvalue }
  | { readonly kind: 'cond'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'logic'; readonly op: '&&' | '||'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'unary'; readonly op: '!' | '-' | '+'; readonly of: Expr }
  | { readonly kind: 'binary'; readonly op: '+' | '-' | '*' | '/' | '%' | '^' | ' ' | '<' | '<=' | '==' | '!=' | '>' | '>='; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'match'; readonly negated: boolean; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'in'; readonly subs: readonly Expr[]; readonly array: Name }
  | { readonly kind: 'group'; readonly of: Expr }
  | { readonly kind: 'list'; readonly items: readonly Expr[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly line: number }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'getline'; readonly from: 'main' | 'file' | 'command'; readonly source: Expr | null; readonly target: (Expr & Lvalue) | null });

/** A variable: a global by its name, or a local by its place in the function's frame. */
export interface Name { readonly name: string; readonly local: number | null }
export type Lvalue =
  | { readonly kind: 'var'; readonly id: Name }
  | { readonly kind: 'element'; readonly array: Name; readonly subs: readonly Expr[] }
  | { readonly kind: 'field'; readonly of: Expr };

export interface Redirect { readonly op: '>' | '>>' | '|'; readonly to: Expr }
export type Statement =
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'expr'; readonly of: Expr }
  | { readonly kind: 'print'; readonly formatted: boolean; readonly args: readonly Expr[]; readonly redirect: Redirect | null }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Statement; readonly no: Statement | null }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Statement; readonly first: boolean }
  | { readonly kind: 'for'; readonly init: Statement | null; readonly test: Expr | null; readonly step: Statement | null; readonly body: Statement }
  | { readonly kind: 'forin'; readonly id: Name; readonly array: Name; readonly body: Statement }
  | { readonly kind: 'leave'; readonly how: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expr | null }
  | { readonly kind: 'delete'; readonly array: Name; readonly subs: readonly Expr[] | null };

export interface Rule { readonly pattern: { readonly kind: 'begin' | 'end' | 'always' } | { readonly kind: 'expr'; readonly of: Expr } | { readonly kind: 'range'; readonly from: Expr; readonly to: Expr }; /** null prints the record. */ readonly body: Statement | null }
export interface Script { readonly rules: readonly Rule[]; readonly functions: ReadonlyMap<string, { readonly params: readonly string[]; readonly body: Statement }> }

/** null: never assigned. `Input`: text from outside that looks like a number and may be compared as one. */
export type Value = number | string | null | Input;
export interface Input { readonly text: string; readonly n: number }

/** A mistake in the program; mawk's words. */
export class AwkError extends Error {
  readonly line: number | null;
  constructor(message: string, line: number | null = null) {
    super(message);
    this.line = line;
  }
}
