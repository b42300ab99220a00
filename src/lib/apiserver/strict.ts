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

interface Walk { unreadable: string | null; type: string; unknown: string[] }

const jsonType = (value: Json): string => (typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : 'object');

/** Where a value stands: the innermost struct, the path with and without indices. */
interface Place { readonly struct: string; readonly plain: string; readonly exact: string }

function refuse(walk: Walk, place: Place, value: Json, type: string): void {
  if (walk.unreadable !== null) return;
  walk.type = type;
  const shown = jsonType(value) === 'number' && !Number.isInteger(value) && /^u?int/.test(type) ? `number ${value}` : jsonType(value);
  walk.unreadable = `json: cannot unmarshal ${shown} into Go struct field ${place.struct}.${place.plain} of type ${type}`;
}

function scalar(walk: Walk, place: Place, value: Json, type: string): boolean {
  const fits = type === 'string' ? typeof value === 'string' : type === 'bool' ? typeof value === 'boolean' : /^int(32|64)$/.test(type) ? Number.isInteger(value) : null;
  if (fits === false) refuse(walk, place, value, type);
  return fits !== null;
}

function visit(walk: Walk, place: Place, value: Json | undefined, goType: string): void {
  const type = goType.replace(/^\*/, '');
  if (value === null || value === undefined || type === 'any' || scalar(walk, place, value, type)) return;
  if (type.startsWith('[]')) {
    if (!Array.isArray(value)) return refuse(walk, place, value, type);
    for (const [i, item] of value.entries()) visit(walk, { ...place, exact: `${place.exact}[${i}]` }, item, type.slice(2));
  } else if (type.startsWith('map[string]')) {
    if (!isObject(value)) return refuse(walk, place, value, type);
    for (const [key, item] of Object.entries(value)) visit(walk, { ...place, exact: `${place.exact}.${key}` }, item, type.slice('map[string]'.length));
  } else {
    const fields = fieldsOf(type);
    if (fields === undefined) return;
    if (!isObject(value)) return refuse(walk, place, value, type);
    struct(walk, { ...place, struct: type.slice(type.indexOf('.') + 1) }, value, fields, []);
  }
}

function struct(walk: Walk, place: Place, value: Readonly<Record<string, Json | undefined>>, fields: NonNullable<ReturnType<typeof fieldsOf>>, also: readonly string[]): void {
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.get(key);
    const join = (path: string) => (path === '' ? key : `${path}.${key}`);
    if (field !== undefined) visit(walk, { struct: place.struct, plain: join(place.plain), exact: join(place.exact) }, inner, field.type);
    else if (!also.includes(key)) walk.unknown.push(`unknown field ${JSON.stringify(join(place.exact))}`);
  }
}

/** Looks at an object of a kind as its Go type would; kinds without a struct are taken as they come. */
export function inspect(apiVersion: string, kind: string, object: Readonly<Record<string, Json | undefined>>): Findings {
  const walk: Walk = { unreadable: null, type: '', unknown: [] };
  const fields = fieldsOf(`${kind}.${apiVersion}`);
  if (fields !== undefined) struct(walk, { struct: kind, plain: '', exact: '' }, object, fields, ['apiVersion', 'kind']);
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
