/** The OCI specification of a sandbox as containerd wrote it, the `runtimeSpec` of inspectp. Models internal/cri/server/podsandbox/sandbox_run_linux.go. */
import type { Json } from '../../base/json.ts';
import type { PodSandboxStatus } from '../../lib/cri/index.ts';

const MASKED = ['/proc/acpi', '/proc/asound', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/sys/firmware', '/sys/devices/virtual/powercap', '/proc/scsi'];
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];
const CAPABILITIES = ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FSETID', 'CAP_FOWNER', 'CAP_MKNOD', 'CAP_NET_RAW', 'CAP_SETGID', 'CAP_SETUID', 'CAP_SETFCAP', 'CAP_SETPCAP', 'CAP_NET_BIND_SERVICE', 'CAP_SYS_CHROOT', 'CAP_KILL', 'CAP_AUDIT_WRITE'];

const mount = (destination: string, type: string, source: string, ...options: string[]): Json => ({ destination, options, source, type });
const MOUNTS: readonly Json[] = [
  mount('/proc', 'proc', 'proc', 'nosuid', 'noexec', 'nodev'), mount('/dev', 'tmpfs', 'tmpfs', 'nosuid', 'strictatime', 'mode=755', 'size=65536k'), mount('/dev/pts', 'devpts', 'devpts', 'nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'),
  mount('/dev/mqueue', 'mqueue', 'mqueue', 'nosuid', 'noexec', 'nodev'), mount('/sys', 'sysfs', 'sysfs', 'nosuid', 'noexec', 'nodev', 'ro'),
];

function annotations({ id, config: { metadata, logDirectory, resources: { cpuPeriod, cpuQuota, cpuShares, memoryLimit } } }: PodSandboxStatus): Json {
  const all = {
    'container-type': 'sandbox', 'sandbox-cpu-period': String(cpuPeriod), 'sandbox-cpu-quota': String(cpuQuota), 'sandbox-cpu-shares': String(cpuShares), 'sandbox-id': id, 'sandbox-log-directory': logDirectory, 'sandbox-memory': String(memoryLimit),
    'sandbox-name': metadata.name, 'sandbox-namespace': metadata.namespace, 'sandbox-uid': metadata.uid,
  };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [`io.kubernetes.cri.${key}`, value]));
}

/** `/kubepods.slice/kubepods-burstable.slice/x.slice` as the systemd driver names it: `x.slice:cri-containerd:ID`. */
const cgroupsPath = (parent: string, id: string): string => `${parent.slice(parent.lastIndexOf('/') + 1)}:cri-containerd:${id}`;

export function sandboxSpec(it: PodSandboxStatus): Json {
  const shared = `/run/containerd/io.containerd.grpc.v1.cri/sandboxes/${it.id}`;
  const namespaces = it.network === 'NODE' ? ['pid', 'ipc', 'mount'] : ['pid', 'ipc', 'uts', 'mount', 'network'];
  return {
    annotations: annotations(it),
    linux: { cgroupsPath: cgroupsPath(it.config.cgroupParent, it.id), maskedPaths: MASKED, namespaces: namespaces.map((type) => ({ type })), readonlyPaths: READ_ONLY, resources: { cpu: { shares: 2 }, devices: [{ access: 'rwm', allow: false }] } },
    mounts: [...MOUNTS, mount('/dev/shm', 'bind', `${shared}/shm`, 'rbind', 'ro', 'nosuid', 'nodev', 'noexec'), mount('/etc/resolv.conf', 'bind', `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${it.id}/resolv.conf`, 'rbind', 'ro', 'nosuid', 'nodev', 'noexec')],
    ociVersion: '1.1.0',
    process: { args: ['/pause'], capabilities: { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES }, cwd: '/', env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], noNewPrivileges: true, oomScoreAdj: -998, user: { additionalGids: [65535], gid: 65535, uid: 65535 } },
    root: { path: 'rootfs', readonly: true },
  };
}
