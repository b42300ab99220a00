/**
 * Decoding as Go does it: a value of the wrong type cannot be read at all, an unknown field is an error only under strict
 * validation. Models sigs.k8s.io/json and apiserver's strict decoding.
 */
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import { fieldsOf } from './structs.ts';

export interface Findings {
  /** `json: cannot unmarshal …`: the first one. */ readonly unreadable: string | null;
  /** The Go type of that field. */ readonly type: string;
  /** `unknown field "spec.foo"`, in order. */ readonly unknown: readonly string[];
}

/** `path` is where the walk stands: field names, and indices of lists. */
interface Walk { unreadable: string | null; type: string; readonly unknown: string[]; readonly path: (string | number)[] }

const jsonType = (value: Json): string => (typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : 'object');
const exact = (path: readonly (string | number)[]): string => path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');

/** Go names the innermost struct and the path without indices and map keys. */
function refuse(walk: Walk, struct: string, value: Json, type: string, fieldsDeep: number): void {
  if (walk.unreadable !== null) return;
  walk.type = type;
  const shown = jsonType(value) === 'number' && !Number.isInteger(value) && /^u?int/.test(type) ? `number ${value}` : jsonType(value);
  walk.unreadable = `json: cannot unmarshal ${shown} into Go struct field ${struct}.${walk.path.slice(0, fieldsDeep).filter((part) => typeof part === 'string').join('.')} of type ${type}`;
}

const fitsScalar = (value: Json, type: string): boolean | null =>
  (type === 'string' ? typeof value === 'string' : type === 'bool' ? typeof value === 'boolean' : type === 'int32' || type === 'int64' ? Number.isInteger(value) : null);

/** `deep`: how much of the path is fields (what follows is one map key). */
function visit(walk: Walk, struct: string, value: Json | undefined, goType: string, deep: number): void {
  const type = goType.startsWith('*') ? goType.slice(1) : goType;
  if (value === null || value === undefined || type === 'any') return;
  const fits = fitsScalar(value, type);
  if (fits !== null) return fits ? undefined : refuse(walk, struct, value, type, deep);
  if (type.startsWith('[]')) {
    if (!Array.isArray(value)) return refuse(walk, struct, value, type, deep);
    for (let i = 0; i < value.length; i++) {
      walk.path.push(i);
      visit(walk, struct, value[i], type.slice(2), deep + 1);
      walk.path.pop();
    }
  } else if (type.startsWith('map[string]')) {
    if (!isObject(value)) return refuse(walk, struct, value, type, deep);
    for (const key of Object.keys(value)) {
      walk.path.push(key);
      visit(walk, struct, value[key], type.slice('map[string]'.length), deep);
      walk.path.pop();
    }
  } else {
    const fields = fieldsOf(type);
    if (fields === undefined) return;
    if (!isObject(value)) return refuse(walk, struct, value, type, deep);
    visitFields(walk, type.slice(type.indexOf('.') + 1), value, fields, []);
  }
}

function visitFields(walk: Walk, struct: string, value: JsonObject, fields: NonNullable<ReturnType<typeof fieldsOf>>, also: readonly string[]): void {
  for (const key of Object.keys(value)) {
    const field = fields.get(key);
    walk.path.push(key);
    if (field !== undefined) visit(walk, struct, value[key], field.type, walk.path.length);
    else if (!also.includes(key)) walk.unknown.push(`unknown field ${JSON.stringify(exact(walk.path))}`);
    walk.path.pop();
  }
}

/** Looks at an object of a kind as its Go type would; kinds without a struct are taken as they come. */
export function inspect(apiVersion: string, kind: string, object: JsonObject): Findings {
  const walk: Walk = { unreadable: null, type: '', unknown: [], path: [] };
  const fields = fieldsOf(`${kind}.${apiVersion}`);
  if (fields !== undefined) visitFields(walk, kind, object, fields, ['apiVersion', 'kind']);
  return walk;
}

function keep(value: Json | undefined, goType: string): Json | undefined {
  const type = goType.replace(/^\*/, '');
  if (value === null || value === undefined) return value;
  if (type.startsWith('[]')) return Array.isArray(value) ? value.map((item) => keep(item, type.slice(2)) ?? null) : value;
  const fields = fieldsOf(type);
  return fields === undefined || !isObject(value) ? value : keepFields(value, fields, []);
}
function keepFields(value: JsonObject, fields: NonNullable<ReturnType<typeof fieldsOf>>, also: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => fields.has(key) || also.includes(key)).map(([key, inner]) => [key, fields.has(key) ? keep(inner, fields.get(key)!.type) : inner]));
}

/** The object without the fields its Go type does not have: decoding drops them. */
export function pruned(apiVersion: string, kind: string, object: JsonObject): JsonObject {
  const fields = fieldsOf(`${kind}.${apiVersion}`);
  return fields === undefined ? object : keepFields(object, fields, ['apiVersion', 'kind']);
}

/** Go's `%v` of decoded JSON: `map[spec:map[replicas:x]]`. */
export function goMap(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (isObject(value)) return `map[${Object.keys(value).sort().map((key) => `${key}:${goMap(value[key])}`).join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}
