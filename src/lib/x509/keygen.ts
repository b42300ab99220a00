/**
 * New RSA keys: random odd numbers of the world's own stream, sieved by small primes and tried by Miller and Rabin's test. Between
 * candidates the process gives way (`tick`), so a page stays alive while a key is made. Not modelled: FIPS' provable primes.
 */
import { random, tick, type Coroutine } from '../../kernel/sys.ts';
import { derNull, integer, octets, oid, sequence } from './der.ts';
import { pemEncode } from './pem.ts';
import { powMod, RSA_ENCRYPTION, type RsaPrivateKey } from './rsa.ts';

const STREAM = 'rsa-keys';
const EXPONENT = 65537n;
const FOUND = '+'.repeat(65);

/** Odd primes below 2000. */
const SMALL: readonly number[] = Array.from({ length: 999 }, (_, i) => 2 * i + 3).filter((n) => { for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false; return true; });

/** A random number of exactly `bitLength` bits (a multiple of 32), odd and with its two highest bits set. */
function* candidate(bitLength: number): Coroutine<bigint> {
  const words = yield* random(STREAM, Math.ceil(bitLength / 32));
  const value = BigInt(`0x${words.map((word) => word.toString(16).padStart(8, '0')).join('')}`) >> BigInt(words.length * 32 - bitLength);
  return value | (3n << BigInt(bitLength - 2)) | 1n;
}

/** Miller and Rabin's test with the first few primes as bases. */
function isProbablyPrime(n: bigint): boolean {
  let odd = n - 1n;
  let twos = 0;
  while ((odd & 1n) === 0n) { odd >>= 1n; twos++; }
  return [2n, 3n, 5n, 7n, 11n].every((base) => {
    let x = powMod(base, odd, n);
    if (x === 1n || x === n - 1n) return true;
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n;
      if (x === n - 1n) return true;
    }
    return false;
  });
}

/** Told of each candidate that is tried and of each prime that is found, in OpenSSL's signs. */
export type Progress = (mark: string) => Coroutine<void>;

/** The first prime at or behind a random place. */
function* prime(bitLength: number, progress?: Progress): Coroutine<bigint> {
  const start = yield* candidate(bitLength);
  const rests = SMALL.map((p) => Number(start % BigInt(p)));
  for (let step = 0; ; step += 2) {
    if (SMALL.some((p, i) => (rests[i]! + step) % p === 0)) continue;
    yield* tick();
    const n = start + BigInt(step);
    const found = (n - 1n) % EXPONENT !== 0n && isProbablyPrime(n);
    if (progress) yield* progress(found ? FOUND : '.');
    if (found) return n;
  }
}

function inverse(a: bigint, modulus: bigint): bigint {
  let [r0, r1, s0, s1] = [modulus, a % modulus, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}

/** A new key pair of `bitLength` bits with the usual exponent. */
export function* generateRsaKey(bitLength: number, progress?: Progress): Coroutine<RsaPrivateKey> {
  const first = yield* prime(bitLength - (bitLength >> 1), progress);
  if (progress) yield* progress('*');
  const second = yield* prime(bitLength >> 1, progress);
  const [p, q] = first > second ? [first, second] : [second, first];
  const n = p * q;
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  return { n, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
}

const pkcs1 = (key: RsaPrivateKey) => sequence(...[0n, key.n, key.e, key.d, key.p, key.q, key.dp, key.dq, key.qi].map(integer));
/** `RSA PRIVATE KEY`, as kubeadm and `openssl genrsa -traditional` write it. */
export const pkcs1Pem = (key: RsaPrivateKey) => pemEncode('RSA PRIVATE KEY', pkcs1(key));
/** `PRIVATE KEY`, as OpenSSL 3 writes it. */
export const pkcs8Pem = (key: RsaPrivateKey) => pemEncode('PRIVATE KEY', sequence(integer(0n), sequence(oid(RSA_ENCRYPTION), derNull()), octets(pkcs1(key))));
