/** SHA-512 (FIPS 180-4), in BigInt: for the few places that print one. */
import type { Bytes } from '../../kernel/sys.ts';
import { primes, rootFraction } from './sha-constants.ts';

const MASK = (1n << 64n) - 1n;
const rotate = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & MASK;

const constants = (count: number, degree: 2 | 3): readonly bigint[] => primes(count).map((prime) => rootFraction(prime, degree, 64n));
const K512 = constants(80, 3);
const INITIAL_512 = constants(8, 2);

function schedule(block: string): bigint[] {
  const w: bigint[] = [];
  for (let at = 0; at < 128; at += 8) {
    let word = 0n;
    for (let i = 0; i < 8; i++) word = (word << 8n) | BigInt(block.charCodeAt(at + i));
    w.push(word);
  }
  for (let t = 16; t < 80; t++) {
    const [a, b] = [w[t - 15]!, w[t - 2]!];
    w.push((w[t - 16]! + (rotate(a, 1n) ^ rotate(a, 8n) ^ (a >> 7n)) + w[t - 7]! + (rotate(b, 19n) ^ rotate(b, 61n) ^ (b >> 6n))) & MASK);
  }
  return w;
}

function mix(hash: readonly bigint[], w: readonly bigint[]): bigint[] {
  let [a, b, c, d, e, f, g, h] = hash as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let t = 0; t < 80; t++) {
    const one = (h + (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + ((e & f) ^ (~e & MASK & g)) + K512[t]! + w[t]!) & MASK;
    const two = ((rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))) & MASK;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + hash[i]!) & MASK);
}

/** In lower-case hexadecimal. */
export function sha512Hex(data: Bytes): string {
  const zeros = (239 - (data.length % 128)) % 128;
  const length = BigInt(data.length) * 8n;
  const tail = Array.from({ length: 16 }, (_, i) => String.fromCharCode(Number((length >> BigInt(8 * (15 - i))) & 255n))).join('');
  const padded = `${data}\x80${'\0'.repeat(zeros)}${tail}`;
  let hash = INITIAL_512;
  for (let at = 0; at < padded.length; at += 128) hash = mix(hash, schedule(padded.slice(at, at + 128)));
  return hash.map((word) => word.toString(16).padStart(16, '0')).join('');
}
