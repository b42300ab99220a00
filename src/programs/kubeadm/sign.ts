/** Making and renewing certificates with the cluster's authorities. Models cmd/kubeadm/app/util/pkiutil and phases/certs/renewal. */
import { errnoOf } from '../../kernel/errno.ts';
import { now, random, readFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { altNamesDer, createCertificate, distinguishedName, extension, generateRsaKey, keyId, namedBits, OID, parseCertificates, parseRsaPrivateKey, pemEncode, pkcs1Pem, rsaSpki, signCertificate, type Certificate, type RsaPrivateKey } from '../../lib/x509/index.ts';
import { der, oid, sequence } from '../../lib/x509/der.ts';
import { GoError } from '../../lib/net/index.ts';
import { PKI, type AltNames, type Authority } from './leaves.ts';

const KEY_BITS = 2048;
/** Clocks may differ a little. */
const BACKDATED_SECONDS = 300;
const YEAR_SECONDS = 365 * 86_400;

export interface Signer { readonly certificate: Certificate; readonly key: RsaPrivateKey; readonly pem: Bytes }
export interface Pair { readonly certPem: Bytes; readonly keyPem: Bytes }

/** A file, or null when it cannot be read. */
export function* readOrNull(path: string): Coroutine<Bytes | null> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** The authority's pair. Throws GoError in kubeadm's words. */
export function* loadAuthority(name: Authority): Coroutine<Signer> {
  const pem = yield* readOrNull(`${PKI}/${name}.crt`);
  const keyPem = yield* readOrNull(`${PKI}/${name}.key`);
  const [certificate] = parseCertificates(pem ?? '');
  const key = parseRsaPrivateKey(keyPem ?? '');
  if (pem === null || certificate === undefined) throw new GoError(`couldn't load CA certificate ${name}: couldn't load ${name} certificate authority from ${PKI}`);
  if (key === null) throw new GoError(`couldn't load CA certificate ${name}: couldn't load ${name} certificate authority from ${PKI}`);
  return { certificate, key, pem };
}

/** A new authority that signs itself, for ten years. */
export function* makeAuthority(name: string): Coroutine<Pair> {
  const key = yield* generateRsaKey(KEY_BITS);
  const [high = 0, low = 0] = yield* random('certificate-serials', 2);
  const at = Math.floor((yield* now()) / 1e6);
  const subject = { commonName: name };
  return { certPem: createCertificate({ subject, issuer: subject, serial: ((BigInt(high) << 32n) | BigInt(low)) >> 1n, notBefore: at - BACKDATED_SECONDS, notAfter: at + 10 * YEAR_SECONDS, publicKey: key, isCa: true, dnsNames: [name] }, key), keyPem: pkcs1Pem(key) };
}

/** The pair that signs service accounts' tokens: private and public key. */
export function* makeServiceAccountKey(): Coroutine<{ readonly keyPem: Bytes; readonly pubPem: Bytes }> {
  const key = yield* generateRsaKey(KEY_BITS);
  return { keyPem: pkcs1Pem(key), pubPem: pemEncode('PUBLIC KEY', rsaSpki(key)) };
}

/** A new key and its certificate: valid since the authority is, for a year from now. */
export function* issue(signer: Signer, subject: { readonly commonName: string; readonly organizations?: readonly string[]; readonly usages: readonly ('serverAuth' | 'clientAuth')[] }, altNames: AltNames | null, validSeconds = YEAR_SECONDS): Coroutine<Pair> {
  const key = yield* generateRsaKey(KEY_BITS);
  const [high = 0, low = 0] = yield* random('certificate-serials', 2);
  const extensions = [
    extension(OID.keyUsage, true, namedBits([0, 2])), extension(OID.extKeyUsage, false, sequence(...subject.usages.map((usage) => oid(OID[usage])))), extension(OID.basicConstraints, true, sequence()),
    extension(OID.authorityKeyId, false, sequence(der(0x80, signer.certificate.subjectKeyId ?? keyId(signer.key)))), ...(altNames === null ? [] : [extension(OID.subjectAltName, false, altNamesDer(altNames.dnsNames, altNames.ips))]),
  ];
  const certPem = signCertificate({
    serial: ((BigInt(high) << 32n) | BigInt(low)) >> 1n, issuer: signer.certificate.rawSubject, subject: distinguishedName(subject), spki: rsaSpki(key),
    notBefore: signer.certificate.notBefore, notAfter: Math.floor((yield* now()) / 1e6) + validSeconds, extensions,
  }, signer.key);
  return { certPem, keyPem: pkcs1Pem(key) };
}
