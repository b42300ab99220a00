/** Where a parser stands in a jq program's tokens. */
import { SyntaxProblem } from './lexer.ts';
import type { Token } from './lexer.ts';

const NAMES: Readonly<Record<string, string>> = { ident: 'IDENT', field: 'FIELD', format: 'FORMAT', number: 'LITERAL', string: 'QQSTRING_START' };
const show = (t: Token): string => (t.kind === 'end' ? '$end' : NAMES[t.kind] ?? (t.text.length === 1 ? `'${t.text}'` : t.text));

export class Cursor {
  protected readonly tokens: readonly Token[];
  protected i = 0;
  constructor(tokens: readonly Token[]) { this.tokens = tokens; }
  protected get t(): Token { return this.tokens[this.i]!; }
  protected is(text: string): boolean { return this.t.text === text && (this.t.kind === 'operator' || this.t.kind === 'keyword'); }
  protected try(text: string): boolean {
    if (!this.is(text)) return false;
    this.i++;
    return true;
  }
  protected get over(): boolean { return this.tokens[this.i]!.kind === 'end'; }
  protected fail(expecting = ''): never { throw new SyntaxProblem(`syntax error, unexpected ${show(this.t)}${expecting === '' ? '' : `, expecting ${expecting}`}`, this.t.at); }
  protected need(text: string, said = false): void {
    if (!this.try(text)) this.fail(said ? `'${text}'` : '');
  }
  protected name(): string {
    const { kind, text } = this.t;
    if (kind !== 'ident' && kind !== 'keyword') this.fail();
    this.i++;
    return text;
  }
}
