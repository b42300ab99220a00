/**
 * The pod network: reads the first configuration in /etc/cni/net.d as libcni does, runs its plugin chain's
 * effect (flannel → bridge + host-local) and hands out addresses through host-local's files.
 * Models containernetworking plugins host-local, bridge, and flannel-io/cni-plugin. Not modelled: IPv6, port maps.
 */
import { memo } from '../../base/memo.ts';
import { attempt, interfaces, mkdir, newNetns, readDir, readFile, setInterface, stat, unlink, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';

const CONF_DIR = '/etc/cni/net.d';
const BIN_DIR = '/opt/cni/bin';
const IPAM_DIR = '/var/lib/cni/networks';

export interface CniPlugin { readonly type: string; readonly bridge?: string; readonly ipam?: { readonly type?: string; readonly ranges?: readonly (readonly { readonly subnet: string }[])[]; readonly subnet?: string }; readonly delegate?: { readonly isDefaultGateway?: boolean } }
export interface CniNetwork { readonly name: string; readonly cniVersion: string; readonly plugins: readonly CniPlugin[]; readonly source: string }

/** A problem in the words of the plugin that met it. */
export class CniError extends Error {}

function parse(text: string): CniNetwork | null {
  try {
    const value = JSON.parse(text) as Partial<CniNetwork> & Partial<CniPlugin>;
    if (typeof value !== 'object' || value === null || typeof value.name !== 'string') return null;
    const plugins = value.plugins ?? (value.type === undefined ? [] : [value as CniPlugin]);
    if (plugins.length === 0 || plugins.some((it) => typeof it.type !== 'string')) return null;
    return { name: value.name, cniVersion: value.cniVersion ?? '', plugins, source: text };
  } catch {
    return null;
  }
}

const parsed = memo((text: string) => text, (text: string) => ({ network: parse(text) }), 64);

/** The network in force: the first valid file by name; null means "cni plugin not initialized". */
export function* cniNetwork(): Coroutine<CniNetwork | null> {
  const entries = yield* attempt(readDir(CONF_DIR), 'ENOENT', 'ENOTDIR');
  if ('errno' in entries) return null;
  const names = entries.filter(({ name, type }) => type !== 'dir' && /\.(conf|conflist|json)$/.test(name)).map(({ name }) => name).sort();
  for (const name of names) {
    const text = yield* attempt(readFile(`${CONF_DIR}/${name}`), 'ENOENT');
    const network = typeof text === 'string' ? parsed(text).network : null;
    if (network !== null) return network;
  }
  return null;
}

const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number): string => [16777216, 65536, 256, 1].map((unit) => Math.floor(value / unit) % 256).join('.');

interface Subnet { readonly first: number; readonly last: number; readonly prefix: number }
/** `172.17.0.0/24` (or any address in it) → its first and last address. */
export function subnetOf(cidr: string): Subnet {
  const [ip = '', bits = '24'] = cidr.split('/');
  const size = 2 << (31 - Number(bits));
  const first = Math.floor(number(ip) / size) * size;
  return { first, last: first + size - 1, prefix: Number(bits) };
}

/** The next free address after `last`, round robin; null when the range is used up. */
export function nextAddress(subnet: Subnet, used: ReadonlySet<string>, last: string | null): string | null {
  const [low, high] = [subnet.first + 2, subnet.last - 1];
  const count = high - low + 1;
  const from = last === null ? low : number(last) + 1;
  for (let i = 0; i < count; i++) {
    const ip = dotted(low + ((((from - low + i) % count) + count) % count));
    if (!used.has(ip)) return ip;
  }
  return null;
}

function* allocate(network: string, cidr: string, sandboxId: string): Coroutine<{ readonly ip: string; readonly gateway: string; readonly prefix: number }> {
  const dir = `${IPAM_DIR}/${network}`;
  for (const path of ['/var/lib/cni', IPAM_DIR, dir]) yield* attempt(mkdir(path, 0o755), 'EEXIST');
  const subnet = subnetOf(cidr);
  const used = new Set((yield* readDir(dir)).map(({ name }) => name));
  const last = yield* attempt(readFile(`${dir}/last_reserved_ip.0`), 'ENOENT');
  const ip = nextAddress(subnet, used, typeof last === 'string' ? last : null);
  if (ip === null) throw new CniError(`failed to allocate for range 0: no IP addresses available in range set: ${dotted(subnet.first + 1)}-${dotted(subnet.last - 1)}`);
  yield* writeFile(`${dir}/${ip}`, `${sandboxId}\r\neth0`, 0o644);
  yield* writeFile(`${dir}/last_reserved_ip.0`, ip, 0o644);
  return { ip, gateway: dotted(subnet.first + 1), prefix: subnet.prefix };
}

function* needs(plugin: string, wrap = (text: string): string => text): Coroutine<void> {
  const found = yield* attempt(stat(`${BIN_DIR}/${plugin}`), 'ENOENT', 'ENOTDIR');
  if ('errno' in found) throw new CniError(wrap(`failed to find plugin "${plugin}" in path [${BIN_DIR}]`));
}

/** flannel's plugin: the subnet that flanneld wrote, delegated to the bridge plugin. */
function* flannelSubnet(): Coroutine<string> {
  const text = yield* attempt(readFile('/run/flannel/subnet.env'), 'ENOENT', 'ENOTDIR');
  if (typeof text !== 'string') throw new CniError('loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory');
  const vars = new Map(text.split('\n').map((line) => line.split('=', 2) as [string, string]));
  const missing = ['FLANNEL_NETWORK', 'FLANNEL_SUBNET', 'FLANNEL_MTU', 'FLANNEL_IPMASQ'].filter((name) => !vars.has(name));
  if (missing.length > 0) throw new CniError(`loadFlannelSubnetEnv failed: /run/flannel/subnet.env is missing ${missing.join(', ')}`);
  return vars.get('FLANNEL_SUBNET')!;
}

function* subnetFor(plugin: CniPlugin): Coroutine<string> {
  if (plugin.type === 'flannel') return yield* flannelSubnet();
  return plugin.ipam?.ranges?.[0]?.[0]?.subnet ?? plugin.ipam?.subnet ?? '';
}

export interface PodNetwork { readonly netns: number; readonly ip: string }

/** Sets up a pod's network namespace. Throws CniError with the words that follow `failed to setup network for sandbox "…": `. */
export function* setUpNetwork(sandboxId: string): Coroutine<PodNetwork> {
  const network = yield* cniNetwork();
  if (network === null) throw new CniError('cni plugin not initialized');
  const plugin = network.plugins[0]!;
  const failed = (text: string): string => `plugin type="${plugin.type}" failed (add): ${text}`;
  yield* needs(plugin.type);
  try {
    const cidr = yield* subnetFor(plugin);
    if (cidr === '') throw new CniError('no IP ranges specified');
    if (plugin.type === 'flannel') yield* needs('bridge', (text) => `failed to delegate add: ${text}`);
    const { ip, gateway, prefix } = yield* allocate(network.name, cidr, sandboxId);
    const host = yield* interfaces();
    if (!host.interfaces.some(({ name }) => name === 'cni0')) yield* setInterface({ name: 'cni0', addr: gateway, prefix, mac: macOf(gateway), up: true, mtu: 1450 });
    const lo = { name: 'lo', addr: '127.0.0.1', prefix: 8, mac: '00:00:00:00:00:00', up: true, mtu: 65536 };
    const eth0 = { name: 'eth0', addr: ip, prefix, mac: macOf(ip), up: true, mtu: 1450 };
    const routes = [{ to: 'default', via: gateway, dev: 'eth0', src: null }, { to: `${dotted(subnetOf(cidr).first)}/${prefix}`, via: null, dev: 'eth0', src: ip }];
    return { netns: yield* newNetns([lo, eth0], routes), ip };
  } catch (caught) {
    if (caught instanceof CniError) throw new CniError(failed(caught.message));
    throw caught;
  }
}

/** A locally administered MAC that says the address, as the bridge plugin makes them. */
const macOf = (ip: string): string => ['0a', '58', ...ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

/** Gives an address back. */
export function* tearDownNetwork(ip: string): Coroutine<void> {
  if (ip === '') return;
  const network = yield* cniNetwork();
  if (network !== null) yield* attempt(unlink(`${IPAM_DIR}/${network.name}/${ip}`), 'ENOENT');
}

