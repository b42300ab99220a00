/**
 * X.509 certificates read from DER: the fields that programs check or print. Strings are byte strings as in the certificate.
 */
import { children, DerError, integerValue, oidText, readDer, TAG, type Der } from './der.ts';
import { memo } from '../../base/memo.ts';
import { pemBlocks } from './pem.ts';
import { rsaFromSpki, type RsaPublicKey } from './rsa.ts';
import { timeValue } from './time.ts';

export interface NameAttribute { readonly oid: string; readonly value: string }
export interface Extension { readonly oid: string; readonly critical: boolean; readonly value: string }

/** What the extensions of a certificate or of a request say. */
export interface Uses {
  readonly extensions: readonly Extension[];
  /** null without basicConstraints. */ readonly isCa: boolean | null;
  /** Bits from the most significant: 0 digitalSignature … 5 keyCertSign; null without keyUsage. */ readonly keyUsage: readonly number[] | null;
  readonly extKeyUsage: readonly string[] | null;
  readonly dnsNames: readonly string[]; readonly ips: readonly string[];
  readonly subjectKeyId: string | null; readonly authorityKeyId: string | null;
}

/** A parsed certificate; plain data but for its bigint numbers, so it stays inside a program. */
export interface Certificate extends Uses {
  readonly raw: string; readonly tbs: string; readonly signature: string; readonly signatureOid: string;
  readonly version: number; readonly serial: bigint;
  readonly issuer: readonly NameAttribute[]; readonly rawIssuer: string;
  readonly subject: readonly NameAttribute[]; readonly rawSubject: string;
  /** Seconds since the epoch. */ readonly notBefore: number; readonly notAfter: number;
  readonly spki: string; readonly publicKey: RsaPublicKey | null;
}

export const OID = {
  commonName: '2.5.4.3', organization: '2.5.4.10', rsaSha256: '1.2.840.113549.1.1.11',
  subjectKeyId: '2.5.29.14', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17', basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35', extKeyUsage: '2.5.29.37', serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** The attributes of a name, in order. */
export function nameAttributes(name: Der): NameAttribute[] {
  return children(name.body).flatMap((rdn) => children(rdn.body)).map((attribute) => {
    const [type, value] = children(attribute.body);
    if (!type || !value) throw new DerError('bad name');
    return { oid: oidText(type.body), value: value.body };
  });
}

function extensionsOf(tbs: readonly Der[]): Extension[] {
  const holder = tbs.find((element) => element.tag === 0xa3);
  return holder ? extensionList(readDer(holder.body).element.body) : [];
}

/** The extensions in a list's content. */
export function extensionList(body: string): Extension[] {
  return children(body).map((extension) => {
    const parts = children(extension.body);
    const value = parts[parts.length - 1];
    if (!parts[0] || !value) throw new DerError('bad extension');
    return { oid: oidText(parts[0].body), critical: parts.length === 3 && parts[1]!.body === '\xff', value: value.body };
  });
}

function bitNumbers(value: string): number[] {
  const body = readDer(value).element.body.slice(1);
  const found: number[] = [];
  for (let i = 0; i < body.length * 8; i++) if (body.charCodeAt(i >> 3) & (0x80 >> (i & 7))) found.push(i);
  return found;
}

/** An IP address of 4 or 16 bytes in text, as Go prints it. */
export function ipText(bytes: string): string {
  if (bytes.length === 4) return [...bytes].map((char) => char.charCodeAt(0)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes.charCodeAt(2 * i) << 8) | bytes.charCodeAt(2 * i + 1)).toString(16));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  return best.at < 0 ? groups.join(':') : `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}

/** Reads the extensions we know. */
export function usesOf(extensions: readonly Extension[]): Uses {
  const extension = (oid: string) => extensions.find((one) => one.oid === oid)?.value;
  const inner = (oid: string) => { const value = extension(oid); return value === undefined ? null : children(readDer(value).element.body); };
  const altNames = inner(OID.subjectAltName) ?? [];
  const constraints = inner(OID.basicConstraints);
  const keyUsage = extension(OID.keyUsage);
  const keyId = extension(OID.subjectKeyId);
  return {
    extensions,
    isCa: constraints === null ? null : constraints[0]?.tag === TAG.boolean && constraints[0].body === '\xff',
    keyUsage: keyUsage === undefined ? null : bitNumbers(keyUsage),
    extKeyUsage: inner(OID.extKeyUsage)?.map((element) => oidText(element.body)) ?? null,
    dnsNames: altNames.filter((name) => name.tag === 0x82).map((name) => name.body),
    ips: altNames.filter((name) => name.tag === 0x87).map((name) => ipText(name.body)),
    subjectKeyId: keyId === undefined ? null : readDer(keyId).element.body,
    authorityKeyId: inner(OID.authorityKeyId)?.find((element) => element.tag === 0x80)?.body ?? null,
  };
}

function parse(bytes: string): Certificate {
  const outer = children(readDer(bytes).element.body);
  const [tbsElement, algorithm, signature] = outer;
  if (!tbsElement || !algorithm || !signature) throw new DerError('malformed certificate');
  const all = children(tbsElement.body);
  const explicitVersion = all[0]?.tag === 0xa0;
  const [serial, , issuer, validity, subject, spki] = all.slice(explicitVersion ? 1 : 0);
  if (!serial || !issuer || !validity || !subject || !spki) throw new DerError('malformed tbs certificate');
  const [notBefore, notAfter] = children(validity.body).map((element) => timeValue(element.tag, element.body));
  return {
    raw: bytes, tbs: tbsElement.raw, signature: signature.body.slice(1), signatureOid: oidText(children(algorithm.body)[0]?.body ?? ''),
    version: explicitVersion ? Number(integerValue(readDer(all[0]!.body).element.body)) + 1 : 1, serial: integerValue(serial.body),
    issuer: nameAttributes(issuer), rawIssuer: issuer.raw, subject: nameAttributes(subject), rawSubject: subject.raw,
    notBefore: notBefore ?? 0, notAfter: notAfter ?? 0, spki: spki.raw, publicKey: rsaFromSpki(spki.raw), ...usesOf(extensionsOf(all)),
  };
}

const parsed = memo((bytes: string) => bytes, (bytes: string): { certificate: Certificate | null } => {
  try {
    return { certificate: parse(bytes) };
  } catch (caught) {
    if (!(caught instanceof DerError)) throw caught;
    return { certificate: null };
  }
});

/** A certificate from DER; null when it is malformed. */
export function parseCertificate(der: string): Certificate | null {
  return parsed(der).certificate;
}

/** The certificates of a PEM text, in order; malformed ones are left out. */
export const parseCertificates: (pem: string) => readonly Certificate[] = memo((pem: string) => pem, (pem: string) => pemBlocks(pem)
  .filter((block) => block.type === 'CERTIFICATE')
  .map((block) => parseCertificate(block.der))
  .filter((certificate) => certificate !== null));

/** The values of one attribute of a name. */
export function nameValues(name: readonly NameAttribute[], oid: string): string[] {
  return name.filter((attribute) => attribute.oid === oid).map((attribute) => attribute.value);
}

/** The common name of the subject, or ''. */
export const commonName = (certificate: Certificate) => nameValues(certificate.subject, OID.commonName)[0] ?? '';
/** The organizations of the subject: Kubernetes' groups. */
export const organizations = (certificate: Certificate) => nameValues(certificate.subject, OID.organization);
