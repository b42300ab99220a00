/**
 * openssl: looking at certificates and keys, verifying chains, and a look at a TLS server. Output as OpenSSL 3.0 gives it.
 * Not modelled: making keys, requests and certificates, other algorithms than RSA, everything about streams of s_client.
 */
import { cpu, now, read, readFile, write, writeFile, type Bytes, type Coroutine, type Program } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { OID, parseCertificates, parseRsaPrivateKey, parseRsaPublicKeys, pemBlocks, pemEncode, rsaSpki, type Certificate } from '../../lib/x509/index.ts';
import { certificateText, dateText, extensionLines, fingerprint, modulusText, nameText, publicKeyText, serialHex } from './print.ts';
import { sClient } from './s-client.ts';
import { verify } from './verify.ts';

/** A command line of openssl: single-dash options, some with a value. */
interface Options { readonly flags: readonly string[]; readonly values: ReadonlyMap<string, string>; readonly rest: readonly string[]; readonly unknown: string | null }

function parseOptions(words: readonly string[], flags: readonly string[], valued: readonly string[]): Options {
  const found: string[] = [];
  const values = new Map<string, string>();
  const rest: string[] = [];
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const name = word.replace(/^--?/, '');
    if (!word.startsWith('-')) rest.push(word);
    else if (flags.includes(name)) found.push(name);
    else if (valued.includes(name) && queue.length > 0) values.set(name, queue.shift()!);
    else return { flags: found, values, rest, unknown: word };
  }
  return { flags: found, values, rest, unknown: null };
}

/** Reads -in or standard input; null after complaining. */
function* input(path: string | undefined, what: string): Coroutine<Bytes | null> {
  if (path === undefined) {
    let text = '';
    for (let part = yield* read(0); part !== ''; part = yield* read(0)) text += part;
    return text;
  }
  try {
    return yield* readFile(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    const number = errno === 'ENOENT' ? '80000002' : errno === 'EACCES' ? '8000000D' : '80000015';
    yield* write(2, `Could not open file or uri for loading ${what} from ${path}\n4017F4B5B47F0000:error:16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:../crypto/store/store_register.c:237:scheme=file\n4017F4B5B47F0000:error:${number}:system library:file_open:${strerror(errno)}:../providers/implementations/storemgmt/file_store.c:267:calling stat(${path})\nUnable to load ${what}\n`);
    return null;
  }
}

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

const UNAVAILABLE = ['req', 'genrsa', 'genpkey', 'ca', 'enc', 'dgst', 'rand', 'pkcs12', 's_server', 'crl', 'ec', 'passwd', 'speed', 'asn1parse', 'CA', 'CAkey', 'CAcreateserial', 'signkey', 'days', 'extfile', 'extensions', 'inform', 'outform'];

function* badOption(command: string, option: string): Coroutine<number> {
  const name = option.replace(/^--?/, '');
  if (UNAVAILABLE.includes(name)) yield* write(2, `openssl: ${command} -${name} is not available in this lab\n`);
  else yield* write(2, `${command}: Unrecognized flag ${name}\n${command}: Use -help for summary.\n`);
  return 1;
}

function* x509(words: readonly string[]): Coroutine<number> {
  const options = parseOptions(words, [...SHOWN, 'noout', 'sha1', 'sha256'], ['in', 'out', 'ext', 'checkend', 'nameopt', 'certopt']);
  if (options.unknown !== null) return yield* badOption('x509', options.unknown);
  const text = yield* input(options.values.get('in'), 'certificate');
  if (text === null) return 1;
  const [certificate] = parseCertificates(text);
  if (!certificate) {
    yield* write(2, `Could not read certificate from ${options.values.get('in') ?? '<stdin>'}\nUnable to load certificate\n`);
    return 1;
  }
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
  if (options.values.has('out')) yield* writeFile(options.values.get('out')!, out);
  else yield* write(1, out);
  return code;
}

function* rsaKey(command: string, words: readonly string[]): Coroutine<number> {
  const options = parseOptions(words, ['noout', 'text', 'modulus', 'check', 'pubin', 'pubout', 'text_pub', 'traditional'], ['in', 'out']);
  if (options.unknown !== null) return yield* badOption(command, options.unknown);
  const what = options.flags.includes('pubin') ? 'public key' : command === 'rsa' ? 'private key' : 'key';
  const text = yield* input(options.values.get('in'), what);
  if (text === null) return 1;
  const key = parseRsaPrivateKey(text);
  const [publicKey] = options.flags.includes('pubin') ? parseRsaPublicKeys(text) : key ? [key] : [];
  if (!publicKey) {
    yield* write(2, `Could not read ${what} from ${options.values.get('in') ?? '<stdin>'}\n`);
    return 1;
  }
  let out = '';
  if (options.flags.includes('text') || options.flags.includes('text_pub')) out += `${key && !options.flags.includes('text_pub') ? 'Private-Key' : 'Public-Key'}${publicKeyText(publicKey.n, publicKey.e).slice('Public-Key'.length)}`;
  if (options.flags.includes('modulus')) out += `${modulusText(publicKey.n)}\n`;
  if (options.flags.includes('check')) out += command === 'rsa' ? 'RSA key ok\n' : 'Key is valid\n';
  if (!options.flags.includes('noout')) {
    const own = pemBlocks(text).find((block) => block.type.includes('PRIVATE KEY'));
    out += options.flags.includes('pubout') || options.flags.includes('pubin') || !own ? pemEncode('PUBLIC KEY', rsaSpki(publicKey)) : pemEncode(own.type, own.der);
  }
  if (command === 'rsa' && !options.flags.includes('noout')) yield* write(2, 'writing RSA key\n');
  if (options.values.has('out')) yield* writeFile(options.values.get('out')!, out);
  else yield* write(1, out);
  return 0;
}

const HELP = 'help:\n\nStandard commands\nasn1parse         ca                ciphers           cmp               \ncms               crl               crl2pkcs7         dgst              \nrsa               s_client          verify            version           \nx509              pkey              \n\n';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4_000);
  const [, command, ...words] = argv;
  switch (command) {
    case 'x509': return yield* x509(words);
    case 'verify': return yield* verify(words);
    case 'rsa': case 'pkey': return yield* rsaKey(command, words);
    case 's_client': return yield* sClient(words);
    case 'version':
      yield* write(1, 'OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n');
      return 0;
    case undefined: case 'help':
      yield* write(2, HELP);
      return 0;
    default:
      if (UNAVAILABLE.includes(command)) yield* write(2, `openssl: ${command} is not available in this lab\n`);
      else yield* write(2, `Invalid command '${command}'; type "help" for a list.\n`);
      return 1;
  }
}

export const program: Program = { name: 'openssl', main };
