/** A pod's volumes: one source each, with paths that stay inside. */
import { dns1123Label } from '../../base/names.ts';
import type { KeyToPath, ProjectedSource, Volume } from '../types.ts';
import { each, forbidden, invalid, named, oneOf, repeated, required } from './fault.ts';
import type { Fault, Faults } from './fault.ts';

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

const backsteps = (field: string, path: string): Faults => (path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : []);
/** A path below a volume. */
export function relativePath(field: string, path: string): Faults {
  return [...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []), ...backsteps(field, path)];
}
function localPath(field: string, path: string): Faults {
  if (path === '') return [required(field)];
  const dots = path.startsWith('..') && !path.startsWith('../') && path !== '..' ? [invalid(field, path, "must not start with '..'")] : [];
  return [...relativePath(field, path), ...dots];
}
const mode = (field: string, value: number | undefined): Faults => (value !== undefined && (value < 0 || value > 0o777) ? [invalid(field, value, 'must be a number between 0 and 0777 (octal), both inclusive')] : []);
const items = (field: string, list: readonly KeyToPath[] | undefined): Faults => each(`${field}.items`, list, ({ key, path, mode: bits }, at) =>
  [...(key === '' ? [required(`${at}.key`)] : []), ...localPath(`${at}.path`, path ?? ''), ...mode(`${at}.mode`, bits)]);
const present = (field: string, value: string | undefined): Faults => (value === undefined || value === '' ? [required(field)] : []);

function projected(field: string, sources: readonly ProjectedSource[] | undefined): Faults {
  return each(`${field}.sources`, sources, (source, at) => {
    const kinds = Object.keys(source).filter((key) => source[key as keyof ProjectedSource] !== undefined);
    if (kinds.length === 0) return [required(at, 'must specify a supported projection source')];
    const { secret, configMap, serviceAccountToken: token } = source;
    return [...kinds.slice(1).map((key) => forbidden(`${at}.${key}`, 'may not specify more than 1 volume type per source')),
      ...(secret === undefined ? [] : [...present(`${at}.secret.name`, secret.name), ...items(`${at}.secret`, secret.items)]),
      ...(configMap === undefined ? [] : [...present(`${at}.configMap.name`, configMap.name), ...items(`${at}.configMap`, configMap.items)]),
      ...(token === undefined ? [] : [...((token.expirationSeconds ?? 3600) < 600 ? [invalid(`${at}.serviceAccountToken.expirationSeconds`, token.expirationSeconds, 'may not specify a duration less than 10 minutes')] : []), ...present(`${at}.serviceAccountToken.path`, token.path)])];
  });
}

function source(field: string, volume: Volume): Faults {
  const { hostPath, secret, configMap, persistentVolumeClaim: claim } = volume;
  const kinds = Object.keys(volume).filter((key) => key !== 'name' && volume[key as keyof Volume] !== undefined && volume[key as keyof Volume] !== null);
  if (kinds.length === 0) return [required(field, 'must specify a volume type')];
  return [...kinds.slice(1).map((key): Fault => forbidden(`${field}.${key}`, 'may not specify more than 1 volume type')),
    ...(hostPath === undefined ? [] : [...present(`${field}.hostPath.path`, hostPath.path), ...backsteps(`${field}.hostPath.path`, hostPath.path ?? ''), ...(hostPath.type === undefined || hostPath.type === '' ? [] : oneOf(`${field}.hostPath.type`, hostPath.type, HOST_PATH_TYPES))]),
    ...(secret === undefined ? [] : [...present(`${field}.secret.secretName`, secret.secretName), ...mode(`${field}.secret.defaultMode`, secret.defaultMode), ...items(`${field}.secret`, secret.items)]),
    ...(configMap === undefined ? [] : [...present(`${field}.configMap.name`, configMap.name), ...mode(`${field}.configMap.defaultMode`, configMap.defaultMode), ...items(`${field}.configMap`, configMap.items)]),
    ...(claim === undefined ? [] : present(`${field}.persistentVolumeClaim.claimName`, claim.claimName)),
    ...(volume.projected === undefined ? [] : [...mode(`${field}.projected.defaultMode`, volume.projected.defaultMode), ...projected(`${field}.projected`, volume.projected.sources)])];
}

/** All volumes of a pod. */
export function volumes(field: string, list: readonly Volume[] | undefined): Faults {
  const own = each(field, list, (volume, path) => {
    const name = volume.name ?? '';
    return [...(name === '' ? [required(`${path}.name`)] : named(`${path}.name`, name, dns1123Label)), ...source(path, volume)];
  });
  return [...own, ...repeated(field, list, (volume) => volume.name ?? '', '.name')];
}
