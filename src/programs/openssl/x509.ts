/** `openssl x509`: shows a certificate, and with -req makes one of a request. */
import { now, write, type Coroutine } from '../../kernel/sys.ts';
import { OID, parseCertificates, pemEncode, type Certificate } from '../../lib/x509/index.ts';
import { badOption, input, output, parseOptions, type Options } from './options.ts';
import { certificateText, dateText, extensionLines, fingerprint, modulusText, nameText, serialHex } from './print.ts';
import { signRequest, SIGNING_FLAGS, SIGNING_VALUES } from './sign.ts';

const SHOWN = ['text', 'subject', 'issuer', 'dates', 'startdate', 'enddate', 'serial', 'fingerprint', 'modulus', 'pubkey', 'hash', 'email'];

/** What one printing option of x509 prints. */
function shown(option: string, certificate: Certificate, digest: 'sha1' | 'sha256'): string {
  switch (option) {
    case 'text': return certificateText(certificate);
    case 'subject': return `subject=${nameText(certificate.subject)}\n`;
    case 'issuer': return `issuer=${nameText(certificate.issuer)}\n`;
    case 'dates': return `notBefore=${dateText(certificate.notBefore)}\nnotAfter=${dateText(certificate.notAfter)}\n`;
    case 'startdate': return `notBefore=${dateText(certificate.notBefore)}\n`;
    case 'enddate': return `notAfter=${dateText(certificate.notAfter)}\n`;
    case 'serial': return `serial=${serialHex(certificate)}\n`;
    case 'fingerprint': return `${fingerprint(certificate, digest)}\n`;
    case 'modulus': return certificate.publicKey ? `${modulusText(certificate.publicKey.n)}\n` : '';
    case 'pubkey': return pemEncode('PUBLIC KEY', certificate.spki);
    default: return '';
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = { subjectAltName: OID.subjectAltName, keyUsage: OID.keyUsage, extendedKeyUsage: OID.extKeyUsage, basicConstraints: OID.basicConstraints, subjectKeyIdentifier: OID.subjectKeyId, authorityKeyIdentifier: OID.authorityKeyId };

function extensionText(certificate: Certificate, wanted: string): string {
  const names = wanted.split(',');
  const rows = extensionLines(certificate).filter(({ title }) => names.some((name) => EXTENSIONS[name] !== undefined && extensionLines(certificate, EXTENSIONS[name]).some((one) => one.title === title)));
  return rows.length === 0 ? 'No extensions matching\n' : rows.map(({ title, value }) => `${title}\n    ${value}\n`).join('');
}

/** The certificate to show: one that is read, or with -req, -signkey and -CA one that is made. Null after complaining. */
function* subjectOf(options: Options): Coroutine<Certificate | null> {
  if (options.flags.includes('req')) {
    const made = yield* signRequest(options);
    return made === null ? null : parseCertificates(made)[0]!;
  }
  const stray = [...SIGNING_FLAGS.filter((name) => options.flags.includes(name)), ...SIGNING_VALUES.filter((name) => options.values.has(name))][0];
  if (stray !== undefined) {
    yield* write(2, `openssl: x509 -${stray} without -req is not available in this lab\n`);
    return null;
  }
  const text = yield* input(options.values.get('in'), 'certificate');
  if (text === null) return null;
  const [certificate] = parseCertificates(text);
  if (certificate) return certificate;
  yield* write(2, `Could not read certificate from ${options.values.get('in') ?? '<stdin>'}\nUnable to load certificate\n`);
  return null;
}

/** `openssl x509`. */
export function* x509(words: readonly string[]): Coroutine<number> {
  const options = parseOptions(words, [...SHOWN, 'noout', 'sha1', 'sha256', ...SIGNING_FLAGS], ['in', 'out', 'ext', 'checkend', 'nameopt', 'certopt', ...SIGNING_VALUES]);
  if (options.unknown !== null) return yield* badOption('x509', options.unknown);
  const certificate = yield* subjectOf(options);
  if (certificate === null) return 1;
  const digest = options.flags.includes('sha256') ? 'sha256' : 'sha1';
  // Options print in the order in which they were given.
  let out = '';
  for (const word of words) {
    const name = word.replace(/^--?/, '');
    if (SHOWN.includes(name)) out += shown(name, certificate, digest);
    else if (name === 'ext' && options.values.has('ext')) out += extensionText(certificate, options.values.get('ext')!);
  }
  let code = 0;
  const seconds = options.values.get('checkend');
  if (seconds !== undefined) {
    const expires = certificate.notAfter <= Math.floor((yield* now()) / 1e6) + Number(seconds);
    out += expires ? 'Certificate will expire\n' : 'Certificate will not expire\n';
    code = expires ? 1 : 0;
  }
  if (!options.flags.includes('noout') && seconds === undefined) out += pemEncode('CERTIFICATE', certificate.raw);
  yield* output(options.values.get('out'), out);
  return code;
}
