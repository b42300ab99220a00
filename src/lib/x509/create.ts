/**
 * Making certificates, as Go's `x509.CreateCertificate` lays them out (extensions in its order, SHA-1 key identifiers).
 * Signing with big integers takes milliseconds, so signatures of fixed worlds may be handed in, by the hash of what they sign.
 */
import { bits, boolean, der, derNull, directoryString, explicit, integer, octets, oid, sequence, setOf } from './der.ts';
import { OID } from './certificate.ts';
import { pemEncode } from './pem.ts';
import { rsaPublicDer, rsaSign, rsaSpki, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';
import { hex, sha1, sha256 } from './sha.ts';
import { derTime } from './time.ts';

export interface Subject { readonly commonName: string; readonly organizations?: readonly string[] }

export interface CertificateTemplate {
  readonly subject: Subject; readonly issuer: Subject; readonly serial: bigint;
  /** Seconds since the epoch. */ readonly notBefore: number; readonly notAfter: number;
  readonly publicKey: RsaPublicKey;
  readonly isCa: boolean;
  /** Leave CA:FALSE out altogether (certificates the controller manager signs carry it, so the default is false). */ readonly noConstraints?: boolean;
  readonly usages?: readonly ('serverAuth' | 'clientAuth')[];
  /** Bits from the most significant; absent: digital signature and key encipherment, and certificate signing for authorities. */ readonly keyUsage?: readonly number[];
  readonly dnsNames?: readonly string[]; readonly ips?: readonly string[];
  /** Public key of the issuer, for the authority key identifier; absent for self-signed roots. */ readonly issuerKey?: RsaPublicKey;
}

/** Signatures known beforehand: hexadecimal SHA-256 of the signed bytes → signature bytes. */
export type KnownSignatures = (tbsHash: string) => string | undefined;

const attribute = (type: string, value: string) => setOf(sequence(oid(type), directoryString(value)));

/** A name of common name and organizations, as Go lays it out. */
export function distinguishedName(subject: Subject): string {
  const groups = subject.organizations ?? [];
  const organization = groups.length === 0 ? [] : [setOf(...groups.map((group) => sequence(oid(OID.organization), directoryString(group))))];
  return sequence(...organization, attribute(OID.commonName, subject.commonName));
}

/** SHA-1 of the public key's bit string, as RFC 5280 and Go have it. */
export const keyId = (key: RsaPublicKey) => sha1(rsaPublicDer(key));

/** An address in text as 4 or 16 bytes. */
export function ipBytes(text: string): string {
  if (!text.includes(':')) return String.fromCharCode(...text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const middle = tail === undefined ? [] : Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  return [...groups(head), ...middle, ...groups(tail ?? '')].map((group) => String.fromCharCode(parseInt(group, 16) >> 8, parseInt(group, 16) & 255)).join('');
}

/** One extension's DER. */
export const extension = (type: string, critical: boolean, value: string) => sequence(oid(type), ...(critical ? [boolean(true)] : []), octets(value));

/** A named bit list without trailing zeros; bits 0–7. */
export function namedBits(numbers: readonly number[]): string {
  const byte = numbers.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return numbers.length === 0 ? bits('') : bits(String.fromCharCode(byte), 7 - Math.max(...numbers));
}

/** The content of a subjectAltName. */
export const altNamesDer = (dnsNames: readonly string[], ips: readonly string[]) => sequence(...dnsNames.map((name) => der(0x82, name)), ...ips.map((ip) => der(0x87, ipBytes(ip))));

function extensions(template: CertificateTemplate): string[] {
  const list: string[] = [];
  list.push(extension(OID.keyUsage, true, namedBits(template.keyUsage ?? (template.isCa ? [0, 2, 5] : [0, 2]))));
  if (template.usages?.length) list.push(extension(OID.extKeyUsage, false, sequence(...template.usages.map((usage) => oid(OID[usage])))));
  if (!template.noConstraints) list.push(extension(OID.basicConstraints, true, template.isCa ? sequence(boolean(true)) : sequence()));
  if (template.isCa) list.push(extension(OID.subjectKeyId, false, octets(keyId(template.publicKey))));
  if (template.issuerKey) list.push(extension(OID.authorityKeyId, false, sequence(der(0x80, keyId(template.issuerKey)))));
  const { dnsNames = [], ips = [] } = template;
  if (dnsNames.length + ips.length > 0) list.push(extension(OID.subjectAltName, false, altNamesDer(dnsNames, ips)));
  return list;
}

/** A certificate's parts, those that are DER already encoded. */
export interface CertificateParts {
  readonly serial: bigint; readonly issuer: string; readonly subject: string; readonly spki: string;
  /** Seconds since the epoch. */ readonly notBefore: number; readonly notAfter: number;
  /** None make a certificate of version 1. */ readonly extensions: readonly string[];
}

const ALGORITHM = sequence(oid(OID.rsaSha256), derNull());

function tbsOf({ serial, issuer, subject, spki, notBefore, notAfter, extensions: list }: CertificateParts): string {
  const versioned = list.length > 0;
  return sequence(
    ...(versioned ? [explicit(0, integer(2n))] : []), integer(serial), ALGORITHM, issuer, sequence(derTime(notBefore), derTime(notAfter)), subject, spki,
    ...(versioned ? [explicit(3, sequence(...list))] : []),
  );
}

/** The bytes that are signed. */
export function tbsCertificate(template: CertificateTemplate): string {
  const { serial, notBefore, notAfter } = template;
  return tbsOf({ serial, notBefore, notAfter, issuer: distinguishedName(template.issuer), subject: distinguishedName(template.subject), spki: rsaSpki(template.publicKey), extensions: extensions(template) });
}

/** DER of something signed: what, with which algorithm, the signature. */
export const signedDer = (signer: RsaPrivateKey, content: string) => sequence(content, ALGORITHM, bits(rsaSign(signer, content)));

/** A certificate in PEM from parts that somebody else has laid out. */
export const signCertificate = (parts: CertificateParts, signer: RsaPrivateKey) => pemEncode('CERTIFICATE', signedDer(signer, tbsOf(parts)));

/** A signed certificate in PEM. */
export function createCertificate(template: CertificateTemplate, signer: RsaPrivateKey, known?: KnownSignatures): string {
  const tbs = tbsCertificate(template);
  const signature = known?.(hex(sha256(tbs))) ?? rsaSign(signer, tbs);
  return pemEncode('CERTIFICATE', sequence(tbs, ALGORITHM, bits(signature)));
}
