/** A jq program as tokens. A string is one token that holds the programs of its interpolations. Models jq 1.6 src/lexer.l. */

/** The program is wrong; `at` is where, in characters. */
export class SyntaxProblem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
export type Kind = 'ident' | 'field' | 'format' | 'number' | 'string' | 'keyword' | 'operator' | 'end';
export interface Token { readonly kind: Kind; readonly text: string; readonly at: number; /** Of a string: texts and programs in turn. */ readonly parts?: readonly (string | readonly Token[])[] }

const KEYWORDS: ReadonlySet<string> = new Set(['as', 'import', 'include', 'module', 'def', 'if', 'then', 'else', 'elif', 'end', 'and', 'or', 'reduce', 'foreach', 'try', 'catch', 'label', '__loc__']);
const TOKEN = /\s+|#[^\n]*|(\.[A-Za-z_]\w*)|(@\w+)|((?:[A-Za-z_]\w*::)*[A-Za-z_]\w*)|((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[-.?=;,:|+*/%$<>()[\]{}])/y;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };

export function tokenize(source: string): Token[] {
  return new Lexer(source).run(0, false).tokens;
}

class Lexer {
  readonly #source: string;
  constructor(source: string) { this.#source = source; }

  /** Tokens up to the end, or up to the `)` that closes an interpolation. */
  run(from: number, inner: boolean): { readonly tokens: Token[]; readonly end: number } {
    const tokens: Token[] = [];
    let at = from;
    let last = from;
    let depth = 0;
    while (at < this.#source.length) {
      last = at;
      if (this.#source[at] === '"') {
        const { parts, end } = this.#string(at + 1);
        tokens.push({ kind: 'string', text: '"', at, parts });
        at = end;
        continue;
      }
      TOKEN.lastIndex = at;
      const m = TOKEN.exec(this.#source);
      if (m === null) throw new SyntaxProblem('syntax error, unexpected INVALID_CHARACTER', at);
      const [text, field, format, ident, number] = m;
      if (text === '(') depth++;
      if (text === ')' && depth-- === 0) {
        if (!inner) throw new SyntaxProblem('syntax error, unexpected INVALID_CHARACTER, expecting $end', at);
        tokens.push({ kind: 'end', text: '', at });
        return { tokens, end: at + 1 };
      }
      const kind: Kind = field !== undefined ? 'field' : format !== undefined ? 'format' : number !== undefined ? 'number' : ident === undefined ? 'operator' : KEYWORDS.has(ident) ? 'keyword' : 'ident';
      if (!/^[\s#]/.test(text)) tokens.push({ kind, text, at });
      at += text.length;
    }
    tokens.push({ kind: 'end', text: '', at: last });
    return { tokens, end: at };
  }
  #string(from: number): { readonly parts: (string | readonly Token[])[]; readonly end: number } {
    const parts: (string | readonly Token[])[] = [];
    let text = '';
    for (let at = from; at < this.#source.length; at++) {
      const c = this.#source[at]!;
      if (c === '"') return { parts: [...parts, text], end: at + 1 };
      if (c !== '\\') {
        text += c;
        continue;
      }
      const next = this.#source[++at] ?? '';
      if (next === '(') {
        const { tokens, end } = this.run(at + 1, true);
        parts.push(text, tokens);
        text = '';
        at = end - 1;
      } else if (next === 'u') {
        text += String.fromCharCode(Number.parseInt(this.#source.slice(at + 1, at + 5), 16));
        at += 4;
      } else text += ESCAPES[next] ?? `\\${next}`;
    }
    throw new SyntaxProblem('syntax error, unexpected $end, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END', from);
  }
}
