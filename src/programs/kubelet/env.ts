/** A container's environment: service links, envFrom, env with `$(NAME)` expanded. Models kubelet_pods.go makeEnvironmentVariables and envvars.go. */
import { get, uname, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { ConfigMap, EnvVar, Secret, Service } from '../../api/types.ts';
import { GoError } from '../../lib/net/index.ts';
import { fieldValue, resourceValue } from './fields.ts';
import { fetchObject } from './objects.ts';
import { configMapData, secretData } from './payload.ts';
import { isStatic } from './types.ts';
import type { Container, Pod, StatusRecord } from './types.ts';

/** Why a container's configuration cannot be made: CreateContainerConfigError. */
export class ConfigError extends Error {}

const UPPER = (name: string): string => name.toUpperCase().replace(/-/g, '_');

/** The variables of one service, as docker's links had them. */
export function serviceEnv(service: Service): readonly (readonly [string, string])[] {
  const ip = service.spec.clusterIP ?? '';
  const ports = service.spec.ports ?? [];
  if (ip === '' || ip === 'None' || ports.length === 0) return [];
  const name = UPPER(service.metadata.name);
  const first = ports[0]!;
  const url = (port: typeof first): string => `${(port.protocol ?? 'TCP').toLowerCase()}://${ip}:${port.port}`;
  const rows: [string, string][] = [[`${name}_SERVICE_HOST`, ip], [`${name}_SERVICE_PORT`, String(first.port)]];
  for (const port of ports) if (port.name !== undefined && port.name !== '') rows.push([`${name}_SERVICE_PORT_${UPPER(port.name)}`, String(port.port)]);
  rows.push([`${name}_PORT`, url(first)]);
  for (const port of ports) {
    const protocol = port.protocol ?? 'TCP';
    const prefix = `${name}_PORT_${port.port}_${protocol}`;
    rows.push([prefix, url(port)], [`${prefix}_PROTO`, protocol.toLowerCase()], [`${prefix}_PORT`, String(port.port)], [`${prefix}_ADDR`, ip]);
  }
  return rows;
}

/** `$(NAME)` → its value; `$$` → `$`; unknown names stay as they are. */
export function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, second: string, name: string | undefined) => (second === '$' ? '$' : values[name!] ?? whole));
}

function* serviceLinks(pod: Pod): Coroutine<Record<string, string>> {
  const synced = (yield* get('informer/synced', 'services')) !== undefined;
  if (!synced && !isStatic(pod)) throw new ConfigError('services have not yet been read at least once, cannot construct envvars');
  const out: Record<string, string> = {};
  for (const service of (yield* view<Service>('cache/services')).values()) {
    const { namespace, name } = service.metadata;
    const master = namespace === 'default' && name === 'kubernetes';
    if (!master && (namespace !== pod.metadata.namespace || pod.spec.enableServiceLinks === false)) continue;
    for (const [key, value] of serviceEnv(service)) out[key] = value;
  }
  return out;
}

function* object<T extends ConfigMap | Secret>(kind: 'configmaps' | 'secrets', pod: Pod, name: string, optional: boolean): Coroutine<T | null> {
  const word = kind === 'configmaps' ? 'configmap' : 'secret';
  let found: T | null;
  try {
    found = yield* fetchObject<T>(kind, pod.metadata.namespace!, name);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new ConfigError(`failed to sync ${word} cache: timed out waiting for the condition`);
  }
  if (found === null && !optional) throw new ConfigError(`${word} ${JSON.stringify(name)} not found`);
  return found;
}

function* envFrom(pod: Pod, container: Container): Coroutine<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const map = source.configMapRef === undefined ? null : yield* object<ConfigMap>('configmaps', pod, source.configMapRef.name ?? '', source.configMapRef.optional ?? false);
    const secret = source.secretRef === undefined ? null : yield* object<Secret>('secrets', pod, source.secretRef.name ?? '', source.secretRef.optional ?? false);
    const data = map !== null ? configMapData(map) : secret !== null ? secretData(secret) : {};
    for (const [key, value] of Object.entries(data)) out[`${source.prefix ?? ''}${key}`] = value;
  }
  return out;
}

function* keyRef(kind: 'configmaps' | 'secrets', pod: Pod, ref: { readonly name?: string; readonly key: string; readonly optional?: boolean }): Coroutine<string | null> {
  const found = yield* object<ConfigMap | Secret>(kind, pod, ref.name ?? '', ref.optional ?? false);
  if (found === null) return null;
  const value = (kind === 'configmaps' ? configMapData(found as ConfigMap) : secretData(found as Secret))[ref.key];
  if (value !== undefined) return value;
  if (ref.optional === true) return null;
  throw new ConfigError(`couldn't find key ${ref.key} in ${kind === 'configmaps' ? 'ConfigMap' : 'Secret'} ${pod.metadata.namespace}/${ref.name}`);
}

function* valueFrom(pod: Pod, container: Container, env: EnvVar, podIp: string): Coroutine<string | null> {
  const from = env.valueFrom!;
  if (from.fieldRef !== undefined) {
    const record = yield* get<StatusRecord>('statuses', pod.metadata.uid);
    const value = fieldValue(pod, { ...record?.status, podIP: podIp === '' ? record?.status.podIP ?? '' : podIp }, from.fieldRef.fieldPath);
    if (value === null) throw new ConfigError(`unsupported fieldPath: ${from.fieldRef.fieldPath}`);
    return value;
  }
  if (from.resourceFieldRef !== undefined) {
    const { cpus, memKb } = yield* uname();
    const named = from.resourceFieldRef.containerName;
    const of = named === undefined || named === '' ? container : pod.spec.containers.find((it) => it.name === named) ?? container;
    return resourceValue(of, from.resourceFieldRef.resource, String(from.resourceFieldRef.divisor ?? ''), { cpus, memoryBytes: memKb * 1024 });
  }
  if (from.configMapKeyRef !== undefined) return yield* keyRef('configmaps', pod, from.configMapKeyRef);
  return from.secretKeyRef === undefined ? '' : yield* keyRef('secrets', pod, from.secretKeyRef);
}

/** name → value, in an order that the container's own variables end. Throws ConfigError. */
export function* containerEnv(pod: Pod, container: Container, podIp: string): Coroutine<Readonly<Record<string, string>>> {
  const services = yield* serviceLinks(pod);
  const result: Record<string, string> = yield* envFrom(pod, container);
  for (const env of container.env ?? []) {
    const value = env.valueFrom === undefined ? expand(env.value ?? '', { ...services, ...result }) : yield* valueFrom(pod, container, env, podIp);
    if (value !== null) result[env.name] = value;
  }
  return { ...Object.fromEntries(Object.entries(services).filter(([key]) => result[key] === undefined)), ...result };
}
