/** Services, configuration, roles, storage, ingresses, nodes. Models the validation packages of v1.33 for what manifests get wrong. */
import { goQuote, goStrings } from '../../base/goquote.ts';
import { deepEqual } from '../../base/json.ts';
import { configKey, dns1123Label, dns1123Subdomain, ipAddress, labelValue, portNumber, qualifiedName } from '../../base/names.ts';
import type { ConfigMap, Ingress, Node, PersistentVolume, PersistentVolumeClaim, Role, RoleBinding, Secret, Service, ServicePort } from '../types.ts';
import { duplicate, each, forbidden, go, invalid, named, oneOf, repeated, required, tooLong, unsupported } from './fault.ts';
import type { Faults } from './fault.ts';
import { labels } from './metadata.ts';
import { port } from './probe.ts';

function servicePort(path: string, given: ServicePort, several: boolean, type: string): Faults {
  const name = given.name ?? '';
  return [...(name === '' ? (several ? [required(`${path}.name`)] : []) : named(`${path}.name`, name, dns1123Label)), ...portNumber(given.port ?? 0).map((problem) => invalid(`${path}.port`, given.port ?? 0, problem)),
    ...oneOf(`${path}.protocol`, given.protocol, ['SCTP', 'TCP', 'UDP']), ...port(`${path}.targetPort`, given.targetPort),
    ...(type === 'ClusterIP' && (given.nodePort ?? 0) !== 0 ? [forbidden(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'")] : [])];
}
const goPort = ({ protocol = '', port: number }: ServicePort): { readonly go: string } => go(`core.ServicePort{Name:"", Protocol:${goQuote(protocol)}, AppProtocol:(*string)(nil), Port:${number}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`);
export function service({ spec }: Service): Faults {
  const { ports = [], type = '', clusterIP = '', externalName = '' } = spec;
  const twice = each('spec.ports', ports, (one, path, i) => (ports.findIndex((other) => other.port === one.port && other.protocol === one.protocol) < i ? [duplicate(path, goPort(one))] : []));
  return [...(ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName' ? [required('spec.ports')] : []),
    ...(type === 'ExternalName' && clusterIP !== '' ? [forbidden('spec.clusterIPs', 'may not be set for ExternalName services')] : []), ...(type === 'ExternalName' && externalName === '' ? [required('spec.externalName')] : []),
    ...(type === 'LoadBalancer' && clusterIP === 'None' ? [invalid('spec.clusterIPs', go(goStrings(['None'])), "may not be set to 'None' for LoadBalancer services")] : []),
    ...each('spec.ports', ports, (one, path) => servicePort(path, one, ports.length > 1, type)), ...repeated('spec.ports', ports, ({ name }) => name ?? '', '.name'), ...twice, ...labels('spec.selector', spec.selector),
    ...oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']), ...(clusterIP === '' || clusterIP === 'None' ? [] : named('spec.clusterIPs[0]', clusterIP, ipAddress)),
    ...oneOf('spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']), ...each('spec.externalIPs', spec.externalIPs, (ip, path) => named(path, ip, ipAddress))];
}
export function serviceUpdate(next: Service, old: Service): Faults {
  const [now, before] = [next.spec.clusterIPs ?? [], old.spec.clusterIPs ?? []];
  if (old.spec.type === 'ExternalName' || next.spec.type === 'ExternalName' || before.length === 0 || now.length === 0 || now[0] === before[0]) return [];
  return [invalid('spec.clusterIPs[0]', go(goStrings(now)), 'may not change once set')];
}

const MEBIBYTE = 1_048_576;
function keys(maps: readonly (readonly [field: string, map: Readonly<Record<string, string>> | undefined])[]): Faults {
  const size = maps.reduce((sum, [, map]) => sum + Object.values(map ?? {}).reduce((all, value) => all + value.length, 0), 0);
  return [...maps.flatMap(([field, map]) => Object.keys(map ?? {}).flatMap((key) => named(`${field}[${key}]`, key, configKey))), ...(size > MEBIBYTE ? [tooLong('[]', MEBIBYTE)] : [])];
}
export const configMap = ({ data, binaryData }: ConfigMap): Faults => keys([['data', data], ['binaryData', binaryData]]);
const NEEDED: Readonly<Record<string, readonly string[]>> = { 'kubernetes.io/tls': ['tls.crt', 'tls.key'], 'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'], 'kubernetes.io/dockercfg': ['.dockercfg'], 'kubernetes.io/ssh-auth': ['ssh-privatekey'] };
export const secret = ({ data, type = '' }: Secret): Faults => [...keys([['data', data]]), ...(NEEDED[type] ?? []).filter((key) => data?.[key] === undefined).map((key) => required(`data[${key}]`))];
function frozen(next: ConfigMap, old: ConfigMap): Faults {
  if (old.immutable !== true) return [];
  const same = (key: 'data' | 'binaryData'): Faults => (deepEqual(next[key] ?? {}, old[key] ?? {}) ? [] : [forbidden(key, 'field is immutable when `immutable` is set')]);
  return [...(next.immutable === true ? [] : [forbidden('immutable', 'field is immutable when `immutable` is set')]), ...same('data'), ...same('binaryData')];
}
export const configMapUpdate = frozen;
export const secretUpdate = (next: Secret, old: Secret): Faults => [...(next.type === old.type ? [] : [invalid('type', next.type ?? '', 'field is immutable')]), ...frozen(next, old)];

export function role({ rules, kind }: Role): Faults {
  return each('rules', rules, (rule, path) => {
    const { verbs = [], apiGroups = [], resources = [], nonResourceURLs = [], resourceNames = [] } = rule;
    const none = verbs.length === 0 ? [required(`${path}.verbs`, 'verbs must contain at least one value')] : [];
    if (nonResourceURLs.length > 0) {
      return [...none, ...(kind === 'Role' ? [invalid(`${path}.nonResourceURLs`, go(goStrings(nonResourceURLs)), 'namespaced rules cannot apply to non-resource URLs')] : []),
        ...(apiGroups.length + resources.length + resourceNames.length > 0 ? [invalid(`${path}.nonResourceURLs`, go(goStrings(nonResourceURLs)), 'rules cannot apply to both regular resources and non-resource URLs')] : [])];
    }
    return [...none, ...(apiGroups.length === 0 ? [required(`${path}.apiGroups`, 'resource rules must supply at least one api group')] : []), ...(resources.length === 0 ? [required(`${path}.resources`, 'resource rules must supply at least one resource')] : [])];
  });
}
const RBAC = 'rbac.authorization.k8s.io';
export function roleBinding({ roleRef, subjects, kind }: RoleBinding): Faults {
  const kinds = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const about = each('subjects', subjects, (subject, path) => {
    const anonymous = (subject.name ?? '') === '' ? [required(`${path}.name`)] : [];
    if (subject.kind === 'ServiceAccount') {
      const inName = anonymous.length > 0 ? [] : dns1123Subdomain(subject.name).map((problem) => invalid(`${path}.name`, subject.name, problem));
      return [...anonymous, ...inName, ...((subject.apiGroup ?? '') === '' ? [] : [unsupported(`${path}.apiGroup`, subject.apiGroup, [''])]), ...((subject.namespace ?? '') === '' ? [required(`${path}.namespace`)] : [])];
    }
    if (subject.kind !== 'User' && subject.kind !== 'Group') return [...anonymous, unsupported(`${path}.kind`, subject.kind ?? '', ['ServiceAccount', 'User', 'Group'])];
    return [...anonymous, ...(subject.apiGroup === RBAC ? [] : [unsupported(`${path}.apiGroup`, subject.apiGroup ?? '', [RBAC])])];
  });
  return [...(roleRef?.apiGroup === RBAC ? [] : [unsupported('roleRef.apiGroup', roleRef?.apiGroup ?? '', [RBAC])]), ...(kinds.includes(roleRef?.kind ?? '') ? [] : [unsupported('roleRef.kind', roleRef?.kind ?? '', kinds)]),
    ...((roleRef?.name ?? '') === '' ? [required('roleRef.name')] : []), ...about];
}
export function roleBindingUpdate(next: RoleBinding, old: RoleBinding): Faults {
  const { apiGroup, kind, name } = next.roleRef;
  return deepEqual(next.roleRef, old.roleRef) ? [] : [invalid('roleRef', go(`rbac.RoleRef{APIGroup:${goQuote(apiGroup)}, Kind:${goQuote(kind)}, Name:${goQuote(name)}}`), 'cannot change roleRef')];
}

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const modes = (list: readonly string[] | undefined, detail: string): Faults => [...((list ?? []).length === 0 ? [required('spec.accessModes', detail)] : []), ...(list ?? []).filter((mode) => !MODES.includes(mode)).map((mode) => unsupported('spec.accessModes', mode, MODES))];
export const persistentVolumeClaim = ({ spec }: PersistentVolumeClaim): Faults => [...modes(spec.accessModes, 'at least 1 access mode is required'), ...(spec.resources?.requests?.['storage'] === undefined ? [required('spec.resources[storage]')] : []),
  ...((spec.storageClassName ?? '') === '' ? [] : named('spec.storageClassName', spec.storageClassName!, dns1123Subdomain))];
const SOURCES = ['hostPath', 'local', 'nfs', 'csi', 'iscsi', 'rbd', 'cephfs', 'fc', 'cinder', 'glusterfs', 'azureDisk', 'azureFile', 'awsElasticBlockStore', 'gcePersistentDisk', 'vsphereVolume', 'flexVolume', 'flocker', 'portworxVolume', 'quobyte', 'scaleIO', 'storageos', 'photonPersistentDisk'];
export function persistentVolume({ spec }: PersistentVolume): Faults {
  const found = SOURCES.filter((source) => (spec as Readonly<Record<string, unknown>>)[source] !== undefined);
  return [...modes(spec.accessModes, ''), ...(Object.keys(spec.capacity ?? {}).length === 0 ? [required('spec.capacity')] : spec.capacity!['storage'] === undefined ? [unsupported('spec.capacity', go('core.ResourceList{…}'), ['storage'])] : []),
    ...(found.length === 0 ? [required('spec', 'must specify a volume type')] : found.slice(1).map((source) => forbidden(`spec.${source}`, 'may not specify more than 1 volume type'))),
    ...(spec.local !== undefined && spec.nodeAffinity === undefined ? [required('spec.nodeAffinity', 'Local volume requires node affinity')] : [])];
}

export function ingress({ spec }: Ingress): Faults {
  const { rules = [], defaultBackend } = spec;
  const nothing = rules.length === 0 && defaultBackend === undefined ? [invalid('spec', go('{}'), 'either `defaultBackend` or `rules` must be specified')] : [];
  return [...nothing, ...each('spec.rules', rules, ({ http }, path) => (http === undefined ? [] : [...((http.paths ?? []).length === 0 ? [required(`${path}.http.paths`)] : []), ...each(`${path}.http.paths`, http.paths, (one, at) => {
    const type = (one as { readonly pathType?: string | null }).pathType ?? '';
    const where = one.path ?? '';
    const { service: to, resource } = one.backend ?? {};
    return [...(type === '' ? [required(`${at}.pathType`, 'pathType must be specified')] : ['Exact', 'ImplementationSpecific', 'Prefix'].includes(type) ? [] : [unsupported(`${at}.pathType`, type, ['Exact', 'ImplementationSpecific', 'Prefix'])]),
      ...((type === 'Exact' || type === 'Prefix' || where !== '') && !where.startsWith('/') ? [invalid(`${at}.path`, where, 'must be an absolute path')] : []),
      ...(to === undefined && resource === undefined ? [required(`${at}.backend`, 'must provide a service or resource as a backend')] : []), ...(to === undefined ? [] : (to.name ?? '') === '' ? [required(`${at}.backend.service.name`, 'name of service is required')] : []),
      ...(to !== undefined && to.port?.number === undefined && (to.port?.name ?? '') === '' ? [required(`${at}.backend.service.port`, 'port name or number is required')] : [])];
  })]))];
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
export function node({ spec }: Node): Faults {
  const seen = new Set<string>();
  return each('spec.taints', spec?.taints, (taint, path) => {
    const { key, value = '', effect = '' } = taint;
    const again = seen.has(`${key}:${effect}`);
    seen.add(`${key}:${effect}`);
    return [...named(`${path}.key`, key, qualifiedName), ...labelValue(value).map((problem) => invalid(`${path}.value`, value, problem)), ...(effect === '' ? [required(`${path}.effect`)] : EFFECTS.includes(effect) ? [] : [unsupported(`${path}.effect`, effect, EFFECTS)]),
      ...(again ? [duplicate(path, go(`core.Taint{Key:${goQuote(key)}, Value:${goQuote(value)}, Effect:${goQuote(effect)}, TimeAdded:<nil>}`))] : [])];
  });
}
