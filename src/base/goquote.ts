/** Values as Go's `%q`, `%v` and `%#v` print them. */
import { isObject } from './json.ts';
import type { Json } from './json.ts';

const SHORT: Readonly<Record<string, string>> = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u000b': '\\v', '\\': '\\\\', '"': '\\"' };

/** `strconv.Quote`: in double quotes, what cannot be printed escaped. */
export function goQuote(text: string): string {
  let out = '"';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const short = SHORT[character];
    if (short !== undefined) out += short;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if ((code >= 0x80 && code < 0xa1) || code === 0xad || code === 0xfeff || (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f)) out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += character;
  }
  return `${out}"`;
}

/** `%v` of decoded JSON: `map[a:1 b:[x y]]`, keys sorted. */
export function goValue(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (isObject(value)) return `map[${Object.keys(value).sort().map((key) => `${key}:${goValue(value[key])}`).join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}

/** `%#v` of a `map[string]string`. */
export function goStringMap(map: Readonly<Record<string, string>> | undefined): string {
  if (map === undefined) return 'map[string]string(nil)';
  return `map[string]string{${Object.keys(map).sort().map((key) => `${goQuote(key)}:${goQuote(map[key]!)}`).join(', ')}}`;
}
/** `%#v` of a `[]string`. */
export const goStrings = (list: readonly string[] | undefined): string => (list === undefined ? '[]string(nil)' : `[]string{${list.map(goQuote).join(', ')}}`);
