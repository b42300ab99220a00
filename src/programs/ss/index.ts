/** ss of iproute2: sockets of this network namespace. Filters beyond -t -u -x -l -a and ports are not modelled. */
import { cpu, self, sockets, write } from '../../kernel/sys.ts';
import type { Address, Coroutine, Program, SocketInfo } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';

const SHORT = 'hVtuxwlanpreomiszH46O';
const LONG = { help: 'h', version: 'V', tcp: 't', udp: 'u', unix: 'x', raw: 'w', listening: 'l', all: 'a', numeric: 'n', processes: 'p', resolve: 'r', extended: 'e', options: 'o', memory: 'm', info: 'i', summary: 's', 'no-header': 'H', ipv4: '4', ipv6: '6', oneline: 'O' };
const SERVICES: Readonly<Record<number, string>> = { 22: 'ssh', 53: 'domain', 80: 'http', 443: 'https' };

/** Dual-stack listeners show as `*`. */
function host(a: Address & { net: 'tcp' | 'udp' }): string {
  if (a.host === '::' || (a.host === '0.0.0.0' && a.net === 'tcp')) return '*';
  return a.host.includes(':') ? `[${a.host}]` : a.host;
}
function endpoint(a: Address | null, numeric: boolean): readonly [string, string] {
  if (a === null) return ['*', '*'];
  if (a.net === 'unix') return [a.path === '' ? '*' : a.path, '*'];
  return [host(a), numeric ? String(a.port) : SERVICES[a.port] ?? String(a.port)];
}
const peerOf = (s: SocketInfo, numeric: boolean): readonly [string, string] => {
  if (s.peer !== null) return endpoint(s.peer, numeric);
  return s.net === 'unix' ? ['*', '0'] : [s.local.net !== 'unix' && host(s.local) === '*' ? '*' : s.local.net !== 'unix' && s.local.host.includes(':') ? '[::]' : '0.0.0.0', '*'];
};
const rank = (s: SocketInfo): number => ['udp', 'tcp', 'unix'].indexOf(s.net);

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4000);
  const { options, operands, error } = getopt(argv.slice(1), SHORT, LONG);
  const has = (name: string) => options.some((o) => o.name === name);
  if (error !== null) {
    yield* write(2, `ss: ${error}\nUsage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n`);
    return 255;
  }
  const refused = options.find((o) => ['s', 'w', 'e', 'm', 'i', 'r'].includes(o.name));
  const filter = operands.join(' ');
  const port = /^(?:state listening\s*)?\(?\s*(sport|dport)\s*=\s*:?(\d+)\s*\)?$/.exec(filter);
  if (refused !== undefined || (filter !== '' && port === null)) {
    yield* write(2, `ss: ${refused === undefined ? `the filter '${filter}'` : `-${refused.name}`} is not available in this lab\n`);
    return 1;
  }
  const nets = (['t', 'u', 'x'] as const).filter(has).map((f) => ({ t: 'tcp', u: 'udp', x: 'unix' })[f]);
  const me = yield* self();
  const rows = (yield* sockets()).filter((s) => {
    if (nets.length > 0 && !nets.includes(s.net)) return false;
    if (s.pid === me.pid) return false;
    if (port !== null && (port[1] === 'sport' ? s.local : s.peer)?.net !== 'unix' && ((port[1] === 'sport' ? s.local : s.peer) as { port?: number } | null)?.port !== Number(port[2])) return false;
    const listens = s.state === 'LISTEN';
    return has('a') || (has('l') ? listens : !listens);
  }).sort((a, b) => rank(a) - rank(b) || Number(b.state === 'LISTEN') - Number(a.state === 'LISTEN'));
  yield* write(1, table(rows, nets.length !== 1, has('n'), has('p'), has('H')));
  return 0;
}

/** Columns as wide as their widest cell; addresses and ports meet at the colon. */
function table(rows: readonly SocketInfo[], withNetid: boolean, numeric: boolean, withProcess: boolean, noHeader: boolean): string {
  const cells = rows.map((s) => {
    const [local, peer] = [endpoint(s.local, numeric), peerOf(s, numeric)];
    const state = s.net === 'udp' && s.state === 'LISTEN' ? 'UNCONN' : s.state;
    return { netid: s.net === 'unix' ? 'u_str' : s.net, state, recvQ: String(s.recvQ), sendQ: s.state === 'LISTEN' && s.net !== 'udp' ? '4096' : '0', local, peer, process: `users:(("${s.program.slice(0, 15)}",pid=${s.pid},fd=${s.fd}))` };
  });
  const width = (header: string, get: (c: (typeof cells)[number]) => string) => Math.max(header.length, ...cells.map((c) => get(c).length));
  const w = { netid: width('Netid', (c) => c.netid), state: width('State', (c) => c.state), recv: width('Recv-Q', (c) => c.recvQ), send: width('Send-Q', (c) => c.sendQ),
    la: width('Local Address', (c) => c.local[0]), lp: width('Port', (c) => c.local[1]), pa: width('Peer Address', (c) => c.peer[0]), pp: width('Port', (c) => c.peer[1]) };
  const line = (netid: string, state: string, recv: string, send: string, la: string, lp: string, pa: string, pp: string, process: string) =>
    `${withNetid ? `${netid.padEnd(w.netid)} ` : ''}${state.padEnd(w.state)} ${recv.padEnd(w.recv)} ${send.padEnd(w.send)} ${la.padStart(w.la)}:${lp.padEnd(w.lp)} ${pa.padStart(w.pa)}:${pp.padEnd(w.pp)}${process}`;
  const header = line('Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port', withProcess ? 'Process' : 'Process');
  return [...(noHeader ? [] : [header.trimEnd()]), ...cells.map((c) => line(c.netid, c.state, c.recvQ, c.sendQ, c.local[0], c.local[1], c.peer[0], c.peer[1], withProcess ? c.process : '').trimEnd())].map((l) => `${l}\n`).join('');
}

export const program: Program = { name: 'ss', main };
