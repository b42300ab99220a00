/** Names, labels and annotations. Models apimachinery pkg/api/validation/objectmeta.go. */
import type { Resource } from '../../../api/registry.ts';
import { meta } from '../context.ts';
import type { Obj } from '../store.ts';
import { invalidValue, label1035Faults, labelFaults, labelValueFaults, qualifiedNameFaults, required, segmentFaults, subdomainFaults, type FieldFault } from './fault.ts';

const asLabel: readonly string[] = ['namespaces'];
const as1035: readonly string[] = ['services'];
const asSegment: readonly string[] = ['apiservices', 'roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'];

function nameFaults(resource: Resource, name: string): string[] {
  if (asSegment.includes(resource.name)) return segmentFaults(name);
  return as1035.includes(resource.name) ? label1035Faults(name) : asLabel.includes(resource.name) ? labelFaults(name) : subdomainFaults(name);
}

export function labelsFaults(labels: Readonly<Record<string, string>> | undefined, field: string): FieldFault[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameFaults(key).map((detail) => invalidValue(field, key, detail)), ...labelValueFaults(value).map((detail) => invalidValue(field, value, detail)),
  ]);
}

export function metadataFaults(resource: Resource, object: Obj): FieldFault[] {
  const { name = '', labels, annotations } = meta(object);
  const named = name === '' ? [required('metadata.name', 'name or generateName is required')] : nameFaults(resource, name).map((detail) => invalidValue('metadata.name', name, detail));
  const noted = Object.keys(annotations ?? {}).flatMap((key) => qualifiedNameFaults(key.toLowerCase()).map((detail) => invalidValue('metadata.annotations', key, detail)));
  return [...named, ...labelsFaults(labels, 'metadata.labels'), ...noted];
}
