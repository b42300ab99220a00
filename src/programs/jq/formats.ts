/** `@json`, `@csv` and their kin, and `tostring`. Pure. */
import { base64Decode, base64Encode } from '../../base/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { isArray, isObject, JqError, named, write } from './value.ts';
import type { Value } from './value.ts';

export const textOf = (v: Value): string => (typeof v === 'string' ? v : write(v));
const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&apos;', '"': '&quot;' };

function row(v: Value, how: string): string {
  if (!isArray(v)) throw new JqError(`${named(v)} cannot be ${how}-formatted, only array`);
  return v.map((item) => {
    if (item === null) return '';
    if (isArray(item) || isObject(item)) throw new JqError(`${named(item)} is not valid in a csv row`);
    if (typeof item !== 'string') return write(item);
    return how === 'csv' ? `"${item.replaceAll('"', '""')}"` : item.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c]!);
  }).join(how === 'csv' ? ',' : '\t');
}
function forShell(v: Value): string {
  return (isArray(v) ? v : [v]).map((item) => {
    if (isArray(item) || isObject(item)) throw new JqError(`${named(item)} can not be escaped for shell`);
    return typeof item === 'string' ? `'${item.replaceAll("'", "'\\''")}'` : write(item);
  }).join(' ');
}
function fromBase64(v: Value): string {
  const text = textOf(v);
  const letters = text.replace(/=+$/, '');
  if (/[^A-Za-z0-9+/]/.test(letters)) throw new JqError(`${named(text)} is not valid base64 data`);
  if (letters.length % 4 === 1) throw new JqError(`${named(text)} trailing base64 byte found`);
  return decodeUtf8(base64Decode(letters.padEnd(Math.ceil(letters.length / 4) * 4, '=')).bytes);
}
const base32 = (bytes: string): string => {
  const bits = [...bytes].map((c) => c.charCodeAt(0).toString(2).padStart(8, '0')).join('');
  const out = (bits.match(/.{1,5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)]!).join('');
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
};

/** Errors: JqError. */
export function format(name: string, v: Value): string {
  switch (name.replace('@', '')) {
    case 'text': return textOf(v);
    case 'json': return write(v);
    case 'csv': return row(v, 'csv');
    case 'tsv': return row(v, 'tsv');
    case 'html': return textOf(v).replace(/[<>&'"]/g, (c) => HTML[c]!);
    case 'uri': return encodeUtf8(textOf(v)).replace(/[^A-Za-z0-9\-_.~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
    case 'sh': return forShell(v);
    case 'base64': return base64Encode(encodeUtf8(textOf(v)));
    case 'base64d': return fromBase64(v);
    case 'base32': return base32(encodeUtf8(textOf(v)));
    default: throw new JqError(`${name.replace('@', '')} is not a valid format`);
  }
}
