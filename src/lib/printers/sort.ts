/** `--sort-by`: rows and objects in the order Go's sort leaves them. Models kubectl pkg/cmd/get sorter.go. */
import { goSort } from '../../base/gosort.ts';
import type { Json } from '../../base/json.ts';
import { compareQuantity, parseQuantity } from '../../base/quantity.ts';
import { GoError } from '../net/index.ts';
import { findResults, JsonPathError, parseJsonPath, relaxed, type Part } from './jsonpath/index.ts';
import type { Table } from './table.ts';

/** Digits in strings count as numbers: `pod-2` before `pod-10`. Models fvbommel/sortorder NaturalLess. */
export function naturalLess(a: string, b: string): boolean {
  let i = 0, j = 0;
  const digit = (text: string, at: number) => text[at] !== undefined && text[at]! >= '0' && text[at]! <= '9';
  while (i < a.length && j < b.length) {
    if (digit(a, i) && digit(b, j)) {
      const [startA, startB] = [i, j];
      while (a[i] === '0') i++;
      while (b[j] === '0') j++;
      const [fromA, fromB] = [i, j];
      while (digit(a, i)) i++;
      while (digit(b, j)) j++;
      if (i - fromA !== j - fromB) return i - fromA < j - fromB;
      const [x, y] = [a.slice(fromA, i), b.slice(fromB, j)];
      if (x !== y) return x < y;
      if (fromA - startA !== fromB - startB) return fromA - startA < fromB - startB;
    } else {
      if (a[i] !== b[j]) return a[i]! < b[j]!;
      i++;
      j++;
    }
  }
  return a.length - i < b.length - j;
}

/** Is a smaller than b? */
function less(a: Json, b: Json): boolean {
  if (a === null) return b !== null;
  if (b === null) return false;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [parseQuantity(a), parseQuantity(b)];
    return x !== null && y !== null ? compareQuantity(x, y) < 0 : naturalLess(a, b);
  }
  if (typeof a !== typeof b || typeof a === 'object') throw new GoError(`unsortable type: ${typeof a}`);
  return (a as number) < (b as number);
}

function order<T>(elements: readonly T[], path: string, objectOf: (element: T) => Json): T[] {
  let field = path, parts: readonly Part[];
  try {
    field = relaxed(path);
    parts = parseJsonPath(field);
  } catch (caught) {
    if (!(caught instanceof JsonPathError)) throw caught;
    throw new GoError(`sorting error: ${caught.message}`);
  }
  const keyed = elements.map((element) => ({ element, values: findResults(parts, objectOf(element)).flat() }));
  if (elements.length > 0 && keyed.every(({ values }) => values.length === 0)) throw new GoError(`couldn't find any field with path ${JSON.stringify(field)} in the list of objects`);
  // What has no such field comes first, as it does there.
  return goSort(keyed, (a, b) => (a.values.length === 0 ? true : b.values.length === 0 ? false : less(a.values[0]!, b.values[0]!))).map(({ element }) => element);
}

/** A table with its rows sorted by a field of their objects. Throws GoError. */
export const sortTable = (table: Table, path: string): Table => ({ ...table, rows: order(table.rows, path, (row) => (row.object ?? {}) as Json) });

/** Objects sorted by a field. Throws GoError. */
export const sortObjects = <T>(objects: readonly T[], path: string): T[] => order(objects, path, (object) => object as Json);
