/**
 * A value as it comes back from being decoded into its Go type and encoded again: null and zero values that their field omits are gone,
 * quantities are in their canonical spelling. Fields that the type does not have stay: dropping those is the decoder's task.
 */
import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import { formatQuantity, parseQuantity } from '../base/quantity.ts';
import { fieldsOf } from './go-struct.ts';
import type { Field } from './go-struct.ts';

/** Lists that are written even when they are empty. */
const ALWAYS: readonly string[] = ['containers', 'nodeSelectorTerms'];

function quantity(value: Json): Json {
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : null;
  return parsed === null ? value : formatQuantity(parsed);
}
const allFields = (type: string): readonly Field[] => (fieldsOf(type) ?? []).flatMap((field) => (field.embedded ? allFields(field.type) : [field]));

/** Undefined: the field is not written. */
function written({ json, type }: Field, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (type.startsWith('*')) return shape(type.slice(1), value);
  if (Array.isArray(value)) return value.length === 0 && !ALWAYS.includes(json) ? undefined : shape(type, value);
  if (isObject(value)) return (type.startsWith('map[') || type === 'v1.ResourceList') && Object.keys(value).length === 0 ? undefined : shape(type, value);
  if (type === 'intstr.IntOrString' || type === 'resource.Quantity') return shape(type, value);
  return value === false || value === 0 || value === '' ? undefined : value;
}

/** The value as the type writes it. */
export function shape(type: string, value: Json): Json {
  if (type === 'resource.Quantity') return quantity(value);
  if (type.startsWith('[]')) return Array.isArray(value) ? (value as readonly Json[]).map((item) => shape(type.slice(2), item)) : value;
  if (type === 'v1.ResourceList') return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, quantity(amount ?? null)])) : value;
  const fields = allFields(type);
  if (fields.length === 0 || !isObject(value)) return value;
  const known = new Map(fields.map((field) => [field.json, field]));
  const out: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    const field = known.get(key);
    const kept = field === undefined || inner === undefined ? inner : written(field, inner);
    if (kept !== undefined) out[key] = kept;
  }
  return out;
}
export const shapeObject = (type: string, value: JsonObject): JsonObject => shape(type, value) as JsonObject;
