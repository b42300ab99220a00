/**
 * `openssl req`: makes a request (-new), or a certificate that signs itself (-x509), and shows requests. Models apps/req.c.
 * Not modelled: passphrases, other keys than RSA, requests in DER.
 */
import { now, random, write, type Coroutine } from '../../kernel/sys.ts';
import { createRequest, generateRsaKey, parseRequest, pemEncode, pkcs8Pem, rsaSpki, requestSignatureOk, signCertificate, type CertificateRequest, type RsaPrivateKey } from '../../lib/x509/index.ts';
import { ExtensionError, extensionFrom, extensionsOf, parseSections, type Sections } from './extensions.ts';
import { lengthFault } from './keys.ts';
import { badOption, input, output, parseOptions, privateKey, type Options } from './options.ts';
import { modulusText, nameText, requestText } from './print.ts';
import { askSubject, configuredSubject, nameDer, parseSubj, type Field } from './subject.ts';

const FLAGS = ['new', 'x509', 'nodes', 'noenc', 'noout', 'text', 'subject', 'verify', 'pubkey', 'modulus', 'sha256', 'utf8'];
const VALUES = ['in', 'out', 'key', 'keyout', 'newkey', 'subj', 'days', 'config', 'addext', 'extensions', 'reqexts', 'set_serial'];
const DAY = 86_400;
const DEFAULT_DAYS = 30;
/** What the distribution's configuration puts into a certificate that signs itself. */
const AUTHORITY: readonly (readonly [string, string])[] = [['subjectKeyIdentifier', 'hash'], ['authorityKeyIdentifier', 'keyid:always,issuer'], ['basicConstraints', 'critical,CA:true']];

/** Twenty random bytes as a positive number. */
export function* randomSerial(): Coroutine<bigint> {
  const words = yield* random('certificate-serials', 5);
  return BigInt(`0x${words.map((word) => word.toString(16).padStart(8, '0')).join('')}`) >> 1n;
}

/** The key of -key, or a new one for -newkey and -keyout; null after complaining. */
function* keyFor(options: Options): Coroutine<RsaPrivateKey | null> {
  const path = options.values.get('key');
  if (path !== undefined) return yield* privateKey(path);
  const bits = /^rsa(?::(.*))?$/.exec(options.values.get('newkey') ?? 'rsa');
  const fault = bits === null ? `openssl: req -newkey ${options.values.get('newkey')} is not available in this lab\n` : lengthFault('req', bits[1] ?? '2048');
  if (fault !== null) {
    yield* write(2, fault);
    return null;
  }
  if (!options.flags.includes('nodes') && !options.flags.includes('noenc')) {
    yield* write(2, 'openssl: req with a passphrase for the new key is not available in this lab (use -nodes)\n');
    return null;
  }
  const key = yield* generateRsaKey(Number(bits![1] ?? 2048), function* progress(mark) { yield* write(2, mark); });
  yield* write(2, '\n-----\n');
  yield* output(options.values.get('keyout') ?? 'privkey.pem', pkcs8Pem(key), 0o600);
  return key;
}

/** The subject's DER; null after complaining. */
function* subjectFor(options: Options, sections: Sections): Coroutine<string | null> {
  const subj = options.values.get('subj');
  let fields: readonly Field[] | null;
  if (subj === undefined) {
    fields = configuredSubject(sections) ?? (yield* askSubject(!options.flags.includes('x509')));
    if (fields === null) yield* write(2, 'Error making certificate request\n');
  } else {
    fields = parseSubj(subj);
    if (fields === null) yield* write(2, `req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${subj}'\n`);
  }
  if (fields === null) return null;
  const unknown: string[] = [];
  const name = nameDer(fields, (type) => { unknown.push(type); });
  for (const type of unknown) yield* write(2, `req: Skipping unknown subject name attribute "${type}"\n`);
  return name;
}

/** The extensions of -addext and of the configuration. Throws ExtensionError. */
function wantedExtensions(options: Options, words: readonly string[], sections: Sections, key: RsaPrivateKey): string[] {
  const selfSigned = options.flags.includes('x509');
  const keys = { own: key, issuer: selfSigned ? key : null };
  const settings = new Map(sections.get('req') ?? []);
  const section = options.values.get(selfSigned ? 'extensions' : 'reqexts') ?? options.values.get('extensions') ?? settings.get(selfSigned ? 'x509_extensions' : 'req_extensions');
  const added = words.flatMap((word, i) => (word.replace(/^--?/, '') === 'addext' ? [words[i + 1] ?? ''] : [])).map((text) => [text.slice(0, text.indexOf('=')).trim(), text.slice(text.indexOf('=') + 1).trim()] as const);
  const configured = section !== undefined ? extensionsOf(sections, section, keys) : selfSigned && !options.values.has('config') ? AUTHORITY.map(([name, value]) => extensionFrom(name, value, sections, keys)) : [];
  return [...configured, ...added.map(([name, value]) => extensionFrom(name, value, sections, keys))];
}

/** -new: a request, or with -x509 a certificate; null after complaining. */
function* make(options: Options, words: readonly string[], sections: Sections): Coroutine<string | null> {
  const key = yield* keyFor(options);
  const subject = key === null ? null : yield* subjectFor(options, sections);
  if (key === null || subject === null) return null;
  const extensions = wantedExtensions(options, words, sections, key);
  if (!options.flags.includes('x509')) return createRequest(subject, extensions, key);
  const start = Math.floor((yield* now()) / 1e6);
  const serial = options.values.has('set_serial') ? BigInt(options.values.get('set_serial')!) : yield* randomSerial();
  return signCertificate({ serial, issuer: subject, subject, spki: rsaSpki(key), notBefore: start, notAfter: start + Number(options.values.get('days') ?? DEFAULT_DAYS) * DAY, extensions }, key);
}

function shown(request: CertificateRequest, words: readonly string[]): string {
  return words.map((word) => word.replace(/^--?/, '')).map((name) => {
    switch (name) {
      case 'text': return requestText(request);
      case 'subject': return `subject=${nameText(request.subject)}\n`;
      case 'modulus': return request.publicKey ? `${modulusText(request.publicKey.n)}\n` : '';
      case 'pubkey': return pemEncode('PUBLIC KEY', request.spki);
      default: return '';
    }
  }).join('');
}

/** A request that is given or just made. */
function* show(options: Options, words: readonly string[], text: string): Coroutine<number> {
  const request = parseRequest(text);
  if (request === null) {
    yield* write(2, 'Unable to load X509 request\n');
    return 1;
  }
  if (options.flags.includes('verify')) {
    const ok = requestSignatureOk(request);
    yield* write(2, `Certificate request self-signature verify ${ok ? 'OK' : 'failure'}\n`);
    if (!ok) return 1;
  }
  yield* output(options.values.get('out'), shown(request, words) + (options.flags.includes('noout') ? '' : pemEncode('CERTIFICATE REQUEST', request.raw)));
  return 0;
}

/** `openssl req`. */
export function* req(words: readonly string[]): Coroutine<number> {
  const options = parseOptions(words, FLAGS, VALUES);
  if (options.unknown !== null) return yield* badOption('req', options.unknown);
  const configuration = options.values.has('config') ? yield* input(options.values.get('config'), 'config') : '';
  if (configuration === null) return 1;
  const making = options.flags.includes('new') || options.flags.includes('x509') || options.values.has('newkey');
  if (!making) {
    const text = yield* input(options.values.get('in'), 'X509 request');
    return text === null ? 1 : yield* show(options, words, text);
  }
  try {
    const made = yield* make(options, words, parseSections(configuration));
    if (made === null) return 1;
    if (!options.flags.includes('x509')) return yield* show(options, words, made);
    yield* output(options.values.get('out'), options.flags.includes('noout') ? '' : made);
    return 0;
  } catch (caught) {
    if (!(caught instanceof ExtensionError)) throw caught;
    yield* write(2, `${caught.message}\n`);
    return 1;
  }
}
