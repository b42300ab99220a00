/** Terminal columns of a UTF-8 byte string: Hangul and CJK take two. */
export function columnsOf(bytes: string): number {
  let n = 0;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes.charCodeAt(i);
    if ((c & 0xc0) === 0x80) continue;
    n += c >= 0xe3 && c <= 0xed ? 2 : 1;
  }
  return n;
}
