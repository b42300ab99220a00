/** JSON patch (RFC 6902) and JSON merge patch (RFC 7386). Pure: a new value comes back. */
import type { Json, JsonObject } from './json.ts';
import { deepEqual, isObject } from './json.ts';

export class PatchError extends Error {}

/** RFC 7386: null deletes, objects merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const out: Record<string, Json | undefined> = { ...(isObject(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete out[key];
    else out[key] = mergePatch(out[key], value);
  }
  return out as JsonObject;
}

/** The merge patch that turns `from` into `to`. */
export function createMergePatch(from: JsonObject, to: JsonObject): JsonObject {
  const patch: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const a = from[key];
    const b = to[key];
    if (b === undefined) patch[key] = null;
    else if (isObject(a) && isObject(b)) {
      const inner = createMergePatch(a, b);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!deepEqual(a, b)) patch[key] = b;
  }
  return patch;
}

interface Operation { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json }

const unescape = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
function pointer(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw new PatchError(`invalid JSON pointer: ${path}`);
  return path.slice(1).split('/').map(unescape);
}
function read(value: Json, steps: readonly string[], path: string): Json {
  let here: Json | undefined = value;
  for (const step of steps) here = Array.isArray(here) ? here[Number(step)] : isObject(here) ? here[step] : undefined;
  if (here === undefined) throw new PatchError(`unable to access path ${JSON.stringify(path)}: missing path`);
  return here;
}
/** Rebuilds the way down to the parent of `steps`' end and lets `change` make it anew. */
function at(value: Json, steps: readonly string[], path: string, change: (parent: Json, last: string) => Json): Json {
  const [step, ...rest] = steps as [string, ...string[]];
  if (rest.length === 0) return change(value, step);
  if (Array.isArray(value)) {
    const i = Number(step);
    if (value[i] === undefined) throw new PatchError(`doc is missing path: ${JSON.stringify(path)}: missing value`);
    return value.map((v: Json, n: number) => (n === i ? at(v, rest, path, change) : v));
  }
  if (!isObject(value) || value[step] === undefined) throw new PatchError(`doc is missing path: ${JSON.stringify(path)}: missing value`);
  return { ...value, [step]: at(value[step]!, rest, path, change) };
}
function add(value: Json, path: string, item: Json): Json {
  const steps = pointer(path);
  if (steps.length === 0) return item;
  return at(value, steps, path, (parent, last) => {
    if (!Array.isArray(parent)) return isObject(parent) ? { ...parent, [last]: item } : fail(path);
    const i = last === '-' ? parent.length : Number(last);
    if (!Number.isInteger(i) || i < 0 || i > parent.length) throw new PatchError(`Unable to access invalid index: ${last}: invalid index referenced`);
    return [...parent.slice(0, i), item, ...parent.slice(i)];
  });
}
const fail = (path: string): never => { throw new PatchError(`doc is missing path: ${JSON.stringify(path)}: missing value`); };
function remove(value: Json, path: string): Json {
  return at(value, pointer(path), path, (parent, last) => {
    if (Array.isArray(parent)) {
      const i = Number(last);
      if (parent[i] === undefined) throw new PatchError(`Unable to access invalid index: ${last}: invalid index referenced`);
      return parent.filter((_: Json, n: number) => n !== i);
    }
    if (!isObject(parent) || parent[last] === undefined) throw new PatchError(`remove operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`);
    const { [last]: _gone, ...rest } = parent;
    return rest;
  });
}

/** Applies the operations in order. Errors: PatchError in the words of the server's library. */
export function jsonPatch(value: Json, operations: readonly Operation[]): Json {
  let out = value;
  for (const { op, path, from = '', value: item = null } of operations) {
    switch (op) {
      case 'add': out = add(out, path, item); break;
      case 'remove': out = remove(out, path); break;
      case 'replace':
        read(out, pointer(path), path);
        out = pointer(path).length === 0 ? item : at(out, pointer(path), path, (parent, last) => (Array.isArray(parent) ? parent.map((v: Json, n: number) => (n === Number(last) ? item : v)) : { ...(parent as JsonObject), [last]: item }));
        break;
      case 'move': out = add(remove(out, from), path, read(out, pointer(from), from)); break;
      case 'copy': out = add(out, path, read(out, pointer(from), from)); break;
      case 'test':
        if (!deepEqual(read(out, pointer(path), path), item)) throw new PatchError(`testing value ${path} failed: test failed`);
        break;
      default: throw new PatchError(`Unexpected kind: ${op}`);
    }
  }
  return out;
}
