/**
 * RSA as certificates and tokens use it: PKCS#1 v1.5 signatures over SHA-256, keys in PKCS#1, PKCS#8 and SubjectPublicKeyInfo.
 * Big integers are slow but exact everywhere; results are memoised by content. Not modelled: other hashes, PSS, blinding.
 */
import { bits, bytesToInt, children, DerError, derNull, integer, integerValue, intToBytes, octets, oid, oidText, readDer, sequence } from './der.ts';
import { memo } from '../../base/memo.ts';
import { pemBlocks } from './pem.ts';
import { sha256 } from './sha.ts';

/** rsaEncryption. */
export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';

export interface RsaPublicKey { readonly n: bigint; readonly e: bigint }
export interface RsaPrivateKey extends RsaPublicKey { readonly d: bigint; readonly p: bigint; readonly q: bigint; readonly dp: bigint; readonly dq: bigint; readonly qi: bigint }

const WINDOW = 5;

/** The odd powers of `base` below 2^WINDOW. */
function oddPowers(base: bigint, modulus: bigint): bigint[] {
  const square = (base * base) % modulus;
  const powers = [base];
  for (let n = 1; n < 1 << (WINDOW - 1); n++) powers.push((powers[n - 1]! * square) % modulus);
  return powers;
}

/** By sliding windows: one multiplication for each run of up to five digits that begins and ends with a 1. */
export function powMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = oddPowers(base % modulus, modulus);
  const digits = exponent.toString(2);
  let result = 1n;
  for (let at = 0; at < digits.length;) {
    let end = at + 1;
    if (digits[at] === '1') {
      end = Math.min(at + WINDOW, digits.length);
      while (digits[end - 1] === '0') end--;
    }
    for (let n = at; n < end; n++) result = (result * result) % modulus;
    if (digits[at] === '1') result = (result * powers[Number.parseInt(digits.slice(at, end), 2) >> 1]!) % modulus;
    at = end;
  }
  return result;
}

/** PKCS#1 DER of a private key. */
function privateFromPkcs1(bytes: string): RsaPrivateKey {
  const numbers = children(readDer(bytes).element.body).map((element) => integerValue(element.body));
  const [, n, e, d, p, q, dp, dq, qi] = numbers;
  if (qi === undefined) throw new DerError('not an RSA private key');
  return { n: n!, e: e!, d: d!, p: p!, q: q!, dp: dp!, dq: dq!, qi };
}

const parsePrivate = memo((pem: string) => pem, (pem: string): { key: RsaPrivateKey | null } => {
  for (const block of pemBlocks(pem)) {
    try {
      if (block.type === 'RSA PRIVATE KEY') return { key: privateFromPkcs1(block.der) };
      if (block.type === 'PRIVATE KEY') {
        const inner = children(readDer(block.der).element.body)[2];
        if (inner) return { key: privateFromPkcs1(inner.body) };
      }
    } catch (caught) {
      if (!(caught instanceof DerError)) throw caught;
    }
  }
  return { key: null };
});

/** The first RSA private key of a PEM text, or null. */
export function parseRsaPrivateKey(pem: string): RsaPrivateKey | null {
  return parsePrivate(pem).key;
}

/** SubjectPublicKeyInfo DER to a key; null when it is not RSA. */
export function rsaFromSpki(spki: string): RsaPublicKey | null {
  try {
    const [algorithm, key] = children(readDer(spki).element.body);
    if (!algorithm || !key || oidText(children(algorithm.body)[0]!.body) !== RSA_ENCRYPTION) return null;
    const [n, e] = children(readDer(key.body.slice(1)).element.body);
    return n && e ? { n: integerValue(n.body), e: integerValue(e.body) } : null;
  } catch (caught) {
    if (!(caught instanceof DerError)) throw caught;
    return null;
  }
}

/** PKCS#1 RSAPublicKey DER. */
export const rsaPublicDer = (key: RsaPublicKey) => sequence(integer(key.n), integer(key.e));
/** SubjectPublicKeyInfo DER. */
export const rsaSpki = (key: RsaPublicKey) => sequence(sequence(oid(RSA_ENCRYPTION), derNull()), bits(rsaPublicDer(key)));

/** RSA keys among the PEM blocks of a public key, certificate or private key text, as Go's keyutil reads them. */
export function parseRsaPublicKeys(pem: string): RsaPublicKey[] {
  const found: RsaPublicKey[] = [];
  for (const block of pemBlocks(pem)) {
    if (block.type === 'PUBLIC KEY') { const key = rsaFromSpki(block.der); if (key) found.push(key); }
    if (block.type === 'CERTIFICATE') { const key = rsaFromSpki(spkiOfCertificate(block.der)); if (key) found.push(key); }
  }
  if (found.length === 0) { const own = parseRsaPrivateKey(pem); if (own) found.push({ n: own.n, e: own.e }); }
  return found;
}

function spkiOfCertificate(der: string): string {
  const tbs = children(readDer(children(readDer(der).element.body)[0]!.raw).element.body);
  return tbs[tbs[0]?.tag === 0xa0 ? 6 : 5]?.raw ?? '';
}

/** EMSA-PKCS1-v1_5 of a SHA-256 digest. */
function encoded(message: string, length: number): string {
  const info = sequence(sequence(oid(SHA256), derNull()), octets(sha256(message)));
  return `\0\x01${'\xff'.repeat(length - info.length - 3)}\0${info}`;
}

const keyLength = (n: bigint) => Math.ceil(n.toString(16).length / 2);

const signed = memo(
  (job: { key: RsaPrivateKey; message: string }) => `${job.key.n.toString(36)} ${job.message}`,
  ({ key, message }): string => {
    const m = bytesToInt(encoded(message, keyLength(key.n)));
    const a = powMod(m, key.dp, key.p);
    const b = powMod(m, key.dq, key.q);
    const h = (key.qi * (((a - b) % key.p) + key.p)) % key.p;
    return intToBytes(b + h * key.q, keyLength(key.n));
  },
);

/** RSASSA-PKCS1-v1_5 with SHA-256. */
export function rsaSign(key: RsaPrivateKey, message: string): string {
  return signed({ key, message });
}

const verified = memo(
  (job: { key: RsaPublicKey; message: string; signature: string }) => `${job.key.n.toString(36)} ${job.signature} ${job.message}`,
  ({ key, message, signature }): boolean => {
    const length = keyLength(key.n);
    if (signature.length !== length) return false;
    return intToBytes(powMod(bytesToInt(signature), key.e, key.n), length) === encoded(message, length);
  },
);

/** Whether the signature is the key's over the message (SHA-256, PKCS#1 v1.5). */
export function rsaVerify(key: RsaPublicKey, message: string, signature: string): boolean {
  return verified({ key, message, signature });
}

