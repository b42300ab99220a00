/** BusyBox' ifconfig: shows the interfaces. Setting addresses is not modelled; packets are not counted here, so their counters stay at 0. */
import { interfaces, write } from '../../kernel/sys.ts';
import type { Coroutine, NetInterface } from '../../kernel/sys.ts';

const dotted = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');
const number = (ip: string): number => ip.split('.').reduce((n, part) => ((n << 8) | Number(part)) >>> 0, 0);
const maskOf = (prefix: number): number => (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

function block(it: NetInterface): string {
  const mask = maskOf(it.prefix);
  const loop = it.name === 'lo';
  const lines = [loop ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${it.mac.toUpperCase()}  `];
  if (it.addr !== '') lines.push(`inet addr:${it.addr}${loop ? '' : `  Bcast:${dotted((number(it.addr) | ~mask) >>> 0)}`}  Mask:${dotted(mask)}`);
  lines.push(`${it.up ? 'UP ' : ''}${loop ? 'LOOPBACK RUNNING' : `BROADCAST ${it.up ? 'RUNNING ' : ''}MULTICAST`}  MTU:${it.mtu}  Metric:1`, 'RX packets:0 errors:0 dropped:0 overruns:0 frame:0', 'TX packets:0 errors:0 dropped:0 overruns:0 carrier:0', `collisions:0 txqueuelen:${loop ? 1000 : 0} `, 'RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)');
  return `${lines.map((line, i) => (i === 0 ? it.name.padEnd(10) : ' '.repeat(10)) + line).join('\n')}\n\n`;
}

/** `ifconfig [-a] [IFACE]`. */
export function* ifconfig(words: readonly string[]): Coroutine<number> {
  const all = words.includes('-a');
  const [name, ...rest] = words.filter((word) => word !== '-a');
  if (rest.length > 0) {
    yield* write(2, 'ifconfig: changing an interface is not available in this lab\n');
    return 1;
  }
  const links = (yield* interfaces()).interfaces.filter((it) => (name === undefined ? all || it.up : it.name === name));
  if (name !== undefined && links.length === 0) {
    yield* write(2, `ifconfig: ${name}: error fetching interface information: Device not found\n`);
    return 1;
  }
  yield* write(1, [...links].sort((a, b) => (a.name === 'lo' ? 1 : 0) - (b.name === 'lo' ? 1 : 0)).map(block).join(''));
  return 0;
}
