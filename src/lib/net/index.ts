/**
 * Dialling, as Go's `net.Dialer`: resolve the name, connect, and say what failed in Go's words.
 */
import { connect, sockname, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno, type Errno } from '../../kernel/errno.ts';
import { GoError, type GoErrorKind } from './error.ts';
import { joinHostPort, splitHostPort } from './address.ts';
import { lookupHost } from './dns.ts';

export { GoError, goErrorOf, type GoErrorKind } from './error.ts';
export { goQuote } from '../../base/goquote.ts';
export { isIp, isIpv4, joinHostPort, parseUrl, splitHostPort, type HostPort, type Url } from './address.ts';
export { hostsLookup, lookupHost, parseResolvConf, queryServer, searchNames, type DnsAnswer, type DnsQuery, type DnsRecord, type DnsType, type ResolvConf } from './dns.ts';

/** net/http's default dial timeout. */
export const DIAL_TIMEOUT_US = 30_000_000;

function dialKind(errno: Errno): GoErrorKind {
  if (errno === 'ECONNREFUSED') return 'refused';
  if (errno === 'ETIMEDOUT' || errno === 'EAGAIN') return 'timeout';
  if (errno === 'EHOSTUNREACH' || errno === 'ENETUNREACH') return 'unreachable';
  return 'other';
}

/** Connects to `host:port`; → a descriptor. Throws GoError `dial tcp 172.30.1.2:6443: connect: connection refused` and the like. */
export function* dialTcp(address: string, timeoutUs: number = DIAL_TIMEOUT_US): Coroutine<number> {
  const { host, port } = splitHostPort(address);
  let addresses: readonly string[];
  try {
    addresses = yield* lookupHost(host === '' ? '127.0.0.1' : host);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`dial tcp: ${caught.message}`, caught.kind, caught);
  }
  let first: GoError | null = null;
  for (const ip of addresses) {
    try {
      return yield* connect({ net: 'tcp', host: ip, port }, timeoutUs);
    } catch (caught) {
      const errno = errnoOf(caught);
      if (errno === null) throw caught;
      const at = `dial tcp ${joinHostPort(ip, port)}`;
      const timedOut = errno === 'ETIMEDOUT' || errno === 'EAGAIN';
      first ??= new GoError(timedOut ? `${at}: i/o timeout` : `${at}: connect: ${goErrno(errno)}`, dialKind(errno));
    }
  }
  throw first ?? new GoError(`dial tcp: lookup ${host}: no such host`, 'dns');
}

/** `local->peer` of a connected socket, as Go names it in read and write errors. */
export function* socketPair(fd: number): Coroutine<string> {
  const { local, peer } = yield* sockname(fd);
  const text = (at: typeof peer) => (at && at.net !== 'unix' ? joinHostPort(at.host, at.port) : '');
  return `${text(local)}->${text(peer)}`;
}
export { passFrame, splice } from './splice.ts';
