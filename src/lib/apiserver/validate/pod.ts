/** Pod specs. Models pkg/apis/core/validation/validation.go as far as people get it wrong. */
import { dns1123Label } from '../../../base/names.ts';
import { compareQuantity, parseQuantity } from '../../../base/quantity.ts';
import { duplicate, invalidValue, missing, nonNegative, PORT_RANGE, portFault, required, unsupported, type FieldFault } from './fault.ts';

type Any = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Any[] => (Array.isArray(value) ? value as readonly Any[] : []);
const str = (value: unknown): string => (typeof value === 'string' ? value : '');

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

function volumeFaults(volumes: readonly Any[], at: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  for (const [i, volume] of volumes.entries()) {
    const here = `${at}[${i}]`;
    const name = str(volume['name']);
    const types = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined && volume[key] !== null);
    if (types.length === 0) faults.push(required(here, 'must specify a volume type'));
    for (const extra of types.slice(1)) faults.push({ field: `${here}.${extra}`, message: 'Forbidden: may not specify more than 1 volume type' });
    const hostPath = volume['hostPath'] as Any | undefined;
    if (hostPath !== undefined && str(hostPath['path']) === '') faults.push(required(`${here}.hostPath.path`));
    if (hostPath !== undefined && !HOST_PATH_TYPES.includes(str(hostPath['type']))) faults.push(unsupported(`${here}.hostPath.type`, hostPath['type'], HOST_PATH_TYPES));
    if (volume['configMap'] !== undefined && str((volume['configMap'] as Any)['name']) === '') faults.push(required(`${here}.configMap.name`));
    if (volume['secret'] !== undefined && str((volume['secret'] as Any)['secretName']) === '') faults.push(required(`${here}.secret.secretName`));
    if (volume['persistentVolumeClaim'] !== undefined && str((volume['persistentVolumeClaim'] as Any)['claimName']) === '') faults.push(required(`${here}.persistentVolumeClaim.claimName`));
    if (name === '') faults.push(required(`${here}.name`));
    else if (seen.has(name)) faults.push(duplicate(`${here}.name`, name));
    else faults.push(...dns1123Label(name).map((detail) => invalidValue(`${here}.name`, name, detail)));
    seen.add(name);
  }
  return faults;
}

function portFaults(ports: readonly Any[], at: string): FieldFault[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const here = `${at}[${i}]`;
    const name = str(port['name']);
    const faults: FieldFault[] = [];
    if (name !== '' && names.has(name)) faults.push(duplicate(`${here}.name`, name));
    if (name.length > 15) faults.push(invalidValue(`${here}.name`, name, 'must be no more than 15 characters'));
    names.add(name);
    if (port['containerPort'] === undefined || port['containerPort'] === 0) faults.push(required(`${here}.containerPort`));
    else if (portFault(port['containerPort'])) faults.push(invalidValue(`${here}.containerPort`, port['containerPort'], PORT_RANGE));
    if (port['hostPort'] !== undefined && port['hostPort'] !== 0 && portFault(port['hostPort'])) faults.push(invalidValue(`${here}.hostPort`, port['hostPort'], PORT_RANGE));
    if (!['TCP', 'UDP', 'SCTP'].includes(str(port['protocol']))) faults.push(unsupported(`${here}.protocol`, str(port['protocol']), ['TCP', 'UDP', 'SCTP']));
    return faults;
  });
}

function envFaults(env: readonly Any[], at: string): FieldFault[] {
  return env.flatMap((variable, i) => {
    const here = `${at}[${i}]`;
    const faults: FieldFault[] = str(variable['name']) === '' ? [required(`${here}.name`)] : [];
    const from = variable['valueFrom'] as Any | undefined;
    if (from !== undefined && from !== null) {
      if (Object.keys(from).length === 0) faults.push(invalidValue(`${here}.valueFrom`, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'));
      else if (str(variable['value']) !== '') faults.push(invalidValue(`${here}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    }
    return faults;
  });
}

function resourceFaults(resources: Any, at: string): FieldFault[] {
  const limits = (resources['limits'] ?? {}) as Readonly<Record<string, string>>;
  const requests = (resources['requests'] ?? {}) as Readonly<Record<string, string>>;
  return Object.entries(requests).flatMap(([name, amount]) => {
    const [request, limit] = [parseQuantity(amount), limits[name] === undefined ? null : parseQuantity(limits[name])];
    return request !== null && limit !== null && compareQuantity(request, limit) > 0 ? [invalidValue(`${at}.requests`, amount, `must be less than or equal to ${name} limit of ${limits[name]}`)] : [];
  });
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
function probeFaults(probe: Any | undefined, at: string): FieldFault[] {
  if (probe === undefined || probe === null) return [];
  const faults: FieldFault[] = [];
  const given = HANDLERS.filter((handler) => probe[handler] !== undefined && probe[handler] !== null);
  if (given.length === 0) faults.push(required(at, 'must specify a handler type'));
  for (const extra of given.slice(1)) faults.push({ field: `${at}.${extra}`, message: 'Forbidden: may not specify more than 1 handler type' });
  const action = (probe['httpGet'] ?? probe['tcpSocket']) as Any | undefined;
  const kind = probe['httpGet'] === undefined ? 'tcpSocket' : 'httpGet';
  if (action !== undefined && typeof action['port'] === 'number' && portFault(action['port'])) faults.push(invalidValue(`${at}.${kind}.port`, action['port'], PORT_RANGE));
  for (const name of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']) faults.push(...nonNegative(`${at}.${name}`, probe[name]));
  if (!at.endsWith('readinessProbe') && typeof probe['successThreshold'] === 'number' && probe['successThreshold'] > 1) faults.push(invalidValue(`${at}.successThreshold`, probe['successThreshold'], 'must be 1'));
  return faults;
}

function mountFaults(mounts: readonly Any[], volumes: ReadonlySet<string>, at: string): FieldFault[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, i) => {
    const here = `${at}[${i}]`;
    const [name, path] = [str(mount['name']), str(mount['mountPath'])];
    const faults: FieldFault[] = [];
    if (name === '') faults.push(required(`${here}.name`));
    else if (!volumes.has(name)) faults.push(missing(`${here}.name`, name));
    if (path === '') faults.push(required(`${here}.mountPath`));
    else if (paths.has(path)) faults.push(invalidValue(`${here}.mountPath`, path, 'must be unique'));
    paths.add(path);
    return faults;
  });
}

function containerFaults(container: Any, volumes: ReadonlySet<string>, names: Set<string>, at: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const [name, image] = [str(container['name']), str(container['image'])];
  if (name === '') faults.push(required(`${at}.name`));
  else faults.push(...dns1123Label(name).map((detail) => invalidValue(`${at}.name`, name, detail)), ...(names.has(name) ? [duplicate(`${at}.name`, name)] : []));
  names.add(name);
  if (image === '') faults.push(required(`${at}.image`));
  else if (image !== image.trim()) faults.push(invalidValue(`${at}.image`, image, 'must not have leading or trailing whitespace'));
  faults.push(...probeFaults(container['livenessProbe'] as Any, `${at}.livenessProbe`), ...probeFaults(container['readinessProbe'] as Any, `${at}.readinessProbe`), ...probeFaults(container['startupProbe'] as Any, `${at}.startupProbe`));
  faults.push(...portFaults(list(container['ports']), `${at}.ports`), ...envFaults(list(container['env']), `${at}.env`), ...mountFaults(list(container['volumeMounts']), volumes, `${at}.volumeMounts`));
  if (!['Always', 'IfNotPresent', 'Never'].includes(str(container['imagePullPolicy']))) faults.push(unsupported(`${at}.imagePullPolicy`, str(container['imagePullPolicy']), ['Always', 'IfNotPresent', 'Never']));
  faults.push(...resourceFaults((container['resources'] ?? {}) as Any, `${at}.resources`));
  return faults;
}

/** What is wrong with a pod's spec; `at` is its field, `spec` or `spec.template.spec`. `claims`: volumes a StatefulSet adds. */
export function podSpecFaults(value: unknown, at: string, claims: readonly string[] = []): FieldFault[] {
  const spec = (value ?? {}) as Any;
  const volumes = list(spec['volumes']);
  const known = new Set([...volumes.map((volume) => str(volume['name'])), ...claims]);
  const names = new Set<string>();
  const faults = volumeFaults(volumes, `${at}.volumes`);
  const containers = list(spec['containers']);
  if (containers.length === 0) faults.push(required(`${at}.containers`));
  for (const [i, container] of containers.entries()) faults.push(...containerFaults(container, known, names, `${at}.containers[${i}]`));
  for (const [i, container] of list(spec['initContainers']).entries()) faults.push(...containerFaults(container, known, names, `${at}.initContainers[${i}]`));
  if (!['Always', 'OnFailure', 'Never'].includes(str(spec['restartPolicy']))) faults.push(unsupported(`${at}.restartPolicy`, str(spec['restartPolicy']), ['Always', 'OnFailure', 'Never']));
  if (!['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'].includes(str(spec['dnsPolicy']))) faults.push(unsupported(`${at}.dnsPolicy`, str(spec['dnsPolicy']), ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']));
  return [...faults, ...nonNegative(`${at}.terminationGracePeriodSeconds`, spec['terminationGracePeriodSeconds'])];
}
