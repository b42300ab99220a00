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
  readonly dnsNames?: readonly string[]; readonly ips?: readonly string[];
  /** Public key of the issuer, for the authority key identifier; absent for self-signed roots. */ readonly issuerKey?: RsaPublicKey;
}

/** Signatures known beforehand: hexadecimal SHA-256 of the signed bytes → signature bytes. */
export type KnownSignatures = (tbsHash: string) => string | undefined;

function distinguishedName(subject: Subject): string {
  const attribute = (type: string, value: string) => setOf(sequence(oid(type), directoryString(value)));
  const groups = subject.organizations ?? [];
  const organization = groups.length === 0 ? [] : [setOf(...groups.map((group) => sequence(oid(OID.organization), directoryString(group))))];
  return sequence(...organization, attribute(OID.commonName, subject.commonName));
}

/** SHA-1 of the public key's bit string, as RFC 5280 and Go have it. */
export const keyId = (key: RsaPublicKey) => sha1(rsaPublicDer(key));

function ipBytes(text: string): string {
  if (!text.includes(':')) return String.fromCharCode(...text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const middle = tail === undefined ? [] : Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  return [...groups(head), ...middle, ...groups(tail ?? '')].map((group) => String.fromCharCode(parseInt(group, 16) >> 8, parseInt(group, 16) & 255)).join('');
}

function extensions(template: CertificateTemplate): string {
  const extension = (type: string, critical: boolean, value: string) => sequence(oid(type), ...(critical ? [boolean(true)] : []), octets(value));
  const list: string[] = [];
  // keyUsage: digitalSignature, keyEncipherment, and keyCertSign for authorities.
  list.push(extension(OID.keyUsage, true, template.isCa ? bits('\xa4', 2) : bits('\xa0', 5)));
  if (template.usages?.length) list.push(extension(OID.extKeyUsage, false, sequence(...template.usages.map((usage) => oid(OID[usage])))));
  if (!template.noConstraints) list.push(extension(OID.basicConstraints, true, template.isCa ? sequence(boolean(true)) : sequence()));
  if (template.isCa) list.push(extension(OID.subjectKeyId, false, octets(keyId(template.publicKey))));
  if (template.issuerKey) list.push(extension(OID.authorityKeyId, false, sequence(der(0x80, keyId(template.issuerKey)))));
  const names = [...(template.dnsNames ?? []).map((name) => der(0x82, name)), ...(template.ips ?? []).map((ip) => der(0x87, ipBytes(ip)))];
  if (names.length > 0) list.push(extension(OID.subjectAltName, false, sequence(...names)));
  return explicit(3, sequence(...list));
}

/** The bytes that are signed. */
export function tbsCertificate(template: CertificateTemplate): string {
  return sequence(
    explicit(0, integer(2n)), integer(template.serial), sequence(oid(OID.rsaSha256), derNull()), distinguishedName(template.issuer),
    sequence(derTime(template.notBefore), derTime(template.notAfter)), distinguishedName(template.subject), rsaSpki(template.publicKey), extensions(template),
  );
}

/** A signed certificate in PEM. */
export function createCertificate(template: CertificateTemplate, signer: RsaPrivateKey, known?: KnownSignatures): string {
  const tbs = tbsCertificate(template);
  const signature = known?.(hex(sha256(tbs))) ?? rsaSign(signer, tbs);
  return pemEncode('CERTIFICATE', sequence(tbs, sequence(oid(OID.rsaSha256), derNull()), bits(signature)));
}
