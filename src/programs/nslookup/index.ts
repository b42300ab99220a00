/** nslookup, dig and host of bind9: one question to a name server, in each one's layout; BusyBox' nslookup has its own. Not modelled: dig's many options, TCP, DNSSEC. */
import { errnoOf } from '../../kernel/errno.ts';
import { cpu, now, random, readFile, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { dayName, monthName, civil } from '../../base/time.ts';
import { busyboxHere } from '../../lib/busybox/index.ts';
import { isIp, parseResolvConf, queryServer, searchNames, type DnsAnswer, type DnsType, type ResolvConf } from '../../lib/net/index.ts';
import { busyboxNslookup } from './busybox.ts';

interface Asked { readonly name: string; readonly type: DnsType; readonly server: string; readonly conf: ResolvConf; readonly port: number }
const TYPES: readonly string[] = ['A', 'AAAA', 'SRV', 'PTR', 'TXT', 'CNAME', 'NS', 'SOA'];

function* resolvConf(): Coroutine<ResolvConf> {
  try {
    return parseResolvConf(yield* readFile('/etc/resolv.conf'));
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return parseResolvConf('');
  }
}

const reversed = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;

/** Asks for each name of the search list until one is known; null when the server is silent. */
function* resolve(asked: Asked, search: boolean): Coroutine<{ readonly answer: DnsAnswer; readonly name: string } | null> {
  let last: { answer: DnsAnswer; name: string } | null = null;
  for (const name of search ? searchNames(asked.name, asked.conf) : [asked.name.replace(/\.$/, '')]) {
    const [id = 0] = yield* random('dns');
    const answer = yield* queryServer(asked.server, { dns: 'query', id: id % 65536, name, type: asked.type });
    if ('errno' in answer) return null;
    last = { answer, name };
    if (answer.rcode === 'NOERROR') return last;
  }
  return last;
}

function* nslookup(words: readonly string[]): Coroutine<number> {
  const conf = yield* resolvConf();
  const operands = words.filter((w) => !w.startsWith('-'));
  const typeWord = words.map((w) => /^-(?:query|type|q)=(\w+)$/i.exec(w)?.[1]?.toUpperCase()).find((t) => t !== undefined);
  const [name, server = conf.servers[0]!] = operands;
  if (name === undefined) {
    yield* write(2, 'nslookup: interactive mode is not available in this lab\n');
    return 1;
  }
  const question: Asked = { name: isIp(name) ? reversed(name) : name, type: (typeWord as DnsType | undefined) ?? (isIp(name) ? 'PTR' : 'A'), server, conf, port: 53 };
  const found = yield* resolve(question, !isIp(name));
  if (found === null) {
    yield* write(1, `;; communications error to ${server}#53: connection refused\n`.repeat(2) + ';; no servers could be reached\n\n\n');
    return 1;
  }
  const { answer } = found;
  if (!isIp(name)) yield* write(1, `Server:\t\t${server}\nAddress:\t${server}#53\n\n`);
  if (answer.rcode !== 'NOERROR') {
    yield* write(1, `** server can't find ${isIp(name) ? question.name : name}: ${answer.rcode}\n\n`);
    return 1;
  }
  const rows = answer.records.map((r) => (r.type === 'A' || r.type === 'AAAA' ? `Name:\t${r.name}\nAddress: ${r.data}\n` : r.type === 'PTR' ? `${r.name}\tname = ${r.data}.\n` : r.type === 'SRV' ? `${r.name}\tservice = ${r.data}.\n` : `${r.name}\t${r.type.toLowerCase()} = ${r.data}\n`));
  yield* write(1, `${answer.authoritative ? '' : isIp(name) ? '' : 'Non-authoritative answer:\n'}${rows.length === 0 ? `*** Can't find ${name}: No answer\n` : rows.join('')}\n`);
  return rows.length === 0 ? 1 : 0;
}

function* host(words: readonly string[]): Coroutine<number> {
  const conf = yield* resolvConf();
  const [name, server = conf.servers[0]!] = words.filter((w) => !w.startsWith('-'));
  if (name === undefined) {
    yield* write(2, 'Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n');
    return 1;
  }
  const found = yield* resolve({ name: isIp(name) ? reversed(name) : name, type: isIp(name) ? 'PTR' : 'A', server, conf, port: 53 }, !isIp(name));
  if (found === null) {
    yield* write(1, `;; communications error to ${server}#53: connection refused\n;; no servers could be reached\n\n`);
    return 1;
  }
  if (found.answer.rcode !== 'NOERROR') {
    yield* write(1, `Host ${isIp(name) ? `${reversed(name)}.` : name} not found: 3(${found.answer.rcode})\n`);
    return 1;
  }
  for (const r of found.answer.records) yield* write(1, r.type === 'PTR' ? `${r.name} domain name pointer ${r.data}.\n` : `${r.name} has address ${r.data}\n`);
  return 0;
}

function* dig(words: readonly string[]): Coroutine<number> {
  const conf = yield* resolvConf();
  const server = words.find((w) => w.startsWith('@'))?.slice(1) ?? conf.servers[0]!;
  const short = words.includes('+short');
  const x = words.indexOf('-x');
  const plain = words.filter((w, i) => !/^[@+-]/.test(w) && (x < 0 || i !== x + 1));
  const type = (plain.map((w) => w.toUpperCase()).find((w) => TYPES.includes(w)) ?? (x >= 0 ? 'PTR' : 'A')) as DnsType;
  const name = x >= 0 ? reversed(words[x + 1] ?? '') : plain.find((w) => !TYPES.includes(w.toUpperCase()) && w.toUpperCase() !== 'IN') ?? '.';
  const began = yield* now();
  const found = yield* resolve({ name, type, server, conf, port: 53 }, words.includes('+search'));
  if (found === null) {
    yield* write(1, `;; communications error to ${server}#53: connection refused\n`.repeat(short ? 1 : 3) + (short ? '' : `\n; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> ${words.join(' ')}\n;; global options: +cmd\n`) + ';; no servers could be reached\n');
    return 9;
  }
  const { answer } = found;
  if (short) {
    yield* write(1, answer.records.map((r) => `${r.data}${r.type === 'A' || r.type === 'AAAA' || r.type === 'TXT' ? '' : '.'}\n`).join(''));
    return 0;
  }
  const t = civil(yield* now());
  const two = (n: number) => String(n).padStart(2, '0');
  const records = answer.records.map((r) => `${`${r.name}.`.padEnd(24)}${r.ttl}\tIN\t${r.type}\t${r.data}\n`).join('');
  yield* write(1, `\n; <<>> DiG 9.18.33-1~deb12u2-Debian <<>> ${words.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${answer.id}\n`
    + `;; flags: qr ${answer.authoritative ? 'aa ' : ''}rd ra; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n;; QUESTION SECTION:\n;${`${name}.`.padEnd(31)}IN\t${type}\n\n`
    + `${records === '' ? '' : `;; ANSWER SECTION:\n${records}\n`};; Query time: ${Math.floor(((yield* now()) - began) / 1000)} msec\n;; SERVER: ${server}#53(${server}) (UDP)\n;; WHEN: ${dayName(t.weekday)} ${monthName(t.month)} ${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} UTC ${t.year}\n;; MSG SIZE  rcvd: ${40 + name.length + answer.records.length * 16}\n\n`);
  return 0;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(12_000);
  const words = argv.slice(1);
  switch (argv[0]!.replace(/^.*\//, '')) {
    case 'dig': return yield* dig(words);
    case 'host': return yield* host(words);
    default: {
      const build = yield* busyboxHere();
      return build === null ? yield* nslookup(words) : yield* busyboxNslookup(build, words, yield* resolvConf());
    }
  }
}

export const program: Program = { name: 'nslookup', main };
