/** netstat of net-tools: listening and connected sockets, and the routing table (-r). */
import { cpu, interfaces, sockets, write } from '../../kernel/sys.ts';
import type { Address, Coroutine, Program, SocketInfo } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';

const SHORT = 'tulnpaerixswcCNW46v';
const LONG = { tcp: 't', udp: 'u', listening: 'l', numeric: 'n', programs: 'p', all: 'a', route: 'r', extend: 'e', interfaces: 'i', statistics: 's', unix: 'x', wide: 'W', verbose: 'v' };

function place(a: Address | null): string {
  if (a === null) return '0.0.0.0:*';
  if (a.net === 'unix') return a.path;
  return `${a.host === '::' || (a.host === '0.0.0.0' && a.net === 'tcp') ? '::' : a.host}:${a.port}`;
}
const isV6 = (s: SocketInfo): boolean => s.local.net !== 'unix' && (s.local.host.includes(':') || (s.local.host === '0.0.0.0' && s.net === 'tcp'));
const STATES: Readonly<Record<SocketInfo['state'], string>> = { LISTEN: 'LISTEN', ESTAB: 'ESTABLISHED', 'CLOSE-WAIT': 'CLOSE_WAIT', 'TIME-WAIT': 'TIME_WAIT' };

function* routes(): Coroutine<number> {
  const mask = (bits: number) => [0, 1, 2, 3].map((i) => (bits >= 8 * (i + 1) ? 255 : bits <= 8 * i ? 0 : 256 - (1 << (8 - (bits - 8 * i))))).join('.');
  const rows = (yield* interfaces()).routes.map((r) => {
    const [to, bits] = r.to === 'default' ? ['0.0.0.0', '0'] : r.to.split('/');
    return `${to!.padEnd(15)} ${(r.via ?? '0.0.0.0').padEnd(15)} ${mask(Number(bits)).padEnd(15)} ${(r.via === null ? 'U' : 'UG').padEnd(5)}     0 0          0 ${r.dev}\n`;
  });
  yield* write(1, `Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n${rows.join('')}`);
  return 0;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4000);
  const { options, error } = getopt(argv.slice(1), SHORT, LONG);
  const has = (name: string) => options.some((o) => o.name === name);
  const refused = options.find((o) => ['i', 's', 'c', 'x', 'w'].includes(o.name));
  if (error !== null || refused !== undefined) {
    yield* write(2, error === null ? `netstat: -${refused!.name} is not available in this lab\n` : `netstat: ${error}\nusage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n`);
    return error === null ? 1 : 3;
  }
  if (has('r')) return yield* routes();
  const nets = has('t') || has('u') ? [...(has('t') ? ['tcp'] : []), ...(has('u') ? ['udp'] : [])] : ['tcp', 'udp'];
  const rows = (yield* sockets()).filter((s) => nets.includes(s.net) && (has('a') || (s.state === 'LISTEN') === has('l')));
  const lines = rows.map((s) => {
    const peer = s.peer === null ? (isV6(s) ? ':::*' : '0.0.0.0:*') : place(s.peer);
    const state = s.net === 'udp' ? '' : STATES[s.state];
    return `${`${s.net}${isV6(s) ? '6' : ''}`.padEnd(5)} ${String(s.recvQ).padStart(6)} ${'0'.padStart(6)} ${place(s.local).padEnd(23)} ${peer.padEnd(23)} ${state.padEnd(11)} ${has('p') ? `${s.pid}/${s.program.slice(0, 15)}`.padEnd(19) : ''}\n`;
  });
  const what = has('a') ? 'servers and established' : has('l') ? 'only servers' : 'w/o servers';
  yield* write(1, `Active Internet connections (${what})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${has('p') ? ' PID/Program name    ' : ' '}\n${lines.join('')}`);
  return 0;
}

export const program: Program = { name: 'netstat', main };
