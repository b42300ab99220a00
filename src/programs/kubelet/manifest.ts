/**
 * From a manifest file's bytes to a static pod, or to the error upstream logs.
 * Models pkg/kubelet/config/common.go (tryDecodeSinglePod, applyDefaults) and file.go (extractFromFile).
 */
import { memo } from '../../base/memo.ts';
import { canonical, isObject } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { parseYaml, YamlError } from '../../base/yaml.ts';
import { defaultPod } from '../../api/pod-defaults.ts';
import { resourceOfKind } from '../../api/registry.ts';
import type { Pod } from '../../api/types.ts';
import { validate } from '../../api/validate/index.ts';
import type { Bytes } from '../../kernel/sys.ts';
import { typeProblem } from './gotypes.ts';
import { md5 } from '../../base/md5.ts';
import { CONFIG_HASH, CONFIG_SEEN, CONFIG_SOURCE } from './types.ts';

const MAX_FILE = 10 * 1024 * 1024;

export type Parsed = { readonly pod: Pod } | { readonly error: string };

/** Upstream's wrapper for text that is no pod at all. */
const unparsed = (path: string, why: string): Parsed => ({ error: `${path}: couldn't parse as pod(${why}), please check config file` });

/** What the API machinery says of a value that names no known kind. */
function kindProblem(value: Json): string | null {
  if (!isObject(value)) return value === null ? `Object 'Kind' is missing in 'null'` : `couldn't get version/kind; json parse error: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`;
  const [version, kind] = [value['apiVersion'], value['kind']];
  if (typeof kind !== 'string' || kind === '') return `Object 'Kind' is missing in '${canonical(value)}'`;
  if (typeof version !== 'string' || version === '') return `Object 'apiVersion' is missing in '${canonical(value)}'`;
  if (resourceOfKind(version, kind) === undefined && !(version === 'v1' && kind === 'Pod')) return `no kind "${kind}" is registered for version "${version}" in scheme "pkg/api/legacyscheme/scheme.go:30"`;
  return null;
}

/** The uid of a static pod: what it says after defaulting, the node, and the file's path. */
function uidOf(metadata: JsonObject, spec: JsonObject, node: string, path: string): string {
  return md5(encodeUtf8(`${canonical({ metadata, spec })}host:${node}file:${path}`));
}

function staticPod(value: JsonObject, node: string, path: string): Pod {
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  const spec = defaultPod(isObject(value['spec']) ? value['spec'] : {});
  const given = typeof metadata['uid'] === 'string' && metadata['uid'] !== '' ? metadata['uid'] : null;
  const uid = given ?? uidOf(metadata, spec, node, path);
  const tolerations = Array.isArray(spec['tolerations']) ? (spec['tolerations'] as readonly Json[]) : [];
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: {
      ...(metadata as unknown as Pod['metadata']), name: `${metadata['name'] as string}-${node.toLowerCase()}`, namespace: typeof metadata['namespace'] === 'string' && metadata['namespace'] !== '' ? metadata['namespace'] : 'default', uid,
      annotations: { ...(metadata['annotations'] as Record<string, string> | undefined), [CONFIG_HASH]: uid, [CONFIG_SOURCE]: 'file' },
    },
    spec: { ...(spec as unknown as Pod['spec']), nodeName: node, tolerations: [...tolerations, { operator: 'Exists', effect: 'NoExecute' }] as Pod['spec']['tolerations'] & object },
    status: { phase: 'Pending' },
  };
}

interface Source { readonly data: Bytes; readonly path: string; readonly node: string }

function parse({ data, path, node }: Source): Parsed {
  if (data.length > MAX_FILE) return { error: `file too large` };
  let value: Json;
  try {
    value = parseYaml(decodeUtf8(data));
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    return unparsed(path, caught.message);
  }
  const kind = kindProblem(value);
  if (kind !== null) return unparsed(path, kind);
  const object = value as JsonObject;
  if (object['kind'] !== 'Pod') return unparsed(path, `invalid pod: &${String(object['apiVersion']).includes('/') ? String(object['apiVersion']).split('/')[0] : 'core'}.${String(object['kind'])}{TypeMeta:v1.TypeMeta{Kind:"", APIVersion:""}, ObjectMeta:v1.ObjectMeta{Name:${JSON.stringify((object['metadata'] as JsonObject | undefined)?.['name'] ?? '')}}}`);
  const problem = typeProblem('v1.ObjectMeta', object['metadata'], 'metadata', 'Pod') ?? typeProblem('v1.PodSpec', object['spec'], 'spec', 'Pod');
  if (problem !== null) return unparsed(path, problem);
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  if (typeof metadata['name'] !== 'string' || metadata['name'] === '') return { error: 'invalid pod: name is needed for the pod' };
  const pod = staticPod(object, node, path);
  const faults = validate(pod, true, { allowPrivileged: true });
  return faults.length === 0 ? { pod } : { error: `invalid pod: [${faults.map((fault) => `${fault.field}: ${fault.message}`).join(' ')}]` };
}

/** The relist reads the same few files every 20 seconds. */
const parsed = memo(({ data, path, node }: Source) => `${node}\0${path}\0${data}`, parse, 64);

/** `seen` is RFC 3339 with nanoseconds; it is kept when the same pod is read again. */
export function parseManifest(data: Bytes, path: string, node: string, seen: string): Parsed {
  const found = parsed({ data, path, node });
  if ('error' in found) return found;
  const { pod } = found;
  return { pod: { ...pod, metadata: { ...pod.metadata, annotations: { ...pod.metadata.annotations, [CONFIG_SEEN]: seen } } } };
}
