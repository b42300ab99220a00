/** `openssl genrsa`, `rsa` and `pkey`: RSA keys made, shown and rewritten. Not modelled: keys with a passphrase. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { generateRsaKey, parseRsaPrivateKey, parseRsaPublicKeys, pemBlocks, pemEncode, pkcs1Pem, pkcs8Pem, rsaSpki } from '../../lib/x509/index.ts';
import { badOption, input, output, parseOptions } from './options.ts';
import { modulusText, publicKeyText } from './print.ts';

const DEFAULT_BITS = 2048;
const LEAST_BITS = 512;
/** What a page can make within a second or two. */
const MOST_BITS = 4096;

/** Why a key of that length cannot be made; null when it can. */
export function lengthFault(command: string, text: string): string | null {
  if (!/^\d+$/.test(text)) return `${command}: Can't parse "${text}" as a number\n`;
  if (Number(text) < LEAST_BITS) return 'Error generating RSA key\n';
  return Number(text) > MOST_BITS ? `openssl: ${command} with more than ${MOST_BITS} bits is not available in this lab\n` : null;
}

/** `openssl genrsa`. */
export function* genrsa(words: readonly string[]): Coroutine<number> {
  const options = parseOptions(words, ['traditional', 'verbose', 'F4', '65537'], ['out']);
  if (options.unknown !== null) return yield* badOption('genrsa', options.unknown);
  const [bits = String(DEFAULT_BITS), extra] = options.rest;
  if (extra !== undefined) {
    yield* write(2, `Extra option: "${extra}"\ngenrsa: Use -help for summary.\n`);
    return 1;
  }
  const fault = lengthFault('genrsa', bits);
  if (fault !== null) {
    yield* write(2, fault);
    return 1;
  }
  const key = yield* generateRsaKey(Number(bits));
  yield* output(options.values.get('out'), options.flags.includes('traditional') ? pkcs1Pem(key) : pkcs8Pem(key), 0o600);
  return 0;
}

/** `openssl rsa` and `openssl pkey`. */
export function* rsaKey(command: string, words: readonly string[]): Coroutine<number> {
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
    const isPublic = options.flags.includes('pubout') || options.flags.includes('pubin') || key === null || !own;
    out += isPublic ? pemEncode('PUBLIC KEY', rsaSpki(publicKey)) : options.flags.includes('traditional') ? pkcs1Pem(key) : pkcs8Pem(key);
  }
  if (command === 'rsa' && !options.flags.includes('noout')) yield* write(2, 'writing RSA key\n');
  yield* output(options.values.get('out'), out, options.flags.includes('pubout') ? undefined : 0o600);
  return 0;
}
