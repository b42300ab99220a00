/**
 * Light types of the API objects that programs handle: the fields they use, all readonly, as they stand in JSON.
 * Whatever is not named here is still carried along: objects are plain JSON.
 */

/** RFC 3339, seconds. */ export type Time = string;
/** RFC 3339 with microseconds. */ export type MicroTime = string;
export type Quantity = string | number;
export type IntOrString = number | string;
export type StringMap = Readonly<Record<string, string>>;

export interface OwnerReference { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string; readonly controller?: boolean; readonly blockOwnerDeletion?: boolean }
export interface ObjectMeta {
  readonly name: string; readonly generateName?: string; readonly namespace?: string; readonly uid: string; readonly resourceVersion: string; readonly generation?: number;
  readonly creationTimestamp: Time; readonly deletionTimestamp?: Time; readonly deletionGracePeriodSeconds?: number;
  readonly labels?: StringMap; readonly annotations?: StringMap; readonly ownerReferences?: readonly OwnerReference[]; readonly finalizers?: readonly string[];
}
export interface ApiObject { readonly apiVersion: string; readonly kind: string; readonly metadata: ObjectMeta }
export interface ObjectReference { readonly apiVersion?: string; readonly kind?: string; readonly namespace?: string; readonly name?: string; readonly uid?: string; readonly fieldPath?: string; readonly resourceVersion?: string }
export interface LabelSelectorRequirement { readonly key: string; readonly operator: string; readonly values?: readonly string[] }
export interface LabelSelector { readonly matchLabels?: StringMap; readonly matchExpressions?: readonly LabelSelectorRequirement[] }
export interface Condition { readonly type: string; readonly status: 'True' | 'False' | 'Unknown'; readonly reason?: string; readonly message?: string; readonly lastTransitionTime?: Time | null; readonly lastProbeTime?: Time | null; readonly lastUpdateTime?: Time; readonly lastHeartbeatTime?: Time; readonly observedGeneration?: number }

// ---- pods --------------------------------------------------------------------------------------------------
export interface HttpGetAction { readonly path?: string; readonly port: IntOrString; readonly host?: string; readonly scheme?: 'HTTP' | 'HTTPS'; readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[] }
export interface Handler { readonly exec?: { readonly command?: readonly string[] }; readonly httpGet?: HttpGetAction; readonly tcpSocket?: { readonly port: IntOrString; readonly host?: string }; readonly grpc?: { readonly port: number; readonly service?: string }; readonly sleep?: { readonly seconds: number } }
export interface Probe extends Handler { readonly initialDelaySeconds?: number; readonly timeoutSeconds?: number; readonly periodSeconds?: number; readonly successThreshold?: number; readonly failureThreshold?: number; readonly terminationGracePeriodSeconds?: number }
export interface EnvVarSource { readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string }; readonly resourceFieldRef?: { readonly containerName?: string; readonly resource: string; readonly divisor?: Quantity }; readonly configMapKeyRef?: { readonly name?: string; readonly key: string; readonly optional?: boolean }; readonly secretKeyRef?: { readonly name?: string; readonly key: string; readonly optional?: boolean } }
export interface EnvVar { readonly name: string; readonly value?: string; readonly valueFrom?: EnvVarSource }
export interface EnvFromSource { readonly prefix?: string; readonly configMapRef?: { readonly name?: string; readonly optional?: boolean }; readonly secretRef?: { readonly name?: string; readonly optional?: boolean } }
export interface VolumeMount { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean; readonly subPath?: string; readonly mountPropagation?: string; readonly recursiveReadOnly?: string }
export interface ContainerPort { readonly name?: string; readonly containerPort: number; readonly hostPort?: number; readonly hostIP?: string; readonly protocol?: string }
export interface ResourceRequirements { readonly limits?: Readonly<Record<string, Quantity>>; readonly requests?: Readonly<Record<string, Quantity>> }
export interface SecurityContext { readonly privileged?: boolean; readonly runAsUser?: number; readonly runAsGroup?: number; readonly runAsNonRoot?: boolean; readonly readOnlyRootFilesystem?: boolean; readonly allowPrivilegeEscalation?: boolean; readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] }; readonly seccompProfile?: { readonly type: string } }
export interface Container {
  readonly name: string; readonly image?: string; readonly command?: readonly string[]; readonly args?: readonly string[]; readonly workingDir?: string; readonly ports?: readonly ContainerPort[];
  readonly env?: readonly EnvVar[]; readonly envFrom?: readonly EnvFromSource[]; readonly resources?: ResourceRequirements; readonly volumeMounts?: readonly VolumeMount[];
  readonly livenessProbe?: Probe; readonly readinessProbe?: Probe; readonly startupProbe?: Probe; readonly lifecycle?: { readonly postStart?: Handler; readonly preStop?: Handler };
  readonly terminationMessagePath?: string; readonly terminationMessagePolicy?: string; readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'; readonly securityContext?: SecurityContext;
  readonly restartPolicy?: 'Always'; readonly stdin?: boolean; readonly stdinOnce?: boolean; readonly tty?: boolean;
}
export interface KeyToPath { readonly key: string; readonly path: string; readonly mode?: number }
export interface DownwardFile { readonly path: string; readonly fieldRef?: { readonly apiVersion?: string; readonly fieldPath: string }; readonly resourceFieldRef?: { readonly containerName?: string; readonly resource: string; readonly divisor?: Quantity }; readonly mode?: number }
export interface ProjectedSource { readonly serviceAccountToken?: { readonly audience?: string; readonly expirationSeconds?: number; readonly path: string }; readonly configMap?: { readonly name?: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean }; readonly secret?: { readonly name?: string; readonly items?: readonly KeyToPath[]; readonly optional?: boolean }; readonly downwardAPI?: { readonly items?: readonly DownwardFile[] } }
export interface Volume {
  readonly name: string; readonly hostPath?: { readonly path: string; readonly type?: string }; readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: Quantity };
  readonly configMap?: { readonly name?: string; readonly items?: readonly KeyToPath[]; readonly defaultMode?: number; readonly optional?: boolean };
  readonly secret?: { readonly secretName?: string; readonly items?: readonly KeyToPath[]; readonly defaultMode?: number; readonly optional?: boolean };
  readonly projected?: { readonly sources?: readonly ProjectedSource[]; readonly defaultMode?: number }; readonly downwardAPI?: { readonly items?: readonly DownwardFile[]; readonly defaultMode?: number };
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
}
export interface Toleration { readonly key?: string; readonly operator?: string; readonly value?: string; readonly effect?: string; readonly tolerationSeconds?: number }
export interface NodeSelectorTerm { readonly matchExpressions?: readonly LabelSelectorRequirement[]; readonly matchFields?: readonly LabelSelectorRequirement[] }
export interface PodAffinityTerm { readonly labelSelector?: LabelSelector; readonly namespaces?: readonly string[]; readonly topologyKey: string }
export interface Affinity {
  readonly nodeAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] }; readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly weight: number; readonly preference: NodeSelectorTerm }[] };
  readonly podAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] }; readonly podAntiAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] };
}
export interface PodSpec {
  readonly containers: readonly Container[]; readonly initContainers?: readonly Container[]; readonly volumes?: readonly Volume[]; readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  readonly terminationGracePeriodSeconds?: number; readonly activeDeadlineSeconds?: number; readonly dnsPolicy?: string; readonly nodeSelector?: StringMap; readonly serviceAccountName?: string; readonly serviceAccount?: string; readonly automountServiceAccountToken?: boolean;
  readonly nodeName?: string; readonly hostNetwork?: boolean; readonly hostPID?: boolean; readonly hostIPC?: boolean; readonly hostname?: string; readonly subdomain?: string; readonly affinity?: Affinity; readonly schedulerName?: string;
  readonly tolerations?: readonly Toleration[]; readonly priorityClassName?: string; readonly priority?: number; readonly preemptionPolicy?: string; readonly enableServiceLinks?: boolean;
  readonly securityContext?: SecurityContext & { readonly fsGroup?: number }; readonly imagePullSecrets?: readonly { readonly name?: string }[]; readonly readinessGates?: readonly { readonly conditionType: string }[]; readonly runtimeClassName?: string; readonly schedulingGates?: readonly { readonly name: string }[];
}
export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string }; readonly running?: { readonly startedAt?: Time };
  readonly terminated?: { readonly exitCode: number; readonly signal?: number; readonly reason?: string; readonly message?: string; readonly startedAt?: Time | null; readonly finishedAt?: Time | null; readonly containerID?: string };
}
export interface ContainerStatus { readonly name: string; readonly state?: ContainerState; readonly lastState?: ContainerState; readonly ready: boolean; readonly restartCount: number; readonly image: string; readonly imageID: string; readonly containerID?: string; readonly started?: boolean; readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean; readonly recursiveReadOnly?: string }[] }
export interface PodStatus {
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'; readonly conditions?: readonly Condition[]; readonly reason?: string; readonly message?: string; readonly nominatedNodeName?: string; readonly hostIP?: string; readonly hostIPs?: readonly { readonly ip: string }[];
  readonly podIP?: string; readonly podIPs?: readonly { readonly ip: string }[]; readonly startTime?: Time; readonly containerStatuses?: readonly ContainerStatus[]; readonly initContainerStatuses?: readonly ContainerStatus[]; readonly qosClass?: 'Guaranteed' | 'Burstable' | 'BestEffort';
}
export interface Pod extends ApiObject { readonly spec: PodSpec; readonly status?: PodStatus }
export interface PodTemplateSpec { readonly metadata?: Partial<ObjectMeta>; readonly spec: PodSpec }

// ---- workloads ---------------------------------------------------------------------------------------------
export interface Deployment extends ApiObject {
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplateSpec; readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: IntOrString; readonly maxUnavailable?: IntOrString } }; readonly minReadySeconds?: number; readonly revisionHistoryLimit?: number; readonly paused?: boolean; readonly progressDeadlineSeconds?: number };
  readonly status?: { readonly observedGeneration?: number; readonly replicas?: number; readonly updatedReplicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly unavailableReplicas?: number; readonly conditions?: readonly Condition[]; readonly collisionCount?: number };
}
export interface ReplicaSet extends ApiObject {
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplateSpec; readonly minReadySeconds?: number };
  readonly status?: { readonly replicas: number; readonly fullyLabeledReplicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}
export interface DaemonSet extends ApiObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec; readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: IntOrString; readonly maxUnavailable?: IntOrString } }; readonly minReadySeconds?: number; readonly revisionHistoryLimit?: number };
  readonly status?: { readonly currentNumberScheduled: number; readonly numberMisscheduled: number; readonly desiredNumberScheduled: number; readonly numberReady: number; readonly observedGeneration?: number; readonly updatedNumberScheduled?: number; readonly numberAvailable?: number; readonly numberUnavailable?: number; readonly collisionCount?: number };
}

// ---- cluster -----------------------------------------------------------------------------------------------
export interface Taint { readonly key: string; readonly value?: string; readonly effect: string; readonly timeAdded?: Time }
export interface Node extends ApiObject {
  readonly spec: { readonly podCIDR?: string; readonly podCIDRs?: readonly string[]; readonly taints?: readonly Taint[]; readonly unschedulable?: boolean; readonly providerID?: string };
  readonly status?: { readonly capacity?: Readonly<Record<string, Quantity>>; readonly allocatable?: Readonly<Record<string, Quantity>>; readonly conditions?: readonly Condition[]; readonly addresses?: readonly { readonly type: string; readonly address: string }[]; readonly daemonEndpoints?: { readonly kubeletEndpoint?: { readonly Port: number } }; readonly nodeInfo?: StringMap; readonly images?: readonly { readonly names: readonly string[]; readonly sizeBytes?: number }[] };
}
export interface Namespace extends ApiObject { readonly spec?: { readonly finalizers?: readonly string[] }; readonly status?: { readonly phase?: 'Active' | 'Terminating'; readonly conditions?: readonly Condition[] } }
export interface ServicePort { readonly name?: string; readonly protocol?: string; readonly port: number; readonly targetPort?: IntOrString; readonly nodePort?: number; readonly appProtocol?: string }
export interface Service extends ApiObject { readonly spec: { readonly ports?: readonly ServicePort[]; readonly selector?: StringMap; readonly clusterIP?: string; readonly clusterIPs?: readonly string[]; readonly type?: string; readonly externalIPs?: readonly string[]; readonly sessionAffinity?: string; readonly externalName?: string; readonly ipFamilies?: readonly string[]; readonly ipFamilyPolicy?: string; readonly internalTrafficPolicy?: string; readonly externalTrafficPolicy?: string; readonly publishNotReadyAddresses?: boolean }; readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } } }
export interface EndpointAddress { readonly ip: string; readonly hostname?: string; readonly nodeName?: string; readonly targetRef?: ObjectReference }
export interface Endpoints extends ApiObject { readonly subsets?: readonly { readonly addresses?: readonly EndpointAddress[]; readonly notReadyAddresses?: readonly EndpointAddress[]; readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[] }[] }
export interface EndpointSlice extends ApiObject { readonly addressType: string; readonly endpoints?: readonly { readonly addresses: readonly string[]; readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean }; readonly targetRef?: ObjectReference; readonly nodeName?: string }[]; readonly ports?: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[] }
export interface ConfigMap extends ApiObject { readonly data?: StringMap; readonly binaryData?: StringMap; readonly immutable?: boolean }
export interface Secret extends ApiObject { readonly data?: StringMap; readonly stringData?: StringMap; readonly type?: string; readonly immutable?: boolean }
export interface ServiceAccount extends ApiObject { readonly secrets?: readonly ObjectReference[]; readonly imagePullSecrets?: readonly { readonly name?: string }[]; readonly automountServiceAccountToken?: boolean }
export interface Lease extends ApiObject { readonly spec: { readonly holderIdentity?: string; readonly leaseDurationSeconds?: number; readonly acquireTime?: MicroTime; readonly renewTime?: MicroTime; readonly leaseTransitions?: number } }
export interface Event extends ApiObject {
  readonly involvedObject: ObjectReference; readonly reason?: string; readonly message?: string; readonly source?: { readonly component?: string; readonly host?: string }; readonly firstTimestamp?: Time | null; readonly lastTimestamp?: Time | null; readonly count?: number; readonly type?: string;
  readonly eventTime?: MicroTime | null; readonly series?: { readonly count: number; readonly lastObservedTime: MicroTime }; readonly action?: string; readonly related?: ObjectReference; readonly reportingComponent?: string; readonly reportingInstance?: string;
}
export interface PolicyRule { readonly verbs: readonly string[]; readonly apiGroups?: readonly string[]; readonly resources?: readonly string[]; readonly resourceNames?: readonly string[]; readonly nonResourceURLs?: readonly string[] }
export interface Role extends ApiObject { readonly rules?: readonly PolicyRule[]; readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] } }
export interface RoleBinding extends ApiObject { readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string; readonly apiGroup?: string }[]; readonly roleRef: { readonly apiGroup: string; readonly kind: string; readonly name: string } }

/** A Status object, as failed requests answer. */
export interface Status { readonly apiVersion: 'v1'; readonly kind: 'Status'; readonly metadata: Readonly<Record<string, unknown>>; readonly status: 'Success' | 'Failure'; readonly message?: string; readonly reason?: string; readonly details?: { readonly name?: string; readonly group?: string; readonly kind?: string; readonly uid?: string; readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[]; readonly retryAfterSeconds?: number }; readonly code?: number }

export type * from './types-apps.ts';
export type * from './types-cluster.ts';
export type * from './types-storage.ts';
