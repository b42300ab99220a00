/** `openssl verify`: chains against a bundle, with OpenSSL's numbered errors. */
import { now, readFile, write, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { parseCertificates, verifyCertificate, X509Error, type Certificate } from '../../lib/x509/index.ts';
import { nameText } from './print.ts';

/** OpenSSL's number and words for what our verification found. */
export function opensslVerdict(leaf: Certificate, roots: readonly Certificate[], intermediates: readonly Certificate[], seconds: number): { readonly number: number; readonly words: string } | null {
  try {
    verifyCertificate(leaf, { roots, intermediates, now: seconds, name: null, usage: 'any' });
    return null;
  } catch (caught) {
    if (!(caught instanceof X509Error)) throw caught;
    if (caught.fault === 'expired') return seconds < leaf.notBefore ? { number: 9, words: 'certificate is not yet valid' } : { number: 10, words: 'certificate has expired' };
    if (caught.message.includes('crypto/rsa')) return { number: 7, words: 'certificate signature failure' };
    return leaf.rawIssuer === leaf.rawSubject ? { number: 18, words: 'self-signed certificate' } : { number: 20, words: 'unable to get local issuer certificate' };
  }
}

function* readText(path: string): Coroutine<Bytes | null> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

export function* verify(words: readonly string[]): Coroutine<number> {
  const bundles: Record<string, string> = {};
  const files: string[] = [];
  let ignoreTime = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (['-CAfile', '-untrusted', '-trusted'].includes(word)) bundles[word === '-trusted' ? '-CAfile' : word] = words[++i] ?? '';
    else if (word === '-no_check_time') ignoreTime = true;
    else if (word.startsWith('-')) {
      yield* write(2, word === '-CApath' ? 'openssl: verify -CApath is not available in this lab\n' : `verify: Unrecognized flag ${word.slice(1)}\nverify: Use -help for summary.\n`);
      return 1;
    } else files.push(word);
  }
  const text = bundles['-CAfile'] === undefined ? '' : yield* readText(bundles['-CAfile']);
  if (text === null) {
    yield* write(2, `Could not open file or uri for loading certs of trusted certificates from ${bundles['-CAfile']}\nError loading file ${bundles['-CAfile']}\n`);
    return 1;
  }
  const roots = parseCertificates(text);
  const intermediates = bundles['-untrusted'] === undefined ? [] : parseCertificates((yield* readText(bundles['-untrusted'])) ?? '');
  let code = 0;
  for (const file of files) {
    const content = yield* readText(file);
    const [leaf] = parseCertificates(content ?? '');
    if (!leaf) {
      yield* write(2, content === null ? `Could not open file or uri for loading certificate file from ${file}\nUnable to load certificate file\n` : `Could not read certificate file from ${file}\nUnable to load certificate file\n`);
      code = 2;
      continue;
    }
    const seconds = ignoreTime ? leaf.notBefore + 1 : Math.floor((yield* now()) / 1e6);
    const verdict = opensslVerdict(leaf, roots, intermediates, seconds);
    if (verdict === null) { yield* write(1, `${file}: OK\n`); continue; }
    yield* write(2, `${nameText(leaf.subject)}\nerror ${verdict.number} at 0 depth lookup: ${verdict.words}\nerror ${file}: verification failed\n`);
    code = 2;
  }
  return code;
}
