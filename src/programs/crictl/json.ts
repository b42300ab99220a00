/** CRI objects as crictl prints them: proto JSON, its int64s as strings, its field order. */
import type { Coroutine } from '../../kernel/sys.ts';
import { civil, rfc3339 } from '../../base/time.ts';
import { nanosOf } from '../../lib/cri/index.ts';
import type { Container, ContainerConfig, ContainerStatus, Image, Labels, PodSandbox, PodSandboxConfig, PodSandboxStatus } from '../../lib/cri/index.ts';
import type { Json } from '../../base/json.ts';
import { formatYaml } from '../../base/yaml.ts';
import { Fatal, print } from './context.ts';
import { sandboxSpec } from './runtimespec.ts';

const nanos = (us: number): string => (us === 0 ? '0' : `${us}${String(nanosOf(us)).padStart(3, '0')}`);
/** crictl shows the times of a status in RFC 3339 with nanoseconds. */
const time = (us: number): string => (us === 0 ? '0001-01-01T00:00:00Z' : `${rfc3339(us).slice(0, -1)}.${String(civil(us).micros).padStart(6, '0')}${String(nanosOf(us)).padStart(3, '0')}Z`);
const sorted = (labels: Labels): Labels => Object.fromEntries(Object.keys(labels).sort().map((key) => [key, labels[key]!]));

export const containerJson = (it: Container): Json => ({
  id: it.id, podSandboxId: it.podSandboxId, metadata: { name: it.metadata.name, attempt: it.metadata.attempt }, image: { image: it.image, annotations: {}, userSpecifiedImage: '', runtimeHandler: '' },
  imageRef: it.imageRef, state: it.state, createdAt: nanos(it.createdAt), labels: sorted(it.labels), annotations: sorted(it.annotations), imageId: it.imageRef,
});
export const sandboxJson = (it: PodSandbox): Json => ({
  id: it.id, metadata: { name: it.metadata.name, uid: it.metadata.uid, namespace: it.metadata.namespace, attempt: it.metadata.attempt }, state: it.state, createdAt: nanos(it.createdAt),
  labels: sorted(it.labels), annotations: sorted(it.annotations), runtimeHandler: '',
});
export const imageJson = (it: Image): Json => ({ id: it.id, repoTags: it.repoTags, repoDigests: it.repoDigests, size: String(it.size), uid: null, username: it.user, spec: null, pinned: it.pinned });

const attemptOf = (attempt: number): { attempt?: number } => (attempt === 0 ? {} : { attempt });

/** The container's configuration in `info`: Go's JSON of the proto structs, empty fields left out. */
const configJson = (it: ContainerConfig): Json => ({
  annotations: sorted(it.annotations), ...(it.args.length > 0 ? { args: it.args } : {}), ...(it.command.length > 0 ? { command: it.command } : {}), envs: it.envs.map(({ key, value }) => ({ key, value })),
  image: { image: it.image, user_specified_image: it.userSpecifiedImage }, labels: sorted(it.labels),
  linux: { resources: { cpu_period: it.resources.cpuPeriod, cpu_shares: it.resources.cpuShares, ...(it.resources.memoryLimit > 0 ? { memory_limit_in_bytes: it.resources.memoryLimit } : {}), oom_score_adj: it.resources.oomScoreAdj },
    security_context: { namespace_options: { pid: 1 }, ...(it.privileged ? { privileged: true } : {}), run_as_user: it.runAsUser === null ? {} : { value: it.runAsUser } } },
  log_path: it.logPath, metadata: { ...attemptOf(it.metadata.attempt), name: it.metadata.name },
  mounts: it.mounts.map((mount) => ({ container_path: mount.containerPath, host_path: mount.hostPath, ...(mount.readOnly ? { readonly: true } : {}) })),
});

export function containerStatusJson(it: ContainerStatus): Json {
  return {
    info: { config: configJson(it.config), pid: it.pid, removing: false, runtimeOptions: { systemd_cgroup: true }, runtimeType: 'io.containerd.runc.v2', sandboxID: it.podSandboxId, snapshotKey: it.id, snapshotter: 'overlayfs' },
    status: {
      annotations: sorted(it.annotations), createdAt: time(it.createdAt), exitCode: it.exitCode, finishedAt: time(it.finishedAt), id: it.id, image: { annotations: {}, image: it.imageName, runtimeHandler: '', userSpecifiedImage: '' },
      imageId: it.imageRef, imageRef: it.imageRef, labels: sorted(it.labels), logPath: it.logPath, message: it.message, metadata: { attempt: it.metadata.attempt, name: it.metadata.name },
      mounts: it.mounts.map((mount) => ({ containerPath: mount.containerPath, gidMappings: [], hostPath: mount.hostPath, image: null, propagation: 'PROPAGATION_PRIVATE', readonly: mount.readOnly, recursiveReadOnly: false, selinuxRelabel: false, uidMappings: [] })),
      reason: it.reason, resources: { linux: { cpuPeriod: String(it.config.resources.cpuPeriod), cpuQuota: String(it.config.resources.cpuQuota), cpuShares: String(it.config.resources.cpuShares), memoryLimitInBytes: String(it.config.resources.memoryLimit), oomScoreAdj: String(it.config.resources.oomScoreAdj) }, windows: null },
      startedAt: time(it.startedAt), state: it.state, user: null,
    },
  };
}

const sandboxConfigJson = (it: PodSandboxConfig): Json => ({
  ...(Object.keys(it.annotations).length > 0 ? { annotations: sorted(it.annotations) } : {}), ...(it.dnsConfig === null ? {} : { dns_config: { ...(it.dnsConfig.options.length > 0 ? { options: it.dnsConfig.options } : {}), ...(it.dnsConfig.searches.length > 0 ? { searches: it.dnsConfig.searches } : {}), servers: it.dnsConfig.servers } }),
  ...(it.hostname === '' ? {} : { hostname: it.hostname }), labels: sorted(it.labels), linux: { cgroup_parent: it.cgroupParent, overhead: {}, resources: { cpu_period: it.resources.cpuPeriod, ...(it.resources.cpuQuota > 0 ? { cpu_quota: it.resources.cpuQuota } : {}), cpu_shares: it.resources.cpuShares, ...(it.resources.memoryLimit > 0 ? { memory_limit_in_bytes: it.resources.memoryLimit } : {}) },
    security_context: { namespace_options: { ...(it.network === 'NODE' ? { network: 2 } : {}), pid: 1, userns_options: { mode: 2 } }, seccomp: {} } },
  log_directory: it.logDirectory, metadata: { ...attemptOf(it.metadata.attempt), name: it.metadata.name, namespace: it.metadata.namespace, uid: it.metadata.uid },
});

export function sandboxStatusJson(it: PodSandboxStatus): Json {
  return {
    info: { cniResult: null, config: sandboxConfigJson(it.config), image: 'registry.k8s.io/pause:3.10', netNamespaceClosed: it.state === 'SANDBOX_NOTREADY' && it.network === 'POD', pid: it.pid, processStatus: it.pid > 0 ? 'running' : 'deleted', runtimeHandler: '', runtimeOptions: { systemd_cgroup: true }, runtimeSpec: sandboxSpec(it), runtimeType: 'io.containerd.runc.v2', snapshotKey: it.id, snapshotter: 'overlayfs' },
    status: {
      annotations: sorted(it.annotations), createdAt: time(it.createdAt), id: it.id, labels: sorted(it.labels), linux: { namespaces: { options: { ipc: 'POD', network: it.network, pid: 'CONTAINER', targetId: '', usernsOptions: null } } },
      metadata: { attempt: it.metadata.attempt, name: it.metadata.name, namespace: it.metadata.namespace, uid: it.metadata.uid }, network: { additionalIps: [], ip: it.ip }, runtimeHandler: '', state: it.state,
    },
  };
}

/** Prints in the format asked for. */
export function* render(format: string, value: Json): Coroutine<number> {
  if (format === 'json') yield* print(`${JSON.stringify(value, null, 2)}\n`);
  else if (format === 'yaml') yield* print(formatYaml(value));
  else throw new Fatal(`unsupported output format "${format}"`);
  return 0;
}
