/** Reading and changing a value at a path, in jq 1.6's words when it cannot be. Pure. */
import { compare, isArray, isObject, JqError, named, typeName } from './value.ts';
import type { Value } from './value.ts';

/** Places from the root: keys, numbers, and slices as `{"start":…,"end":…}`. */
export type Path = readonly Value[];

const LARGEST = 536_870_911;
const isSlice = (key: Value): key is ReadonlyMap<string, Value> => isObject(key) && key.has('start') && key.has('end');
/** Where a slice begins and ends in something of that length. */
function bounds(slice: ReadonlyMap<string, Value>, length: number): readonly [number, number] {
  const [start = null, end = null] = [slice.get('start'), slice.get('end')];
  if ((start !== null && typeof start !== 'number') || (end !== null && typeof end !== 'number')) throw new JqError('Start and end indices of an array slice must be numbers');
  const clamp = (n: number): number => Math.min(length, Math.max(0, n < 0 ? n + length : n));
  const from = clamp(Math.floor(start ?? 0));
  return [from, Math.max(from, clamp(Math.ceil(end ?? length)))];
}

/** `v[key]`. Errors: JqError. */
export function at(v: Value, key: Value): Value {
  if (isObject(v) && typeof key === 'string') return v.get(key) ?? null;
  if (isArray(v) && typeof key === 'number') {
    const i = Math.floor(key);
    return v[i < 0 ? i + v.length : i] ?? null;
  }
  if (isArray(v) && isArray(key)) return indices(v, key);
  if (isObject(key) && (isArray(v) || typeof v === 'string' || v === null)) {
    if (!isSlice(key)) throw new JqError('Start and end indices of an array slice must be numbers');
    if (v === null) return null;
    const whole: readonly Value[] = typeof v === 'string' ? [...v] : v;
    const [from, to] = bounds(key, whole.length);
    return typeof v === 'string' ? whole.slice(from, to).join('') : whole.slice(from, to);
  }
  if (v === null && (typeof key === 'string' || typeof key === 'number')) return null;
  throw cannotIndex(v, key);
}
const cannotIndex = (v: Value, key: Value): JqError => new JqError(typeof key === 'string' ? `Cannot index ${typeName(v)} with string "${key}"` : `Cannot index ${typeName(v)} with ${typeName(key)}`);
/** Where `wanted` stands in `v`, as `indices` tells. */
export function indices(v: readonly Value[], wanted: readonly Value[]): Value {
  if (wanted.length === 0) return null;
  return [...v.keys()].filter((i) => wanted.every((w, k) => i + k < v.length && compare(v[i + k]!, w) === 0));
}

export const get = (v: Value, path: Path): Value => path.reduce<Value>((here, key) => (here === null ? null : at(here, key)), v);

export function set(v: Value, path: Path, value: Value): Value { return change(v, path, () => value); }
function change(v: Value, path: Path, by: (old: Value) => Value): Value {
  if (path.length === 0) return by(v);
  const [key = null, ...rest] = path;
  return put(v, key, change(at(v, key), rest, by));
}
function put(v: Value, key: Value, value: Value): Value {
  if (typeof key === 'string' && (v === null || isObject(v))) return new Map(v ?? []).set(key, value);
  if (typeof key === 'number' && (v === null || isArray(v))) {
    const items = [...(v ?? [])];
    const i = key < 0 ? key + items.length : Math.floor(key);
    if (i < 0) throw new JqError('Out of bounds negative array index');
    if (i > LARGEST) throw new JqError('Array index too large');
    while (items.length < i) items.push(null);
    items[i] = value;
    return items;
  }
  if (isObject(key) && (v === null || isArray(v))) {
    const items = v ?? [];
    const [from, to] = bounds(key, items.length);
    if (!isArray(value)) throw new JqError('A slice of an array can only be assigned another array');
    return [...items.slice(0, from), ...value, ...items.slice(to)];
  }
  throw cannotIndex(v, key);
}

/** Without what lies at the paths. */
export function remove(v: Value, paths: readonly Path[]): Value {
  // From the last: so the places of the others stay what they are.
  return [...paths].sort((a, b) => compare(b, a)).reduce((here, path) => removeOne(here, path), v);
}
function removeOne(v: Value, path: Path): Value {
  if (path.length === 0) return null;
  const [key = null, ...rest] = path;
  if (v === null) return null;
  if (rest.length > 0) {
    const inner = at(v, key);
    return inner === null ? v : put(v, key, removeOne(inner, rest));
  }
  if (isObject(v) && typeof key === 'string') {
    const left = new Map(v);
    left.delete(key);
    return left;
  }
  if (isArray(v) && typeof key === 'number') {
    const i = key < 0 ? key + v.length : Math.floor(key);
    return v.filter((_, k) => k !== i);
  }
  if (isArray(v) && isObject(key)) return put(v, key, []);
  throw cannotIndex(v, key);
}
/** What `a.b` cannot be a path of. */
export const noPath = (v: Value): JqError => new JqError(`Invalid path expression with result ${named(v).slice(typeName(v).length + 2, -1)}`);
