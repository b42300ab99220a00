/**
 * What the OpenAPI document of v1.33 says beyond field names and types: which fields are required, the values of enumerations, and those
 * descriptions that the recordings hold. The rest is explained in descriptions.ts.
 */

/** Required fields by Go type. */
export const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'v1.PodSpec': ['containers'], 'v1.Container': ['name'], 'v1.EphemeralContainer': ['name'], 'v1.ContainerPort': ['containerPort'], 'v1.EnvVar': ['name'], 'v1.VolumeMount': ['mountPath', 'name'], 'v1.VolumeDevice': ['devicePath', 'name'], 'v1.Volume': ['name'],
  'v1.HTTPGetAction': ['port'], 'v1.HTTPHeader': ['name', 'value'], 'v1.TCPSocketAction': ['port'], 'v1.GRPCAction': ['port'], 'v1.SleepAction': ['seconds'], 'v1.KeyToPath': ['key', 'path'], 'v1.SecretKeySelector': ['key'], 'v1.ConfigMapKeySelector': ['key'],
  'v1.ObjectFieldSelector': ['fieldPath'], 'v1.ResourceFieldSelector': ['resource'], 'v1.HostPathVolumeSource': ['path'], 'v1.PersistentVolumeClaimVolumeSource': ['claimName'], 'v1.NFSVolumeSource': ['path', 'server'], 'v1.DownwardAPIVolumeFile': ['path'],
  'v1.ServiceAccountTokenProjection': ['path'], 'v1.NodeSelector': ['nodeSelectorTerms'], 'v1.NodeSelectorRequirement': ['key', 'operator'], 'v1.LabelSelectorRequirement': ['key', 'operator'], 'v1.PodAffinityTerm': ['topologyKey'],
  'v1.WeightedPodAffinityTerm': ['podAffinityTerm', 'weight'], 'v1.PreferredSchedulingTerm': ['preference', 'weight'], 'v1.TopologySpreadConstraint': ['maxSkew', 'topologyKey', 'whenUnsatisfiable'], 'v1.Sysctl': ['name', 'value'], 'v1.SeccompProfile': ['type'],
  'v1.AppArmorProfile': ['type'], 'v1.PodReadinessGate': ['conditionType'], 'v1.PodSchedulingGate': ['name'], 'v1.PodOS': ['name'], 'v1.HostAlias': ['ip'], 'v1.ContainerResizePolicy': ['resourceName', 'restartPolicy'], 'v1.DeploymentSpec': ['selector', 'template'],
  'v1.ReplicaSetSpec': ['selector'], 'v1.DaemonSetSpec': ['selector', 'template'], 'v1.StatefulSetSpec': ['selector', 'template'], 'v1.JobSpec': ['template'], 'v1.CronJobSpec': ['jobTemplate', 'schedule'], 'v1.ServicePort': ['port'], 'v1.Taint': ['effect', 'key'],
  'v1.RoleRef': ['apiGroup', 'kind', 'name'], 'v1.Subject': ['kind', 'name'], 'v1.PolicyRule': ['verbs'], 'v1.LimitRangeSpec': ['limits'], 'v1.LimitRangeItem': ['type'], 'v1.HTTPIngressPath': ['backend', 'pathType'], 'v1.HTTPIngressRuleValue': ['paths'],
  'v1.OwnerReference': ['apiVersion', 'kind', 'name', 'uid'], 'RoleBinding.rbac.authorization.k8s.io/v1': ['roleRef'], 'ClusterRoleBinding.rbac.authorization.k8s.io/v1': ['roleRef'], 'PriorityClass.scheduling.k8s.io/v1': ['value'], 'v1.IngressServiceBackend': ['name'], 'v1.TypedLocalObjectReference': ['kind', 'name'], 'v1.IPBlock': ['cidr'], 'v1.LocalVolumeSource': ['path'],
  'StorageClass.storage.k8s.io/v1': ['provisioner'], 'v1.HorizontalPodAutoscalerSpec': ['maxReplicas', 'scaleTargetRef'], 'v2.HorizontalPodAutoscalerSpec': ['maxReplicas', 'scaleTargetRef'], 'v1.CrossVersionObjectReference': ['kind', 'name'], 'v2.CrossVersionObjectReference': ['kind', 'name'],
};

/** Values of enumerated strings by Go type. */
export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  'v1.Protocol': ['SCTP', 'TCP', 'UDP'], 'v1.PullPolicy': ['Always', 'IfNotPresent', 'Never'], 'v1.RestartPolicy': ['Always', 'Never', 'OnFailure'], 'v1.DNSPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'v1.TerminationMessagePolicy': ['FallbackToLogsOnError', 'File'], 'v1.URIScheme': ['HTTP', 'HTTPS'], 'v1.ServiceType': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'], 'v1.ServiceAffinity': ['ClientIP', 'None'],
  'v1.ServiceExternalTrafficPolicy': ['Cluster', 'Local'], 'v1.ServiceInternalTrafficPolicy': ['Cluster', 'Local'], 'v1.TaintEffect': ['NoExecute', 'NoSchedule', 'PreferNoSchedule'], 'v1.TolerationOperator': ['Equal', 'Exists'],
  'v1.NodeSelectorOperator': ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'], 'v1.UnsatisfiableConstraintAction': ['DoNotSchedule', 'ScheduleAnyway'], 'v1.NodeInclusionPolicy': ['Honor', 'Ignore'], 'v1.PreemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'v1.HostPathType': ['""', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'], 'v1.MountPropagationMode': ['Bidirectional', 'HostToContainer', 'None'], 'v1.DeploymentStrategyType': ['Recreate', 'RollingUpdate'],
  'v1.DaemonSetUpdateStrategyType': ['OnDelete', 'RollingUpdate'], 'v1.PodManagementPolicyType': ['OrderedReady', 'Parallel'], 'v1.ConcurrencyPolicy': ['Allow', 'Forbid', 'Replace'], 'v1.SeccompProfileType': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'v1.AppArmorProfileType': ['Localhost', 'RuntimeDefault', 'Unconfined'], 'v1.SupplementalGroupsPolicy': ['Merge', 'Strict'], 'v1.PodFSGroupChangePolicy': ['Always', 'OnRootMismatch'], 'v1.PathType': ['Exact', 'ImplementationSpecific', 'Prefix'], 'v1.PersistentVolumeReclaimPolicy': ['Delete', 'Recycle', 'Retain'], 'v1.PersistentVolumeMode': ['Block', 'Filesystem'],
  'v1.PersistentVolumeAccessMode': ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'], 'v1.VolumeBindingMode': ['Immediate', 'WaitForFirstConsumer'], 'v1.UnhealthyPodEvictionPolicyType': ['AlwaysAllow', 'IfHealthyBudget'], 'v1.ProcMountType': ['Default', 'Unmasked'],
};

const CONVENTIONS = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';

/** Of every kind. */
export const TYPE_META = {
  apiVersion: `APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: ${CONVENTIONS}#resources`,
  kind: `Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: ${CONVENTIONS}#types-kinds`,
  metadata: `Standard object's metadata. More info: ${CONVENTIONS}#metadata`,
} as const;

/** By Go type, or by `type.field`. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'Pod.v1': 'Pod is a collection of containers that can run on a host. This resource is created by clients and scheduled onto hosts.',
  'Pod.v1.spec': `Specification of the desired behavior of the pod. More info: ${CONVENTIONS}#spec-and-status`,
  'Pod.v1.status': `Most recently observed status of the pod. This data may not be up to date. Populated by the system. Read-only. More info: ${CONVENTIONS}#spec-and-status`,
  'v1.PodSpec': 'PodSpec is a description of a pod.',
  'v1.PodSpec.activeDeadlineSeconds': 'Optional duration in seconds the pod may be active on the node relative to StartTime before the system will actively try to mark it failed and kill associated containers. Value must be a positive integer.',
  'v1.PodSpec.affinity': "If specified, the pod's scheduling constraints",
  'v1.PodSpec.automountServiceAccountToken': 'AutomountServiceAccountToken indicates whether a service account token should be automatically mounted.',
  'v1.Container.livenessProbe': 'Periodic probe of container liveness. Container will be restarted if the probe fails. Cannot be updated. More info: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle#container-probes',
  'v1.Probe': 'Probe describes a health check to be performed against a container to determine whether it is alive or ready to receive traffic.',
  'v1.DeploymentSpec.strategy': 'The deployment strategy to use to replace existing pods with new ones.',
  'v1.DeploymentStrategy': 'DeploymentStrategy describes how to replace existing pods with new ones.',
  'v1.DeploymentStrategy.rollingUpdate': 'Rolling update config params. Present only if DeploymentStrategyType = RollingUpdate.',
  'v1.DeploymentStrategy.type': 'Type of deployment. Can be "Recreate" or "RollingUpdate". Default is RollingUpdate.\n\nPossible enum values:\n - `"Recreate"` Kill all existing pods before creating new ones.\n - `"RollingUpdate"` Replace the old ReplicaSets by new one using rolling update i.e gradually scale down the old ReplicaSets and scale up the new one.',
};
