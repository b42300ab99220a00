/** Containers: names, images, ports, environment, mounts, resources. Models pkg/apis/core/validation of v1.33. */
import { configKey, dns1123Label, envVarName, portName, portNumber } from '../../base/names.ts';
import { compareQuantity, formatQuantity, parseQuantity } from '../../base/quantity.ts';
import type { Container, ContainerPort, EnvVar, EnvVarSource, ResourceRequirements, Volume, VolumeMount } from '../types.ts';
import { duplicate, each, forbidden, invalid, named, notFound, oneOf, repeated, required, unsupported } from './fault.ts';
import type { Faults } from './fault.ts';
import { watching } from './probe.ts';
import { relativePath } from './volume.ts';

export interface ContainerContext { readonly volumes: readonly Volume[]; readonly hostNetwork: boolean; readonly allowPrivileged: boolean }

function ports(field: string, list: readonly ContainerPort[] | undefined, hostNetwork: boolean): Faults {
  const own = each(field, list, (port, path) => {
    const name = port.name ?? '';
    const number = port.containerPort ?? 0;
    return [...(name === '' ? [] : named(`${path}.name`, name, portName)),
      ...(number === 0 ? [required(`${path}.containerPort`)] : portNumber(number).map((problem) => invalid(`${path}.containerPort`, number, problem))),
      ...((port.hostPort ?? 0) === 0 ? [] : portNumber(port.hostPort!).map((problem) => invalid(`${path}.hostPort`, port.hostPort, problem))),
      ...oneOf(`${path}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']),
      ...(hostNetwork && port.hostPort !== number ? [invalid(`${path}.containerPort`, number, 'must match `hostPort` when `hostNetwork` is true')] : [])];
  });
  return [...own, ...repeated(field, list, (port) => port.name ?? '', '.name')];
}

const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];
function fieldRef(field: string, path: string | undefined): Faults {
  if (path === undefined || path === '') return [required(`${field}.fieldPath`)];
  if (FIELDS.includes(path) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(path)) return [];
  if (/^(metadata\.(labels|annotations)|status\.phase|spec\.(restartPolicy|schedulerName|hostNetwork))$/.test(path)) return [unsupported(`${field}.fieldPath`, path, FIELDS)];
  return [invalid(`${field}.fieldPath`, path, `error converting fieldPath: field label not supported: ${path}`)];
}
const keyRef = (field: string, ref: { readonly key?: string }): Faults => ((ref.key ?? '') === '' ? [required(`${field}.key`)] : named(`${field}.key`, ref.key!, configKey));
function valueFrom(field: string, source: EnvVarSource, value: string): Faults {
  const kinds = (['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'] as const).filter((kind) => source[kind] !== undefined);
  const count = kinds.length === 0 ? [invalid(field, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`')]
    : value !== '' ? [invalid(field, '', 'may not be specified when `value` is not empty')] : kinds.length > 1 ? [invalid(field, '', 'may not have more than one field specified at a time')] : [];
  return [...(source.fieldRef === undefined ? [] : fieldRef(`${field}.fieldRef`, source.fieldRef.fieldPath)), ...(source.configMapKeyRef === undefined ? [] : keyRef(`${field}.configMapKeyRef`, source.configMapKeyRef)),
    ...(source.secretKeyRef === undefined ? [] : keyRef(`${field}.secretKeyRef`, source.secretKeyRef)), ...count];
}
const env = (field: string, list: readonly EnvVar[] | undefined): Faults => each(field, list, ({ name = '', value = '', valueFrom: source }, path) =>
  [...(name === '' ? [required(`${path}.name`)] : named(`${path}.name`, name, envVarName)), ...(source === undefined ? [] : valueFrom(`${path}.valueFrom`, source, value))]);
const envFrom = (field: string, list: Container['envFrom']): Faults => each(field, list, ({ prefix = '', configMapRef, secretRef }, path) => {
  const count = configMapRef === undefined && secretRef === undefined ? [invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')] : configMapRef !== undefined && secretRef !== undefined ? [invalid(path, '', 'may not have more than one field specified at a time')] : [];
  return [...(prefix === '' ? [] : named(`${path}.prefix`, prefix, envVarName)), ...(configMapRef !== undefined && (configMapRef.name ?? '') === '' ? [required(`${path}.configMapRef.name`)] : []),
    ...(secretRef !== undefined && (secretRef.name ?? '') === '' ? [required(`${path}.secretRef.name`)] : []), ...count];
});

function mounts(field: string, list: readonly VolumeMount[] | undefined, container: Container, volumes: readonly Volume[]): Faults {
  const seen = new Set<string>();
  return each(field, list, (mount, path) => {
    const { name = '', mountPath = '', subPath = '', mountPropagation } = mount;
    const again = seen.has(mountPath);
    seen.add(mountPath);
    return [...(name === '' ? [required(`${path}.name`)] : volumes.some((volume) => volume.name === name) ? [] : [notFound(`${path}.name`, name)]), ...(mountPath === '' ? [required(`${path}.mountPath`)] : []),
      ...(again ? [invalid(`${path}.mountPath`, mountPath, 'must be unique')] : []), ...(subPath === '' ? [] : relativePath(`${path}.subPath`, subPath)),
      ...(mountPropagation === undefined ? [] : oneOf(`${path}.mountPropagation`, mountPropagation, ['Bidirectional', 'HostToContainer', 'None'])),
      ...(mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true ? [forbidden(`${path}.mountPropagation`, 'Bidirectional mount propagation is available only to privileged containers')] : [])];
  });
}

function resourceName(field: string, name: string): Faults {
  if (['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-')) return [];
  if (!name.includes('/')) return [invalid(field, name, 'must be a standard resource type or fully qualified'), invalid(field, name, 'must be a standard resource for containers')];
  return [];
}
/** Limits and requests: known names, nothing negative, requests within limits. */
export function resources(field: string, given: ResourceRequirements | undefined): Faults {
  const amounts = (kind: 'limits' | 'requests'): Faults => Object.entries(given?.[kind] ?? {}).flatMap(([name, value]) => {
    const path = `${field}.${kind}[${name}]`;
    const quantity = parseQuantity(value);
    return [...resourceName(path, name), ...(quantity !== null && quantity.milli < 0 ? [invalid(path, formatQuantity(quantity), 'must be greater than or equal to 0')] : [])];
  });
  const over = Object.entries(given?.requests ?? {}).flatMap(([name, value]) => {
    const [request, limit] = [parseQuantity(value), given?.limits?.[name] === undefined ? null : parseQuantity(given.limits[name]!)];
    return request !== null && limit !== null && compareQuantity(request, limit) > 0 ? [invalid(`${field}.requests`, formatQuantity(request), `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`)] : [];
  });
  return [...amounts('limits'), ...amounts('requests'), ...over];
}

const ID = 2_147_483_647;
function security(field: string, container: Container, allowPrivileged: boolean): Faults {
  const { privileged, runAsUser, runAsGroup, allowPrivilegeEscalation } = container.securityContext ?? {};
  const id = (name: string, value: number | undefined): Faults => (value !== undefined && (value < 0 || value > ID) ? [invalid(`${field}.${name}`, value, `must be between 0 and ${ID}, inclusive`)] : []);
  return [...(privileged === true && !allowPrivileged ? [forbidden(`${field}.privileged`, 'disallowed by cluster policy')] : []), ...id('runAsUser', runAsUser), ...id('runAsGroup', runAsGroup),
    ...(allowPrivilegeEscalation === false && privileged === true ? [invalid(field, { go: '' }, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true')] : [])];
}

function common(path: string, container: Container, context: ContainerContext): Faults {
  const { name = '', image = '', terminationMessagePolicy, imagePullPolicy } = container;
  return [...(name === '' ? [required(`${path}.name`)] : named(`${path}.name`, name, dns1123Label)), ...(image === '' ? [required(`${path}.image`)] : []),
    ...oneOf(`${path}.terminationMessagePolicy`, terminationMessagePolicy, ['FallbackToLogsOnError', 'File']), ...ports(`${path}.ports`, container.ports, context.hostNetwork), ...env(`${path}.env`, container.env), ...envFrom(`${path}.envFrom`, container.envFrom),
    ...mounts(`${path}.volumeMounts`, container.volumeMounts, container, context.volumes), ...oneOf(`${path}.imagePullPolicy`, imagePullPolicy, ['Always', 'IfNotPresent', 'Never']), ...resources(`${path}.resources`, container.resources),
    ...security(`${path}.securityContext`, container, context.allowPrivileged)];
}

/** The containers a pod runs. */
export function containers(field: string, list: readonly Container[] | undefined, context: ContainerContext): Faults {
  if (list === undefined || list === null || list.length === 0) return [required(field)];
  const names = new Set<string>();
  const own = each(field, list, (container, path) => {
    const again = (container.name ?? '') !== '' && names.has(container.name) ? [duplicate(`${path}.name`, container.name)] : [];
    names.add(container.name);
    return [...common(path, container, context), ...again, ...watching(path, container), ...(container.restartPolicy === undefined ? [] : [forbidden(`${path}.restartPolicy`, 'may not be set for non-init containers')])];
  });
  return [...own, ...hostPorts(field, list)];
}
/** The containers that run before; those that stay may be probed. */
export function initContainers(field: string, list: readonly Container[] | undefined, others: readonly Container[], context: ContainerContext): Faults {
  const names = new Set(others.map(({ name }) => name));
  return each(field, list, (container, path) => {
    const again = (container.name ?? '') !== '' && names.has(container.name) ? [duplicate(`${path}.name`, container.name)] : [];
    names.add(container.name);
    const stays = container.restartPolicy === 'Always';
    const only = (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const).filter((key) => container[key] !== undefined).map((key) => forbidden(`${path}.${key}`, 'may not be set for init containers without restartPolicy=Always'));
    const policy = container.restartPolicy === undefined || stays ? [] : [unsupported(`${path}.restartPolicy`, container.restartPolicy as string, ['Always'])];
    return [...common(path, container, context), ...policy, ...again, ...(stays ? watching(path, container) : only)];
  });
}
function hostPorts(field: string, list: readonly Container[]): Faults {
  const taken = new Set<string>();
  return each(field, list, (container, path) => each(`${path}.ports`, container.ports, (port, at) => {
    if ((port.hostPort ?? 0) === 0) return [];
    const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
    if (!taken.has(key)) { taken.add(key); return []; }
    return [duplicate(`${at}.hostPort`, key)];
  }));
}
