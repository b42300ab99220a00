/**
 * `strconv.Quote`: how Go's `%q` and klog write a string. Input is a JavaScript string (code points), output too.
 */

const SHORT: Readonly<Record<string, string>> = {
  '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u000b': '\\v', '\\': '\\\\', '"': '\\"',
};

/** The string in double quotes, with Go's escapes. */
export function goQuote(text: string): string {
  let out = '"';
  for (const char of text) {
    const short = SHORT[char];
    const code = char.codePointAt(0) ?? 0;
    if (short !== undefined) out += short;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += char;
  }
  return `${out}"`;
}
