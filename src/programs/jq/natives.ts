/** jq's functions of values to a value, by name and number of arguments. Errors: JqError in jq 1.6's words. Pure. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { exp, log, power } from '../../lib/tool/math.ts';
import { gmtime, mktime, readTime, writeTime } from './dates.ts';
import { JsonError, parseJson } from './json.ts';
import { split } from './operators.ts';
import { indices, remove, set } from './paths.ts';
import { matches } from './regex.ts';
import { format, textOf } from './formats.ts';
import { compare, equal, isArray, isObject, JqError, named, typeName, write } from './value.ts';
import type { Value } from './value.ts';

interface Asked { readonly nowUs: number; readonly fileName: () => Value; readonly line: () => number; readonly tell: (text: string) => void }
type Native = (v: Value, args: readonly Value[], asked: Asked) => Value;
const fail = (message: string): never => { throw new JqError(message); };
const number = (v: Value): number => (typeof v === 'number' ? v : fail(`${named(v)} number required`));
const maths = (f: (n: number) => number): Native => (v) => f(number(v));
const array = (v: Value): readonly Value[] => (isArray(v) ? v : fail(`Cannot iterate over ${named(v)}`));

function length(v: Value): Value {
  if (v === null) return 0;
  if (typeof v === 'boolean') return fail(`${named(v)} has no length`);
  return typeof v === 'number' ? Math.abs(v) : typeof v === 'string' ? [...v].length : isArray(v) ? v.length : v.size;
}
function contains(a: Value, b: Value): boolean {
  if (isObject(a) && isObject(b)) return [...b].every(([key, value]) => a.has(key) && contains(a.get(key)!, value));
  if (isArray(a) && isArray(b)) return b.every((want) => a.some((have) => typeName(have) === typeName(want) && contains(have, want)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (typeName(a) === typeName(b)) return equal(a, b);
  return fail(`${named(a)} and ${named(b)} cannot have their containment checked`);
}
function has(v: Value, key: Value): boolean {
  if (isObject(v) && typeof key === 'string') return v.has(key);
  if (isArray(v) && typeof key === 'number') return key >= 0 && key < v.length;
  return fail(`Cannot check whether ${typeName(v)} has a ${typeof key === 'string' ? 'string' : typeName(key)} key`);
}
/** `[[by, item]…]` in order. */
function sorted(v: Value, by: Value): Value[][] {
  if (!isArray(v)) return fail(`${named(v)} and ${named(by)} cannot be sorted, as they are not both arrays`);
  return v.map((item, k) => [(by as readonly Value[])[k]!, item]).sort((a, b) => compare(a[0]!, b[0]!));
}
function groups(rows: readonly (readonly Value[])[]): Value {
  const out: Value[][] = [];
  for (const row of rows) {
    const last = out.at(-1);
    if (last !== undefined && equal((last[0] as readonly Value[])[0]!, row[0]!)) last.push(row);
    else out.push([row]);
  }
  return out;
}
/** The first least, or the last greatest. */
function best(v: Value, by: Value, most: boolean): Value {
  const items = array(v);
  const keys = by as readonly Value[];
  let at = 0;
  for (const k of items.keys()) if (most ? compare(keys[k]!, keys[at]!) >= 0 : compare(keys[k]!, keys[at]!) < 0) at = k;
  return items[at] ?? null;
}
function flatten(v: Value, depth: number): Value[] {
  return (isObject(v) ? [...v.values()] : array(v)).flatMap((item) => (isArray(item) && depth !== 0 ? flatten(item, depth - 1) : [item]));
}
function tonumber(v: Value): Value {
  if (typeof v === 'number') return v;
  return typeof v === 'string' ? fromJson(v, (found) => typeof found === 'number') : fail(`${named(v)} cannot be parsed as a number`);
}
function fromJson(text: string, wanted: (v: Value) => boolean = () => true): Value {
  let found: Value[];
  try {
    found = parseJson(text);
  } catch (caught) {
    if (!(caught instanceof JsonError)) throw caught;
    return fail(`${caught.message} (while parsing '${text}')`);
  }
  return found.length === 1 && wanted(found[0]!) ? found[0]! : fail(found.length > 1 ? `Unexpected extra JSON values (while parsing '${text}')` : `Invalid numeric literal at EOF at line 1, column ${text.length} (while parsing '${text}')`);
}
const both = (who: string, f: (text: string, part: string) => Value): Native => (v, [part = null]) => (typeof v === 'string' && typeof part === 'string' ? f(v, part) : fail(`${who}() requires string inputs`));
function where(v: Value, [wanted = null]: readonly Value[]): Value {
  if (v === null) return null;
  if (typeof v === 'string' && typeof wanted === 'string') {
    const found: Value[] = [];
    if (wanted !== '') for (let at = v.indexOf(wanted); at >= 0; at = v.indexOf(wanted, at + 1)) found.push(encodeUtf8(v.slice(0, at)).length);
    return wanted === '' ? null : found;
  }
  return indices(array(v), isArray(wanted) ? wanted : [wanted]);
}
const minimal = (n: number): number => (n < 0 ? Math.ceil(n) : Math.floor(n));
const LN2 = 0.6931471805599453;

export const natives: Readonly<Record<string, Native>> = {
  'length/0': length,
  'utf8bytelength/0': (v) => (typeof v === 'string' ? encodeUtf8(v).length : fail(`${named(v)} only strings have UTF-8 byte length`)),
  'not/0': (v) => v === null || v === false,
  'type/0': typeName,
  'has/1': (v, [key = null]) => has(v, key),
  'contains/1': (v, [b = null]) => contains(v, b),
  'tostring/0': textOf, 'tojson/0': (v) => write(v), 'tonumber/0': tonumber,
  'fromjson/0': (v) => (typeof v === 'string' ? fromJson(v) : fail(`${named(v)} only strings can be parsed`)),
  'infinite/0': () => Infinity, 'nan/0': () => NaN, 'isinfinite/0': (v) => Math.abs(number(v)) === Infinity, 'isnan/0': (v) => Number.isNaN(number(v)), 'isnormal/0': (v) => Number.isFinite(number(v)) && Math.abs(number(v)) >= 2.2250738585072014e-308,
  'sort/0': (v) => (isArray(v) ? [...v].sort(compare) : fail(`${named(v)} cannot be sorted, as it is not an array`)),
  '_by/1': (v, [by = null]) => sorted(v, by), '_groups/0': (v) => groups(v as readonly (readonly Value[])[]),
  '_least/1': (v, [by = null]) => best(v, by, false), '_most/1': (v, [by = null]) => best(v, by, true),
  '_flatten/2': (v, [depth = -1]) => flatten(v, Number(depth)),
  'reverse/0': (v) => (v === null ? [] : isArray(v) ? [...v].reverse() : typeName(v) === 'object' ? fail('Cannot index object with number') : length(v) === 0 ? [] : fail(`Cannot index ${typeName(v)} with number`)),
  'startswith/1': both('startswith', (text, part) => text.startsWith(part)), 'endswith/1': both('endswith', (text, part) => text.endsWith(part)),
  'ltrimstr/1': (v, [part]) => (typeof v === 'string' && typeof part === 'string' && v.startsWith(part) ? v.slice(part.length) : v),
  'rtrimstr/1': (v, [part]) => (typeof v === 'string' && typeof part === 'string' && part !== '' && v.endsWith(part) ? v.slice(0, -part.length) : v),
  'explode/0': (v) => (typeof v === 'string' ? [...v].map((c) => c.codePointAt(0)!) : fail('explode input must be a string')),
  'implode/0': (v) => (isArray(v) ? v.map((n) => (typeof n === 'number' ? String.fromCodePoint(n) : fail('Unicode codepoint must be numeric'))).join('') : fail('implode input must be an array')),
  '_ascii/1': (v, [up]) => (typeof v === 'string' ? v.replace(up === true ? /[a-z]/g : /[A-Z]/g, (c) => (up === true ? c.toUpperCase() : c.toLowerCase())) : fail('explode input must be a string')),
  'split/1': (v, [by = null]) => (typeof v === 'string' && typeof by === 'string' ? split(v, by) : fail('split input and separator must be strings')),
  'indices/1': where,
  '_match/2': (v, [pattern = null, flags = null]) => matches(v, pattern, flags),
  'setpath/2': (v, [path = null, value = null]) => (isArray(path) ? set(v, path, value) : fail('Path must be specified as an array')),
  'delpaths/1': (v, [paths = null]) => (isArray(paths) ? remove(v, paths.map((path) => (isArray(path) ? path : fail('Path must be specified as an array')))) : fail('Paths must be specified as an array')),
  'error/1': (_v, [value = null]) => { throw new JqError(value); },
  'format/1': (v, [name = null]) => (typeof name === 'string' ? format(name, v) : fail(`${named(name)} is not a valid format`)),
  'floor/0': maths(Math.floor), 'ceil/0': maths(Math.ceil), 'sqrt/0': maths(Math.sqrt), 'fabs/0': maths(Math.abs), 'trunc/0': maths(minimal), 'round/0': maths((n) => (n < 0 ? -Math.floor(0.5 - n) : Math.floor(n + 0.5))), 'rint/0': maths((n) => (n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n))),
  'exp/0': maths(exp), 'log/0': maths(log), 'log2/0': maths((n) => Number((log(n) / LN2).toPrecision(15))), 'log10/0': maths((n) => Number((log(n) / 2.302585092994046).toPrecision(15))), 'exp2/0': maths((n) => power(2, n)), 'exp10/0': maths((n) => power(10, n)),
  'pow/2': (_v, [a = null, b = null]) => power(number(a), number(b)), 'fmin/2': (_v, [a = null, b = null]) => Math.min(number(a), number(b)), 'fmax/2': (_v, [a = null, b = null]) => Math.max(number(a), number(b)), 'fmod/2': (_v, [a = null, b = null]) => number(a) % number(b),
  'bsearch/1': (v, [x = null]) => { const at = array(v).findIndex((item) => compare(item, x) >= 0); const place = at < 0 ? array(v).length : at; return at >= 0 && equal(array(v)[at]!, x) ? at : -1 - place; },
  'now/0': (_v, _a, { nowUs }) => nowUs / 1e6,
  'gmtime/0': gmtime, 'localtime/0': gmtime, 'mktime/0': mktime, 'strftime/1': writeTime, 'strflocaltime/1': writeTime, 'strptime/1': readTime,
  'input_filename/0': (_v, _a, { fileName }) => fileName(), 'input_line_number/0': (_v, _a, { line }) => line(),
  'debug/0': (v, _a, { tell }) => { tell(`${write(['DEBUG:', v])}\n`); return v; }, 'stderr/0': (v, _a, { tell }) => { tell(write(v)); return v; },
  'builtins/0': () => Object.keys(natives).filter((name) => !name.startsWith('_')),
};
