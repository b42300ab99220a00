/** Steps through awk's tokens, and says in mawk's words what is wrong where. */
import type { Token } from './lexer.ts';
import { AwkError } from './syntax.ts';
import type { Name } from './syntax.ts';

export class TokenReader {
  protected readonly tokens: readonly Token[];
  protected at = 0;
  /** The parameters of the function that is being read. */
  protected params: readonly string[] = [];
  constructor(tokens: readonly Token[]) { this.tokens = tokens; }

  protected get token(): Token { return this.tokens[this.at]!; }
  protected is(text: string): boolean { return this.token.text === text && (this.token.kind === 'op' || this.token.kind === 'keyword'); }
  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  protected expect(text: string): void {
    if (!this.accept(text)) this.#missing(text);
  }
  #missing(text: string): never {
    const { kind, line } = this.token;
    const [atEnd, ofLine] = [kind === 'end', kind === 'newline'];
    if (text === ')' && (atEnd || ofLine)) throw new AwkError('missing ) near end of line', atEnd ? line - 1 : line);
    if (text === '}' && atEnd) throw new AwkError('missing } near end of file', line);
    return this.wrong();
  }
  /** mawk's complaint about the token at hand. */
  protected wrong(): never {
    const { kind, text, line } = this.token;
    if (kind === 'op' && text === '}') throw new AwkError("extra '}'", line);
    throw new AwkError(`syntax error at or near ${kind === 'end' || kind === 'newline' ? 'end of line' : kind === 'string' ? `"${text}"` : kind === 'regex' ? `/${text}/` : text}`, kind === 'end' ? line - 1 : line);
  }
  protected newlines(): void {
    while (this.token.kind === 'newline') this.at++;
  }
  protected nameOf(name: string): Name {
    const local = this.params.indexOf(name);
    return { name, local: local < 0 ? null : local };
  }
}
