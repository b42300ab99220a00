/** What the files of configMap, secret, downwardAPI and projected volumes hold, with upstream's errors. */
import type { Coroutine } from '../../kernel/sys.ts';
import { get, uname } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import type { ConfigMap, KeyToPath, ProjectedSource, Secret, Volume } from '../../api/types.ts';
import { GoError } from '../../lib/net/index.ts';
import { base64Decode } from '../../lib/x509/index.ts';
import { fieldValue, resourceValue } from './fields.ts';
import { fetchObject, fetchToken } from './objects.ts';
import { containersOf } from './types.ts';
import type { Pod, StatusRecord } from './types.ts';

/** path → bytes and mode. */
export type Payload = Readonly<Record<string, { readonly data: string; readonly mode: number }>>;
/** Why a volume cannot be set up. */
export class VolumeError extends Error {}

function select(data: Readonly<Record<string, string>>, items: readonly KeyToPath[] | undefined, mode: number, optional: boolean): Payload {
  if (items === undefined || items.length === 0) return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { data: value, mode }]));
  const out: Record<string, { data: string; mode: number }> = {};
  for (const item of items) {
    const value = data[item.key];
    if (value === undefined) {
      if (optional) continue;
      throw new VolumeError('references non-existent config key: ' + item.key);
    }
    out[item.path] = { data: value, mode: item.mode ?? mode };
  }
  return out;
}

export const configMapData = (map: ConfigMap): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(map.data ?? {}).map(([key, value]) => [key, encodeUtf8(value)])),
  ...Object.fromEntries(Object.entries(map.binaryData ?? {}).map(([key, value]) => [key, base64Decode(value).bytes])),
});
export const secretData = (secret: Secret): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(secret.data ?? {}).map(([key, value]) => [key, base64Decode(value).bytes]));

function* keyed(kind: 'configmaps' | 'secrets', pod: Pod, name: string, items: readonly KeyToPath[] | undefined, mode: number, optional: boolean): Coroutine<Payload> {
  const word = kind === 'configmaps' ? 'configmap' : 'secret';
  let object: ConfigMap | Secret | null;
  try {
    object = yield* fetchObject(kind, pod.metadata.namespace!, name);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new VolumeError(`failed to sync ${word} cache: timed out waiting for the condition`);
  }
  if (object === null) {
    if (optional) return {};
    throw new VolumeError(`${word} ${JSON.stringify(name)} not found`);
  }
  const data = kind === 'configmaps' ? configMapData(object as ConfigMap) : secretData(object as Secret);
  return select(data, items, mode, optional);
}

function* downward(pod: Pod, items: NonNullable<NonNullable<Volume['downwardAPI']>['items']>, mode: number): Coroutine<Payload> {
  const out: Record<string, { data: string; mode: number }> = {};
  const record = yield* get<StatusRecord>('statuses', pod.metadata.uid);
  const { cpus, memKb } = yield* uname();
  for (const item of items) {
    const container = containersOf(pod).find((it) => it.name === item.resourceFieldRef?.containerName);
    const value = item.fieldRef !== undefined ? fieldValue(pod, record?.status ?? {}, item.fieldRef.fieldPath)
      : item.resourceFieldRef !== undefined && container !== undefined ? resourceValue(container, item.resourceFieldRef.resource, String(item.resourceFieldRef.divisor ?? ''), { cpus, memoryBytes: memKb * 1024 }) : '';
    out[item.path] = { data: encodeUtf8(value ?? ''), mode: item.mode ?? mode };
  }
  return out;
}

/** A token is private to the user all containers run as, where they name one. Models pkg/volume/projected. */
function privateToken(pod: Pod): boolean {
  const { securityContext } = pod.spec;
  const users = containersOf(pod).map((it) => it.securityContext?.runAsUser ?? securityContext?.runAsUser);
  return securityContext?.fsGroup !== undefined || (users[0] !== undefined && users.every((user) => user === users[0]));
}

function* projectedSource(pod: Pod, source: ProjectedSource, mode: number): Coroutine<Payload> {
  if (source.configMap !== undefined) return yield* keyed('configmaps', pod, source.configMap.name ?? '', source.configMap.items, mode, source.configMap.optional ?? false);
  if (source.secret !== undefined) return yield* keyed('secrets', pod, source.secret.name ?? '', source.secret.items, mode, source.secret.optional ?? false);
  if (source.downwardAPI !== undefined) return yield* downward(pod, source.downwardAPI.items ?? [], mode);
  const token = source.serviceAccountToken;
  if (token === undefined) return {};
  try {
    return { [token.path]: { data: yield* fetchToken(pod, token.audience ?? '', token.expirationSeconds ?? 3600), mode: privateToken(pod) ? 0o600 : mode } };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new VolumeError(`failed to fetch token: ${caught.message}`);
  }
}

/** The files of a volume that is made of API data; null for the other kinds. Throws VolumeError. */
export function* payloadOf(pod: Pod, volume: Volume): Coroutine<Payload | null> {
  if (volume.configMap !== undefined) return yield* keyed('configmaps', pod, volume.configMap.name ?? '', volume.configMap.items, volume.configMap.defaultMode ?? 0o644, volume.configMap.optional ?? false);
  if (volume.secret !== undefined) return yield* keyed('secrets', pod, volume.secret.secretName ?? '', volume.secret.items, volume.secret.defaultMode ?? 0o644, volume.secret.optional ?? false);
  if (volume.downwardAPI !== undefined) return yield* downward(pod, volume.downwardAPI.items ?? [], volume.downwardAPI.defaultMode ?? 0o644);
  if (volume.projected === undefined) return null;
  const all: Record<string, { data: string; mode: number }> = {};
  const problems: string[] = [];
  for (const source of volume.projected.sources ?? []) {
    try {
      Object.assign(all, yield* projectedSource(pod, source, volume.projected.defaultMode ?? 0o644));
    } catch (caught) {
      if (!(caught instanceof VolumeError)) throw caught;
      problems.push(caught.message);
    }
  }
  if (problems.length > 0) throw new VolumeError(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
  return all;
}
