/** What containerd remembers of sandboxes, containers and images, and CRI's view of each. */
import type { Container, ContainerConfig, ContainerState, ContainerStatus, IdFilter, Image, Labels, PodSandbox, PodSandboxConfig, PodSandboxStatus } from '../../lib/cri/index.ts';

export interface SandboxRecord {
  readonly id: string; readonly config: PodSandboxConfig; readonly ready: boolean; readonly createdAt: number;
  readonly pid: number; readonly ip: string; readonly netns: number; readonly rootfs: number;
}
export interface ContainerRecord {
  readonly id: string; readonly sandboxId: string; readonly config: ContainerConfig;
  readonly image: ImageRecord; readonly rootfs: number; readonly logPath: string;
  readonly createdAt: number; readonly startedAt: number; readonly finishedAt: number;
  readonly pid: number; readonly exitCode: number; readonly reason: string; readonly message: string; readonly unknown: boolean;
}
export interface ImageRecord {
  readonly id: string; readonly repoTags: readonly string[]; readonly repoDigests: readonly string[]; readonly size: number; readonly user: string;
  readonly entrypoint: readonly string[]; readonly cmd: readonly string[]; readonly env: readonly string[]; readonly workingDir: string;
}

export function stateOf(record: ContainerRecord): ContainerState {
  if (record.unknown) return 'CONTAINER_UNKNOWN';
  if (record.finishedAt > 0) return 'CONTAINER_EXITED';
  return record.startedAt > 0 ? 'CONTAINER_RUNNING' : 'CONTAINER_CREATED';
}

export const sandboxOf = ({ id, config, ready, createdAt }: SandboxRecord): PodSandbox =>
  ({ id, metadata: config.metadata, state: ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY', createdAt, labels: config.labels, annotations: config.annotations });

export const sandboxStatusOf = (record: SandboxRecord): PodSandboxStatus =>
  ({ ...sandboxOf(record), ip: record.ip, network: record.config.network, pid: record.pid, config: record.config });

export const containerOf = (record: ContainerRecord): Container => ({
  id: record.id, podSandboxId: record.sandboxId, metadata: record.config.metadata, image: record.config.image, imageRef: record.image.id,
  state: stateOf(record), createdAt: record.createdAt, labels: record.config.labels, annotations: record.config.annotations,
});

export const containerStatusOf = (record: ContainerRecord): ContainerStatus => ({
  ...containerOf(record), startedAt: record.startedAt, finishedAt: record.finishedAt, exitCode: record.exitCode, reason: record.reason,
  message: record.message, mounts: record.config.mounts, logPath: record.logPath, pid: record.pid, config: record.config,
  imageName: record.image.repoTags[0] ?? record.image.repoDigests[0] ?? record.image.id,
});

export const imageOf = ({ id, repoTags, repoDigests, size, user }: ImageRecord): Image =>
  ({ id, repoTags, repoDigests, size, user, pinned: repoTags.some((tag) => tag.startsWith('registry.k8s.io/pause:')) });

const hasLabels = (labels: Labels, wanted: Labels): boolean => Object.keys(wanted).every((key) => labels[key] === wanted[key]);

/** CRI's filter: ids by prefix, labels all equal. */
export function matches(filter: IdFilter, it: { readonly id: string; readonly state: string; readonly labels: Labels; readonly podSandboxId?: string }): boolean {
  return (filter.id === undefined || it.id.startsWith(filter.id)) && (filter.state === undefined || it.state === filter.state)
    && (filter.podSandboxId === undefined || it.podSandboxId?.startsWith(filter.podSandboxId) === true)
    && (filter.labels === undefined || hasLabels(it.labels, filter.labels));
}
