/** Backslash escapes as printf(1), echo -e, find -printf and tr know them. Pure. */

const LETTERS: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

/** `\n`, `\0NN`, `\NNN`, `\xHH`; what is no escape stays as it is. */
export function unescape(text: string): string {
  return text.replace(/\\(?:([abefnrtv\\])|x([0-9a-fA-F]{1,2})|0?([0-7]{1,3}))/g, (_, letter: string | undefined, hex: string | undefined, octal: string) =>
    letter !== undefined ? LETTERS[letter]! : String.fromCharCode(Number.parseInt(hex ?? octal, hex === undefined ? 8 : 16) & 255));
}
