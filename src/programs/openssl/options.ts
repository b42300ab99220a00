/** What the commands of openssl share: their single-dash options, their input, and complaints about both. */
import { read, readFile, write, writeFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { parseRsaPrivateKey, type RsaPrivateKey } from '../../lib/x509/index.ts';

/** A command line of openssl: single-dash options, some with a value. */
export interface Options { readonly flags: readonly string[]; readonly values: ReadonlyMap<string, string>; readonly rest: readonly string[]; readonly unknown: string | null }

/** Splits the words of a command by the options it knows. */
export function parseOptions(words: readonly string[], flags: readonly string[], valued: readonly string[]): Options {
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
export function* input(path: string | undefined, what: string): Coroutine<Bytes | null> {
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

/** Commands and options of the real one that are not modelled. */
export const UNAVAILABLE = ['genpkey', 'ca', 'enc', 'dgst', 'rand', 'pkcs12', 's_server', 'crl', 'ec', 'passwd', 'speed', 'asn1parse', 'passin', 'passout', 'purpose', 'aes256', 'des3', 'addtrust', 'keyform', 'multivalue-rdn', 'sigopt', 'batch', 'engine', 'copy_extensions', 'CAform', 'not_after', 'force_pubkey', 'inform', 'outform'];

/** What is said of an option that the command does not know, or that is not modelled. */
export function* badOption(command: string, option: string): Coroutine<number> {
  const name = option.replace(/^--?/, '');
  if (UNAVAILABLE.includes(name)) yield* write(2, `openssl: ${command} -${name} is not available in this lab\n`);
  else yield* write(2, `${command}: Unrecognized flag ${name}\n${command}: Use -help for summary.\n`);
  return 1;
}

/** Writes to -out (a private key with mode 0600) or to standard output. */
export function* output(path: string | undefined, text: Bytes, mode?: number): Coroutine<void> {
  if (path === undefined) yield* write(1, text);
  else yield* writeFile(path, text, mode);
}

/** A private key from a file; null after complaining. */
export function* privateKey(path: string, what = 'private key'): Coroutine<RsaPrivateKey | null> {
  const text = yield* input(path, what);
  if (text === null) return null;
  const key = parseRsaPrivateKey(text);
  if (key === null) yield* write(2, `Could not read ${what} from ${path}\n`);
  return key;
}
