/** Cuts awk's source into tokens. A slash begins a pattern unless what stands before it is a value. */
import { AwkError } from './syntax.ts';

export interface Token { readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'keyword' | 'builtin' | 'op' | 'newline' | 'end'; readonly text: string; readonly line: number; /** A blank stands before it. */ readonly spaced: boolean }

const KEYWORDS = new Set(['BEGIN', 'END', 'function', 'func', 'if', 'else', 'while', 'for', 'do', 'break', 'continue', 'next', 'nextfile', 'exit', 'return', 'delete', 'in', 'getline', 'print', 'printf']);
export const BUILTINS: ReadonlyMap<string, readonly [number, number]> = new Map([['length', [0, 1]], ['substr', [2, 3]], ['index', [2, 2]], ['split', [2, 3]], ['sub', [2, 3]], ['gsub', [2, 3]], ['match', [2, 2]], ['sprintf', [1, Infinity]], ['sin', [1, 1]], ['cos', [1, 1]], ['atan2', [2, 2]],
  ['exp', [1, 1]], ['log', [1, 1]], ['sqrt', [1, 1]], ['int', [1, 1]], ['rand', [0, 0]], ['srand', [0, 1]], ['tolower', [1, 1]], ['toupper', [1, 1]], ['system', [1, 1]], ['close', [1, 1]], ['fflush', [0, 1]], ['systime', [0, 0]], ['strftime', [0, 3]], ['mktime', [1, 1]]]);
const OPERATORS = /^(?:\*\*=|\*\*|\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|&&|\|\||>>|[{}()[\];,+\-*/%^!<>|?:~$=])/;
const NUMBER = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', '/': '/', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** The escapes of a string; of an unknown one the backslash stays, as mawk has it. */
export function unquote(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|(\n)|([\s\S]))/g, (whole, octal: string | undefined, newline: string | undefined, c: string) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : newline !== undefined ? '' : ESCAPES[c] ?? whole);
}

/** Whether a slash after this token divides. */
function dividesAfter(last: Token | undefined): boolean {
  if (last === undefined) return false;
  return last.kind === 'number' || last.kind === 'string' || last.kind === 'name' || (last.kind === 'builtin' && last.text === 'length') || (last.kind === 'op' && [')', ']', '$', '++', '--'].includes(last.text));
}
/** The end of the text that `quote` closes; −1 when nothing does. */
function closing(source: string, from: number, quote: '"' | '/'): number {
  let inSet = false;
  for (let i = from; i < source.length; i++) {
    const c = source[i]!;
    if (c === '\\') i++;
    else if (c === '\n') return -1;
    else if (quote === '/' && c === '[' && !inSet) {
      inSet = source.indexOf(']', i + 2) >= 0;
      i += /^\^?\]?/.exec(source.slice(i + 1))![0].length;
    } else if (quote === '/' && c === ']') inSet = false;
    else if (c === quote && !inSet) return i;
  }
  return -1;
}

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let spaced = false;
  const push = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, line, spaced });
    spaced = false;
  };
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at, at + 256);
    const blank = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest)?.[0];
    if (blank !== undefined) {
      if (blank.startsWith('\\')) line++;
      spaced = true;
      at += blank.startsWith('#') ? (source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at)) - at : blank.length;
      continue;
    }
    const c = source[at]!;
    if (c === '\n') {
      push('newline', '\n');
      line++;
      at++;
    } else if (c === '"') {
      const end = closing(source, at + 1, '"');
      if (end < 0) throw new AwkError(`runaway string constant ${source.slice(at, at + 10).split('\n')[0]} ...`, line);
      push('string', unquote(source.slice(at + 1, end)));
      at = end + 1;
    } else if (c === '/' && !dividesAfter(tokens.at(-1))) {
      const end = closing(source, at + 1, '/');
      if (end < 0) throw new AwkError(`runaway regular expression /${source.slice(at + 1, at + 11).split('\n')[0]} ...`, line);
      push('regex', source.slice(at + 1, end).replace(/\\\//g, '/'));
      at = end + 1;
    } else {
      const number = NUMBER.exec(rest)?.[0];
      const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
      const operator = OPERATORS.exec(rest)?.[0];
      if (number !== undefined) push('number', number);
      else if (word !== undefined) push(KEYWORDS.has(word) ? 'keyword' : BUILTINS.has(word) ? 'builtin' : source[at + word.length] === '(' ? 'call' : 'name', word === 'func' ? 'function' : word);
      else if (operator !== undefined) push('op', operator === '**' ? '^' : operator === '**=' ? '^=' : operator);
      else throw new AwkError(`unexpected character '${c}'`, line);
      at += (number ?? word ?? operator)!.length;
    }
  }
  tokens.push({ kind: 'end', text: '', line: line + 1, spaced: false });
  return tokens;
}
