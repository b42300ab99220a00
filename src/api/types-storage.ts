/** Types of volumes, claims and their classes. */
import type { ApiObject, Condition, NodeSelectorTerm, ObjectReference, Quantity, ResourceRequirements, StringMap, Volume } from './types.ts';

export interface PersistentVolumeClaim extends ApiObject {
  readonly spec: { readonly accessModes?: readonly string[]; readonly resources?: ResourceRequirements; readonly storageClassName?: string; readonly volumeMode?: string; readonly volumeName?: string; readonly dataSource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string } };
  readonly status?: { readonly phase?: string; readonly accessModes?: readonly string[]; readonly capacity?: Readonly<Record<string, Quantity>>; readonly conditions?: readonly Condition[] };
}
export interface PersistentVolume extends ApiObject {
  readonly spec: Pick<Volume, 'hostPath'> & {
    readonly capacity?: Readonly<Record<string, Quantity>>; readonly accessModes?: readonly string[]; readonly persistentVolumeReclaimPolicy?: string; readonly claimRef?: ObjectReference; readonly storageClassName?: string; readonly volumeMode?: string;
    readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms: readonly NodeSelectorTerm[] } };
    readonly local?: { readonly path: string }; readonly nfs?: { readonly server: string; readonly path: string; readonly readOnly?: boolean };
    readonly csi?: { readonly driver: string; readonly volumeHandle: string; readonly fsType?: string; readonly readOnly?: boolean; readonly volumeAttributes?: StringMap };
  };
  readonly status?: { readonly phase?: string; readonly message?: string; readonly reason?: string };
}
export interface StorageClass extends ApiObject {
  readonly provisioner: string; readonly parameters?: StringMap; readonly reclaimPolicy?: string; readonly mountOptions?: readonly string[]; readonly allowVolumeExpansion?: boolean; readonly volumeBindingMode?: string;
  readonly allowedTopologies?: readonly { readonly matchLabelExpressions?: readonly { readonly key: string; readonly values?: readonly string[] }[] }[];
}
export interface CSINode extends ApiObject { readonly spec: { readonly drivers?: readonly { readonly name: string; readonly nodeID: string; readonly topologyKeys?: readonly string[]; readonly allocatable?: { readonly count?: number } }[] | null } }
