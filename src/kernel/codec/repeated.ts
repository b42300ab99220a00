/** The writer's first pass: what of a value occurs more than once, by identity or as a long string. */
import BTree from '../btree.ts';
import { Filesystem } from '../fs.ts';
import { Failed, Nulls } from '../state.ts';
import { Table, View } from '../table.ts';
import { CodecError } from './tags.ts';

/** Shorter strings cost less than a reference to them. */
export const LONG = 16;
/** Objects dealt with between two pauses: a millisecond or two. */
export const PIECE = 1000;

export const isPlain = (value: object): value is Record<string, unknown> => Object.getPrototypeOf(value) === Object.prototype;
const counts = (value: unknown): boolean => (typeof value === 'string' ? value.length >= LONG : typeof value === 'object' && value !== null);

/** Adds what a value holds. */
function hold(value: object, into: unknown[]): void {
  if (Array.isArray(value)) for (const item of value as unknown[]) into.push(item);
  else if (value instanceof Map || value instanceof BTree || value instanceof View) for (const [k, v] of value.entries() as Iterable<[unknown, unknown]>) into.push(k, v);
  else if (value instanceof Table) into.push(value.tree);
  else if (value instanceof Filesystem) into.push(value.inodes);
  else if (isPlain(value)) for (const key in value) into.push(value[key]);
  else if (!(value instanceof Failed || value instanceof Nulls)) throw new CodecError(`cannot keep a ${value.constructor.name}`);
}

/** Errors: CodecError (a value that is no plain data). */
export function* repeatedIn(root: unknown): Generator<void, Set<unknown>, void> {
  const seen = new Set<unknown>();
  const repeated = new Set<unknown>();
  const left = [root];
  for (let n = 1; left.length > 0; n++) {
    if (n % (4 * PIECE) === 0) yield;
    const value = left.pop();
    if (!counts(value)) continue;
    if (seen.has(value)) repeated.add(value);
    else if (seen.add(value) && typeof value === 'object') hold(value as object, left);
  }
  return repeated;
}
