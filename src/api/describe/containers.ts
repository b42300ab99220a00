/** The containers of a pod or a pod template: images, state, resources, probes, environment, mounts. */
import { goSort } from '../../base/gosort.ts';
import { parseQuantity } from '../../base/quantity.ts';
import type { Container, ContainerPort, ContainerState, ContainerStatus, EnvVar, EnvVarSource, Pod, Probe, ResourceRequirements } from '../types.ts';
import { amount, capitalBool, dateLine, goList, orNone, sortedKeys } from './lines.ts';
import type { Sheet } from './writer.ts';

const portList = (ports: readonly ContainerPort[] | undefined, number: 'containerPort' | 'hostPort'): string => (ports ?? []).map((p) => `${p[number] ?? 0}/${p.protocol ?? ''}`).join(', ');
function ports(sheet: Sheet, title: string, text: string): void {
  sheet.line(2, text.includes(',') ? `${title}s:\t${text}` : `${title}:\t${orNone(text)}`);
}

function basics(sheet: Sheet, container: Container, status: ContainerStatus | undefined, indent: string): void {
  sheet.line(1, `${indent === '' ? '' : ' '}${container.name}:`);
  if (status !== undefined) sheet.line(2, `Container ID:\t${status.containerID ?? ''}`);
  sheet.line(2, `Image:\t${container.image ?? ''}`);
  if (status !== undefined) sheet.line(2, `Image ID:\t${status.imageID}`);
  ports(sheet, 'Port', portList(container.ports, 'containerPort'));
  ports(sheet, 'Host Port', portList(container.ports, 'hostPort'));
  const profile = container.securityContext?.seccompProfile as { readonly type: string; readonly localhostProfile?: string } | undefined;
  if (profile === undefined) return;
  sheet.line(2, `SeccompProfile:\t${profile.type}`);
  if (profile.type === 'Localhost') sheet.line(3, `LocalhostProfile:\t${profile.localhostProfile ?? ''}`);
}

function words(sheet: Sheet, title: string, list: readonly string[] | undefined): void {
  if (list === undefined || list.length === 0) return;
  sheet.line(2, `${title}:`);
  for (const word of list) for (const part of word.split('\n')) sheet.line(3, part);
}

function state(sheet: Sheet, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running !== undefined) {
    sheet.line(2, `${title}:\tRunning`);
    sheet.line(3, `Started:\t${dateLine(running.startedAt)}`);
    return;
  }
  if (terminated === undefined || waiting !== undefined) {
    sheet.line(2, `${title}:\tWaiting`);
    if ((waiting?.reason ?? '') !== '') sheet.line(3, `Reason:\t${waiting!.reason}`);
    return;
  }
  sheet.line(2, `${title}:\tTerminated`);
  if ((terminated.reason ?? '') !== '') sheet.line(3, `Reason:\t${terminated.reason}`);
  if ((terminated.message ?? '') !== '') sheet.line(3, `Message:\t${terminated.message}`);
  sheet.line(3, `Exit Code:\t${terminated.exitCode}`);
  if ((terminated.signal ?? 0) > 0) sheet.line(3, `Signal:\t${terminated.signal}`);
  sheet.line(3, `Started:\t${dateLine(terminated.startedAt)}`);
  sheet.line(3, `Finished:\t${dateLine(terminated.finishedAt)}`);
}
function states(sheet: Sheet, status: ContainerStatus): void {
  state(sheet, 'State', status.state ?? {});
  if (status.lastState?.terminated !== undefined) state(sheet, 'Last State', status.lastState);
  sheet.line(2, `Ready:\t${capitalBool(status.ready)}`);
  sheet.line(2, `Restart Count:\t${status.restartCount}`);
}

/** Limits and requests at an indent. */
export function resources(sheet: Sheet, given: ResourceRequirements | undefined, level: number): void {
  for (const [title, amounts] of [['Limits', given?.limits], ['Requests', given?.requests]] as const) {
    const names = sortedKeys(amounts);
    if (names.length > 0) sheet.line(level, `${title}:`);
    for (const name of names) sheet.line(level + 1, `${name}:\t${amount(amounts![name])}`);
  }
}

/** `http-get https://127.0.0.1:10259/livez delay=10s timeout=15s period=10s #success=1 #failure=8` */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0, successThreshold = 0, failureThreshold = 0 } = probe;
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (probe.exec !== undefined) return `exec ${goList(probe.exec.command)} ${attributes}`;
  if (probe.httpGet !== undefined) {
    const { scheme = '', host = '', port, path = '' } = probe.httpGet;
    const bracketed = host.includes(':') ? `[${host}]` : host;
    return `http-get ${scheme.toLowerCase()}://${bracketed}:${port}${path !== '' && !path.startsWith('/') ? '/' : ''}${path.replaceAll('?', '%3F')} ${attributes}`;
  }
  if (probe.tcpSocket !== undefined) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc !== undefined) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}
function probes(sheet: Sheet, { livenessProbe, readinessProbe, startupProbe }: Container): void {
  if (livenessProbe !== undefined) sheet.line(2, `Liveness:\t${probeText(livenessProbe)}`);
  if (readinessProbe !== undefined) sheet.line(2, `Readiness:\t${probeText(readinessProbe)}`);
  if (startupProbe !== undefined) sheet.line(2, `Startup:\t${probeText(startupProbe)}`);
}

/** A field of the pod as the downward API gives it; '' for what is not known. */
function fieldOf(pod: Pod, path: string): string {
  const { metadata, spec, status } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (keyed !== null) return metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2]!] ?? '';
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name, 'metadata.namespace': metadata.namespace, 'metadata.uid': metadata.uid, 'spec.nodeName': spec.nodeName, 'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': status?.hostIP, 'status.podIP': status?.podIP, 'status.hostIPs': status?.hostIPs?.map((h) => h.ip).join(','), 'status.podIPs': status?.podIPs?.map((p) => p.ip).join(','),
  };
  return fields[path] ?? '';
}
/** `limits.cpu` and the like, in multiples of the divisor, rounded up. */
function resourceOf(container: Container, { resource, divisor }: NonNullable<EnvVarSource['resourceFieldRef']>): string {
  const [kind = '', ...rest] = resource.split('.');
  const given = parseQuantity((kind === 'limits' ? container.resources?.limits : container.resources?.requests)?.[rest.join('.')] ?? '0');
  const by = parseQuantity(divisor ?? '1');
  const whole = given === null ? 0 : Math.ceil(given.milli / (by === null || by.milli === 0 ? 1000 : by.milli));
  return whole === 0 && kind === 'limits' && (rest[0] === 'cpu' || rest[0] === 'memory') ? 'node allocatable' : String(whole);
}

function variable(sheet: Sheet, { name, value = '', valueFrom }: EnvVar, container: Container, pod: Pod | null): void {
  if (valueFrom === undefined) {
    value.split('\n').forEach((part, i) => sheet.line(3, i === 0 ? `${name}:\t${part}` : `\t${part}`));
    return;
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef !== undefined) sheet.line(3, `${name}:\t${pod === null ? '' : fieldOf(pod, fieldRef.fieldPath)} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`);
  else if (resourceFieldRef !== undefined) sheet.line(3, `${name}:\t${resourceOf(container, resourceFieldRef)} (${resourceFieldRef.resource})`);
  else if (secretKeyRef !== undefined) sheet.line(3, `${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ''}'>\tOptional: ${secretKeyRef.optional === true}`);
  else if (configMapKeyRef !== undefined) sheet.line(3, `${name}:\t<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ''}'>\tOptional: ${configMapKeyRef.optional === true}`);
}
function environment(sheet: Sheet, container: Container, pod: Pod | null): void {
  const from = container.envFrom ?? [];
  if (from.length > 0) sheet.line(2, 'Environment Variables from:');
  for (const { prefix = '', configMapRef, secretRef } of from) {
    const ref = configMapRef ?? secretRef;
    const kind = configMapRef !== undefined ? 'ConfigMap' : secretRef !== undefined ? 'Secret' : '';
    sheet.line(3, `${ref?.name ?? ''}\t${kind}${prefix === '' ? '' : ` with prefix '${prefix}'`}\tOptional: ${ref?.optional === true}`);
  }
  const env = container.env ?? [];
  sheet.line(2, env.length === 0 ? 'Environment:\t<none>' : 'Environment:');
  for (const one of env) variable(sheet, one, container, pod);
}

function mounts(sheet: Sheet, container: Container): void {
  const list = container.volumeMounts ?? [];
  sheet.line(2, list.length === 0 ? 'Mounts:\t<none>' : 'Mounts:');
  for (const mount of goSort(list, (a, b) => a.mountPath < b.mountPath)) {
    const flags = [mount.readOnly === true ? 'ro' : 'rw', ...((mount.subPath ?? '') === '' ? [] : [`path=${JSON.stringify(mount.subPath)}`])];
    sheet.line(3, `${mount.mountPath} from ${mount.name} (${flags.join(',')})`);
  }
}

export interface ContainerList { readonly title: string; readonly containers: readonly Container[]; readonly statuses: readonly ContainerStatus[]; /** Null in templates. */ readonly pod: Pod | null; /** Two spaces in templates. */ readonly indent: string }

/** A list of containers under its title. */
export function containers(sheet: Sheet, { title, containers: list, statuses, pod, indent }: ContainerList): void {
  sheet.line(0, `${indent}${title}:${list.length === 0 ? ' <none>' : ''}`);
  for (const container of list) {
    const status = statuses.findLast((s) => s.name === container.name);
    basics(sheet, container, status, indent);
    words(sheet, 'Command', container.command);
    words(sheet, 'Args', container.args);
    if (status !== undefined) states(sheet, status);
    resources(sheet, container.resources, 2);
    probes(sheet, container);
    environment(sheet, container, pod);
    mounts(sheet, container);
  }
}
