/** awk's regular expressions, kept once compiled, and the cutting of texts by them. Braces are no intervals: mawk 1.3.4 takes them literally. */
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import type { Match, Regex } from '../../lib/regex/index.ts';
import { unquote } from './lexer.ts';
import { AwkError } from './syntax.ts';

export class Patterns {
  readonly #known = new Map<string, Regex>();

  /** Errors: AwkError, with the line the pattern stands on if it is given. */
  get(source: string, line: number | null = null): Regex {
    const known = this.#known.get(source);
    if (known !== undefined) return known;
    try {
      // Escapes that a pattern shares with strings.
      const plain = source.replace(/\\([tnrfvab"/&]|[0-7]{3})/g, (_, c: string) => (c === '&' ? '&' : guarded(unquote(`\\${c}`)))).replace(/(\\.)|[{}]/g, (whole, escaped: string | undefined) => (escaped === undefined ? `\\${whole}` : whole));
      const regex = compileRegex(plain, { extended: true });
      this.#known.set(source, regex);
      return regex;
    } catch (caught) {
      if (!(caught instanceof RegexError)) throw caught;
      throw new AwkError(`regular expression compile failed (${caught.message.startsWith('Unmatched (') ? "missing ')'" : caught.message.startsWith('Unmatched [') ? 'bad class -- [], [^] or [' : caught.message.startsWith('Unmatched )') ? "missing '('" : 'missing operand'})\n${source}`, line);
    }
  }

  find(source: string, text: string): Match | null { return this.get(source).find(text); }

  /** Fields of a text: by blanks for `' '`, by characters for `''`, by a single character, or by a pattern. */
  split(text: string, separator: string): string[] {
    if (separator === ' ') return text.replace(/^[ \t\n]+|[ \t\n]+$/g, '') === '' ? [] : text.replace(/^[ \t\n]+|[ \t\n]+$/g, '').split(/[ \t\n]+/);
    if (text === '') return [];
    if (separator === '') return [...text];
    return separator.length === 1 ? text.split(separator) : this.#cut(text, separator);
  }
  #cut(text: string, source: string): string[] {
    const regex = this.get(source);
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at <= text.length;) {
      const m = regex.find(text, at);
      if (m === null) break;
      if (m.end === m.start) {
        at = m.end + 1;
        continue;
      }
      parts.push(text.slice(from, m.start));
      from = m.end;
      at = m.end;
    }
    parts.push(text.slice(from));
    return parts;
  }

  /** sub and gsub. → the text and how many were replaced; `&` in the replacement is what matched. */
  replace(text: string, source: string, replacement: string, all: boolean): { readonly text: string; readonly count: number } {
    const regex = this.get(source);
    let out = '';
    let count = 0;
    let from = 0;
    for (let at = 0; at <= text.length && (all || count === 0);) {
      const m = regex.find(text, at);
      if (m === null) break;
      // An empty match right after another one is none.
      if (m.end === m.start && m.start === from && count > 0 && from > 0) {
        at = m.start + 1;
        if (at > text.length) break;
        continue;
      }
      out += text.slice(from, m.start) + filled(replacement, text.slice(m.start, m.end));
      count++;
      from = m.end;
      at = m.end > m.start ? m.end : m.end + 1;
    }
    return { text: out + text.slice(from), count };
  }
}
const guarded = (c: string): string => (/[.*+?^$|()[\]\\]/.test(c) ? `\\${c}` : c);
const filled = (replacement: string, matched: string): string => replacement.replace(/\\([\\&])|&/g, (_, escaped: string | undefined) => escaped ?? matched);
