/**
 * Names to addresses: /etc/hosts first, then the name servers of /etc/resolv.conf with their search domains, as Go's resolver and
 * glibc do on the machines here. A DNS message is one frame each way on a udp socket; CoreDNS answers it. Errors in Go's words.
 * Not modelled: nsswitch.conf, IPv6 answers, DNS over TCP, caching.
 */
import { close, connect, readFile, recv, send, sockname, type Coroutine, type Json } from '../../kernel/sys.ts';
import { errnoOf, goErrno, type Errno } from '../../kernel/errno.ts';
import { GoError } from './error.ts';
import { isIp, joinHostPort } from './address.ts';

export type DnsType = 'A' | 'AAAA' | 'SRV' | 'PTR' | 'TXT' | 'CNAME' | 'NS' | 'SOA' | 'HINFO';
export interface DnsQuery { readonly dns: 'query'; readonly id: number; /** Without the final dot. */ readonly name: string; readonly type: DnsType }
export interface DnsRecord { readonly name: string; readonly type: DnsType; /** seconds */ readonly ttl: number; readonly data: string }
export interface DnsAnswer {
  readonly dns: 'answer'; readonly id: number; readonly name: string; readonly type: DnsType;
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'; readonly authoritative: boolean; readonly records: readonly DnsRecord[];
}
export interface ResolvConf { readonly servers: readonly string[]; readonly search: readonly string[]; readonly ndots: number }

const QUERY_TIMEOUT_US = 5_000_000;
const ATTEMPTS = 2;

/** The addresses /etc/hosts gives for `name`, in file order. */
export function hostsLookup(text: string, name: string): string[] {
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const fields = line.replace(/#.*/, '').trim().split(/\s+/);
    if (fields.slice(1).some((alias) => alias.toLowerCase() === name.toLowerCase())) found.push(fields[0]!);
  }
  return found;
}

/** Reads resolv.conf; without a `nameserver` line the default is 127.0.0.1, as in libc. */
export function parseResolvConf(text: string): ResolvConf {
  const servers: string[] = [];
  let search: string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...rest] = line.replace(/[#;].*/, '').trim().split(/\s+/);
    if (keyword === 'nameserver' && rest[0]) servers.push(rest[0]);
    else if ((keyword === 'search' || keyword === 'domain') && rest.length > 0) search = rest;
    else if (keyword === 'options') for (const option of rest) if (/^ndots:\d+$/.test(option)) ndots = Number(option.slice(6));
  }
  return { servers: servers.length > 0 ? servers.slice(0, 3) : ['127.0.0.1'], search, ndots };
}

/** The names to try in order, by ndots and the search list. */
export function searchNames(name: string, conf: ResolvConf): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const dots = name.split('.').length - 1;
  const suffixed = conf.search.filter((domain) => domain !== '.').map((domain) => `${name}.${domain.replace(/\.$/, '')}`);
  return dots >= conf.ndots ? [name, ...suffixed] : [...suffixed, name];
}

/** Reads a text file; an absent or unreadable one is empty, as resolvers take it. */
function* readOrEmpty(path: string): Coroutine<string> {
  try {
    return yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return '';
  }
}

/** Sends one query to one server and waits for its answer; an errno when the server cannot be asked. */
export function* queryServer(server: string, query: DnsQuery, timeoutUs = QUERY_TIMEOUT_US, port = 53): Coroutine<DnsAnswer | { readonly errno: Errno; readonly local: string }> {
  let fd = -1;
  let local = '0.0.0.0:0';
  try {
    fd = yield* connect({ net: 'udp', host: server, port }, timeoutUs);
    const at = (yield* sockname(fd)).local;
    if (at.net !== 'unix') local = joinHostPort(at.host, at.port);
    yield* send(fd, query as unknown as Json);
    const answer = (yield* recv(fd, timeoutUs)) as unknown as DnsAnswer | null;
    yield* close(fd);
    return answer ?? { errno: 'ECONNREFUSED', local };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    if (fd >= 0) yield* close(fd);
    return { errno: errno === 'ECONNRESET' ? 'ECONNREFUSED' : errno, local };
  }
}

/** Asks the configured servers for one name. */
function* ask(name: string, conf: ResolvConf, host: string): Coroutine<readonly string[]> {
  let failure: GoError | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (const server of conf.servers) {
      const answer = yield* queryServer(server, { dns: 'query', id: attempt, name, type: 'A' });
      if (!('errno' in answer)) {
        if (answer.rcode === 'SERVFAIL' || answer.rcode === 'REFUSED') failure = new GoError(`lookup ${host} on ${server}:53: server misbehaving`, 'dns');
        else return answer.records.filter((record) => record.type === 'A').map((record) => record.data);
      } else failure = serverFailure(host, server, answer.errno, answer.local);
    }
  }
  throw failure ?? new GoError(`lookup ${host}: no such host`, 'dns');
}

function serverFailure(host: string, server: string, errno: Errno, local: string): GoError {
  // The lab's machines have no upstream resolver behind the stub address: a name it cannot ask for does not exist.
  if (server.startsWith('127.') && errno === 'ECONNREFUSED') return new GoError(`lookup ${host} on ${server}:53: no such host`, 'dns');
  if (errno === 'EAGAIN' || errno === 'ETIMEDOUT') return new GoError(`lookup ${host} on ${server}:53: read udp ${local}->${server}:53: i/o timeout`, 'dns');
  if (errno === 'ECONNREFUSED') return new GoError(`lookup ${host} on ${server}:53: read udp ${local}->${server}:53: read: connection refused`, 'dns');
  return new GoError(`lookup ${host} on ${server}:53: dial udp ${server}:53: connect: ${goErrno(errno)}`, 'dns');
}

/** Addresses of `host` (itself when it is a literal). Throws GoError `lookup X on SERVER:53: no such host`. */
export function* lookupHost(host: string): Coroutine<readonly string[]> {
  if (isIp(host)) return [host];
  const listed = hostsLookup(yield* readOrEmpty('/etc/hosts'), host);
  if (listed.length > 0) return listed;
  const conf = parseResolvConf(yield* readOrEmpty('/etc/resolv.conf'));
  for (const name of searchNames(host, conf)) {
    const found = yield* ask(name, conf, host);
    if (found.length > 0) return found;
  }
  throw new GoError(`lookup ${host} on ${conf.servers[0]}:53: no such host`, 'dns');
}
