/** Walking to a place in an object that a path of keys names, through all elements of lists on the way (and at its end), and making it anew with a change there. */
import { isObject, type Json } from '../../../base/json.ts';
import { podSpecPlace } from '../change/podspec.ts';
import type { Obj } from '../rest.ts';

/** `create`: objects that are missing on the way are made; otherwise the object stays as it is. */
export function change(value: Json | undefined, path: readonly string[], create: boolean, how: (old: Json | undefined) => Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => change(one, path, create, how)!);
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined && !create ? undefined : how(value);
  const here = isObject(value) ? value : value === undefined || value === null ? (create ? {} : undefined) : undefined;
  if (here === undefined) return value;
  const old = here[key];
  if (old === undefined && !create) return value;
  const made = change(old, rest, create, how);
  return made === old ? value : { ...here, [key]: made };
}

/** The same for an object as a whole. */
export const within = (object: Obj, path: string, create: boolean, how: (old: Json | undefined) => Json | undefined): Obj => change(object as Json, path.split('/'), create, how) as Obj;

/** `spec/template/spec` and the like; null for kinds without pods. */
export const podPath = (object: Obj): string | null => podSpecPlace(object)?.join('/') ?? null;
