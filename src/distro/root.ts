/** The node's whole file tree at its birth: an installed Debian 12 with Kubernetes' packages, and what kubeadm has just written. */
import type { FileSpec } from '../kernel/spec.ts';
import type { VTime } from '../kernel/sys.ts';
import { BIRTH, OS_INSTALLED, PACKAGES_BUILT } from './times.ts';
import { IMAGE_ONLY, PLACES, UNMODELLED } from './binaries.ts';
import { ETC, ETC_DIRS, MODES, MACHINE_ID } from './files/etc.ts';
import { HOME } from './files/home.ts';
import { KMSG } from './files/kmsg.ts';
import { KUBEADM_FLAGS, KUBELET_CONFIG } from '../programs/kubeadm/kubelet.ts';
import { COMPONENTS, manifest } from '../programs/kubeadm/manifests.ts';
import { PROC } from './files/proc.ts';
import { LINKS, UNITS } from './files/units.ts';
import { CONTAINERD_STATE, containerdState } from './images/index.ts';
import { kubeadmPki, PKI_NOT_BEFORE } from './pki/index.ts';

type Dir = { type: 'dir'; mode?: number; mtime?: VTime; entries: Record<string, FileSpec> };
const dir = (mode = 0o755): Dir => ({ type: 'dir', mode, entries: {} });

function directoryAt(root: Dir, path: string, mode = 0o755): Dir {
  let here = root;
  for (const name of path.split('/').filter((n) => n !== '')) here = (here.entries[name] ??= dir(mode)) as Dir;
  return here;
}
function place(root: Dir, path: string, spec: FileSpec): void {
  const slash = path.lastIndexOf('/');
  directoryAt(root, path.slice(0, Math.max(0, slash))).entries[path.slice(slash + 1)] = spec;
}
const text = (data: string, mode = 0o644): FileSpec => ({ type: 'file', data, mode });

/** Gives everything below that has no time of its own the time `at`. */
function dated(spec: FileSpec, at: VTime): FileSpec {
  if (spec.type !== 'dir') return { mtime: at, ...spec };
  return { mtime: at, ...spec, entries: Object.fromEntries(Object.entries(spec.entries).map(([name, child]) => [name, dated(child, at)])) };
}

/** Entries in the order `readdir` gives them does not matter; `ls` sorts. */
function operatingSystem(programs: Iterable<string>): Dir {
  const root = dir();
  for (const name of ['boot', 'home', 'media', 'mnt', 'opt', 'srv', 'usr/local/sbin', 'usr/local/lib', 'usr/local/share/ca-certificates', 'usr/local/etc', 'usr/share/ca-certificates', 'usr/share/doc', 'usr/include', 'usr/src', 'usr/games', 'usr/libexec',
    'usr/lib/modules/6.1.0-38-amd64', 'usr/lib/x86_64-linux-gnu', 'usr/lib64', 'var/cache', 'var/lib/dpkg', 'var/local', 'var/backups', 'var/opt', 'var/spool', 'var/log/apt', ...ETC_DIRS.map((d) => `etc/${d}`)]) directoryAt(root, name);
  for (const [path, data] of Object.entries(ETC)) place(root, path, text(data, MODES[path] ?? 0o644));
  for (const [name, unit] of Object.entries(UNITS)) place(root, `usr/lib/systemd/system/${name}`, text(unit));
  for (const [path, target] of Object.entries(LINKS)) place(root, path, { type: 'link', target });
  for (const program of [...programs, ...UNMODELLED]) {
    if (IMAGE_ONLY.has(program)) continue;
    for (const { path, size } of PLACES[program] ?? [{ path: `usr/bin/${program}`, size: 31_000 + ((program.length * 7919) % 40_000) }]) place(root, path, { type: 'binary', program, size });
  }
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) place(root, name, { type: 'link', target: `usr/${name}` });
  place(root, 'usr/sbin/init', { type: 'link', target: '/lib/systemd/systemd' });
  place(root, 'etc/os-release', { type: 'link', target: '../usr/lib/os-release' });
  place(root, 'etc/mtab', { type: 'link', target: '../proc/self/mounts' });
  place(root, 'etc/localtime', { type: 'link', target: '/usr/share/zoneinfo/Etc/UTC' });
  for (const path of ['boot/vmlinuz-6.1.0-38-amd64', 'boot/initrd.img-6.1.0-38-amd64', 'boot/System.map-6.1.0-38-amd64']) place(root, path, { type: 'binary', program: 'none', size: path.includes('initrd') ? 36_192_000 : path.includes('System') ? 83 : 8_222_560, mode: 0o600 });
  return root;
}

const DEVICES = ['null', 'zero', 'full', 'urandom', 'tty', 'stdin', 'stdout', 'stderr'] as const;

/** /dev, /proc, /run, /sys: made by the kernel at boot. */
function runtime(root: Dir): void {
  for (const device of DEVICES) place(root, `dev/${device}`, { type: 'chr', device });
  place(root, 'dev/random', { type: 'chr', device: 'urandom' });
  place(root, 'dev/console', { type: 'chr', device: 'null', mode: 0o600 });
  place(root, 'dev/kmsg', text(KMSG));
  place(root, 'dev/fd', { type: 'link', target: '/proc/self/fd' });
  for (const name of ['dev/pts', 'dev/mqueue', 'run/lock', 'run/log', 'run/systemd', 'sys/fs/bpf']) directoryAt(root, name);
  root.entries['tmp'] = dir(0o1777);
  directoryAt(root, 'var').entries['tmp'] = dir(0o1777);
  directoryAt(root, 'dev').entries['shm'] = dir(0o1777);
  for (const [path, data] of Object.entries(PROC)) place(root, path, text(data, 0o444));
  place(root, 'var/run', { type: 'link', target: '/run' });
  place(root, 'var/lock', { type: 'link', target: '/run/lock' });
}

/** What kubeadm and the kubelet's first start wrote. */
function kubernetes(root: Dir): void {
  const pki = kubeadmPki({ nodeName: 'controlplane', nodeIp: '172.30.1.2', serviceIp: '10.96.0.1', notBefore: PKI_NOT_BEFORE });
  for (const [path, file] of Object.entries(pki)) place(root, path.slice(1), 'link' in file ? { type: 'link', target: file.link } : text(file.data, file.mode));
  directoryAt(root, 'etc/kubernetes').entries['manifests'] = dir(0o700);
  const config = { address: '172.30.1.2', nodeName: 'controlplane', version: 'v1.33.0', podSubnet: '172.17.0.0/16', serviceSubnet: '10.96.0.0/12', etcdTag: '3.5.21-0' };
  for (const name of [...COMPONENTS].sort()) place(root, `etc/kubernetes/manifests/${name}.yaml`, text(manifest(name, config), 0o600));
  place(root, 'var/lib/kubelet/config.yaml', text(KUBELET_CONFIG));
  place(root, 'var/lib/kubelet/kubeadm-flags.env', text(KUBEADM_FLAGS));
  for (const name of ['device-plugins', 'plugins', 'plugins_registry', 'pod-resources', 'pods']) directoryAt(root, `var/lib/kubelet/${name}`).mode = 0o750;
  directoryAt(root, 'var/lib').entries['etcd'] = dir(0o700);
  place(root, CONTAINERD_STATE.slice(1), { type: 'doc', doc: containerdState(), mode: 0o600 });
  for (const name of ['var/log/pods', 'var/log/containers', `var/log/journal/${MACHINE_ID}`, 'usr/libexec/kubernetes/kubelet-plugins/volume/exec']) directoryAt(root, name);
  const home = dir(0o700);
  for (const [name, data] of Object.entries(HOME)) place(home, name, text(data));
  place(home, '.kube/config', text((pki['/etc/kubernetes/admin.conf'] as { data: string }).data, 0o600));
  root.entries['root'] = home;
}

/** `programs`: names of all guest programs. */
export function rootTree(programs: Iterable<string>): FileSpec {
  const root = operatingSystem(programs);
  const installed = dated(root, OS_INSTALLED) as Dir;
  installed.entries['usr'] = dated(root.entries['usr']!, PACKAGES_BUILT);
  runtime(installed);
  kubernetes(installed);
  installed.mtime = OS_INSTALLED;
  const whole = dated(installed, BIRTH) as Dir;
  return whole;
}
