/** Services, configuration and RBAC. Models pkg/apis/core/validation and pkg/apis/rbac/validation. */
import { configKey, dns1035Label } from '../../../base/names.ts';
import { deepEqual } from '../../../base/json.ts';
import { at, text } from '../context.ts';
import type { Obj } from '../store.ts';
import { forbiddenField, immutable, invalidValue, nonNegative, PORT_RANGE, portFault, required, unsupported, type FieldFault } from './fault.ts';
import { labelsFaults } from './metadata.ts';

interface Port { readonly name?: string; readonly port?: number; readonly protocol?: string; readonly nodePort?: number; readonly targetPort?: number | string }
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

function servicePortFaults(port: Port, i: number, several: boolean, type: string, names: Set<string>): FieldFault[] {
  const here = `spec.ports[${i}]`;
  const faults: FieldFault[] = [];
  const { name = '' } = port;
  if (name === '' && several) faults.push(required(`${here}.name`));
  if (name !== '') faults.push(...dns1035Label(name).length === 0 || /^[0-9a-z]/.test(name) ? [] : dns1035Label(name).map((detail) => invalidValue(`${here}.name`, name, detail)), ...(names.has(name) ? [{ field: `${here}.name`, message: `Duplicate value: ${JSON.stringify(name)}` }] : []));
  names.add(name);
  if (portFault(port.port)) faults.push(invalidValue(`${here}.port`, port.port ?? 0, PORT_RANGE));
  if (!['TCP', 'UDP', 'SCTP'].includes(port.protocol ?? '')) faults.push(unsupported(`${here}.protocol`, port.protocol ?? '', ['TCP', 'UDP', 'SCTP']));
  if (typeof port.targetPort === 'number' && portFault(port.targetPort)) faults.push(invalidValue(`${here}.targetPort`, port.targetPort, PORT_RANGE));
  if (type === 'ClusterIP' && (port.nodePort ?? 0) !== 0) faults.push(forbiddenField(`${here}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
  return faults;
}

export function serviceFaults(object: Obj): FieldFault[] {
  const ports = (at(object, 'spec', 'ports') ?? []) as readonly Port[];
  const type = text(object, 'spec', 'type');
  const names = new Set<string>();
  const headless = text(object, 'spec', 'clusterIP') === 'None';
  return [
    ...(ports.length === 0 && !headless && type !== 'ExternalName' ? [required('spec.ports')] : []), ...(TYPES.includes(type) ? [] : [unsupported('spec.type', type, TYPES)]),
    ...ports.flatMap((port, i) => servicePortFaults(port, i, ports.length > 1, type, names)), ...labelsFaults(at(object, 'spec', 'selector') as Readonly<Record<string, string>> | undefined, 'spec.selector'),
    ...(type === 'ExternalName' && text(object, 'spec', 'externalName') === '' ? [required('spec.externalName')] : []),
  ];
}
export function serviceUpdateFaults(next: Obj, old: Obj): FieldFault[] {
  const [now, before] = [text(next, 'spec', 'clusterIP'), text(old, 'spec', 'clusterIP')];
  if (text(old, 'spec', 'type') === 'ExternalName' || text(next, 'spec', 'type') === 'ExternalName' || now === '' || before === '' || now === before) return [];
  return [{ field: 'spec.clusterIPs[0]', message: `Invalid value: []string{${JSON.stringify(now)}}: may not change once set` }];
}

export const configFaults = (object: Obj): FieldFault[] => [...Object.keys((object.data ?? {}) as object), ...Object.keys((object.binaryData ?? {}) as object)].flatMap((key) => configKey(key).map((detail) => invalidValue(`data[${key}]`, key, detail)));
export function configUpdateFaults(next: Obj, old: Obj, secret: boolean): FieldFault[] {
  const faults: FieldFault[] = secret && next.type !== old.type ? [immutable('type', next.type)] : [];
  if (old.immutable !== true) return faults;
  if (next.immutable !== true) faults.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'));
  if (!deepEqual(next.data, old.data)) faults.push(forbiddenField('data', 'field is immutable when `immutable` is set'));
  return faults;
}

interface Rule { readonly verbs?: readonly string[]; readonly apiGroups?: readonly string[]; readonly resources?: readonly string[]; readonly nonResourceURLs?: readonly string[] }
export const roleFaults = (object: Obj): FieldFault[] => ((object.rules ?? []) as readonly Rule[]).flatMap((rule, i) => [
  ...((rule.verbs ?? []).length === 0 ? [required(`rules[${i}].verbs`, 'verbs must contain at least one value')] : []),
  ...((rule.nonResourceURLs ?? []).length > 0 ? [] : [...((rule.apiGroups ?? []).length === 0 ? [required(`rules[${i}].apiGroups`, 'resource rules must supply at least one api group')] : []), ...((rule.resources ?? []).length === 0 ? [required(`rules[${i}].resources`, 'resource rules must supply at least one resource')] : [])]),
]);
export function bindingFaults(object: Obj): FieldFault[] {
  const kind = text(object, 'roleRef', 'kind');
  return [...(['Role', 'ClusterRole'].includes(kind) ? [] : [unsupported('roleRef.kind', kind, ['ClusterRole', 'Role'])]), ...(text(object, 'roleRef', 'name') === '' ? [required('roleRef.name')] : []),
    ...((object.subjects ?? []) as readonly unknown[]).flatMap((subject, i) => [
      ...(text(subject, 'name') === '' ? [required(`subjects[${i}].name`)] : []), ...(['ServiceAccount', 'User', 'Group'].includes(text(subject, 'kind')) ? [] : [unsupported(`subjects[${i}].kind`, text(subject, 'kind'), ['Group', 'ServiceAccount', 'User'])]),
      ...(text(subject, 'kind') === 'ServiceAccount' && text(subject, 'namespace') === '' ? [required(`subjects[${i}].namespace`)] : []),
    ])];
}
export const bindingUpdateFaults = (next: Obj, old: Obj): FieldFault[] => (deepEqual(next.roleRef, old.roleRef) ? [] : [invalidValue('roleRef', next.roleRef, 'cannot change roleRef')]);

export function autoscalerFaults(object: Obj): FieldFault[] {
  const [min, max] = [at(object, 'spec', 'minReplicas'), at(object, 'spec', 'maxReplicas')];
  if (typeof max !== 'number' || max < 1) return [invalidValue('spec.maxReplicas', max ?? 0, 'must be greater than 0')];
  return typeof min === 'number' && min > max ? [invalidValue('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`')] : nonNegative('spec.minReplicas', min);
}
