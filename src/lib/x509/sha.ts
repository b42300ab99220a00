/**
 * SHA-256 and SHA-1 over byte strings: certificates are signed with the one and name their keys by the other.
 */
import { primes, rootFraction } from './sha-constants.ts';

const constants = (count: number, degree: 2 | 3): readonly number[] => primes(count).map((prime) => Number(rootFraction(prime, degree, 32n)) | 0);
const K256 = constants(64, 3);
const INITIAL_256 = constants(8, 2);

function padded(bytes: string): Int32Array {
  const blocks = Math.floor((bytes.length + 8) / 64) + 1;
  const words = new Int32Array(blocks * 16);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] = words[i >> 2]! | (bytes.charCodeAt(i) << (24 - 8 * (i & 3)));
  words[bytes.length >> 2] = words[bytes.length >> 2]! | (0x80 << (24 - 8 * (bytes.length & 3)));
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = (bytes.length << 3) | 0;
  return words;
}

function wordsToBytes(words: readonly number[]): string {
  let out = '';
  for (const word of words) out += String.fromCharCode((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  return out;
}

const right = (value: number, bits: number) => (value >>> bits) | (value << (32 - bits));
const left = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

/** SHA-256: 32 bytes. */
export function sha256(bytes: string): string {
  const words = padded(bytes);
  const state = [...INITIAL_256];
  const w = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 16; i++) w[i] = words[block + i]!;
    for (let i = 16; i < 64; i++) {
      const s0 = right(w[i - 15]!, 7) ^ right(w[i - 15]!, 18) ^ (w[i - 15]! >>> 3);
      const s1 = right(w[i - 2]!, 17) ^ right(w[i - 2]!, 19) ^ (w[i - 2]! >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + K256[i]! + w[i]!) | 0;
      const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = (state[i]! + value) | 0; });
  }
  return wordsToBytes(state);
}

/** SHA-1: 20 bytes. Key identifiers only. */
export function sha1(bytes: string): string {
  const words = padded(bytes);
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  const w = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 16; i++) w[i] = words[block + i]!;
    for (let i = 16; i < 80; i++) w[i] = left(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      const next = (left(a, 5) + f + e + k + w[i]!) | 0;
      e = d; d = c; c = left(b, 30); b = a; a = next;
    }
    [a, b, c, d, e].forEach((value, i) => { state[i] = (state[i]! + value) | 0; });
  }
  return wordsToBytes(state);
}

/** Bytes as lower-case hexadecimal. */
export function hex(bytes: string): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += bytes.charCodeAt(i).toString(16).padStart(2, '0');
  return out;
}

/** HMAC (RFC 2104) with SHA-256. */
export function hmacSha256(key: string, message: string): string {
  const padded = (key.length > 64 ? sha256(key) : key).padEnd(64, '\0');
  const mixed = (byte: number): string => [...padded].map((c) => String.fromCharCode(c.charCodeAt(0) ^ byte)).join('');
  return sha256(mixed(0x5c) + sha256(mixed(0x36) + message));
}
