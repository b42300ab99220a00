/** The printer of each kind. */
import type { Printer } from './column.ts';
import * as classes from './classes.ts';
import * as cluster from './cluster.ts';
import * as policy from './policy.ts';
import * as workload from './workload.ts';
import { podPrinter } from './pod.ts';

export type { Cell, Column, Printer } from './column.ts';
export { podSummary } from './pod.ts';
export { endpointsText, eventInterval, nodeStatus } from './cluster.ts';

const PRINTERS: Readonly<Record<string, Printer>> = {
  Pod: podPrinter, Deployment: workload.deploymentPrinter, ReplicaSet: workload.replicaSetPrinter, ReplicationController: workload.replicationControllerPrinter, DaemonSet: workload.daemonSetPrinter, StatefulSet: workload.statefulSetPrinter,
  Job: workload.jobPrinter, CronJob: workload.cronJobPrinter, ControllerRevision: workload.controllerRevisionPrinter,
  Node: cluster.nodePrinter, Namespace: cluster.namespacePrinter, Service: cluster.servicePrinter, Endpoints: cluster.endpointsPrinter, EndpointSlice: cluster.endpointSlicePrinter, ConfigMap: cluster.configMapPrinter, Secret: cluster.secretPrinter,
  ServiceAccount: cluster.serviceAccountPrinter, Lease: cluster.leasePrinter, Event: cluster.eventPrinter,
  Role: policy.rolePrinter, ClusterRole: policy.rolePrinter, RoleBinding: policy.roleBindingPrinter, ClusterRoleBinding: policy.roleBindingPrinter, PriorityClass: policy.priorityClassPrinter, CertificateSigningRequest: policy.csrPrinter,
  APIService: policy.apiServicePrinter, CSINode: policy.csiNodePrinter, FlowSchema: policy.flowSchemaPrinter, PriorityLevelConfiguration: policy.priorityLevelPrinter, NetworkPolicy: policy.networkPolicyPrinter, StorageClass: policy.storageClassPrinter,
  PersistentVolumeClaim: policy.pvcPrinter, PersistentVolume: policy.pvPrinter, IPAddress: policy.ipAddressPrinter, ServiceCIDR: policy.serviceCidrPrinter, Ingress: policy.ingressPrinter, HorizontalPodAutoscaler: classes.autoscalerPrinter,
  IngressClass: classes.ingressClassPrinter, ResourceQuota: classes.resourceQuotaPrinter, RuntimeClass: classes.runtimeClassPrinter, CSIDriver: classes.csiDriverPrinter, VolumeAttachment: classes.volumeAttachmentPrinter, PodTemplate: classes.podTemplatePrinter,
  PodDisruptionBudget: policy.pdbPrinter, ComponentStatus: policy.componentStatusPrinter, MutatingWebhookConfiguration: policy.webhookPrinter, ValidatingWebhookConfiguration: policy.webhookPrinter,
  LimitRange: policy.namedPrinter, CustomResourceDefinition: policy.namedPrinter,
};

/** Columns and rows of a kind; `now` in µs. Kinds without a printer of their own show name and age. */
export const printerOf = (kind: string): Printer => PRINTERS[kind] ?? policy.agedPrinter;
