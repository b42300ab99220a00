/**
 * The fields of the kinds that controllers and the scheduler read and write: views of plain JSON, much smaller than the API's own
 * types, and readonly because caches are shared.
 */
import type { KubeObject, OwnerReference } from '../kube/index.ts';

export type { KubeObject, ObjectMeta, OwnerReference } from '../kube/index.ts';

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}
export interface Condition { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string; readonly lastTransitionTime?: string; readonly lastUpdateTime?: string; readonly lastProbeTime?: string | null; readonly lastHeartbeatTime?: string; readonly observedGeneration?: number }
export interface Taint { readonly key: string; readonly value?: string; readonly effect: string; readonly timeAdded?: string }
export interface Toleration { readonly key?: string; readonly operator?: string; readonly value?: string; readonly effect?: string; readonly tolerationSeconds?: number }
export interface NodeSelectorRequirement { readonly key: string; readonly operator: string; readonly values?: readonly string[] }
export interface NodeSelectorTerm { readonly matchExpressions?: readonly NodeSelectorRequirement[]; readonly matchFields?: readonly NodeSelectorRequirement[] }
export interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] };
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly weight: number; readonly preference: NodeSelectorTerm }[];
}
export interface PodAffinityTerm { readonly labelSelector?: LabelSelector; readonly topologyKey: string; readonly namespaces?: readonly string[] }
export interface PodAffinity { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] }
export interface Container {
  readonly name: string; readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly hostPort?: number; readonly hostIP?: string; readonly protocol?: string }[];
  readonly resources?: { readonly requests?: Readonly<Record<string, string>>; readonly limits?: Readonly<Record<string, string>> };
  readonly restartPolicy?: string;
}
export interface PodSpec {
  readonly nodeName?: string; readonly nodeSelector?: Readonly<Record<string, string>>; readonly schedulerName?: string; readonly hostNetwork?: boolean; readonly hostname?: string; readonly subdomain?: string;
  readonly affinity?: { readonly nodeAffinity?: NodeAffinity; readonly podAffinity?: PodAffinity; readonly podAntiAffinity?: PodAffinity };
  readonly tolerations?: readonly Toleration[]; readonly containers: readonly Container[]; readonly initContainers?: readonly Container[];
  readonly priority?: number; readonly overhead?: Readonly<Record<string, string>>; readonly restartPolicy?: string; readonly terminationGracePeriodSeconds?: number; readonly readinessGates?: readonly { readonly conditionType: string }[];
  readonly schedulingGates?: readonly { readonly name: string }[]; readonly preemptionPolicy?: string;
  readonly topologySpreadConstraints?: readonly { readonly maxSkew: number; readonly topologyKey: string; readonly whenUnsatisfiable: string; readonly labelSelector?: LabelSelector }[];
  readonly volumes?: readonly { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } }[];
}
export interface ContainerStatus { readonly name: string; readonly ready: boolean; readonly restartCount: number; readonly state?: { readonly terminated?: { readonly exitCode: number; readonly finishedAt?: string } } }
export interface PodStatus { readonly phase?: string; readonly conditions?: readonly Condition[]; readonly podIP?: string; readonly podIPs?: readonly { readonly ip: string }[]; readonly hostIP?: string; readonly startTime?: string; readonly reason?: string; readonly message?: string; readonly containerStatuses?: readonly ContainerStatus[]; readonly nominatedNodeName?: string }
export interface Pod extends KubeObject { readonly spec: PodSpec; readonly status?: PodStatus }
export interface PodTemplate { readonly metadata?: { readonly creationTimestamp?: null; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>>; readonly finalizers?: readonly string[] }; readonly spec: PodSpec }

export interface Node extends KubeObject {
  readonly spec?: { readonly podCIDR?: string; readonly podCIDRs?: readonly string[]; readonly unschedulable?: boolean; readonly taints?: readonly Taint[]; readonly providerID?: string };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly capacity?: Readonly<Record<string, string>>; readonly allocatable?: Readonly<Record<string, string>>; readonly images?: readonly { readonly names?: readonly string[]; readonly sizeBytes?: number }[] };
}
export interface ReplicaSet extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly minReadySeconds?: number; readonly selector: LabelSelector; readonly template: PodTemplate };
  readonly status?: { readonly replicas?: number; readonly fullyLabeledReplicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}
export type IntOrPercent = number | string;
export interface DeploymentStatus {
  readonly observedGeneration?: number; readonly replicas?: number; readonly updatedReplicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly unavailableReplicas?: number;
  readonly conditions?: readonly Condition[]; readonly collisionCount?: number;
}
export interface Deployment extends KubeObject {
  readonly spec: {
    readonly replicas?: number; readonly minReadySeconds?: number; readonly paused?: boolean; readonly progressDeadlineSeconds?: number; readonly revisionHistoryLimit?: number; readonly selector: LabelSelector;
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent } }; readonly template: PodTemplate;
  };
  readonly status?: DeploymentStatus;
}
export interface DaemonSet extends KubeObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplate; readonly minReadySeconds?: number; readonly revisionHistoryLimit?: number; readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent } } };
  readonly status?: Readonly<Record<string, unknown>> & { readonly collisionCount?: number };
}
export interface StatefulSet extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplate; readonly serviceName?: string; readonly podManagementPolicy?: string; readonly minReadySeconds?: number; readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } }; readonly ordinals?: { readonly start?: number }; readonly revisionHistoryLimit?: number; readonly volumeClaimTemplates?: readonly KubeObject[] };
  readonly status?: Readonly<Record<string, unknown>> & { readonly collisionCount?: number; readonly currentRevision?: string; readonly updateRevision?: string };
}
export interface ControllerRevision extends KubeObject { readonly revision: number; readonly data?: unknown }
export interface Job extends KubeObject {
  readonly spec: { readonly parallelism?: number; readonly completions?: number; readonly backoffLimit?: number; readonly activeDeadlineSeconds?: number; readonly ttlSecondsAfterFinished?: number; readonly suspend?: boolean; readonly selector?: LabelSelector; readonly template: PodTemplate; readonly completionMode?: string };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly active?: number; readonly ready?: number; readonly succeeded?: number; readonly failed?: number; readonly terminating?: number; readonly startTime?: string; readonly completionTime?: string; readonly uncountedTerminatedPods?: unknown };
}
export interface CronJob extends KubeObject {
  readonly spec: { readonly schedule: string; readonly timeZone?: string; readonly suspend?: boolean; readonly concurrencyPolicy?: string; readonly startingDeadlineSeconds?: number; readonly successfulJobsHistoryLimit?: number; readonly failedJobsHistoryLimit?: number; readonly jobTemplate: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> }; readonly spec: Job['spec'] } };
  readonly status?: { readonly active?: readonly { readonly kind: string; readonly namespace: string; readonly name: string; readonly uid: string; readonly apiVersion: string; readonly resourceVersion?: string }[]; readonly lastScheduleTime?: string; readonly lastSuccessfulTime?: string };
}
export interface ServicePort { readonly name?: string; readonly port: number; readonly targetPort?: number | string; readonly protocol?: string; readonly appProtocol?: string }
export interface Service extends KubeObject { readonly spec: { readonly selector?: Readonly<Record<string, string>>; readonly ports?: readonly ServicePort[]; readonly clusterIP?: string; readonly type?: string; readonly publishNotReadyAddresses?: boolean; readonly ipFamilies?: readonly string[] } }
export interface Namespace extends KubeObject { readonly spec?: { readonly finalizers?: readonly string[] }; readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] } }
export interface ConfigMap extends KubeObject { readonly data?: Readonly<Record<string, string>> }
export interface Lease extends KubeObject { readonly spec?: { readonly holderIdentity?: string; readonly renewTime?: string; readonly leaseDurationSeconds?: number } }

/** The owner that controls an object. */
export const controllerOf = (object: KubeObject): OwnerReference | undefined => object.metadata.ownerReferences?.find((owner) => owner.controller === true);
/** Whether `owner` (by uid) controls the object. */
export const isControlledBy = (object: KubeObject, owner: KubeObject) => controllerOf(object)?.uid === owner.metadata.uid;

/** `metav1.NewControllerRef`. */
export function controllerRef(owner: KubeObject, apiVersion: string, kind: string): OwnerReference {
  return { apiVersion, kind, name: owner.metadata.name, uid: owner.metadata.uid ?? '', controller: true, blockOwnerDeletion: true };
}
