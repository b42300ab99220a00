/** What the scheduler watches: a row for each informer, in the order in which upstream's complaints come. */
import type { InformerSpec } from '../../lib/informer/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';

const ROWS: readonly (readonly [resource: string, group: string, kind: string])[] = [
  ['poddisruptionbudgets', 'policy', 'PodDisruptionBudget'], ['nodes', '', 'Node'], ['persistentvolumeclaims', '', 'PersistentVolumeClaim'], ['replicationcontrollers', '', 'ReplicationController'], ['services', '', 'Service'],
  ['persistentvolumes', '', 'PersistentVolume'], ['statefulsets', 'apps', 'StatefulSet'], ['pods', '', 'Pod'], ['storageclasses', 'storage.k8s.io', 'StorageClass'], ['replicasets', 'apps', 'ReplicaSet'],
  ['csidrivers', 'storage.k8s.io', 'CSIDriver'], ['csinodes', 'storage.k8s.io', 'CSINode'], ['namespaces', '', 'Namespace'], ['volumeattachments', 'storage.k8s.io', 'VolumeAttachment'], ['csistoragecapacities', 'storage.k8s.io', 'CSIStorageCapacity'],
];

export const CLIENT_CA = 'client-ca::kube-system::extension-apiserver-authentication::client-ca-file';

/** The informers that must be filled before the scheduler stands for election. */
export const schedulingInformers = (config: RestConfig): InformerSpec[] => ROWS.map(([resource, group, kind]) => ({
  name: resource, ref: { group, resource }, config, type: `*v1.${kind}`,
  ...(resource === 'pods' ? { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' } : {}),
}));

/** The cluster's client authority, watched for those who come with a certificate. */
export const clientCaInformer = (config: RestConfig): InformerSpec => ({
  name: 'client-ca', ref: { group: '', resource: 'configmaps', namespace: 'kube-system' }, config, type: '*v1.ConfigMap', reflector: 'runtime/asm_amd64.s:1700', fieldSelector: 'metadata.name=extension-apiserver-authentication',
});
