/** The kubelet's own nouns: what its threads tell each other through tables. */
import type { Container, Pod, PodStatus } from '../../api/types.ts';
import type { ContainerStatus as RuntimeContainer, PodSandbox } from '../../lib/cri/index.ts';

export type { Container, Pod, PodStatus } from '../../api/types.ts';
export type Source = 'file' | 'api';

/** Annotations by which static pods and their mirrors are known. */
export const CONFIG_SOURCE = 'kubernetes.io/config.source';
export const CONFIG_HASH = 'kubernetes.io/config.hash';
export const CONFIG_SEEN = 'kubernetes.io/config.seen';
export const CONFIG_MIRROR = 'kubernetes.io/config.mirror';

export const fullName = ({ metadata: m }: Pick<Pod, 'metadata'>): string => `${m.namespace}/${m.name}`;
/** `name_namespace(uid)`, as messages name pods. */
export const podText = ({ metadata: m }: Pick<Pod, 'metadata'>): string => `${m.name}_${m.namespace}(${m.uid})`;
export const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[CONFIG_MIRROR] !== undefined;
export const isStatic = (pod: Pod): boolean => (pod.metadata.annotations?.[CONFIG_SOURCE] ?? 'api') !== 'api';
export const isHostNetwork = (pod: Pod): boolean => pod.spec.hostNetwork === true;
export const containersOf = (pod: Pod): readonly Container[] => [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

/** What the runtime has of one pod, as of a relist: newest first. */
export interface RuntimePod {
  readonly uid: string; readonly name: string; readonly namespace: string;
  readonly sandboxes: readonly (PodSandbox & { readonly ip: string })[];
  readonly containers: readonly RuntimeContainer[];
}

export type UpdateType = 'create' | 'update' | 'sync' | 'kill';
/** A message for a pod's worker. `pod` null: a pod that only the runtime knows, to be killed. */
export interface PodUpdate { readonly type: UpdateType; readonly pod: Pod | null; readonly mirror: Pod | null; readonly running: RuntimePod | null; readonly graceSeconds: number | null }

/** Where a pod's worker is. The main thread owns these; other threads read them in the table `workers`. */
export interface Worker {
  readonly uid: string; readonly fullName: string; readonly static: boolean;
  readonly startedAt: number; readonly terminatingAt: number; readonly terminatedAt: number;
  readonly startedTerminating: boolean; readonly finished: boolean; readonly deleted: boolean; readonly evicted: boolean; readonly restartRequested: boolean; readonly observedRuntime: boolean;
  readonly graceSeconds: number; readonly pending: PodUpdate | null; readonly active: PodUpdate | null; readonly busy: boolean;
}
export type Work = 'sync' | 'terminating' | 'terminated';
/** What the main thread hands to a pod's thread, one at a time. */
export interface Job { readonly work: Work; readonly update: PodUpdate; readonly graceSeconds: number }

export type ProbeType = 'liveness' | 'readiness' | 'startup';
export type ProbeResult = 'success' | 'failure' | 'unknown';

/** What the main thread is told. */
export type Message =
  | { readonly kind: 'pods'; readonly pods: readonly Pod[] }
  | { readonly kind: 'pleg'; readonly uid: string; readonly event: 'started' | 'died' | 'removed'; readonly id: string }
  | { readonly kind: 'probe'; readonly type: ProbeType; readonly uid: string; readonly containerId: string; readonly result: ProbeResult }
  | { readonly kind: 'done'; readonly uid: string; readonly work: Work; readonly error: string | null; readonly terminal: boolean; readonly canceled: boolean };

/** Why a container waits: from the last sync, read by the next. */
export interface Reason { readonly reason: string; readonly message: string }
/** The status manager's record of a pod. */
export interface StatusRecord { readonly status: PodStatus; readonly version: number; readonly name: string; readonly namespace: string; readonly finished: boolean; readonly static: boolean; /** The node did not take the pod: said of a static one on whatever mirror there is. */ readonly rejected?: true }
