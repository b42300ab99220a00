/** nginx's configuration language: words, blocks and its complaints about them. Pure. Models nginx src/core/ngx_conf_file.c. */
import { memo } from '../../base/memo.ts';

/** A complaint as nginx words it, with its place: `unexpected "}" in /etc/nginx/nginx.conf:3`. */
export class ConfigError extends Error {}

/** One directive; `line` is where it ended, as nginx counts. */
export interface Directive { readonly name: string; readonly args: readonly string[]; readonly block: readonly Directive[] | null; readonly file: string; readonly line: number }

type Token = { readonly kind: 'word' | ';' | '{' | '}'; readonly text: string; readonly line: number };

const at = (message: string, file: string, line: number): ConfigError => new ConfigError(`${message} in ${file}:${line}`);

function quoted(text: string, from: number): number {
  const mark = text[from]!;
  let i = from + 1;
  for (; i < text.length && text[i] !== mark; i++) if (text[i] === '\\') i++;
  return i;
}
/** The end of a bare word, where `${name}` does not open a block. */
function wordEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length && !/[\s;{]/.test(text[i]!); i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith('${', i)) while (i < text.length && text[i] !== '}') i++;
  }
  return i;
}

function tokens(text: string, file: string): readonly Token[] {
  const found: Token[] = [];
  let line = 1;
  for (let i = 0; i < text.length;) {
    const c = text[i]!;
    if (c === '\n') line++;
    if (/\s/.test(c)) i++;
    else if (c === '#') while (i < text.length && text[i] !== '\n') i++;
    else if (c === ';' || c === '{' || c === '}') {
      found.push({ kind: c, text: c, line });
      i++;
    } else {
      const end = c === '"' || c === "'" ? quoted(text, i) : wordEnd(text, i);
      const word = c === '"' || c === "'" ? text.slice(i + 1, end) : text.slice(i, end);
      line += word.split('\n').length - 1;
      if (end >= text.length && c !== word[0]) throw at('unexpected end of file, expecting ";" or "}"', file, line);
      found.push({ kind: 'word', text: word, line });
      i = c === '"' || c === "'" ? end + 1 : end;
    }
  }
  return found;
}

/** Reads a whole file. Throws ConfigError. */
export const parse = (text: string, file: string): readonly Directive[] => parsed({ text, file });

/** Each replica reads the same file. */
const parsed = memo(({ text, file }: { text: string; file: string }) => `${file}\0${text}`, ({ text, file }) => read(text, file), 64);

function read(text: string, file: string): readonly Directive[] {
  const all = tokens(text, file);
  const lastLine = text.split('\n').length;
  let next = 0;
  function block(inside: boolean): Directive[] {
    const directives: Directive[] = [];
    let words: string[] = [];
    for (;;) {
      const token = all[next++];
      if (token === undefined) {
        if (words.length > 0) throw at('unexpected end of file, expecting ";" or "}"', file, lastLine);
        if (inside) throw at('unexpected end of file, expecting "}"', file, lastLine);
        return directives;
      }
      if (token.kind === 'word') {
        words.push(token.text);
        continue;
      }
      if (token.kind === '}') {
        if (words.length > 0 || !inside) throw at('unexpected "}"', file, token.line);
        return directives;
      }
      if (words.length === 0) throw at(`unexpected "${token.kind}"`, file, token.line);
      const [name = '', ...args] = words;
      words = [];
      directives.push({ name, args, block: token.kind === '{' ? block(true) : null, file, line: token.line });
    }
  }
  return block(false);
}
