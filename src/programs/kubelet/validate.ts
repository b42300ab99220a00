/**
 * What makes a static pod invalid: the checks of core validation that a hand-edited manifest can trip over.
 * Models pkg/apis/core/validation. Not modelled: quantities' ranges, ports' ranges beyond 1–65535, probes' numbers, affinity.
 */
import { isObject } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_HELP = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`;
const SUBDOMAIN_HELP = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const objects = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []);
const quote = (value: string): string => JSON.stringify(value);

function unsupported(path: string, value: string, allowed: readonly string[]): string {
  return `${path}: Unsupported value: ${quote(value)}: supported values: ${allowed.map(quote).join(', ')}`;
}

function volumes(spec: JsonObject, problems: string[]): ReadonlySet<string> {
  const names = new Set<string>();
  objects(spec['volumes']).forEach((volume, i) => {
    const at = `spec.volumes[${i}]`;
    const name = text(volume['name']);
    if (name === '') problems.push(`${at}.name: Required value`);
    else if (!LABEL.test(name) || name.length > 63) problems.push(`${at}.name: Invalid value: ${quote(name)}: ${LABEL_HELP}`);
    else if (names.has(name)) problems.push(`${at}.name: Duplicate value: ${quote(name)}`);
    names.add(name);
    const hostPath = volume['hostPath'];
    if (isObject(hostPath)) {
      if (text(hostPath['path']) === '') problems.push(`${at}.hostPath.path: Required value`);
      else if (text(hostPath['path']).split('/').includes('..')) problems.push(`${at}.hostPath.path: Invalid value: ${quote(text(hostPath['path']))}: must not contain '..'`);
      if (!HOST_PATH_TYPES.includes(text(hostPath['type']))) problems.push(unsupported(`${at}.hostPath.type`, text(hostPath['type']), HOST_PATH_TYPES));
    }
  });
  return names;
}

function mounts(container: JsonObject, at: string, known: ReadonlySet<string>, problems: string[]): void {
  const paths = new Set<string>();
  objects(container['volumeMounts']).forEach((mount, i) => {
    const here = `${at}.volumeMounts[${i}]`;
    const [name, path] = [text(mount['name']), text(mount['mountPath'])];
    if (name === '') problems.push(`${here}.name: Required value`);
    else if (!known.has(name)) problems.push(`${here}.name: Not found: ${quote(name)}`);
    if (path === '') problems.push(`${here}.mountPath: Required value`);
    else if (paths.has(path)) problems.push(`${here}.mountPath: Invalid value: ${quote(path)}: must be unique`);
    paths.add(path);
  });
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
function probes(container: JsonObject, at: string, problems: string[]): void {
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[kind];
    if (!isObject(probe)) continue;
    const given = HANDLERS.filter((handler) => isObject(probe[handler]));
    if (given.length === 0) problems.push(`${at}.${kind}: Required value: must specify a handler type`);
    const http = probe['httpGet'];
    if (isObject(http)) {
      const port = http['port'];
      if (port === undefined) problems.push(`${at}.${kind}.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive`);
      else if (typeof port === 'number' && (port < 1 || port > 65535)) problems.push(`${at}.${kind}.httpGet.port: Invalid value: ${port}: must be between 1 and 65535, inclusive`);
    }
  }
}

function containers(spec: JsonObject, key: 'containers' | 'initContainers', known: ReadonlySet<string>, names: Set<string>, problems: string[]): void {
  objects(spec[key]).forEach((container, i) => {
    const at = `spec.${key}[${i}]`;
    const name = text(container['name']);
    if (name === '') problems.push(`${at}.name: Required value`);
    else if (!LABEL.test(name) || name.length > 63) problems.push(`${at}.name: Invalid value: ${quote(name)}: ${LABEL_HELP}`);
    else if (names.has(name)) problems.push(`${at}.name: Duplicate value: ${quote(name)}`);
    names.add(name);
    const image = text(container['image']);
    if (image === '') problems.push(`${at}.image: Required value`);
    else if (image !== image.trim()) problems.push(`${at}.image: Invalid value: ${quote(image)}: must not have leading or trailing whitespace`);
    mounts(container, at, known, problems);
    probes(container, at, problems);
    const policy = text(container['imagePullPolicy']);
    if (policy !== '' && !['Always', 'IfNotPresent', 'Never'].includes(policy)) problems.push(unsupported(`${at}.imagePullPolicy`, policy, ['Always', 'IfNotPresent', 'Never']));
  });
}

/** The problems of a defaulted static pod, each `path: Kind: …`; none when it is fine. */
export function podProblems(metadata: JsonObject, spec: JsonObject): readonly string[] {
  const problems: string[] = [];
  const name = text(metadata['name']);
  if (!SUBDOMAIN.test(name) || name.length > 253) problems.push(`metadata.name: Invalid value: ${quote(name)}: ${SUBDOMAIN_HELP}`);
  const known = volumes(spec, problems);
  if (objects(spec['containers']).length === 0) problems.push('spec.containers: Required value');
  const names = new Set<string>();
  containers(spec, 'containers', known, names, problems);
  containers(spec, 'initContainers', known, names, problems);
  const restart = text(spec['restartPolicy']);
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) problems.push(unsupported('spec.restartPolicy', restart, ['Always', 'OnFailure', 'Never']));
  const dns = text(spec['dnsPolicy']);
  if (!['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'].includes(dns)) problems.push(unsupported('spec.dnsPolicy', dns, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']));
  return problems;
}
