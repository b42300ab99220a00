/** The sets of tr(1): escapes, ranges, classes and repeats, spelt out as bytes. Pure. */
import { quote } from '../../lib/tool/index.ts';

const range = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('');
const LOWER = range(97, 122);
const UPPER = range(65, 90);
const DIGIT = range(48, 57);
const PUNCT = range(33, 47) + range(58, 64) + range(91, 96) + range(123, 126);
const CLASSES: Readonly<Record<string, string>> = { alpha: UPPER + LOWER, digit: DIGIT, alnum: DIGIT + UPPER + LOWER, upper: UPPER, lower: LOWER, space: '\t\n\v\f\r ', blank: '\t ', punct: PUNCT, cntrl: `${range(0, 31)}\x7f`, print: range(32, 126), graph: range(33, 126), xdigit: `${DIGIT}ABCDEFabcdef` };
const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

function oneOf(text: string, at: number): { readonly c: string; readonly next: number } {
  if (text[at] !== '\\' || at + 1 >= text.length) return { c: text[at]!, next: at + 1 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1));
  if (octal !== null) return { c: String.fromCharCode(Number.parseInt(octal[0], 8) & 255), next: at + 1 + octal[0].length };
  return { c: ESCAPES[text[at + 1]!] ?? text[at + 1]!, next: at + 2 };
}

/** `fill`: how long set 1 is, for `[c*]` in set 2. */
export function expandSet(text: string, fill: number | null): { readonly set: string; readonly error: string | null } {
  let set = '';
  for (let i = 0; i < text.length;) {
    const cls = /^\[:([a-z]*):\]/.exec(text.slice(i));
    if (cls !== null) {
      const members = CLASSES[cls[1]!];
      if (members === undefined) return { set, error: `invalid character class ${quote(cls[1]!)}` };
      set += members;
      i += cls[0].length;
      continue;
    }
    const repeat = fill === null ? null : /^\[(\\?[\s\S])\*(\d*)\]/.exec(text.slice(i));
    if (repeat !== null && fill !== null) {
      const { c } = oneOf(repeat[1]!, 0);
      set += c.repeat(repeat[2] === '' || repeat[2] === '0' ? Math.max(0, fill - set.length) : Number.parseInt(repeat[2]!, repeat[2]!.startsWith('0') ? 8 : 10));
      i += repeat[0].length;
      continue;
    }
    const first = oneOf(text, i);
    if (text[first.next] === '-' && first.next + 1 < text.length) {
      const last = oneOf(text, first.next + 1);
      if (last.c < first.c) return { set, error: `range-endpoints of '${text.slice(i, last.next)}' are in reverse collating sequence order` };
      set += range(first.c.charCodeAt(0), last.c.charCodeAt(0));
      i = last.next;
    } else {
      set += first.c;
      i = first.next;
    }
  }
  return { set, error: null };
}
