/**
 * Strategic merge patch: lists merge by key where the API types say so. Models apimachinery pkg/util/strategicpatch.
 * The types' `patchMergeKey` tags are a table by field name: in the core types a field name means one list type
 * (`ports` is told apart by what its elements look like).
 */
import type { Json, JsonObject } from './json.ts';
import { deepEqual, isObject } from './json.ts';
import { PatchError } from './patch.ts';

/** Field → merge key; null: a set of scalars that merges. Lists that are not here are replaced whole. */
const MERGE: Readonly<Record<string, string | null>> = {
  containers: 'name', initContainers: 'name', ephemeralContainers: 'name', volumes: 'name', env: 'name', volumeMounts: 'mountPath', volumeDevices: 'devicePath', imagePullSecrets: 'name', hostAliases: 'ip',
  ports: 'containerPort', conditions: 'type', addresses: 'type', ownerReferences: 'uid', finalizers: null, secrets: 'name', topologySpreadConstraints: 'topologyKey', resizePolicy: 'resourceName',
  readinessGates: 'conditionType', schedulingGates: 'name', resourceClaims: 'name', podIPs: 'ip', hostIPs: 'ip', webhooks: 'name', sources: '', podCIDRs: null, tolerations: '',
};
const ATOMIC = '';

function keyOf(field: string, elements: readonly Json[]): string | null | undefined {
  const key = MERGE[field];
  if (key === ATOMIC || key === undefined) return undefined;
  // A service's ports merge by port, a container's by containerPort, an endpoint's not at all.
  if (field === 'ports' && elements.some((e) => isObject(e) && e['port'] !== undefined)) return 'port';
  if (field === 'addresses' && elements.some((e) => isObject(e) && e['ip'] !== undefined)) return undefined;
  return key;
}
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const isDirective = (key: string): boolean => key.startsWith('$');

/** Applies `patch` to `original`. Errors: PatchError. */
export function strategicMergePatch(original: JsonObject, patch: JsonObject): JsonObject {
  if (patch['$patch'] === 'replace') return strip(patch) as JsonObject;
  if (patch['$patch'] === 'delete') return {};
  let base = original;
  const retain = patch['$retainKeys'];
  if (Array.isArray(retain)) base = Object.fromEntries(Object.entries(base).filter(([k]) => (retain as readonly Json[]).includes(k)));
  const out: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const field = key.slice('$deleteFromPrimitiveList/'.length);
      out[field] = list(out[field]).filter((v) => !list(value).some((gone) => deepEqual(gone, v)));
    } else if (isDirective(key) || value === undefined) continue;
    else if (value === null) delete out[key];
    else if (isObject(value)) out[key] = strategicMergePatch(isObject(out[key]) ? (out[key] as JsonObject) : {}, value);
    else if (Array.isArray(value)) out[key] = mergeList(key, list(out[key]), value, list(patch[`$setElementOrder/${key}`]));
    else out[key] = value;
  }
  for (const [key, order] of Object.entries(patch)) {
    const field = key.startsWith('$setElementOrder/') ? key.slice('$setElementOrder/'.length) : null;
    if (field !== null && patch[field] === undefined && Array.isArray(out[field])) out[field] = reorder(field, list(out[field]), list(order));
  }
  return out as JsonObject;
}

/** A value without the directives in it. */
function strip(value: Json): Json {
  if (Array.isArray(value)) return value.filter((v) => !(isObject(v) && v['$patch'] !== undefined)).map(strip);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([k, v]) => !isDirective(k) && v !== null && v !== undefined).map(([k, v]) => [k, strip(v!)]));
}

function mergeList(field: string, original: readonly Json[], patch: readonly Json[], order: readonly Json[]): Json {
  const key = keyOf(field, [...original, ...patch]);
  if (key === undefined || patch.some((p) => isObject(p) && p['$patch'] === 'replace')) return strip(patch.filter((p) => !(isObject(p) && p['$patch'] === 'replace' && Object.keys(p).length === 1)));
  if (key === null) {
    const out = [...original];
    for (const item of patch) if (!out.some((o) => deepEqual(o, item))) out.push(item);
    return reorder(field, out, order);
  }
  let out = [...original];
  for (const item of patch) {
    if (!isObject(item)) throw new PatchError('map: expected an object in a list that merges by key');
    if (item[key] === undefined) throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    const same = (o: Json): boolean => isObject(o) && deepEqual(o[key], item[key]);
    if (item['$patch'] === 'delete') out = out.filter((o) => !same(o));
    else if (out.some(same)) out = out.map((o) => (same(o) ? strategicMergePatch(o as JsonObject, item) : o));
    else out.push(strip(item));
  }
  return reorder(field, out, order);
}

/** Puts elements in the order that `$setElementOrder` names; what it does not name keeps its place behind its predecessor. */
function reorder(field: string, items: readonly Json[], order: readonly Json[]): Json {
  if (order.length === 0) return items;
  const key = keyOf(field, items);
  if (key === undefined) return items;
  const identity = (v: Json): Json | undefined => (key === null ? v : isObject(v) ? v[key] : v);
  const rank = (v: Json): number => order.findIndex((o) => deepEqual(identity(o), identity(v)));
  const named = items.filter((v) => rank(v) >= 0).sort((a, b) => rank(a) - rank(b));
  let at = 0;
  return items.map((v) => (rank(v) >= 0 ? named[at++]! : v));
}

/** Fields whose patch names all the keys that remain, so that those of another variant go. */
const RETAINS: readonly string[] = ['strategy', 'volumes'];
const retaining = (field: string, patch: JsonObject, to: JsonObject): JsonObject => (RETAINS.includes(field) && Object.keys(patch).length > 0 ? { $retainKeys: Object.keys(to).filter((key) => to[key] !== undefined).sort(), ...patch } : patch);

/** The two-way strategic patch from `from` to `to`, as `kubectl edit` and `kubectl label` send it. */
export function createStrategicPatch(from: JsonObject, to: JsonObject): JsonObject {
  const patch: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const a = from[key];
    const b = to[key];
    if (deepEqual(a, b)) continue;
    if (b === undefined) patch[key] = null;
    else if (isObject(a) && isObject(b)) patch[key] = retaining(key, createStrategicPatch(a, b), b);
    else if (Array.isArray(a) && Array.isArray(b)) diffList(key, a, b, patch);
    else patch[key] = b;
  }
  return patch;
}

function diffList(field: string, from: readonly Json[], to: readonly Json[], patch: Record<string, Json>): void {
  const key = keyOf(field, [...from, ...to]);
  if (key === undefined) {
    patch[field] = to;
    return;
  }
  if (key === null) {
    const gone = from.filter((f) => !to.some((t) => deepEqual(t, f)));
    const added = to.filter((t) => !from.some((f) => deepEqual(f, t)));
    if (gone.length > 0) patch[`$deleteFromPrimitiveList/${field}`] = gone;
    patch[`$setElementOrder/${field}`] = to;
    if (added.length > 0) patch[field] = added;
    return;
  }
  const find = (items: readonly Json[], item: JsonObject): JsonObject | undefined => items.find((o): o is JsonObject => isObject(o) && deepEqual(o[key], item[key]));
  const changes: Json[] = [];
  for (const item of to as readonly JsonObject[]) {
    const old = find(from, item);
    if (old === undefined) changes.push(item);
    else if (!deepEqual(old, item)) changes.push({ ...retaining(field, createStrategicPatch(old, item), item), [key]: item[key] });
  }
  for (const item of from as readonly JsonObject[]) if (find(to, item) === undefined) changes.push({ $patch: 'delete', [key]: item[key] });
  patch[`$setElementOrder/${field}`] = (to as readonly JsonObject[]).map((item) => ({ [key]: item[key] }));
  if (changes.length > 0) patch[field] = changes;
}

/**
 * `kubectl apply`'s patch: what the manifest changes against the live object, and deletions of what the last
 * applied manifest had and this one lacks.
 */
export function createThreeWayPatch(last: JsonObject, manifest: JsonObject, live: JsonObject): JsonObject {
  const changes = withoutDeletions(createStrategicPatch(live, manifest));
  const deletions = onlyDeletions(createStrategicPatch(last, manifest));
  return mergePatches(deletions, changes);
}

const fieldsIn = (patch: JsonObject): number => Object.keys(patch).filter((key) => !isDirective(key) || key.startsWith('$deleteFromPrimitiveList/')).length;
/** Null fields and `$patch: delete` elements dropped: the live object may have what the manifest does not name. */
function withoutDeletions(patch: JsonObject): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined || key.startsWith('$deleteFromPrimitiveList/')) continue;
    if (isObject(value)) {
      const inner = withoutDeletions(value);
      if (fieldsIn(inner) > 0) out[key] = inner;
    } else if (Array.isArray(value) && !isDirective(key)) {
      const items = value.filter((v) => !(isObject(v) && v['$patch'] === 'delete')).map((v) => (isObject(v) ? withoutDeletions(v) : v)) as readonly Json[];
      const key0 = keyOf(key, items);
      const kept = typeof key0 === 'string' ? items.filter((v) => isObject(v) && fieldsIn(v) > 1) : items;
      if (kept.length > 0 || value.length === 0) out[key] = kept;
    } else out[key] = value;
  }
  const orders = Object.keys(out).filter((k) => k.startsWith('$setElementOrder/'));
  for (const order of orders) if (out[order.slice('$setElementOrder/'.length)] === undefined) delete out[order];
  return out;
}
function onlyDeletions(patch: JsonObject): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || key.startsWith('$deleteFromPrimitiveList/')) out[key] = value as Json;
    else if (isObject(value)) {
      const inner = onlyDeletions(value);
      if (Object.keys(inner).length > 0) out[key] = inner;
    } else if (Array.isArray(value) && !isDirective(key)) {
      const kept: Json[] = [];
      for (const v of value as readonly Json[]) {
        if (!isObject(v)) continue;
        if (v['$patch'] === 'delete') kept.push(v);
        else {
          const inner = onlyDeletions(v);
          const mergeKey = keyOf(key, value);
          if (Object.keys(inner).length > 0 && typeof mergeKey === 'string' && v[mergeKey] !== undefined) kept.push({ ...inner, [mergeKey]: v[mergeKey] });
        }
      }
      if (kept.length > 0) out[key] = kept;
    }
  }
  return out;
}
function mergePatches(a: JsonObject, b: JsonObject): JsonObject {
  const out: Record<string, Json | undefined> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const mine = out[key];
    if (isObject(mine) && isObject(value)) out[key] = mergePatches(mine, value);
    else if (Array.isArray(mine) && Array.isArray(value) && !isDirective(key)) out[key] = [...mine, ...value] as readonly Json[];
    else out[key] = value;
  }
  return out as JsonObject;
}
