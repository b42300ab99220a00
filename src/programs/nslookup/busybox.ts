/**
 * BusyBox' nslookup, old and new. Until 1.28 it asks the C library, which knows search domains, and shows each address with the name it
 * leads back to; since 1.29 it asks the server itself, A and AAAA, and lets the search list count only for names without a dot.
 * Models busybox networking/nslookup.c.
 */
import { random, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { showUsage } from '../../lib/busybox/index.ts';
import type { Build } from '../../lib/busybox/index.ts';
import { GoError, isIp, lookupHost, queryServer } from '../../lib/net/index.ts';
import type { DnsAnswer, DnsRecord, DnsType, ResolvConf } from '../../lib/net/index.ts';

const reversed = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
const KNOWN = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR', 'SRV', 'ANY'];

function* ask(server: string, name: string, type: DnsType): Coroutine<DnsAnswer | string> {
  const [id = 0] = yield* random('dns');
  const answer = yield* queryServer(server, { dns: 'query', id: id % 65536, name: name.replace(/\.$/, ''), type });
  return 'errno' in answer ? answer.errno : answer;
}

/** `Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local` */
function* addresses(header: string, host: string, ips: readonly string[], server: string): Coroutine<void> {
  let text = `${header.padEnd(10)} ${host}\n`;
  for (const [i, ip] of ips.entries()) {
    const back = yield* ask(server, reversed(ip), 'PTR');
    const name = typeof back === 'string' ? undefined : back.records.find((it) => it.type === 'PTR')?.data.replace(/\.$/, '');
    text += `Address ${i + 1}: ${ip}${name === undefined ? '' : ` ${name}`}\n`;
  }
  yield* write(1, text);
}

/** `nslookup HOST [SERVER]` of 1.28. */
function* old(build: Build, words: readonly string[], conf: ResolvConf): Coroutine<number> {
  const [name, given, more] = words;
  if (name === undefined || name.startsWith('-') || more !== undefined) {
    yield* showUsage(build, 'nslookup');
    return 1;
  }
  const server = given ?? conf.servers[0]!;
  yield* addresses('Server:', server, [server], server);
  yield* write(1, '\n');
  try {
    yield* addresses('Name:', name, yield* lookupHost(name), server);
    return 0;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* write(2, `nslookup: can't resolve '${name}'${build.libc === 'musl' ? ': Name does not resolve' : ''}\n`);
    return 1;
  }
}

function row({ name, type, data }: DnsRecord): string {
  if (type === 'A' || type === 'AAAA') return `Name:\t${name}\nAddress: ${data}\n`;
  const words: Partial<Record<DnsType, string>> = { NS: 'nameserver', CNAME: 'canonical name', PTR: 'name', TXT: 'text', SRV: 'service' };
  return `${name}\t${words[type] ?? type} = ${type === 'TXT' ? `"${data}"` : data.replace(/\.$/, '')}\n`;
}

interface Question { readonly name: string; readonly type: DnsType }

function questions(name: string, given: readonly DnsType[], conf: ResolvConf): Question[] {
  if (given.length === 0 && isIp(name)) return [{ name: reversed(name), type: 'PTR' }];
  const names = name.includes('.') || conf.search.length === 0 ? [name] : conf.search.map((domain) => `${name}.${domain}`);
  const types: readonly DnsType[] = given.length === 0 ? ['A', 'AAAA'] : given;
  return types.flatMap((type): Question[] => (type === 'PTR' ? [{ name, type }] : names.map((one) => ({ name: one, type }))));
}

/** Every question's answer, in order. → the status. */
function* replies(server: string, asked: readonly Question[]): Coroutine<number> {
  let status = 0;
  for (const [i, { name, type }] of asked.entries()) {
    const answer = yield* ask(server, name, type);
    if (typeof answer === 'string') {
      if (answer === 'ECONNREFUSED') yield* write(2, `nslookup: write to '${server}': Connection refused\n`);
      yield* write(1, ';; connection timed out; no servers could be reached\n\n');
      return 1;
    }
    if (i === 0) yield* write(1, `Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
    if (answer.rcode !== 'NOERROR') status = 1;
    yield* write(1, `${answer.rcode !== 'NOERROR' ? `** server can't find ${name}: ${answer.rcode}\n` : `${answer.authoritative ? '' : 'Non-authoritative answer:\n'}${answer.records.map(row).join('')}`}\n`);
  }
  return status;
}

/** `nslookup [-type=TYPE] HOST [SERVER]` → the status. */
export function* busyboxNslookup(build: Build, words: readonly string[], conf: ResolvConf): Coroutine<number> {
  if (build.version.startsWith('1.28')) return yield* old(build, words, conf);
  const flags = words.filter((word) => word.startsWith('-'));
  const [name, server = conf.servers[0]!, more] = words.filter((word) => !word.startsWith('-'));
  const bad = flags.find((flag) => !/^-(?:t\w*|q\w*|ty|debug)(?:=|$)/.test(flag));
  if (bad !== undefined || name === undefined || more !== undefined) {
    yield* showUsage(build, 'nslookup');
    return 1;
  }
  const types = flags.flatMap((flag) => /^-(?:ty(?:pe)?|q\w*)=(.*)$/.exec(flag)?.[1] ?? []);
  const wrong = types.find((type) => !KNOWN.includes(type.toUpperCase()));
  if (wrong !== undefined) {
    yield* write(2, `nslookup: invalid query type "${wrong}"\n`);
    return 1;
  }
  return yield* replies(server, questions(name, types.map((type) => type.toUpperCase() as DnsType), conf));
}
