/** What a pod's or a persistent volume consists of. Not modelled: the cloud providers' disks, which print as `<unknown>`. */
import type { PersistentVolume, ProjectedSource, StringMap, Volume } from '../types.ts';
import { amount, sortedKeys } from './lines.ts';
import type { Sheet } from './writer.ts';

type Row = readonly [string, string | number | boolean];
const rows = (sheet: Sheet, type: string, list: readonly Row[]): void => {
  sheet.line(2, `Type:\t${type}`);
  for (const [key, value] of list) sheet.line(2, `${key}:\t${value}`);
};
type Source = Volume & PersistentVolume['spec'] & {
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
  readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec: { readonly storageClassName?: string; readonly volumeMode?: string } } };
};

function projected(sheet: Sheet, sources: readonly ProjectedSource[]): void {
  sheet.line(2, 'Type:\tProjected (a volume that contains injected data from multiple sources)');
  for (const source of sources) {
    const { secret, configMap, downwardAPI, serviceAccountToken } = source as ProjectedSource & { readonly downwardAPI?: unknown };
    if (secret !== undefined) sheet.line(2, `SecretName:\t${secret.name ?? ''}\n    Optional:\t${secret.optional === true}`);
    else if (downwardAPI !== undefined) sheet.line(2, 'DownwardAPI:\ttrue');
    else if (configMap !== undefined) sheet.line(2, `ConfigMapName:\t${configMap.name ?? ''}\n    Optional:\t${configMap.optional === true}`);
    else if (serviceAccountToken !== undefined) sheet.line(2, `TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 3600}`);
  }
}
function downward(sheet: Sheet, { items = [] }: NonNullable<Volume['downwardAPI']>): void {
  sheet.line(2, 'Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:');
  for (const { fieldRef, resourceFieldRef, path } of items) sheet.line(3, `${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`);
}
function attributes(sheet: Sheet, map: StringMap | undefined): void {
  const keys = sortedKeys(map);
  sheet.line(2, keys.length === 0 ? 'VolumeAttributes:\t<none>' : `VolumeAttributes:\t    ${keys[0]}=${map![keys[0]!]}`);
  for (const key of keys.slice(1)) sheet.line(2, `    \t    ${key}=${map![key]}`);
}

/** The lines of one volume's source. */
export function source(sheet: Sheet, given: Volume | PersistentVolume['spec']): void {
  const v = given as Source;
  const readOnly = (flag: boolean | undefined): Row => ['ReadOnly', flag === true];
  if (v.hostPath) rows(sheet, 'HostPath (bare host directory volume)', [['Path', v.hostPath.path], ['HostPathType', v.hostPath.type ?? '<none>']]);
  else if (v.emptyDir) {
    const limit = amount(v.emptyDir.sizeLimit);
    rows(sheet, "EmptyDir (a temporary directory that shares a pod's lifetime)", [['Medium', v.emptyDir.medium ?? ''], ['SizeLimit', limit === '0' ? '<unset>' : limit]]);
  } else if (v.secret) rows(sheet, 'Secret (a volume populated by a Secret)', [['SecretName', v.secret.secretName ?? ''], ['Optional', v.secret.optional === true]]);
  else if (v.configMap) rows(sheet, 'ConfigMap (a volume populated by a ConfigMap)', [['Name', v.configMap.name ?? ''], ['Optional', v.configMap.optional === true]]);
  else if (v.nfs) rows(sheet, 'NFS (an NFS mount that lasts the lifetime of a pod)', [['Server', v.nfs.server], ['Path', v.nfs.path], readOnly(v.nfs.readOnly)]);
  else if (v.persistentVolumeClaim) rows(sheet, 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)', [['ClaimName', v.persistentVolumeClaim.claimName], readOnly(v.persistentVolumeClaim.readOnly)]);
  else if (v.ephemeral) {
    const spec = v.ephemeral.volumeClaimTemplate?.spec;
    rows(sheet, 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)', [['StorageClass', spec?.storageClassName ?? ''], ['Volume', '']]);
  } else if (v.downwardAPI) downward(sheet, v.downwardAPI);
  else if (v.local) rows(sheet, 'LocalVolume (a persistent volume backed by local storage on a node)', [['Path', v.local.path]]);
  else if (v.projected) projected(sheet, v.projected.sources ?? []);
  else if (v.csi) {
    const handle: readonly Row[] = v.csi.volumeHandle === undefined ? [] : [['VolumeHandle', v.csi.volumeHandle]];
    rows(sheet, 'CSI (a Container Storage Interface (CSI) volume source)', [['Driver', v.csi.driver], ['FSType', v.csi.fsType ?? ''], ...handle, readOnly(v.csi.readOnly)]);
    attributes(sheet, v.csi.volumeAttributes);
  } else if (v.image) rows(sheet, 'Image (a container image or OCI artifact)', [['Reference', v.image.reference ?? ''], ['PullPolicy', v.image.pullPolicy ?? '']]);
  else sheet.line(1, '<unknown>');
}

/** A pod's volumes. `indent`: two spaces within a pod template. */
export function volumes(sheet: Sheet, list: readonly Volume[] | undefined, indent: string): void {
  if (list === undefined || list.length === 0) return sheet.line(0, `${indent}Volumes:\t<none>`);
  sheet.line(0, `${indent}Volumes:`);
  for (const volume of list) {
    sheet.line(1, `${indent === '' ? '' : ' '}${volume.name}:`);
    source(sheet, volume);
  }
}
