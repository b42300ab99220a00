/** UTF-8 between JS strings and byte strings (code units 0–255). Total: bad input becomes U+FFFD, as TextDecoder does. */

/** JS string → byte string. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): string {
  if (isAscii(text)) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c >= 0xd800 && c <= 0xdfff) {
      const low = text.charCodeAt(i + 1);
      if (c <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else c = 0xfffd;
    }
    if (c < 0x80) out += String.fromCharCode(c);
    else if (c < 0x800) out += String.fromCharCode(0xc0 | (c >> 6), 0x80 | (c & 63));
    else if (c < 0x10000) out += String.fromCharCode(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
    else out += String.fromCharCode(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
  }
  return out;
}

/** Byte string → JS string. */
export function decodeUtf8(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  let out = '';
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      out += '\ufffd';
      i++;
      continue;
    }
    let c = bytes.charCodeAt(i);
    if (length > 1) c &= 0xff >> (length + 1);
    for (let n = 1; n < length; n++) c = (c << 6) | (bytes.charCodeAt(i + n) & 63);
    out += String.fromCodePoint(c);
    i += length;
  }
  return out;
}

/** Bytes of the well-formed sequence at `at`, 0 when there is none. */
function sequenceLength(bytes: string, at: number): number {
  const c = bytes.charCodeAt(at);
  const length = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
  for (let n = 1; n < length; n++) if ((bytes.charCodeAt(at + n) & 0xc0) !== 0x80) return 0;   // NaN at the end fails too
  const second = bytes.charCodeAt(at + 1);
  if ((c === 0xe0 && second < 0xa0) || (c === 0xed && second > 0x9f) || (c === 0xf0 && second < 0x90) || (c === 0xf4 && second > 0x8f)) return 0;
  return length;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
