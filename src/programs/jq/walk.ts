/** Walking a value: its parts with their paths, variables, ranges, and the count of steps that ends what would never end. Pure. */
import { at, noPath } from './paths.ts';
import type { Path } from './paths.ts';
import { Undefined } from './scope.ts';
import type { Outside, Result, Scope } from './scope.ts';
import { isArray, isObject, JqError, named } from './value.ts';
import type { Value } from './value.ts';

type Stream = Generator<Result, void, undefined>;
const STEPS = 20_000_000;
/** One more step. Errors: JqError when there were too many. */
export function count(o: Outside): void {
  if (o.steps++ > STEPS) throw new JqError(`more than ${STEPS} steps are not available in this lab`);
}
/** A value that was made here; in a path, only null and `empty` may go on. */
export const fresh = (i: Result, v: Value): Result => ({ v, p: i.p === null ? null : LOST });
/** The path of what is not a part of the input. */
export const LOST: Path = [Symbol('lost') as unknown as Value];

/** `v[key]`, with its path. */
export function step(t: Result, key: Value): Result {
  if (t.p === LOST && t.v !== null) throw noPath(t.v);
  const v = at(t.v, key);
  return { v, p: t.p === null ? null : [...(t.p === LOST ? [] : t.p), key] };
}
/** `.[]` */
export function* children(t: Result): Stream {
  if (isArray(t.v)) for (const k of t.v.keys()) yield step(t, k);
  else if (isObject(t.v)) for (const k of t.v.keys()) yield step(t, k);
  else throw new JqError(`Cannot iterate over ${named(t.v)}`);
}
/** `..` */
export function* recurse(i: Result): Stream {
  yield i;
  if (isArray(i.v) || isObject(i.v)) for (const child of children(i)) yield* recurse(child);
}
/** `$name` */
export function variable(name: string, at: number, s: Scope | null, o: Outside): Value {
  for (let here = s; here !== null; here = here.up) if (here.t === 'variable' && here.name === name) return here.value;
  if (name === 'ENV') return o.env;
  throw new Undefined(`$${name} is not defined`, at);
}
/** `range(from; to; by)` */
export function* range(from: Value, to: Value, by: Value, i: Result, o: Outside): Stream {
  if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number') throw new JqError('Range bounds must be numeric');
  for (let n = from; by > 0 ? n < to : by < 0 && n > to; n += by) {
    count(o);
    yield fresh(i, n);
  }
}
