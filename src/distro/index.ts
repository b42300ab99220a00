/** The machines of the world: the node `controlplane` and the router in front of it, and their static data. Their programs are in programs.ts. */
import type { HostSpec, Rom, WorldSpec } from '../kernel/spec.ts';
import { MEMORY_KB } from './files/proc.ts';
import { imageRom } from './images/index.ts';
import { PROGRAM_NAMES } from './program-names.ts';
import { rootTree } from './root.ts';
import { BIRTH } from './times.ts';

export { BIRTH_COMMANDS, type BirthCommand } from './birth.ts';
export { PROGRAM_NAMES };

/** Static data of the build: container images. */
export const rom: Rom = imageRom();

const LOOPBACK = { name: 'lo', addr: '127.0.0.1', prefix: 8, mac: '00:00:00:00:00:00', up: true, mtu: 65536 };
const UNAME = { release: '6.1.0-38-amd64', version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.147-1 (2025-08-02)', machine: 'x86_64' };

const controlplane = (): HostSpec => ({
  name: 'controlplane', hostname: 'controlplane', uname: { ...UNAME, cpus: 2, memKb: MEMORY_KB },
  interfaces: [LOOPBACK, { name: 'enp1s0', addr: '172.30.1.2', prefix: 24, mac: '52:54:00:1e:a9:02', up: true, mtu: 1500 }],
  routes: [{ to: 'default', via: '172.30.1.1', dev: 'enp1s0', src: null }, { to: '172.30.1.0/24', via: null, dev: 'enp1s0', src: '172.30.1.2' }],
  root: rootTree(PROGRAM_NAMES),
  init: { path: '/sbin/init', argv: ['/sbin/init'], env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' } },
});

/** The provider's router: answers DNS, and knows no names, for the lab has no internet. */
const gateway: HostSpec = {
  name: 'gateway', hostname: 'gateway', uname: { ...UNAME, cpus: 1, memKb: 524_288 },
  interfaces: [LOOPBACK, { name: 'eth0', addr: '172.30.1.1', prefix: 24, mac: '52:54:00:1e:a9:01', up: true, mtu: 1500 }],
  routes: [{ to: '172.30.1.0/24', via: null, dev: 'eth0', src: '172.30.1.1' }],
  root: { type: 'dir', entries: { usr: { type: 'dir', entries: { sbin: { type: 'dir', entries: { resolver: { type: 'binary', program: 'resolver', size: 412_000 } } } } } } },
  init: { path: '/usr/sbin/resolver', argv: ['resolver'] },
};

/** The world at its birth. */
export function worldSpec(seed: number): WorldSpec {
  return { seed, birth: BIRTH, hosts: [controlplane(), gateway] };
}
