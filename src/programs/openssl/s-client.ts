/** `openssl s_client -connect`: the server's chain and whether it verifies. Ends when standard input does, as with `</dev/null`. */
import { now, read, readFile, write, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { closeConn, httpConnect, type HttpConn } from '../../lib/http/index.ts';
import { GoError, splitHostPort } from '../../lib/net/index.ts';
import { parseCertificates, pemEncode } from '../../lib/x509/index.ts';
import { dateText, nameText } from './print.ts';
import { opensslVerdict } from './verify.ts';

const WITH_VALUE = ['connect', 'CAfile', 'servername', 'cert', 'key', 'showcerts'];

function* text(path: string | undefined): Coroutine<Bytes> {
  if (path === undefined) return '';
  try {
    return yield* readFile(path);
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* write(2, `Could not open ${path}: ${strerror(errno)}\n`);
    return '';
  }
}

function* dial(target: string, certPem: Bytes, keyPem: Bytes): Coroutine<HttpConn | null> {
  try {
    const tls = { serverName: splitHostPort(target).host, caPem: null, insecure: true, certPem: certPem === '' ? null : certPem, keyPem: keyPem === '' ? null : keyPem };
    return yield* httpConnect({ url: `https://${target}`, tls });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const refused = caught.kind === 'refused';
    const words = caught.kind === 'dns' ? 'BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:738:Name or service not known' : refused ? 'BIO_connect:Connection refused:../crypto/bio/bio_sock2.c:114:calling connect()' : 'ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:';
    yield* write(2, `4017F4B5B47F0000:error:${refused ? '8000006F:system library' : '0A00010B:SSL routines'}:${words}\n${refused ? 'connect:errno=111\n' : ''}`);
    return null;
  }
}

/** The report on a server's chain. */
function report(chainPem: Bytes, showAll: boolean, verdict: { readonly number: number; readonly words: string } | null): string {
  const chain = parseCertificates(chainPem);
  const [leaf] = chain;
  if (!leaf) return 'no peer certificate available\n';
  const entry = (index: number) => {
    const one = chain[index]!;
    return ` ${index} s:${nameText(one.subject)}\n   i:${nameText(one.issuer)}\n   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256\n   v:NotBefore: ${dateText(one.notBefore)}; NotAfter: ${dateText(one.notAfter)}\n${showAll ? pemEncode('CERTIFICATE', one.raw) : ''}`;
  };
  return [
    '---\nCertificate chain\n', ...chain.map((_, index) => entry(index)), '---\nServer certificate\n', pemEncode('CERTIFICATE', leaf.raw), `subject=${nameText(leaf.subject)}\nissuer=${nameText(leaf.issuer)}\n---\n`,
    'New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256\nServer public key is 2048 bit\nSecure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\n',
    `Verify return code: ${verdict ? `${verdict.number} (${verdict.words})` : '0 (ok)'}\n---\n`,
  ].join('');
}

export function* sClient(words: readonly string[]): Coroutine<number> {
  const values = new Map<string, string>();
  const flags: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const name = words[i]!.replace(/^--?/, '');
    if (name === 'showcerts' || name === 'quiet' || name === 'brief') flags.push(name);
    else if (WITH_VALUE.includes(name)) values.set(name, words[++i] ?? '');
    else if (words[i]!.startsWith('-')) {
      yield* write(2, `s_client: Unrecognized flag ${name}\ns_client: Use -help for summary.\n`);
      return 1;
    } else values.set('connect', words[i]!);
  }
  const target = values.get('connect') ?? 'localhost:4433';
  const roots = parseCertificates(yield* text(values.get('CAfile')));
  const conn = yield* dial(target.includes(':') ? target : `${target}:4433`, yield* text(values.get('cert')), yield* text(values.get('key')));
  if (!conn) return 1;
  const chain = parseCertificates(conn.peerCertPem ?? '');
  const verdict = chain[0] ? opensslVerdict(chain[0], roots, chain.slice(1), Math.floor((yield* now()) / 1e6)) : null;
  const depth = chain[0] ? `depth=0 ${nameText(chain[0].subject)}\n${verdict ? `verify error:num=${verdict.number}:${verdict.words}\n` : ''}verify return:1\n` : '';
  yield* write(2, depth);
  yield* write(1, `CONNECTED(00000003)\n${report(conn.peerCertPem ?? '', flags.includes('showcerts'), verdict)}`);
  while ((yield* read(0)) !== '');
  yield* write(2, 'DONE\n');
  yield* closeConn(conn);
  return 0;
}
