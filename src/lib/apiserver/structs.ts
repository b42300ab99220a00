/**
 * The Go structs of objects outside pods, in the notation of api/pod-structs.ts: `GoName[=jsonName]:GoType`. A type that is in neither
 * table is taken as it comes. Status is left out: clients do not write it by hand. The kinds' own structs are under `Kind.apiVersion`.
 */
import { podStructs } from '../../api/pod-structs.ts';

const meta = 'ObjectMeta=metadata:v1.ObjectMeta';
/** Spec and status; fields of the status are not known. */
const both = (spec: string): string => `${meta} Spec:${spec} Status:${spec.replace(/Spec$/, 'Status')}`;

const structs: Readonly<Record<string, string>> = {
  'v1.OwnerReference': 'APIVersion=apiVersion:string Kind:string Name:string UID=uid:types.UID Controller:*bool BlockOwnerDeletion:*bool',
  'Pod.v1': both('v1.PodSpec'), 'PodTemplate.v1': `${meta} Template:v1.PodTemplateSpec`, 'ReplicationController.v1': both('any'),
  'ConfigMap.v1': `${meta} Immutable:*bool Data:map[string]string BinaryData:map[string]bytes`, 'Secret.v1': `${meta} Immutable:*bool Data:map[string]bytes StringData:map[string]string Type:v1.SecretType`,
  'Namespace.v1': both('v1.NamespaceSpec'), 'v1.NamespaceSpec': 'Finalizers:[]string',
  'ServiceAccount.v1': `${meta} Secrets:[]v1.ObjectReference ImagePullSecrets:[]v1.LocalObjectReference AutomountServiceAccountToken:*bool`,
  'v1.ObjectReference': 'Kind:string Namespace:string Name:string UID=uid:types.UID APIVersion=apiVersion:string ResourceVersion:string FieldPath:string',
  'Service.v1': both('v1.ServiceSpec'),
  'v1.ServiceSpec': 'Ports:[]v1.ServicePort Selector:map[string]string ClusterIP=clusterIP:string ClusterIPs=clusterIPs:[]string Type:v1.ServiceType ExternalIPs=externalIPs:[]string SessionAffinity:v1.ServiceAffinity LoadBalancerIP=loadBalancerIP:string LoadBalancerSourceRanges:[]string ExternalName:string ExternalTrafficPolicy:v1.ServiceExternalTrafficPolicy HealthCheckNodePort:int32 PublishNotReadyAddresses:bool SessionAffinityConfig:any IPFamilies=ipFamilies:[]string IPFamilyPolicy=ipFamilyPolicy:any AllocateLoadBalancerNodePorts:*bool LoadBalancerClass:*string InternalTrafficPolicy:any TrafficDistribution:*string',
  'v1.ServicePort': 'Name:string Protocol:v1.Protocol AppProtocol:*string Port:int32 TargetPort:intstr.IntOrString NodePort:int32',
  'PersistentVolumeClaim.v1': both('v1.PersistentVolumeClaimSpec'),
  'v1.PersistentVolumeClaimSpec': 'AccessModes:[]v1.PersistentVolumeAccessMode Selector:*v1.LabelSelector Resources:v1.VolumeResourceRequirements VolumeName:string StorageClassName:*string VolumeMode:*v1.PersistentVolumeMode DataSource:*v1.TypedLocalObjectReference DataSourceRef:any VolumeAttributesClassName:*string',
  'v1.VolumeResourceRequirements': 'Limits:v1.ResourceList Requests:v1.ResourceList',
  'LimitRange.v1': `${meta} Spec:v1.LimitRangeSpec`, 'v1.LimitRangeSpec': 'Limits:[]v1.LimitRangeItem', 'v1.LimitRangeItem': 'Type:v1.LimitType Max:v1.ResourceList Min:v1.ResourceList Default:v1.ResourceList DefaultRequest:v1.ResourceList MaxLimitRequestRatio:v1.ResourceList',
  'ResourceQuota.v1': both('v1.ResourceQuotaSpec'), 'v1.ResourceQuotaSpec': 'Hard:v1.ResourceList Scopes:[]v1.ResourceQuotaScope ScopeSelector:*v1.ScopeSelector',
  'Node.v1': both('v1.NodeSpec'), 'v1.NodeSpec': 'PodCIDR=podCIDR:string PodCIDRs=podCIDRs:[]string ProviderID=providerID:string Unschedulable:bool Taints:[]v1.Taint ConfigSource:any ExternalID=externalID:string', 'v1.Taint': 'Key:string Value:string Effect:v1.TaintEffect TimeAdded:any',
  'Deployment.apps/v1': both('v1.DeploymentSpec'),
  'v1.DeploymentSpec': 'Replicas:*int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec Strategy:v1.DeploymentStrategy MinReadySeconds:int32 RevisionHistoryLimit:*int32 Paused:bool ProgressDeadlineSeconds:*int32',
  'v1.DeploymentStrategy': 'Type:v1.DeploymentStrategyType RollingUpdate:*v1.RollingUpdateDeployment', 'v1.RollingUpdateDeployment': 'MaxUnavailable:*intstr.IntOrString MaxSurge:*intstr.IntOrString',
  'ReplicaSet.apps/v1': both('v1.ReplicaSetSpec'), 'v1.ReplicaSetSpec': 'Replicas:*int32 MinReadySeconds:int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec',
  'DaemonSet.apps/v1': both('v1.DaemonSetSpec'), 'v1.DaemonSetSpec': 'Selector:*v1.LabelSelector Template:v1.PodTemplateSpec UpdateStrategy:v1.DaemonSetUpdateStrategy MinReadySeconds:int32 RevisionHistoryLimit:*int32',
  'v1.DaemonSetUpdateStrategy': 'Type:v1.DaemonSetUpdateStrategyType RollingUpdate:*v1.RollingUpdateDaemonSet', 'v1.RollingUpdateDaemonSet': 'MaxUnavailable:*intstr.IntOrString MaxSurge:*intstr.IntOrString',
  'StatefulSet.apps/v1': both('v1.StatefulSetSpec'),
  'v1.StatefulSetSpec': 'Replicas:*int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec VolumeClaimTemplates:[]v1.PersistentVolumeClaim ServiceName:string PodManagementPolicy:v1.PodManagementPolicyType UpdateStrategy:v1.StatefulSetUpdateStrategy RevisionHistoryLimit:*int32 MinReadySeconds:int32 PersistentVolumeClaimRetentionPolicy:any Ordinals:any',
  'Job.batch/v1': both('v1.JobSpec'),
  'v1.JobSpec': 'Parallelism:*int32 Completions:*int32 ActiveDeadlineSeconds:*int64 PodFailurePolicy:any SuccessPolicy:any BackoffLimit:*int32 BackoffLimitPerIndex:*int32 MaxFailedIndexes:*int32 Selector:*v1.LabelSelector ManualSelector:*bool Template:v1.PodTemplateSpec TTLSecondsAfterFinished=ttlSecondsAfterFinished:*int32 CompletionMode:any Suspend:*bool PodReplacementPolicy:any ManagedBy:*string',
  'CronJob.batch/v1': both('v1.CronJobSpec'), 'v1.CronJobSpec': 'Schedule:string TimeZone:*string StartingDeadlineSeconds:*int64 ConcurrencyPolicy:v1.ConcurrencyPolicy Suspend:*bool JobTemplate:v1.JobTemplateSpec SuccessfulJobsHistoryLimit:*int32 FailedJobsHistoryLimit:*int32', 'v1.JobTemplateSpec': `${meta} Spec:v1.JobSpec`,
  'Role.rbac.authorization.k8s.io/v1': `${meta} Rules:[]v1.PolicyRule`, 'ClusterRole.rbac.authorization.k8s.io/v1': `${meta} Rules:[]v1.PolicyRule AggregationRule:*v1.AggregationRule`,
  'v1.PolicyRule': 'Verbs:[]string APIGroups=apiGroups:[]string Resources:[]string ResourceNames:[]string NonResourceURLs=nonResourceURLs:[]string',
  'RoleBinding.rbac.authorization.k8s.io/v1': `${meta} Subjects:[]v1.Subject RoleRef:v1.RoleRef`, 'ClusterRoleBinding.rbac.authorization.k8s.io/v1': `${meta} Subjects:[]v1.Subject RoleRef:v1.RoleRef`,
  'v1.Subject': 'Kind:string APIGroup=apiGroup:string Name:string Namespace:string', 'v1.RoleRef': 'APIGroup=apiGroup:string Kind:string Name:string',
  'PriorityClass.scheduling.k8s.io/v1': `${meta} Value:int32 GlobalDefault:bool Description:string PreemptionPolicy:*v1.PreemptionPolicy`,
  'PodDisruptionBudget.policy/v1': both('v1.PodDisruptionBudgetSpec'), 'v1.PodDisruptionBudgetSpec': 'MinAvailable:*intstr.IntOrString Selector:*v1.LabelSelector MaxUnavailable:*intstr.IntOrString UnhealthyPodEvictionPolicy:*v1.UnhealthyPodEvictionPolicyType',
  'NetworkPolicy.networking.k8s.io/v1': both('v1.NetworkPolicySpec'), 'v1.NetworkPolicySpec': 'PodSelector:v1.LabelSelector Ingress:[]v1.NetworkPolicyIngressRule Egress:[]v1.NetworkPolicyEgressRule PolicyTypes:[]string',
  'v1.NetworkPolicyIngressRule': 'Ports:[]v1.NetworkPolicyPort From:[]v1.NetworkPolicyPeer', 'v1.NetworkPolicyEgressRule': 'Ports:[]v1.NetworkPolicyPort To:[]v1.NetworkPolicyPeer',
  'v1.NetworkPolicyPort': 'Protocol:*v1.Protocol Port:*intstr.IntOrString EndPort:*int32', 'v1.NetworkPolicyPeer': 'PodSelector:*v1.LabelSelector NamespaceSelector:*v1.LabelSelector IPBlock=ipBlock:*v1.IPBlock', 'v1.IPBlock': 'CIDR=cidr:string Except:[]string',
  'Ingress.networking.k8s.io/v1': both('v1.IngressSpec'), 'v1.IngressSpec': 'IngressClassName:*string DefaultBackend:*v1.IngressBackend TLS=tls:[]v1.IngressTLS Rules:[]v1.IngressRule', 'v1.IngressRule': 'Host:string HTTP=http:*v1.HTTPIngressRuleValue', 'v1.HTTPIngressRuleValue': 'Paths:[]v1.HTTPIngressPath', 'v1.HTTPIngressPath': 'Path:string PathType:*v1.PathType Backend:v1.IngressBackend', 'v1.IngressTLS': 'Hosts:[]string SecretName:string',
  'v1.IngressBackend': 'Service:*v1.IngressServiceBackend Resource:*v1.TypedLocalObjectReference', 'v1.IngressServiceBackend': 'Name:string Port:v1.ServiceBackendPort', 'v1.ServiceBackendPort': 'Name:string Number:int32', 'v1.TypedLocalObjectReference': 'APIGroup=apiGroup:*string Kind:string Name:string',
  'IngressClass.networking.k8s.io/v1': `${meta} Spec:v1.IngressClassSpec`, 'v1.IngressClassSpec': 'Controller:string Parameters:*v1.IngressClassParametersReference', 'v1.IngressClassParametersReference': 'APIGroup=apiGroup:*string Kind:string Name:string Scope:*string Namespace:*string',
  'PersistentVolume.v1': both('v1.PersistentVolumeSpec'),
  'v1.PersistentVolumeSpec': 'Capacity:v1.ResourceList +PersistentVolumeSource:v1.PersistentVolumeSource AccessModes:[]v1.PersistentVolumeAccessMode ClaimRef:*v1.ObjectReference PersistentVolumeReclaimPolicy:v1.PersistentVolumeReclaimPolicy StorageClassName:string MountOptions:[]string VolumeMode:*v1.PersistentVolumeMode NodeAffinity:*v1.VolumeNodeAffinity VolumeAttributesClassName:*string',
  'v1.PersistentVolumeSource': 'GCEPersistentDisk=gcePersistentDisk:*v1.GCEPersistentDiskVolumeSource AWSElasticBlockStore=awsElasticBlockStore:*v1.AWSElasticBlockStoreVolumeSource HostPath:*v1.HostPathVolumeSource Glusterfs:*v1.GlusterfsPersistentVolumeSource NFS=nfs:*v1.NFSVolumeSource RBD=rbd:*v1.RBDPersistentVolumeSource ISCSI=iscsi:*v1.ISCSIPersistentVolumeSource Cinder:*v1.CinderPersistentVolumeSource CephFS=cephfs:*v1.CephFSPersistentVolumeSource FC=fc:*v1.FCVolumeSource Flocker:*v1.FlockerVolumeSource FlexVolume:*v1.FlexPersistentVolumeSource AzureFile:*v1.AzureFilePersistentVolumeSource VsphereVolume:*v1.VsphereVirtualDiskVolumeSource Quobyte:*v1.QuobyteVolumeSource AzureDisk:*v1.AzureDiskVolumeSource PhotonPersistentDisk:*v1.PhotonPersistentDiskVolumeSource PortworxVolume:*v1.PortworxVolumeSource ScaleIO:*v1.ScaleIOPersistentVolumeSource Local:*v1.LocalVolumeSource StorageOS=storageos:*v1.StorageOSPersistentVolumeSource CSI=csi:*v1.CSIPersistentVolumeSource',
  'v1.LocalVolumeSource': 'Path:string FSType=fsType:*string', 'v1.VolumeNodeAffinity': 'Required:*v1.NodeSelector',
  'StorageClass.storage.k8s.io/v1': `${meta} Provisioner:string Parameters:map[string]string ReclaimPolicy:*v1.PersistentVolumeReclaimPolicy MountOptions:[]string AllowVolumeExpansion:*bool VolumeBindingMode:*v1.VolumeBindingMode AllowedTopologies:[]v1.TopologySelectorTerm`,
  'HorizontalPodAutoscaler.autoscaling/v1': both('v1.HorizontalPodAutoscalerSpec'), 'v1.HorizontalPodAutoscalerSpec': 'ScaleTargetRef:v1.CrossVersionObjectReference MinReplicas:*int32 MaxReplicas:int32 TargetCPUUtilizationPercentage:*int32', 'v1.CrossVersionObjectReference': 'Kind:string Name:string APIVersion=apiVersion:string',
  'HorizontalPodAutoscaler.autoscaling/v2': both('v2.HorizontalPodAutoscalerSpec'), 'v2.HorizontalPodAutoscalerSpec': 'ScaleTargetRef:v2.CrossVersionObjectReference MinReplicas:*int32 MaxReplicas:int32 Metrics:[]v2.MetricSpec Behavior:*v2.HorizontalPodAutoscalerBehavior', 'v2.CrossVersionObjectReference': 'Kind:string Name:string APIVersion=apiVersion:string',
};

export interface Field { readonly json: string; readonly type: string }
const rows: ReadonlyMap<string, string> = new Map([...Object.entries(podStructs), ...Object.entries(structs)]);
function read(name: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const part of (rows.get(name) ?? '').split(' ')) {
    const [names = '', type = ''] = part.split(/:(.*)/s);
    if (names.startsWith('+')) {
      for (const [json, field] of read(type)) fields.set(json, field);
      continue;
    }
    const [go = '', json = go.slice(0, 1).toLowerCase() + go.slice(1)] = names.split('=');
    fields.set(json, { json, type });
  }
  return fields;
}
const tables: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map([...rows.keys()].map((name) => [name, read(name)]));

/** The fields of a struct, embedded ones unfolded; undefined when it is not known. */
export const fieldsOf = (name: string): ReadonlyMap<string, Field> | undefined => tables.get(name);
