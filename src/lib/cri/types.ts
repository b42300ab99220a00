/**
 * The Container Runtime Interface as plain data: what kubelet and crictl ask of containerd.
 * Times are µs since the epoch, 0 = never. Field names are CRI's in camel case.
 * Not modelled: users' namespaces, devices, seccomp and SELinux contents, stats.
 */
import type { Bytes, Json } from '../../kernel/sys.ts';

export type Labels = Readonly<Record<string, string>>;
/** POD = a network namespace of its own, NODE = the host's. */
export type NamespaceMode = 'POD' | 'NODE';

export interface PodSandboxMetadata { readonly name: string; readonly uid: string; readonly namespace: string; readonly attempt: number }
export interface ContainerMetadata { readonly name: string; readonly attempt: number }
export interface DnsConfig { readonly servers: readonly string[]; readonly searches: readonly string[]; readonly options: readonly string[] }
export interface PortMapping { readonly protocol: string; readonly containerPort: number; readonly hostPort: number; readonly hostIp: string }

export interface PodSandboxConfig {
  readonly metadata: PodSandboxMetadata; readonly hostname: string; readonly logDirectory: string;
  readonly dnsConfig: DnsConfig | null; readonly portMappings: readonly PortMapping[];
  readonly labels: Labels; readonly annotations: Labels;
  readonly cgroupParent: string; readonly network: NamespaceMode;
  /** The sum of its containers'. */ readonly resources: Omit<Resources, 'oomScoreAdj'>;
}
export interface Mount { readonly containerPath: string; readonly hostPath: string; readonly readOnly: boolean }
export interface Resources { readonly cpuShares: number; readonly cpuQuota: number; readonly cpuPeriod: number; readonly memoryLimit: number; readonly oomScoreAdj: number }
export interface ContainerConfig {
  readonly metadata: ContainerMetadata;
  /** `image` is what to run (an id), `userSpecified` what the pod says. */
  readonly image: string; readonly userSpecifiedImage: string;
  readonly command: readonly string[]; readonly args: readonly string[]; readonly workingDir: string;
  readonly envs: readonly { readonly key: string; readonly value: string }[];
  readonly mounts: readonly Mount[]; readonly labels: Labels; readonly annotations: Labels;
  /** Relative to the sandbox's log directory. */ readonly logPath: string;
  readonly stdin: boolean; readonly stdinOnce?: boolean; readonly tty: boolean;
  readonly privileged: boolean; readonly readOnlyRootfs: boolean;
  /** null: as the image says. */ readonly runAsUser: number | null; readonly runAsGroup: number | null;
  readonly resources: Resources;
}

export type SandboxState = 'SANDBOX_READY' | 'SANDBOX_NOTREADY';
export type ContainerState = 'CONTAINER_CREATED' | 'CONTAINER_RUNNING' | 'CONTAINER_EXITED' | 'CONTAINER_UNKNOWN';

export interface PodSandbox {
  readonly id: string; readonly metadata: PodSandboxMetadata; readonly state: SandboxState; readonly createdAt: number;
  readonly labels: Labels; readonly annotations: Labels;
}
export interface PodSandboxStatus extends PodSandbox { readonly ip: string; readonly network: NamespaceMode; readonly pid: number; readonly config: PodSandboxConfig }
export interface Container {
  readonly id: string; readonly podSandboxId: string; readonly metadata: ContainerMetadata; readonly image: string; readonly imageRef: string;
  readonly state: ContainerState; readonly createdAt: number; readonly labels: Labels; readonly annotations: Labels;
}
export interface ContainerStatus extends Container {
  readonly startedAt: number; readonly finishedAt: number; readonly exitCode: number; readonly reason: string; readonly message: string;
  readonly mounts: readonly Mount[]; readonly logPath: string; readonly pid: number; readonly config: ContainerConfig;
  /** The image's name as pulled, `docker.io/library/nginx:alpine`. */ readonly imageName: string;
}
export interface Image {
  readonly id: string; readonly repoTags: readonly string[]; readonly repoDigests: readonly string[]; readonly size: number; readonly pinned: boolean;
  readonly user: string;
}
export interface RuntimeCondition { readonly type: string; readonly status: boolean; readonly reason: string; readonly message: string }

export interface IdFilter { readonly id?: string; readonly podSandboxId?: string; readonly labels?: Labels; readonly state?: string }
/** What a relist returns; `null` lists mean that nothing changed since the generation the caller named. */
export interface Relist { readonly generation: string; readonly sandboxes: readonly (PodSandbox & { readonly ip: string })[] | null; readonly containers: readonly ContainerStatus[] | null }
export interface ExecResult { readonly stdout: Bytes; readonly stderr: Bytes; readonly exitCode: number }
export interface VersionInfo { readonly version: string; readonly runtimeName: string; readonly runtimeVersion: string; readonly runtimeApiVersion: string }

/** method → [request, response]. */
export interface CriMethods {
  Version: [null, VersionInfo];
  Status: [{ readonly verbose: boolean }, { readonly conditions: readonly RuntimeCondition[]; readonly info: Json }];
  RuntimeConfig: [null, Json];
  RunPodSandbox: [{ readonly config: PodSandboxConfig }, string];
  StopPodSandbox: [string, null];
  RemovePodSandbox: [string, null];
  PodSandboxStatus: [string, PodSandboxStatus];
  ListPodSandbox: [IdFilter, readonly PodSandbox[]];
  CreateContainer: [{ readonly podSandboxId: string; readonly config: ContainerConfig; readonly sandboxConfig: PodSandboxConfig }, string];
  StartContainer: [string, null];
  /** `timeout` in seconds. */
  StopContainer: [{ readonly id: string; readonly timeout: number }, null];
  RemoveContainer: [string, null];
  ListContainers: [IdFilter, readonly Container[]];
  ContainerStatus: [string, ContainerStatus];
  /** Ours: both lists at once, or "nothing changed". Stands for the two List calls of a PLEG relist. */
  Relist: [{ readonly since: string }, Relist];
  PullImage: [string, string];
  ListImages: [null, readonly Image[]];
  ImageStatus: [string, Image | null];
  RemoveImage: [string, null];
  /** `timeout` in seconds, 0 = none. */
  ExecSync: [{ readonly id: string; readonly cmd: readonly string[]; readonly timeout: number }, ExecResult];
  ReopenContainerLog: [string, null];
}
export type CriMethod = keyof CriMethods;

/** The streaming exec: sent as `{method: 'Exec', request}`; then frames both ways until `exit` or `error`. */
/** The streaming attach: `{method: 'Attach', request}`; then frames as of an exec, `exit` when the container ends. */
export interface AttachRequest { readonly id: string }
/** A stream to a port of a pod; after `{ready}` it carries whatever the two ends say. */
export interface PortForwardRequest { readonly podSandboxId: string; readonly port: number }
export interface ExecRequest { readonly id: string; readonly cmd: readonly string[]; readonly stdin: boolean; readonly tty: boolean }
export type ExecInput = { readonly stdin: Bytes } | { readonly eof: true } | { readonly signal: string } | { readonly resize: { readonly cols: number; readonly rows: number } };
export type ExecOutput = { readonly stdout: Bytes } | { readonly stderr: Bytes } | { readonly exit: number } | { readonly error: { readonly code: string; readonly desc: string } };

/** The label keys by which kubelet and crictl know whose container it is. */
export const LABEL = {
  podName: 'io.kubernetes.pod.name', podNamespace: 'io.kubernetes.pod.namespace', podUid: 'io.kubernetes.pod.uid', containerName: 'io.kubernetes.container.name',
} as const;
/** Annotations the kubelet puts on containers and reads back after a restart. */
export const ANNOTATION = {
  hash: 'io.kubernetes.container.hash', restartCount: 'io.kubernetes.container.restartCount', terminationMessagePath: 'io.kubernetes.container.terminationMessagePath',
  terminationMessagePolicy: 'io.kubernetes.container.terminationMessagePolicy', terminationGracePeriod: 'io.kubernetes.pod.terminationGracePeriod',
} as const;
