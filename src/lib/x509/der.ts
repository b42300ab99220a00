/**
 * DER, as far as X.509 and PKCS need it: a reader that keeps the raw bytes of every element (signatures are over them), and
 * writers. Bytes are strings of code units 0–255.
 */

/** One element. `raw` is tag, length and content; `body` the content. */
export interface Der { readonly tag: number; readonly raw: string; readonly body: string }

export const TAG = {
  boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, utf8: 0x0c, printable: 0x13, ia5: 0x16,
  utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;

/** Malformed DER; the message is for our own tests, callers put it into the program's words. */
export class DerError extends Error {}

/** The element at `at`, and the offset behind it. */
export function readDer(bytes: string, at = 0): { readonly element: Der; readonly next: number } {
  if (at + 2 > bytes.length) throw new DerError('truncated');
  const tag = bytes.charCodeAt(at);
  let length = bytes.charCodeAt(at + 1);
  let start = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new DerError('bad length');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + bytes.charCodeAt(start + i);
    start += count;
  }
  const next = start + length;
  if (!(next <= bytes.length)) throw new DerError('truncated');
  return { element: { tag, raw: bytes.slice(at, next), body: bytes.slice(start, next) }, next };
}

/** The elements inside a constructed one (or any run of elements). */
export function children(body: string): Der[] {
  const found: Der[] = [];
  for (let at = 0; at < body.length;) {
    const { element, next } = readDer(body, at);
    found.push(element);
    at = next;
  }
  return found;
}

/** Dotted form of an object identifier's content. */
export function oidText(body: string): string {
  const numbers: number[] = [];
  let value = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body.charCodeAt(i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) { numbers.push(value); value = 0; }
  }
  const first = numbers[0] ?? 0;
  const root = first < 40 ? 0 : first < 80 ? 1 : 2;
  return [root, first - root * 40, ...numbers.slice(1)].join('.');
}

/** Content of an INTEGER as a number of any size (two's complement). */
export function integerValue(body: string): bigint {
  const value = bytesToInt(body);
  return body.charCodeAt(0) >= 0x80 ? value - (1n << BigInt(8 * body.length)) : value;
}

/** Big-endian bytes as a non-negative number. */
export function bytesToInt(bytes: string): bigint {
  let digits = '0x0';
  for (let i = 0; i < bytes.length; i++) digits += bytes.charCodeAt(i).toString(16).padStart(2, '0');
  return BigInt(digits);
}

/** A non-negative number as big-endian bytes, at least `length` of them. */
export function intToBytes(value: bigint, length = 0): string {
  let digits = value.toString(16);
  if (digits.length % 2) digits = `0${digits}`;
  let out = '';
  for (let i = 0; i < digits.length; i += 2) out += String.fromCharCode(parseInt(digits.slice(i, i + 2), 16));
  return out.padStart(length, '\0');
}

/** Tag, length, content. */
export function der(tag: number, body: string): string {
  if (body.length < 0x80) return String.fromCharCode(tag, body.length) + body;
  const length = intToBytes(BigInt(body.length));
  return String.fromCharCode(tag, 0x80 | length.length) + length + body;
}

export const sequence = (...parts: string[]) => der(TAG.sequence, parts.join(''));
export const setOf = (...parts: string[]) => der(TAG.set, parts.join(''));
export const octets = (bytes: string) => der(TAG.octets, bytes);
export const bits = (bytes: string, unused = 0) => der(TAG.bits, String.fromCharCode(unused) + bytes);
export const derNull = () => der(TAG.null, '');
export const boolean = (value: boolean) => der(TAG.boolean, value ? '\xff' : '\0');
export const explicit = (number: number, body: string) => der(0xa0 | number, body);

/** A non-negative INTEGER. */
export function integer(value: bigint): string {
  const body = intToBytes(value);
  return der(TAG.integer, body.charCodeAt(0) >= 0x80 ? `\0${body}` : body);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): string {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  let body = '';
  for (const number of [first * 40 + second, ...rest]) {
    let septets = String.fromCharCode(number % 128);
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) septets = String.fromCharCode(0x80 | (left % 128)) + septets;
    body += septets;
  }
  return der(TAG.oid, body);
}

/** PrintableString where it is one, else UTF8String, as Go chooses. */
export function directoryString(bytes: string): string {
  return der(/^[A-Za-z0-9 '()+,./:=?-]*$/.test(bytes) ? TAG.printable : TAG.utf8, bytes);
}
