/** CoreDNS's forward plugin: names that are nobody's here are asked of other servers. Models coredns plugin/forward, plugin/pkg/parse. */
import { attempt, readFile, write, type Coroutine } from '../../kernel/sys.ts';
import { goErrno } from '../../kernel/errno.ts';
import { GoError, isIp, queryServer, type DnsAnswer, type DnsQuery } from '../../lib/net/index.ts';

/** `host:port` of each server that a `forward` line names, itself or by a file in resolv.conf's form. Read once, at the start. Throws GoError. */
export function* upstreams(targets: readonly string[]): Coroutine<readonly string[]> {
  const servers: string[] = [];
  for (const target of targets) {
    const host = target.replace(/:\d+$/, '');
    if (isIp(host)) {
      servers.push(host === target ? `${target}:53` : target);
      continue;
    }
    const text = yield* attempt(readFile(target), 'ENOENT', 'ENOTDIR', 'EISDIR');
    if (typeof text !== 'string') throw new GoError(text.errno === 'EISDIR' ? `read ${target}: is a directory` : `open ${target}: ${goErrno(text.errno)}`);
    for (const [keyword, address] of text.split('\n').map((line) => line.trim().split(/\s+/))) if (keyword === 'nameserver' && address !== undefined) servers.push(`${address}:53`);
  }
  if (servers.length === 0) throw new GoError('no nameservers found');
  return servers;
}

/** Asks one after another; nobody's answer is SERVFAIL. */
export function* forward(query: DnsQuery, servers: readonly string[]): Coroutine<DnsAnswer> {
  for (const server of servers) {
    const at = server.lastIndexOf(':');
    const answer = yield* queryServer(server.slice(0, at), query, 2_000_000, Number(server.slice(at + 1)));
    if (!('errno' in answer)) return answer;
    yield* write(1, `[ERROR] plugin/errors: 2 ${query.name}. ${query.type}: read udp ${answer.local}->${server}: ${answer.errno === 'EAGAIN' ? 'i/o timeout' : `read: ${goErrno(answer.errno)}`}\n`);
  }
  return { dns: 'answer', id: query.id, name: query.name, type: query.type, rcode: 'SERVFAIL', authoritative: false, records: [] };
}
