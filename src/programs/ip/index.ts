/** ip of iproute2: shows addresses, links, routes and neighbours. Changing them is not modelled. */
import { cpu, interfaces, write } from '../../kernel/sys.ts';
import type { Coroutine, NetInterface, Program, Route } from '../../kernel/sys.ts';

const FOREVER = '       valid_lft forever preferred_lft forever\n';

function flags(i: NetInterface): string {
  if (i.name === 'lo') return 'LOOPBACK,UP,LOWER_UP';
  return i.up ? 'BROADCAST,MULTICAST,UP,LOWER_UP' : 'BROADCAST,MULTICAST';
}
const kind = (i: NetInterface): string => (i.name === 'lo' ? 'loopback' : 'ether');
const queue = (i: NetInterface): string => (i.name === 'lo' || /^(cni|flannel|veth|docker)/.test(i.name) ? 'noqueue' : 'fq_codel');
const state = (i: NetInterface): string => (i.name === 'lo' || i.name.startsWith('flannel') ? 'UNKNOWN' : i.up ? 'UP' : 'DOWN');
const number = (ip: string): number => ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);
/** Addresses in a network of that prefix length. */
const blockSize = (bits: number): number => (bits === 0 ? 4_294_967_296 : (1 << (32 - bits)) >>> 0);
const dotted = (n: number): string => [16777216, 65536, 256, 1].map((d) => Math.floor(n / d) % 256).join('.');
const network = (i: NetInterface): string => dotted(Math.floor(number(i.addr) / blockSize(i.prefix)) * blockSize(i.prefix));
const broadcast = (i: NetInterface): string => dotted((Math.floor(number(i.addr) / blockSize(i.prefix)) + 1) * blockSize(i.prefix) - 1);

function linkText(i: NetInterface, index: number): string {
  return `${index}: ${i.name}: <${flags(i)}> mtu ${i.mtu} qdisc ${queue(i)} state ${state(i)} group default${i.name === 'lo' || queue(i) === 'fq_codel' ? ' qlen 1000' : ''}\n    link/${kind(i)} ${i.mac} brd ${i.name === 'lo' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}\n`;
}
function addressText(i: NetInterface, v6: boolean, v4: boolean): string {
  const inet = i.addr === '' || !v4 ? '' : i.name === 'lo' ? `    inet ${i.addr}/${i.prefix} scope host lo\n${FOREVER}` : `    inet ${i.addr}/${i.prefix}${i.prefix === 32 ? '' : ` brd ${broadcast(i)}`} scope global ${i.name}\n${FOREVER}`;
  return inet + (v6 && i.name === 'lo' ? `    inet6 ::1/128 scope host noprefixroute \n${FOREVER}` : '');
}

/** Routes as set, and those the kernel has for every network an interface stands in. */
function allRoutes(links: readonly NetInterface[], routes: readonly Route[]): Route[] {
  const connected = links.filter((i) => i.up && i.name !== 'lo' && i.addr !== '' && i.prefix < 32).map((i): Route => ({ to: `${network(i)}/${i.prefix}`, via: null, dev: i.name, src: i.addr }));
  return [...routes, ...connected.filter((c) => !routes.some((r) => r.to === c.to))];
}

function routeText(r: Route): string {
  const via = r.via === null ? '' : ` via ${r.via}`;
  const scope = r.via === null ? ` proto kernel scope link` : r.to === 'default' ? '' : ' onlink';
  return `${r.to}${via} dev ${r.dev}${scope}${r.src === null ? '' : ` src ${r.src}`} \n`;
}
const inCidr = (cidr: string, ip: string): boolean => {
  const [base = '', bits = '32'] = cidr.split('/');
  const size = blockSize(Number(bits));
  return Math.floor(number(base) / size) === Math.floor(number(ip) / size);
};

const prefixOf = (word: string, ...names: string[]): boolean => word !== '' && names.some((n) => n.startsWith(word));

function* show(object: string, words: readonly string[], brief: boolean, v4: boolean, v6: boolean): Coroutine<number> {
  const { interfaces: links, routes: set } = yield* interfaces();
  const routes = allRoutes(links, set);
  const named = words.filter((w) => w !== 'dev')[0];
  const chosen = named === undefined || named === 'up' ? links : links.filter((i) => i.name === named);
  if (named !== undefined && named !== 'up' && chosen.length === 0) {
    yield* write(2, `Device "${named}" does not exist.\n`);
    return 1;
  }
  const index = (i: NetInterface) => links.indexOf(i) + 1;
  if (brief) {
    for (const i of chosen) {
      const what = object === 'link' ? `${i.mac} <${flags(i)}> ` : `${i.addr === '' ? '' : `${i.addr}/${i.prefix} `}${i.name === 'lo' && v6 ? '::1/128 ' : ''}`;
      yield* write(1, `${i.name.padEnd(16)} ${state(i).padEnd(14)} ${what}\n`);
    }
  } else if (object === 'route') for (const r of named === undefined ? routes : routes.filter((x) => x.dev === named)) yield* write(1, routeText(r));
  else for (const i of chosen) yield* write(1, linkText(i, index(i)) + (object === 'addr' ? addressText(i, v6, v4) : ''));
  return 0;
}

function* routeGet(ip: string): Coroutine<number> {
  const { interfaces: links, routes: set } = yield* interfaces();
  const routes = allRoutes(links, set);
  const local = links.find((i) => i.addr === ip);
  if (local !== undefined) {
    yield* write(1, `local ${ip} dev lo src ${ip} uid 0 \n    cache <local> \n`);
    return 0;
  }
  const route = routes.find((r) => r.to !== 'default' && inCidr(r.to, ip)) ?? routes.find((r) => r.to === 'default');
  if (route === undefined) {
    yield* write(2, 'RTNETLINK answers: Network is unreachable\n');
    return 2;
  }
  const src = route.src ?? links.find((i) => i.name === route.dev)?.addr ?? '';
  yield* write(1, `${ip}${route.via === null ? '' : ` via ${route.via}`} dev ${route.dev} src ${src} uid 0 \n    cache \n`);
  return 0;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(3000);
  const words = argv.slice(1);
  let [brief, v4, v6] = [false, true, true];
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (/^-(br|brief)$/.test(option)) brief = true;
    else if (option === '-4') v6 = false;
    else if (option === '-6') v4 = false;
    else if (/^-(c|color|o|oneline)/.test(option)) continue;
    else if (/^-(V|Version)$/.test(option)) {
      yield* write(1, 'ip utility, iproute2-6.1.0, libbpf 1.1.0\n');
      return 0;
    } else {
      yield* write(2, `Option "${option}" is unknown, try "ip -help".\n`);
      return 255;
    }
  }
  const [object = '', verb = 'show', ...rest] = words;
  const name = prefixOf(object, 'address', 'addr') ? 'addr' : prefixOf(object, 'link') ? 'link' : prefixOf(object, 'route') ? 'route' : null;
  if (object === '') {
    yield* write(2, 'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename\nwhere  OBJECT := { address | addrlabel | amt | fou | help | ila | ioam | l2tp |\n                   link | macsec | maddress | monitor | mptcp | mroute | mrule |\n                   neighbor | neighbour | netconf | netns | nexthop | ntable |\n                   ntbl | route | rule | sr | tap | tcpmetrics |\n                   token | tunnel | tuntap | vrf | xfrm }\n');
    return 255;
  }
  if (name === null) {
    const known = ['neighbor', 'neighbour', 'netns', 'rule', 'monitor', 'tunnel', 'maddress', 'netconf', 'vrf'].some((o) => o.startsWith(object));
    yield* write(2, known ? `ip: ${object} is not available in this lab\n` : `Object "${object}" is unknown, try "ip help".\n`);
    return 1;
  }
  if (name === 'route' && prefixOf(verb, 'get') && rest[0] !== undefined) return yield* routeGet(rest[0]);
  if (prefixOf(verb, 'show', 'list', 'lst')) return yield* show(name, rest, brief, v4, v6);
  if (/^(dev)$/.test(verb) || (name !== 'route' && verb !== '' && !/^(add|del|delete|set|flush|change|replace|help|save|restore)$/.test(verb))) return yield* show(name, [verb, ...rest], brief, v4, v6);
  yield* write(2, `ip: ${object} ${verb} is not available in this lab\n`);
  return 1;
}

export const program: Program = { name: 'ip', main };
