/** The Node object: what the kubelet says of its machine. Pure but for reading the machine. Models pkg/kubelet/nodestatus/setters.go. */
import { attempt, get, readFile, uname } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { rfc3339 } from '../../base/time.ts';
import type { Condition, Node } from '../../api/types.ts';
import { CriError } from '../../lib/cri/index.ts';
import { quietCall, settings } from './bus.ts';

/** What the machine is made of, for capacity. */
const DISK_KB = 61_255_492;
const PODS = '110';

interface Machine { readonly capacity: Readonly<Record<string, string>>; readonly allocatable: Readonly<Record<string, string>>; readonly nodeInfo: Readonly<Record<string, string>>; readonly images: readonly Json[] }

function* line(path: string, fallback: string): Coroutine<string> {
  const text = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  return typeof text === 'string' ? text.trim() : fallback;
}

/** What the machine has, and what of it pods may have. */
export function* resources(): Coroutine<Pick<Machine, 'capacity' | 'allocatable'>> {
  const { cpus, memKb } = yield* uname();
  const { maxPods } = yield* settings();
  const common = { cpu: String(cpus), 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: String(maxPods || PODS) };
  return {
    capacity: { ...common, 'ephemeral-storage': `${DISK_KB}Ki`, memory: `${memKb}Ki` },
    allocatable: { ...common, 'ephemeral-storage': String(Math.floor(DISK_KB * 1024 * 0.9)), memory: `${memKb - 102_400}Ki` },
  };
}

export function* machine(): Coroutine<Machine> {
  const { release, bootedAt } = yield* uname();
  const id = yield* line('/etc/machine-id', '371ba4d2cf144fa6804395d70fcf2632');
  const os = /PRETTY_NAME="([^"]*)"/.exec(yield* line('/etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"'))?.[1] ?? 'linux';
  const boot = yield* line('/proc/sys/kernel/random/boot_id', `${(bootedAt % 4294967296).toString(16).padStart(8, '0')}-dc56-4e70-b52b-7281755f5a7a`);
  let version = '';
  let images: readonly Json[] = [];
  try {
    version = (yield* quietCall('Version', null)).runtimeVersion.replace(/~.*$/, '').replace(/^v/, '');
    images = [...(yield* quietCall('ListImages', null))].sort((a, b) => b.size - a.size).slice(0, 50).map((it) => ({ names: [...it.repoDigests, ...it.repoTags].slice(0, 5), sizeBytes: it.size }));
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
  }
  return {
    ...(yield* resources()), images,
    nodeInfo: { architecture: 'amd64', bootID: boot, containerRuntimeVersion: `containerd://${version}`, kernelVersion: release, kubeProxyVersion: '', kubeletVersion: 'v1.33.0', machineID: id, operatingSystem: 'linux', osImage: os, systemUUID: id },
  };
}

const HEALTHY: readonly (readonly [string, string, string])[] = [
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'], ['DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'], ['PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
];

/** The kubelet's conditions behind those that others set; a changed status gets a new transition time. */
export function nodeConditions(old: readonly Condition[], problem: string, now: number): readonly Condition[] {
  const at = rfc3339(now);
  const make = (type: string, status: Condition['status'], reason: string, message: string): Condition => {
    const before = old.find((it) => it.type === type);
    return { type, status, lastHeartbeatTime: at, lastTransitionTime: before?.status === status ? before.lastTransitionTime ?? at : at, reason, message };
  };
  const own = [...HEALTHY.map(([type, reason, message]) => make(type, 'False', reason, message)), problem === '' ? make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status') : make('Ready', 'False', 'KubeletNotReady', problem)];
  return [...old.filter((it) => !own.some((mine) => mine.type === it.type)), ...own];
}

/** The status part of the Node. */
export function* nodeStatus(old: Node['status'], problem: string, now: number): Coroutine<NonNullable<Node['status']>> {
  const { nodeIp, nodeName, port } = yield* settings();
  const { capacity, allocatable, nodeInfo, images } = yield* machine();
  return {
    ...old, addresses: [{ address: nodeIp, type: 'InternalIP' }, { address: nodeName, type: 'Hostname' }], allocatable, capacity, conditions: nodeConditions(old?.conditions ?? [], problem, now),
    daemonEndpoints: { kubeletEndpoint: { Port: port } }, images: images as never, nodeInfo,
  };
}

/** The Node as it is registered. */
export function* newNode(problem: string, now: number): Coroutine<Json> {
  const { nodeName, nodeLabels } = yield* settings();
  const labels = { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': nodeName, 'kubernetes.io/os': 'linux', ...nodeLabels };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName, labels, annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' } }, spec: {}, status: yield* nodeStatus(undefined, problem, now) } as unknown as Json;
}

/** Why the node is not Ready, as its condition says it; '' when it is. */
export function* notReady(): Coroutine<string> {
  return (yield* get<string>('node', 'problem')) ?? '';
}
