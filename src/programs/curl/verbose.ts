/** What curl says of its doings with -v, on standard error: the lines of curl 7.88 with OpenSSL 3. */
import { isIp, type Url } from '../../lib/net/index.ts';
import { headerName, httpDate, type Headers, type HttpConn } from '../../lib/http/index.ts';
import { parseCertificates, type Certificate } from '../../lib/x509/index.ts';
import { random, write, type Coroutine } from '../../kernel/sys.ts';
import type { CurlOptions } from './options.ts';

export function* tell(options: CurlOptions, lines: readonly string[]): Coroutine<void> {
  if (options.verbose && lines.length > 0) yield* write(2, lines.map((line) => `${line}\n`).join(''));
}

const message = (out: boolean, name: string) => `* TLSv1.3 (${out ? 'OUT' : 'IN'}), TLS handshake, ${name}:`;

/** The handshake, as far as it came; `fault`: what is wrong with the server's certificate. */
export function handshakeLines(options: CurlOptions, conn: HttpConn, fault: string | null): string[] {
  const protocols = options.http1 ? 'http/1.1' : 'h2,http/1.1';
  const trust = options.insecure ? [] : [`*  CAfile: ${options.caFile ?? '/etc/ssl/certs/ca-certificates.crt'}`, '*  CApath: /etc/ssl/certs'];
  const asked = conn.asked === true;
  const begun = [`* ALPN: offers ${protocols}`, message(true, 'Client hello (1)'), ...trust, message(false, 'Server hello (2)'), message(false, 'Encrypted Extensions (8)'),
    ...(asked ? [message(false, 'Request CERT (13)')] : []), message(false, 'Certificate (11)')];
  const [problem] = fault?.split('\n') ?? [];
  const byName = problem?.startsWith('SSL: no alternative') === true;
  if (problem !== undefined && !byName) return [...begun, '* TLSv1.3 (OUT), TLS alert, unknown CA (560):', `* ${problem}`, '* Closing connection 0'];
  const done = [...begun, message(false, 'CERT verify (15)'), message(false, 'Finished (20)'), '* TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):',
    ...(asked ? [message(true, 'Certificate (11)')] : []), ...(asked && options.cert !== null ? [message(true, 'CERT verify (15)')] : []), message(true, 'Finished (20)'),
    '* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256', `* ALPN: server accepted ${options.http1 ? 'http/1.1' : 'h2'}`];
  if (!byName) return done;
  return [...done, ...namesAndDates(conn), `*  subjectAltName does not match ${problem!.replace(/^.* target host name '(.*)'$/, '$1')}`, `* ${problem}`, '* Closing connection 0', '* TLSv1.3 (OUT), TLS alert, close notify (256):'];
}

const SHORT: Readonly<Record<string, string>> = { '2.5.4.3': 'CN', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU' };
const nameOf = (name: Certificate['subject']) => (name.length === 0 ? '[NONE]' : name.map(({ oid, value }) => `${SHORT[oid] ?? oid}=${value}`).join('; '));

/** `Aug 19 00:13:53 2025 GMT`. */
function certDate(seconds: number): string {
  const [, day, month, year, time] = /^\w+, (\d\d) (\w+) (\d+) ([\d:]+) GMT$/.exec(httpDate(seconds * 1e6)) ?? [];
  return `${month} ${Number(day) < 10 ? ` ${Number(day)}` : day} ${time} ${year} GMT`;
}

function namesAndDates(conn: HttpConn): string[] {
  const [leaf] = parseCertificates(conn.peerCertPem ?? '');
  return leaf === undefined ? [] : ['* Server certificate:', `*  subject: ${nameOf(leaf.subject)}`, `*  start date: ${certDate(leaf.notBefore)}`, `*  expire date: ${certDate(leaf.notAfter)}`];
}

/** Which of the certificate's names the host is. */
function matchLine(leaf: Certificate, host: string): string {
  if (isIp(host)) return `*  subjectAltName: host "${host}" matched cert's IP address!`;
  const matched = leaf.dnsNames.find((name) => name.toLowerCase() === host.toLowerCase()) ?? leaf.dnsNames.find((name) => name.startsWith('*.') && host.toLowerCase().endsWith(name.slice(1).toLowerCase())) ?? host;
  return `*  subjectAltName: host "${host}" matched cert's "${matched}"`;
}

/** The certificate that was accepted. */
export function certificateLines(options: CurlOptions, conn: HttpConn, url: Url): string[] {
  const [leaf] = parseCertificates(conn.peerCertPem ?? '');
  if (leaf === undefined) return [];
  const verdict = options.insecure ? 'SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.' : 'SSL certificate verify ok.';
  return [...namesAndDates(conn), ...(options.insecure ? [] : [matchLine(leaf, url.host)]), `*  issuer: ${nameOf(leaf.issuer)}`, `*  ${verdict}`];
}

interface Request { readonly method: string; readonly path: string; readonly headers: Headers }

/** An address on the heap of a process, as pointers are printed. */
function* pointer(): Coroutine<string> {
  const [high = 0, low = 0] = yield* random('curl/heap', 2);
  return `0x55${(high >>> 8).toString(16).padStart(6, '0')}${((low >>> 16) & 0xfff0).toString(16).padStart(4, '0')}`;
}

/** The request as it is sent. */
export function* requestLines({ method, path, headers }: Request, url: Url, http2: boolean, secure: boolean): Coroutine<string[]> {
  const { host = '', ...rest } = headers;
  const fields = Object.entries(rest);
  const streams = [':method', ':path', ':scheme', ':authority'].map((name, i) => `* h2h3 [${name}: ${[method, path, url.scheme, host][i]}]`);
  const framed = http2 ? ['* using HTTP/2', ...streams, ...fields.map(([name, value]) => `* h2h3 [${name}: ${value}]`), `* Using Stream ID: 1 (easy handle ${yield* pointer()})`] : secure ? ['* using HTTP/1.1'] : [];
  return [...framed, `> ${method} ${path} HTTP/${http2 ? '2' : '1.1'}`, `> Host: ${host}`, ...fields.map(([name, value]) => `> ${http2 ? name : headerName(name)}: ${value}`), '> '];
}
