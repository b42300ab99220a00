/** A certificate as `openssl x509` prints it: the whole text, names, dates. Models OpenSSL 3.0's crypto/x509/t_x509.c. */
import { civil, monthName } from '../../base/time.ts';
import { hex, sha1, sha256, OID, type Certificate, type CertificateRequest, type NameAttribute, type RsaPublicKey, type Uses } from '../../lib/x509/index.ts';

/** Attribute types of names, by their short names. */
export const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.9': 'street', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.12': 'title', '1.2.840.113549.1.9.1': 'emailAddress',
};

/** `O = system:nodes, CN = system:node:controlplane`. */
export const nameText = (name: readonly NameAttribute[]) => name.map(({ oid, value }) => `${SHORT[oid] ?? oid} = ${/[,+"\\<>;]/.test(value) ? `"${value.replace(/(["\\])/g, '\\$1')}"` : value}`).join(', ');

const two = (value: number) => String(value).padStart(2, '0');
/** `Aug 19 00:13:53 2025 GMT`. */
export function dateText(seconds: number): string {
  const at = civil(seconds * 1e6);
  return `${monthName(at.month)} ${String(at.day).padStart(2)} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} ${at.year} GMT`;
}

/** Two digits a byte, joined by colons. */
const colons = (bytes: string, upper = false) => { const digits = [...bytes].map((char) => hex(char)); return (upper ? digits.map((one) => one.toUpperCase()) : digits).join(':'); };

/** Colon-separated bytes in lines of `perLine`, each indented. */
function dump(bytes: string, perLine: number, indent: string): string {
  const all = [...bytes].map((char) => hex(char));
  const lines: string[] = [];
  for (let at = 0; at < all.length; at += perLine) lines.push(indent + all.slice(at, at + perLine).join(':') + (at + perLine < all.length ? ':' : ''));
  return lines.join('\n');
}

const numberBytes = (value: bigint) => { const digits = value.toString(16); return (digits.length % 2 ? `0${digits}` : digits).replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))); };
/** A positive INTEGER's content: a zero before a set high bit. */
const integerBytes = (value: bigint) => { const bytes = numberBytes(value); return bytes.charCodeAt(0) >= 0x80 ? `\0${bytes}` : bytes; };

export const serialHex = (certificate: Certificate) => hex(numberBytes(certificate.serial)).toUpperCase();

function serialText(serial: bigint): string {
  const bytes = numberBytes(serial);
  return bytes.length <= 8 ? ` ${serial} (0x${serial.toString(16)})` : `\n            ${colons(bytes)}`;
}

const USAGES = ['Digital Signature', 'Non Repudiation', 'Key Encipherment', 'Data Encipherment', 'Key Agreement', 'Certificate Sign', 'CRL Sign', 'Encipher Only', 'Decipher Only'];
const EXT_USAGES: Readonly<Record<string, string>> = { [OID.serverAuth]: 'TLS Web Server Authentication', [OID.clientAuth]: 'TLS Web Client Authentication', '1.3.6.1.5.5.7.3.3': 'Code Signing' };

/** IPv6 addresses without `::`, as OpenSSL writes them. */
function longIp(ip: string): string {
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const middle = tail === undefined ? [] : Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  return [...groups(head), ...middle, ...groups(tail ?? '')].map((group) => group.toUpperCase()).join(':');
}

export const altNames = (certificate: Uses) => [...certificate.dnsNames.map((name) => `DNS:${name}`), ...certificate.ips.map((ip) => `IP Address:${longIp(ip)}`)].join(', ');

/** Names and values of the extensions we know, in the certificate's order. */
export function extensionLines(certificate: Uses, only?: string): { readonly title: string; readonly value: string }[] {
  const rows: { title: string; value: string }[] = [];
  for (const { oid, critical, value } of certificate.extensions) {
    if (only !== undefined && oid !== only) continue;
    const row = (title: string, text: string) => rows.push({ title: `X509v3 ${title}: ${critical ? 'critical' : ''}`, value: text });
    if (oid === OID.keyUsage) row('Key Usage', (certificate.keyUsage ?? []).map((bit) => USAGES[bit]).join(', '));
    else if (oid === OID.extKeyUsage) row('Extended Key Usage', (certificate.extKeyUsage ?? []).map((one) => EXT_USAGES[one] ?? one).join(', '));
    else if (oid === OID.basicConstraints) row('Basic Constraints', certificate.isCa ? 'CA:TRUE' : 'CA:FALSE');
    else if (oid === OID.subjectKeyId) row('Subject Key Identifier', colons(certificate.subjectKeyId ?? '', true));
    else if (oid === OID.authorityKeyId) row('Authority Key Identifier', colons(certificate.authorityKeyId ?? '', true));
    else if (oid === OID.subjectAltName) row('Subject Alternative Name', altNames(certificate));
    else rows.push({ title: `${oid}: ${critical ? 'critical' : ''}`, value: value.replace(/[^\x20-\x7e]/g, '.') });
  }
  return rows;
}

const keyLines = (key: RsaPublicKey | null) => (key ? [`                Public-Key: (${key.n.toString(2).length} bit)`, '                Modulus:', dump(integerBytes(key.n), 15, '                    '), `                Exponent: ${key.e} (0x${key.e.toString(16)})`] : ['            Unable to load Public Key']);

/** `-text` of a request. */
export function requestText(request: CertificateRequest): string {
  const extensions = extensionLines(request);
  return [
    'Certificate Request:', '    Data:', `        Version: ${request.version} (0x${request.version - 1})`, `        Subject: ${nameText(request.subject)}`, '        Subject Public Key Info:', '            Public Key Algorithm: rsaEncryption',
    ...keyLines(request.publicKey), '        Attributes:', ...(extensions.length === 0 ? ['            (none)'] : []), '            Requested Extensions:', ...extensions.flatMap(({ title, value }) => [`                ${title}`, `                    ${value}`]),
    '    Signature Algorithm: sha256WithRSAEncryption', '    Signature Value:', dump(request.signature, 18, '        '), '',
  ].join('\n');
}

/** `-text`. */
export function certificateText(certificate: Certificate): string {
  const key = certificate.publicKey;
  const extensions = extensionLines(certificate);
  return [
    'Certificate:', '    Data:', `        Version: ${certificate.version} (0x${certificate.version - 1})`, `        Serial Number:${serialText(certificate.serial)}`, '        Signature Algorithm: sha256WithRSAEncryption',
    `        Issuer: ${nameText(certificate.issuer)}`, '        Validity', `            Not Before: ${dateText(certificate.notBefore)}`, `            Not After : ${dateText(certificate.notAfter)}`, `        Subject: ${nameText(certificate.subject)}`,
    '        Subject Public Key Info:', '            Public Key Algorithm: rsaEncryption',
    ...keyLines(key),
    ...(extensions.length > 0 ? ['        X509v3 extensions:'] : []), ...extensions.flatMap(({ title, value }) => [`            ${title}`, `                ${value}`]),
    '    Signature Algorithm: sha256WithRSAEncryption', '    Signature Value:', dump(certificate.signature, 18, '        '), '',
  ].join('\n');
}

/** `SHA1 Fingerprint=AB:CD…`; OpenSSL 3 writes the digest's name in lower case for sha256. */
export function fingerprint(certificate: Certificate, digest: 'sha1' | 'sha256'): string {
  return digest === 'sha1' ? `SHA1 Fingerprint=${colons(sha1(certificate.raw), true)}` : `sha256 Fingerprint=${colons(sha256(certificate.raw), true)}`;
}

/** `Modulus=C09F…`. */
export const modulusText = (n: bigint) => `Modulus=${hex(numberBytes(n)).toUpperCase()}`;

/** `-text` of an RSA private or public key. */
export function publicKeyText(n: bigint, e: bigint): string {
  return `Public-Key: (${n.toString(2).length} bit)\nModulus:\n${dump(integerBytes(n), 15, '    ')}\nExponent: ${e} (0x${e.toString(16)})\n`;
}
