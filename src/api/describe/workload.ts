/** `kubectl describe` of deployments, replica sets, daemon sets, stateful sets and replication controllers. */
import { deepEqual } from '../../base/json.ts';
import type { Condition, DaemonSet, Deployment, Pod, PodTemplateSpec, ReplicaSet, ReplicationController, StatefulSet } from '../types.ts';
import { formatSelector } from '../../base/selector.ts';
import { events } from './events.ts';
import { amount, annotations, controllerOf, dateLine, goList, labelLine, labels, orNone, selectorLine } from './lines.ts';
import type { Describer, Related } from './related.ts';
import { podTemplate } from './template.ts';
import { Sheet } from './writer.ts';

function conditions(sheet: Sheet, list: readonly Condition[] | undefined): void {
  if (list === undefined || list.length === 0) return;
  sheet.line(0, 'Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------');
  for (const { type, status, reason } of list) sheet.line(1, `${type} \t${status}\t${reason ?? ''}`);
}

/** How many of the controller's own pods are in which phase. */
function podStates(uid: string, pods: Related['pods']): string {
  if (typeof pods === 'string') return `error in fetching pods: ${pods}`;
  const own = (pods ?? []).filter((pod: Pod) => pod.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid) === true);
  const count = (phase: string): number => own.filter((pod) => pod.status?.phase === phase).length;
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}

const HASH = 'pod-template-hash';
function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const bare = ({ metadata, spec }: PodTemplateSpec): unknown => {
    const { [HASH]: _hash, ...rest } = metadata?.labels ?? {};
    return { labels: rest, annotations: metadata?.annotations ?? {}, spec };
  };
  return deepEqual(bare(a), bare(b));
}
const created = (set: ReplicaSet): string => `${set.metadata.name} (${set.status?.replicas ?? 0}/${set.spec.replicas ?? 1} replicas created)`;
/** The set with the deployment's template, and all others. Models kubectl pkg/util/deployment. */
function replicaSets(sheet: Sheet, deployment: Deployment, found: readonly ReplicaSet[]): void {
  const key = ({ metadata }: ReplicaSet): string => `${metadata.creationTimestamp} ${metadata.name}`;
  const own = found.filter((set) => set.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === deployment.metadata.uid) === true).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const current = own.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  if (own.length === 0) return;
  sheet.line(0, `OldReplicaSets:\t${orNone(own.filter((set) => set !== current).map(created).join(', '))}`);
  sheet.line(0, `NewReplicaSet:\t${current === undefined ? '<none>' : created(current)}`);
}

export const deployment: Describer<Deployment> = {
  needs: ['replicaSets'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status = {} } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nCreationTimestamp:\t${dateLine(metadata.creationTimestamp)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `Selector:\t${selectorLine(spec.selector)}`);
    sheet.line(0, `Replicas:\t${spec.replicas ?? 1} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`);
    sheet.line(0, `StrategyType:\t${spec.strategy?.type ?? ''}\nMinReadySeconds:\t${spec.minReadySeconds ?? 0}`);
    const rolling = spec.strategy?.rollingUpdate;
    if (rolling !== undefined) sheet.line(0, `RollingUpdateStrategy:\t${rolling.maxUnavailable ?? ''} max unavailable, ${rolling.maxSurge ?? ''} max surge`);
    podTemplate(sheet, spec.template);
    conditions(sheet, status.conditions);
    replicaSets(sheet, object, related.replicaSets ?? []);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

export const replicaSet: Describer<ReplicaSet> = {
  needs: ['pods:selector'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nSelector:\t${formatSelector(spec.selector)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    const controller = controllerOf(object);
    if (controller !== '') sheet.line(0, `Controlled By:\t${controller}`);
    sheet.line(0, `Replicas:\t${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`);
    sheet.line(0, `Pods Status:\t${podStates(metadata.uid, related.pods)}`);
    podTemplate(sheet, spec.template);
    conditions(sheet, status?.conditions);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

export const replicationController: Describer<ReplicationController> = {
  needs: ['pods:selector'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nSelector:\t${labelLine(spec.selector)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `Replicas:\t${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`);
    sheet.line(0, `Pods Status:\t${podStates(metadata.uid, related.pods)}`);
    podTemplate(sheet, spec.template);
    conditions(sheet, status?.conditions);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

export const daemonSet: Describer<DaemonSet> = {
  needs: ['pods:selector'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nSelector:\t${selectorLine(spec.selector)}`);
    sheet.line(0, `Node-Selector:\t${labelLine(spec.template.spec.nodeSelector)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
    sheet.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
    sheet.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
    sheet.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
    sheet.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
    sheet.line(0, `Pods Status:\t${podStates(metadata.uid, related.pods)}`);
    podTemplate(sheet, spec.template);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

function claimTemplates(sheet: Sheet, { spec }: StatefulSet): void {
  const list = spec.volumeClaimTemplates ?? [];
  sheet.line(0, list.length === 0 ? 'Volume Claims:\t<none>' : 'Volume Claims:');
  for (const claim of list) {
    sheet.line(1, `Name:\t${claim.metadata.name}\n  StorageClass:\t${claim.spec.storageClassName ?? ''}`);
    labels(sheet, 'Labels', claim.metadata.labels, '  ');
    labels(sheet, 'Annotations', claim.metadata.annotations, '  ');
    const storage = claim.spec.resources?.requests?.['storage'];
    sheet.line(1, `Capacity:\t${storage === undefined ? '<default>' : amount(storage)}`);
    sheet.line(1, `Access Modes:\t${goList(claim.spec.accessModes)}`);
  }
}
export const statefulSet: Describer<StatefulSet> = {
  needs: ['pods:selector'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nCreationTimestamp:\t${dateLine(metadata.creationTimestamp)}\nSelector:\t${selectorLine(spec.selector)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `Replicas:\t${spec.replicas ?? 1} desired | ${status?.replicas ?? 0} total\nUpdate Strategy:\t${spec.updateStrategy?.type ?? ''}`);
    const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
    if (partition !== undefined) sheet.line(1, `Partition:\t${partition}`);
    if (partition !== undefined && maxUnavailable !== undefined) sheet.line(1, `MaxUnavailable:\t${maxUnavailable}`);
    sheet.line(0, `Pods Status:\t${podStates(metadata.uid, related.pods)}`);
    podTemplate(sheet, spec.template);
    claimTemplates(sheet, object);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
