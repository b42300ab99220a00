/**
 * The Go structs of objects outside pods, in the notation of api/pod-structs.ts: `GoName[=jsonName]:GoType`. A type that is in neither
 * table is taken as it comes. Status is left out: clients do not write it by hand. The kinds' own structs are under `Kind.apiVersion`.
 */
import { podStructs } from '../../api/pod-structs.ts';

const meta = 'ObjectMeta=metadata:v1.ObjectMeta';
const both = (spec: string): string => `${meta} Spec:${spec} Status:any`;

const structs: Readonly<Record<string, string>> = {
  'v1.OwnerReference': 'APIVersion=apiVersion:string Kind:string Name:string UID=uid:types.UID Controller:*bool BlockOwnerDeletion:*bool',
  'Pod.v1': both('v1.PodSpec'), 'PodTemplate.v1': `${meta} Template:v1.PodTemplateSpec`, 'ReplicationController.v1': both('any'),
  'ConfigMap.v1': `${meta} Immutable:*bool Data:map[string]string BinaryData:any`, 'Secret.v1': `${meta} Immutable:*bool Data:any StringData:map[string]string Type:v1.SecretType`,
  'Namespace.v1': both('v1.NamespaceSpec'), 'v1.NamespaceSpec': 'Finalizers:[]string',
  'ServiceAccount.v1': `${meta} Secrets:[]v1.ObjectReference ImagePullSecrets:[]v1.LocalObjectReference AutomountServiceAccountToken:*bool`,
  'v1.ObjectReference': 'Kind:string Namespace:string Name:string UID=uid:types.UID APIVersion=apiVersion:string ResourceVersion:string FieldPath:string',
  'Service.v1': both('v1.ServiceSpec'),
  'v1.ServiceSpec': 'Ports:[]v1.ServicePort Selector:map[string]string ClusterIP=clusterIP:string ClusterIPs=clusterIPs:[]string Type:v1.ServiceType ExternalIPs=externalIPs:[]string SessionAffinity:v1.ServiceAffinity LoadBalancerIP=loadBalancerIP:string LoadBalancerSourceRanges:[]string ExternalName:string ExternalTrafficPolicy:v1.ServiceExternalTrafficPolicy HealthCheckNodePort:int32 PublishNotReadyAddresses:bool SessionAffinityConfig:any IPFamilies=ipFamilies:[]string IPFamilyPolicy=ipFamilyPolicy:any AllocateLoadBalancerNodePorts:*bool LoadBalancerClass:*string InternalTrafficPolicy:any TrafficDistribution:*string',
  'v1.ServicePort': 'Name:string Protocol:v1.Protocol AppProtocol:*string Port:int32 TargetPort:intstr.IntOrString NodePort:int32',
  'PersistentVolumeClaim.v1': both('v1.PersistentVolumeClaimSpec'),
  'v1.PersistentVolumeClaimSpec': 'AccessModes:[]string Selector:*v1.LabelSelector Resources:any VolumeName:string StorageClassName:*string VolumeMode:any DataSource:any DataSourceRef:any VolumeAttributesClassName:*string',
  'LimitRange.v1': `${meta} Spec:v1.LimitRangeSpec`, 'v1.LimitRangeSpec': 'Limits:[]v1.LimitRangeItem', 'v1.LimitRangeItem': 'Type:v1.LimitType Max:any Min:any Default:any DefaultRequest:any MaxLimitRequestRatio:any',
  'ResourceQuota.v1': both('v1.ResourceQuotaSpec'), 'v1.ResourceQuotaSpec': 'Hard:any Scopes:[]string ScopeSelector:any',
  'Node.v1': both('v1.NodeSpec'), 'v1.NodeSpec': 'PodCIDR=podCIDR:string PodCIDRs=podCIDRs:[]string ProviderID=providerID:string Unschedulable:bool Taints:[]v1.Taint ConfigSource:any ExternalID=externalID:string', 'v1.Taint': 'Key:string Value:string Effect:v1.TaintEffect TimeAdded:any',
  'Deployment.apps/v1': both('v1.DeploymentSpec'),
  'v1.DeploymentSpec': 'Replicas:*int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec Strategy:v1.DeploymentStrategy MinReadySeconds:int32 RevisionHistoryLimit:*int32 Paused:bool ProgressDeadlineSeconds:*int32',
  'v1.DeploymentStrategy': 'Type:v1.DeploymentStrategyType RollingUpdate:*v1.RollingUpdateDeployment', 'v1.RollingUpdateDeployment': 'MaxUnavailable:*intstr.IntOrString MaxSurge:*intstr.IntOrString',
  'ReplicaSet.apps/v1': both('v1.ReplicaSetSpec'), 'v1.ReplicaSetSpec': 'Replicas:*int32 MinReadySeconds:int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec',
  'DaemonSet.apps/v1': both('v1.DaemonSetSpec'), 'v1.DaemonSetSpec': 'Selector:*v1.LabelSelector Template:v1.PodTemplateSpec UpdateStrategy:v1.DaemonSetUpdateStrategy MinReadySeconds:int32 RevisionHistoryLimit:*int32',
  'v1.DaemonSetUpdateStrategy': 'Type:v1.DaemonSetUpdateStrategyType RollingUpdate:*v1.RollingUpdateDaemonSet', 'v1.RollingUpdateDaemonSet': 'MaxUnavailable:*intstr.IntOrString MaxSurge:*intstr.IntOrString',
  'StatefulSet.apps/v1': both('v1.StatefulSetSpec'),
  'v1.StatefulSetSpec': 'Replicas:*int32 Selector:*v1.LabelSelector Template:v1.PodTemplateSpec VolumeClaimTemplates:any ServiceName:string PodManagementPolicy:v1.PodManagementPolicyType UpdateStrategy:any RevisionHistoryLimit:*int32 MinReadySeconds:int32 PersistentVolumeClaimRetentionPolicy:any Ordinals:any',
  'Job.batch/v1': both('v1.JobSpec'),
  'v1.JobSpec': 'Parallelism:*int32 Completions:*int32 ActiveDeadlineSeconds:*int64 PodFailurePolicy:any SuccessPolicy:any BackoffLimit:*int32 BackoffLimitPerIndex:*int32 MaxFailedIndexes:*int32 Selector:*v1.LabelSelector ManualSelector:*bool Template:v1.PodTemplateSpec TTLSecondsAfterFinished=ttlSecondsAfterFinished:*int32 CompletionMode:any Suspend:*bool PodReplacementPolicy:any ManagedBy:*string',
  'CronJob.batch/v1': both('v1.CronJobSpec'), 'v1.CronJobSpec': 'Schedule:string TimeZone:*string StartingDeadlineSeconds:*int64 ConcurrencyPolicy:v1.ConcurrencyPolicy Suspend:*bool JobTemplate:v1.JobTemplateSpec SuccessfulJobsHistoryLimit:*int32 FailedJobsHistoryLimit:*int32', 'v1.JobTemplateSpec': `${meta} Spec:v1.JobSpec`,
  'Role.rbac.authorization.k8s.io/v1': `${meta} Rules:[]v1.PolicyRule`, 'ClusterRole.rbac.authorization.k8s.io/v1': `${meta} Rules:[]v1.PolicyRule AggregationRule:any`,
  'v1.PolicyRule': 'Verbs:[]string APIGroups=apiGroups:[]string Resources:[]string ResourceNames:[]string NonResourceURLs=nonResourceURLs:[]string',
  'RoleBinding.rbac.authorization.k8s.io/v1': `${meta} Subjects:[]v1.Subject RoleRef:v1.RoleRef`, 'ClusterRoleBinding.rbac.authorization.k8s.io/v1': `${meta} Subjects:[]v1.Subject RoleRef:v1.RoleRef`,
  'v1.Subject': 'Kind:string APIGroup=apiGroup:string Name:string Namespace:string', 'v1.RoleRef': 'APIGroup=apiGroup:string Kind:string Name:string',
  'PriorityClass.scheduling.k8s.io/v1': `${meta} Value:int32 GlobalDefault:bool Description:string PreemptionPolicy:any`,
  'PodDisruptionBudget.policy/v1': both('v1.PodDisruptionBudgetSpec'), 'v1.PodDisruptionBudgetSpec': 'MinAvailable:*intstr.IntOrString Selector:*v1.LabelSelector MaxUnavailable:*intstr.IntOrString UnhealthyPodEvictionPolicy:any',
  'NetworkPolicy.networking.k8s.io/v1': both('v1.NetworkPolicySpec'), 'v1.NetworkPolicySpec': 'PodSelector:v1.LabelSelector Ingress:[]v1.NetworkPolicyIngressRule Egress:[]v1.NetworkPolicyEgressRule PolicyTypes:[]string',
  'v1.NetworkPolicyIngressRule': 'Ports:[]v1.NetworkPolicyPort From:[]v1.NetworkPolicyPeer', 'v1.NetworkPolicyEgressRule': 'Ports:[]v1.NetworkPolicyPort To:[]v1.NetworkPolicyPeer',
  'v1.NetworkPolicyPort': 'Protocol:any Port:*intstr.IntOrString EndPort:*int32', 'v1.NetworkPolicyPeer': 'PodSelector:*v1.LabelSelector NamespaceSelector:*v1.LabelSelector IPBlock=ipBlock:any',
  'Ingress.networking.k8s.io/v1': both('v1.IngressSpec'), 'v1.IngressSpec': 'IngressClassName:*string DefaultBackend:any TLS=tls:any Rules:[]v1.IngressRule', 'v1.IngressRule': 'Host:string HTTP=http:*v1.HTTPIngressRuleValue', 'v1.HTTPIngressRuleValue': 'Paths:[]v1.HTTPIngressPath', 'v1.HTTPIngressPath': 'Path:string PathType:any Backend:any',
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
