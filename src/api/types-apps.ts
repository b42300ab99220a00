/** Types of workloads beyond types.ts: stateful sets, jobs, budgets, autoscalers. */
import type { ApiObject, Condition, IntOrString, LabelSelector, ObjectReference, PodTemplateSpec, Quantity, StringMap, Time } from './types.ts';
import type { PersistentVolumeClaim } from './types-storage.ts';

export interface ReplicationController extends ApiObject {
  readonly spec: { readonly replicas?: number; readonly selector?: StringMap; readonly template?: PodTemplateSpec; readonly minReadySeconds?: number };
  readonly status?: { readonly replicas: number; readonly readyReplicas?: number; readonly availableReplicas?: number; readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}
export interface StatefulSet extends ApiObject {
  readonly spec: {
    readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplateSpec; readonly serviceName?: string; readonly podManagementPolicy?: string; readonly minReadySeconds?: number; readonly revisionHistoryLimit?: number;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number; readonly maxUnavailable?: IntOrString } };
    readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[]; readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  };
  readonly status?: { readonly replicas: number; readonly readyReplicas?: number; readonly currentReplicas?: number; readonly updatedReplicas?: number; readonly availableReplicas?: number; readonly currentRevision?: string; readonly updateRevision?: string; readonly observedGeneration?: number; readonly collisionCount?: number; readonly conditions?: readonly Condition[] };
}
export interface ControllerRevision extends ApiObject { readonly revision: number; readonly data?: unknown }
export interface JobSpec {
  readonly completions?: number; readonly parallelism?: number; readonly backoffLimit?: number; readonly activeDeadlineSeconds?: number; readonly ttlSecondsAfterFinished?: number; readonly suspend?: boolean; readonly completionMode?: string;
  readonly manualSelector?: boolean; readonly selector?: LabelSelector; readonly template: PodTemplateSpec;
}
export interface Job extends ApiObject {
  readonly spec: JobSpec;
  readonly status?: { readonly active?: number; readonly ready?: number; readonly succeeded?: number; readonly failed?: number; readonly terminating?: number; readonly startTime?: Time; readonly completionTime?: Time; readonly completedIndexes?: string; readonly conditions?: readonly Condition[] };
}
export interface CronJob extends ApiObject {
  readonly spec: { readonly schedule: string; readonly timeZone?: string; readonly suspend?: boolean; readonly concurrencyPolicy?: string; readonly startingDeadlineSeconds?: number; readonly successfulJobsHistoryLimit?: number; readonly failedJobsHistoryLimit?: number; readonly jobTemplate: { readonly spec: JobSpec } };
  readonly status?: { readonly active?: readonly ObjectReference[]; readonly lastScheduleTime?: Time; readonly lastSuccessfulTime?: Time };
}
export interface PodDisruptionBudget extends ApiObject {
  readonly spec: { readonly minAvailable?: IntOrString; readonly maxUnavailable?: IntOrString; readonly selector?: LabelSelector };
  readonly status?: { readonly disruptionsAllowed: number; readonly currentHealthy: number; readonly desiredHealthy: number; readonly expectedPods: number; readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
}
export interface MetricTarget { readonly type: string; readonly value?: Quantity; readonly averageValue?: Quantity; readonly averageUtilization?: number }
export interface ResourceMetric { readonly name: string; readonly container?: string; readonly target?: MetricTarget; readonly current?: Omit<MetricTarget, 'type'> }
export interface Metric { readonly type: string; readonly resource?: ResourceMetric; readonly containerResource?: ResourceMetric }
export interface ScalingRules { readonly stabilizationWindowSeconds?: number; readonly selectPolicy?: string; readonly policies?: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[] }
export interface HorizontalPodAutoscaler extends ApiObject {
  readonly spec: { readonly scaleTargetRef: ObjectReference; readonly minReplicas?: number; readonly maxReplicas: number; readonly metrics?: readonly Metric[]; readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules } };
  readonly status?: { readonly currentReplicas?: number; readonly desiredReplicas: number; readonly currentMetrics?: readonly Metric[]; readonly conditions?: readonly Condition[] };
}
