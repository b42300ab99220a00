/** `openssl x509 -req`: an authority (-CA, -CAkey) or the holder's own key (-signkey) signs a request. Models apps/x509.c. */
import { now, readFile, write, writeFile, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { parseCertificates, parseRequest, requestSignatureOk, signCertificate, type Certificate, type CertificateRequest, type RsaPrivateKey } from '../../lib/x509/index.ts';
import { ExtensionError, extensionsOf, parseSections } from './extensions.ts';
import { input, privateKey, type Options } from './options.ts';
import { nameText } from './print.ts';
import { randomSerial } from './req.ts';

/** Options that only make sense when signing. */
export const SIGNING_FLAGS = ['req', 'CAcreateserial'];
export const SIGNING_VALUES = ['CA', 'CAkey', 'CAserial', 'days', 'extfile', 'extensions', 'set_serial', 'signkey', 'key'];

const DAY = 86_400;
const DEFAULT_DAYS = 30;

interface Issuer { readonly certificate: Certificate | null; readonly key: RsaPrivateKey }

/** Who signs; null after complaining. */
function* issuerFor({ values }: Options): Coroutine<Issuer | null> {
  const own = values.get('signkey') ?? values.get('key');
  if (own !== undefined) {
    const key = yield* privateKey(own);
    return key === null ? null : { certificate: null, key };
  }
  const path = values.get('CA');
  if (path === undefined) {
    yield* write(2, 'We need a private key to sign with, use -key or -CA or -CAkey or -force_pubkey\n');
    return null;
  }
  const text = yield* input(path, 'CA certificate');
  const key = text === null ? null : yield* privateKey(values.get('CAkey') ?? path, 'CA private key');
  if (text === null || key === null) return null;
  const [certificate] = parseCertificates(text);
  if (certificate?.publicKey?.n === key.n) return { certificate, key };
  yield* write(2, certificate ? 'CA certificate and CA private key do not match\n' : `Could not read CA certificate from ${path}\n`);
  return null;
}

/** The next number of the authority's serial file (which it is written back to), or a random one. */
function* serialFor({ flags, values }: Options): Coroutine<bigint> {
  const given = values.get('set_serial');
  if (given !== undefined) return BigInt(given);
  const authority = values.get('CA');
  if (authority === undefined) return yield* randomSerial();
  const path = values.get('CAserial') ?? `${authority.replace(/\.[^./]*$/, '')}.srl`;
  let serial: bigint;
  try {
    serial = BigInt(`0x${(yield* readFile(path)).trim()}`) + 1n;
  } catch (caught) {
    if (errnoOf(caught) === null && !(caught instanceof SyntaxError)) throw caught;
    serial = yield* randomSerial();
    if (!flags.includes('CAcreateserial')) return serial;
  }
  const digits = serial.toString(16).toUpperCase();
  yield* writeFile(path, `${digits.length % 2 ? '0' : ''}${digits}\n`);
  return serial;
}

function* requestFor({ values }: Options): Coroutine<CertificateRequest | null> {
  const text = yield* input(values.get('in'), 'certificate request');
  const request = text === null ? null : parseRequest(text);
  if (text !== null && request === null) yield* write(2, 'Unable to load X509 request\n');
  if (request === null) return null;
  const ok = requestSignatureOk(request);
  yield* write(2, ok ? `Certificate request self-signature ok\nsubject=${nameText(request.subject)}\n` : 'Certificate request self-signature did not match the contents\n');
  return ok ? request : null;
}

/** The new certificate in PEM; null after complaining. */
export function* signRequest(options: Options): Coroutine<string | null> {
  const request = yield* requestFor(options);
  const issuer = request === null ? null : yield* issuerFor(options);
  if (request === null || issuer === null) return null;
  const file = options.values.get('extfile');
  const text = file === undefined ? '' : yield* input(file, 'extfile');
  if (text === null) return null;
  const sections = parseSections(text);
  const section = options.values.get('extensions') ?? new Map(sections.get('default')).get('extensions') ?? 'default';
  const start = Math.floor((yield* now()) / 1e6);
  try {
    const extensions = extensionsOf(sections, section, { own: request.publicKey!, issuer: issuer.key });
    const serial = yield* serialFor(options);
    return signCertificate({
      serial, issuer: issuer.certificate?.rawSubject ?? request.rawSubject, subject: request.rawSubject, spki: request.spki,
      notBefore: start, notAfter: start + Number(options.values.get('days') ?? DEFAULT_DAYS) * DAY, extensions,
    }, issuer.key);
  } catch (caught) {
    if (!(caught instanceof ExtensionError)) throw caught;
    yield* write(2, `${caught.message}\n`);
    return null;
  }
}
