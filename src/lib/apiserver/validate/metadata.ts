/** Names, labels and annotations. Models apimachinery pkg/api/validation/objectmeta.go. */
import { dns1035Label, dns1123Label, dns1123Subdomain, labelValue, pathSegment, qualifiedName } from '../../../base/names.ts';
import type { Resource } from '../../../api/registry.ts';
import { meta } from '../context.ts';
import type { Obj } from '../store.ts';
import { invalidValue, required, type FieldFault } from './fault.ts';

const asLabel: readonly string[] = ['namespaces'];
const as1035: readonly string[] = ['services'];
const asSegment: readonly string[] = ['apiservices', 'roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'];

function nameFaults(resource: Resource, name: string): readonly string[] {
  if (asSegment.includes(resource.name)) return pathSegment(name);
  return as1035.includes(resource.name) ? dns1035Label(name) : asLabel.includes(resource.name) ? dns1123Label(name) : dns1123Subdomain(name);
}

export function labelsFaults(labels: Readonly<Record<string, string>> | undefined, field: string): FieldFault[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedName(key).map((detail) => invalidValue(field, key, detail)), ...labelValue(value).map((detail) => invalidValue(field, value, detail)),
  ]);
}

export function metadataFaults(resource: Resource, object: Obj): FieldFault[] {
  const { name = '', labels, annotations } = meta(object);
  const named = name === '' ? [required('metadata.name', 'name or generateName is required')] : nameFaults(resource, name).map((detail) => invalidValue('metadata.name', name, detail));
  const noted = Object.keys(annotations ?? {}).flatMap((key) => qualifiedName(key.toLowerCase()).map((detail) => invalidValue('metadata.annotations', key, detail)));
  return [...named, ...labelsFaults(labels, 'metadata.labels'), ...noted];
}
