/** `kubectl describe` of volumes, claims, storage classes and CSI nodes. */
import type { CSINode, PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../types.ts';
import { accessModes } from '../columns/policy.ts';
import { events } from './events.ts';
import { amount, annotations, capitalBool, column, dateLine, goList, heading, labelLine, labels, orNone, sinceLine } from './lines.ts';
import type { Describer } from './related.ts';
import { source } from './volumes.ts';
import { Sheet } from './writer.ts';

const state = ({ metadata, status }: PersistentVolume | PersistentVolumeClaim, now: number): string =>
  (metadata.deletionTimestamp === undefined ? status?.phase ?? '' : `Terminating (lasts ${sinceLine(metadata.deletionTimestamp, now)})`);

interface Expression { readonly key: string; readonly operator?: string; readonly values?: readonly string[] }
/** `Term 0:  topology.kubernetes.io/zone in [a, b]` */
function term(sheet: Sheet, level: number, index: number, expressions: readonly Expression[]): void {
  const texts = expressions.map(({ key, operator = 'In', values = [] }) => `${key} ${operator.toLowerCase()}${values.length === 0 ? '' : ` [${values.join(', ')}]`}`);
  column(sheet, `Term ${index}`, texts, '  '.repeat(level));
}
function affinity(sheet: Sheet, { nodeAffinity }: PersistentVolume['spec']): void {
  const terms = nodeAffinity?.required?.nodeSelectorTerms;
  if (terms === undefined) return sheet.line(0, 'Node Affinity:\t<none>');
  sheet.line(0, `Node Affinity:\t\n  Required Terms:\t${terms.length === 0 ? '<none>' : ''}`);
  terms.forEach(({ matchExpressions = [] }, i) => term(sheet, 2, i, matchExpressions));
}
export const persistentVolume: Describer<PersistentVolume> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    heading(sheet, object, false);
    sheet.line(0, `Finalizers:\t${goList(metadata.finalizers)}\nStorageClass:\t${spec.storageClassName ?? ''}\nStatus:\t${state(object, now)}`);
    sheet.line(0, `Claim:\t${spec.claimRef === undefined ? '' : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`}`);
    sheet.line(0, `Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ''}\nAccess Modes:\t${accessModes(spec.accessModes)}`);
    if (spec.volumeMode !== undefined) sheet.line(0, `VolumeMode:\t${spec.volumeMode}`);
    sheet.line(0, `Capacity:\t${amount(spec.capacity?.['storage'])}`);
    affinity(sheet, spec);
    sheet.line(0, `Message:\t${status?.message ?? ''}\nSource:`);
    source(sheet, spec);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

/** Pods that use the claim, or own it. */
function users({ metadata }: PersistentVolumeClaim, pods: readonly Pod[]): readonly string[] {
  const uses = (pod: Pod): boolean => (pod.spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === metadata.name);
  const owns = (pod: Pod): boolean => metadata.ownerReferences?.some(({ kind, uid }) => kind === 'Pod' && uid === pod.metadata.uid) === true;
  return pods.filter((pod) => uses(pod) || owns(pod)).map((pod) => pod.metadata.name).sort();
}
export const persistentVolumeClaim: Describer<PersistentVolumeClaim> = {
  needs: ['pods:namespace'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    const bound = (spec.volumeName ?? '') !== '';
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nStorageClass:\t${spec.storageClassName ?? ''}\nStatus:\t${state(object, now)}\nVolume:\t${spec.volumeName ?? ''}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    sheet.line(0, `Finalizers:\t${goList(metadata.finalizers)}\nCapacity:\t${bound ? amount(status?.capacity?.['storage']) : ''}\nAccess Modes:\t${bound ? accessModes(status?.accessModes) : ''}`);
    if (spec.volumeMode !== undefined) sheet.line(0, `VolumeMode:\t${spec.volumeMode}`);
    if (spec.dataSource !== undefined) sheet.line(0, `DataSource:${spec.dataSource.apiGroup === undefined ? '' : `\n  APIGroup:\t${spec.dataSource.apiGroup}`}\n  Kind:\t${spec.dataSource.kind}\n  Name:\t${spec.dataSource.name}`);
    column(sheet, 'Used By', users(object, Array.isArray(related.pods) ? related.pods : []));
    const conditions = status?.conditions ?? [];
    if (conditions.length > 0) sheet.line(0, 'Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n  ----\t------\t-----------------\t------------------\t------\t-------');
    for (const c of conditions) sheet.line(1, `${c.type} \t${c.status} \t${dateLine(c.lastProbeTime)} \t${dateLine(c.lastTransitionTime)} \t${c.reason ?? ''} \t${c.message ?? ''}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

const isDefault = ({ metadata: { annotations: map } }: StorageClass): boolean => map?.['storageclass.kubernetes.io/is-default-class'] === 'true' || map?.['storageclass.beta.kubernetes.io/is-default-class'] === 'true';
export const storageClass: Describer<StorageClass> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const options = object.mountOptions ?? [];
    sheet.line(0, `Name:\t${object.metadata.name}\nIsDefaultClass:\t${isDefault(object) ? 'Yes' : 'No'}\nAnnotations:\t${labelLine(object.metadata.annotations)}`);
    sheet.line(0, `Provisioner:\t${object.provisioner}\nParameters:\t${labelLine(object.parameters)}\nAllowVolumeExpansion:\t${capitalBool(object.allowVolumeExpansion)}`);
    sheet.line(0, options.length === 0 ? 'MountOptions:\t<none>' : 'MountOptions:');
    for (const option of options) sheet.line(1, option);
    if (object.reclaimPolicy !== undefined) sheet.line(0, `ReclaimPolicy:\t${object.reclaimPolicy}`);
    if (object.volumeBindingMode !== undefined) sheet.line(0, `VolumeBindingMode:\t${object.volumeBindingMode}`);
    const topologies = object.allowedTopologies;
    if (topologies !== undefined) sheet.line(0, `AllowedTopologies:\t${topologies.length === 0 ? '<none>' : ''}`);
    topologies?.forEach(({ matchLabelExpressions = [] }, i) => term(sheet, 1, i, matchLabelExpressions));
    events(sheet, related.events, now);
    return sheet.text();
  },
};
export const csiNode: Describer<CSINode> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    sheet.line(0, `CreationTimestamp:\t${dateLine(object.metadata.creationTimestamp)}\nSpec:`);
    const drivers = object.spec.drivers ?? [];
    if (drivers.length > 0) sheet.line(1, 'Drivers:');
    for (const { name, nodeID, allocatable, topologyKeys } of drivers) {
      sheet.line(2, `${name}:`);
      sheet.line(3, `Node ID:\t${orNone(nodeID)}`);
      if (allocatable?.count !== undefined) sheet.line(3, `Allocatables:\n        Count:\t${allocatable.count}`);
      if (topologyKeys !== undefined) sheet.line(3, `Topology Keys:\t${goList(topologyKeys)}`);
    }
    events(sheet, related.events, now);
    return sheet.text();
  },
};
