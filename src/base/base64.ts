/**
 * Standard base64 (RFC 4648, with padding) over byte strings, and its URL-safe form without padding for tokens.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const REVERSE: readonly number[] = Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));

/** Bytes to base64. */
export function base64Encode(bytes: string): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = (bytes.charCodeAt(at) << 16) | ((left > 1 ? bytes.charCodeAt(at + 1) : 0) << 8) | (left > 2 ? bytes.charCodeAt(at + 2) : 0);
    out += ALPHABET[(word >> 18) & 63]! + ALPHABET[(word >> 12) & 63]!
      + (left > 1 ? ALPHABET[(word >> 6) & 63]! : '=') + (left > 2 ? ALPHABET[word & 63]! : '=');
  }
  return out;
}

/** Base64 to bytes; line breaks are skipped. `badAt` is the offset of the first illegal byte (Go's CorruptInputError), else −1. */
export function base64Decode(text: string): { readonly bytes: string; readonly badAt: number } {
  let bytes = '';
  let word = 0;
  let bits = 0;
  let padding = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) continue;
    if (code === 61 && digits % 4 >= 2) { padding++; digits++; continue; }
    const value = code < 128 ? REVERSE[code]! : -1;
    if (value < 0 || padding > 0) return { bytes, badAt: at };
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    digits++;
    if (bits >= 8) { bits -= 8; bytes += String.fromCharCode((word >> bits) & 255); }
  }
  return { bytes, badAt: digits % 4 === 0 ? -1 : text.length };
}

/** base64url without padding, as JSON web tokens use it. */
export function base64UrlEncode(bytes: string): string {
  return base64Encode(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Decodes base64url without padding; null when it is none. */
export function base64UrlDecode(text: string): string | null {
  const standard = text.replace(/-/g, '+').replace(/_/g, '/');
  const decoded = base64Decode(standard + '='.repeat((4 - (standard.length % 4)) % 4));
  return decoded.badAt < 0 ? decoded.bytes : null;
}
