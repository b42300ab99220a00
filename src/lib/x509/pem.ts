/**
 * PEM armour (RFC 7468) around DER bytes.
 */
import { base64Decode, base64Encode } from '../../base/base64.ts';

export interface PemBlock { readonly type: string; readonly der: string }

/** All well-formed blocks of a text, in order; anything between them is skipped, as Go's `pem.Decode` does. */
export function pemBlocks(text: string): PemBlock[] {
  const found: PemBlock[] = [];
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END ([A-Z0-9 ]+)-----/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[1] !== match[3]) continue;
    const body = match[2]!.replace(/^(?:[A-Za-z-]+: .*\n)+\r?\n/, '').replace(/[ \t]/g, '');
    const decoded = base64Decode(body);
    if (decoded.badAt < 0) found.push({ type: match[1]!, der: decoded.bytes });
  }
  return found;
}

/** One armoured block with a final newline. */
export function pemEncode(type: string, der: string): string {
  const body = base64Encode(der).replace(/.{64}/g, '$&\n').replace(/\n$/, '');
  return `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`;
}
