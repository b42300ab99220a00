/**
 * POSIX regular expressions on a linear-time engine: basic (BRE) and extended (ERE) syntax is rewritten for RE2.
 * Patterns and texts are byte strings. Not modelled: back-references in patterns, which no linear-time engine has.
 */
import { RE2JS } from 're2js';

/** Not a pattern; `message` is glibc's. */
export class RegexError extends Error {}

export interface Match { readonly start: number; readonly end: number; group(n: number): string | null }
export interface Regex { /** The first match at or after `from`. */ find(text: string, from?: number): Match | null; readonly groups: number }

const CLASSES = /^\[:(alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit):\]/;

/** A bracket expression from `at` (which is its `[`), in RE2's terms. */
function bracket(pattern: string, at: number): { readonly text: string; readonly end: number } {
  let i = at + 1;
  let text = '[';
  if (pattern[i] === '^') {
    text += '^';
    i++;
  }
  for (let first = true; i < pattern.length; first = false) {
    const c = pattern[i]!;
    if (c === ']' && !first) return { text: `${text}]`, end: i + 1 };
    const cls = c === '[' ? CLASSES.exec(pattern.slice(i)) : null;
    if (cls !== null) {
      text += cls[0];
      i += cls[0].length;
      continue;
    }
    text += c === '[' || c === ']' || c === '\\' || c === '&' || c === '~' ? `\\${c}` : c === '^' && first ? '\\^' : c;
    i++;
  }
  throw new RegexError('Unmatched [, [^, [:, [., or [=');
}

const SPECIAL = new Set([...'.*[]^$+?(){}|\\/']);
const quote = (c: string): string => (SPECIAL.has(c) ? `\\${c}` : c);

/** BRE with GNU's extensions (`\+ \? \| \w \b \< \>`). */
function fromBasic(pattern: string): string {
  let out = '';
  let start = true;   // where ^ anchors and * is literal
  for (let i = 0; i < pattern.length;) {
    const c = pattern[i]!;
    const at: boolean = start;
    start = false;
    if (c === '[') {
      const b = bracket(pattern, i);
      out += b.text;
      i = b.end;
    } else if (c === '\\') {
      const n = pattern[i + 1];
      if (n === undefined) throw new RegexError('Trailing backslash');
      i += 2;
      if (n === '(' || n === '|') {
        out += n === '(' ? '(' : '|';
        start = true;
      } else if (n === ')') out += ')';
      else if (n === '{') {
        const end = pattern.indexOf('\\}', i);
        if (end < 0) throw new RegexError('Unmatched \\{');
        out += `{${pattern.slice(i, end).replace(/^,/, '0,')}}`;
        i = end + 2;
      } else out += escape(n);
    } else {
      i++;
      if (c === '*') out += at ? '\\*' : '*';
      else if (c === '^') {
        out += at ? '^' : '\\^';
        start = at;
      } else if (c === '$') out += i === pattern.length || pattern.startsWith('\\)', i) || pattern.startsWith('\\|', i) ? '$' : '\\$';
      else out += c === '.' ? '.' : quote(c);
    }
  }
  return out;
}
function fromExtended(pattern: string): string {
  let out = '';
  for (let i = 0; i < pattern.length;) {
    const c = pattern[i]!;
    if (c === '[') {
      const b = bracket(pattern, i);
      out += b.text;
      i = b.end;
    } else if (c === '\\') {
      const n = pattern[i + 1];
      if (n === undefined) throw new RegexError('Trailing backslash');
      out += escape(n);
      i += 2;
    } else {
      out += c === '{' && !/^\{\d*(?:,\d*)?\}/.test(pattern.slice(i)) ? '\\{' : c === '{' ? pattern.slice(i).replace(/^\{,/, '{0,').slice(0, 1) : c;
      i++;
    }
  }
  return out;
}
function escape(n: string): string {
  if (n >= '1' && n <= '9') throw new RegexError('back-references are not available in this lab');
  switch (n) {
    case 'w': return '[A-Za-z0-9_]';
    case 'W': return '[^A-Za-z0-9_]';
    case 's': return '[ \\t\\n\\r\\f\\v]';
    case 'S': return '[^ \\t\\n\\r\\f\\v]';
    case 'b': case '<': case '>': return '\\b';
    case 'B': return '\\B';
    case 'n': return '\\n';
    case 't': return '\\t';
    case '+': case '?': return n;
    default: return quote(n);
  }
}
/** ERE's `\+` is a plus sign; BRE's is the operator. */
const extended = (pattern: string): string => fromExtended(pattern.replace(/\\([+?])/g, '[$1]'));

export interface RegexOptions { readonly extended?: boolean; readonly fixed?: boolean; readonly ignoreCase?: boolean; readonly wholeWord?: boolean; readonly wholeLine?: boolean }

/** Errors: RegexError. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  let source = options.fixed === true ? [...pattern].map(quote).join('') : options.extended === true ? extended(pattern) : fromBasic(pattern);
  if (options.wholeWord === true) source = `(?:^|\\b)(?:${source})(?:\\b|$)`;
  if (options.wholeLine === true) source = `^(?:${source})$`;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, (options.ignoreCase === true ? RE2JS.CASE_INSENSITIVE : 0) | RE2JS.DOTALL);
  } catch (caught) {
    const text = (caught as Error).message;
    throw new RegexError(text.includes('missing closing )') ? 'Unmatched ( or \\(' : text.includes('unexpected )') ? 'Unmatched ) or \\)' : text.includes('repetition') || text.includes('repeat') ? 'Invalid preceding regular expression' : 'Invalid regular expression');
  }
  return {
    groups: compiled.groupCount(),
    find(text, from = 0) {
      const matcher = compiled.matcher(text);
      if (!matcher.find(from)) return null;
      return { start: matcher.start(), end: matcher.end(), group: (n) => matcher.group(n) };
    },
  };
}
