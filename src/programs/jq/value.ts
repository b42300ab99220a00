/** JSON values as jq holds them: objects keep the order of their keys and have any key. Comparing, naming, writing. Pure. */

export type Value = null | boolean | number | string | readonly Value[] | ReadonlyMap<string, Value>;
/** What a filter fails with; `error({…})` carries any value. */
export class JqError extends Error {
  readonly value: Value;
  constructor(value: Value) {
    super(typeof value === 'string' ? value : '');
    this.value = value;
  }
}
export const isArray = (v: Value): v is readonly Value[] => Array.isArray(v);
export const isObject = (v: Value): v is ReadonlyMap<string, Value> => v instanceof Map;

export function typeName(v: Value): string {
  return v === null ? 'null' : isArray(v) ? 'array' : isObject(v) ? 'object' : typeof v;
}
export const truthy = (v: Value): boolean => v !== null && v !== false;
/** A value in an error: `string ("abc")`, long ones cut as jq 1.6 does. */
export function named(v: Value): string {
  const text = write(v);
  return `${typeName(v)} (${text.length > 14 ? `${text.slice(0, 11)}...` : text})`;
}

const rank = (v: Value): number => (v === null ? 0 : v === false ? 1 : v === true ? 2 : typeof v === 'number' ? 3 : typeof v === 'string' ? 4 : isArray(v) ? 5 : 6);
export const keysOf = (v: ReadonlyMap<string, Value>): string[] => [...v.keys()].sort(byPoint);
/** By code points, as jq orders strings. */
export function byPoint(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return (x >= 0xd800 && y >= 0xd800 ? a.codePointAt(i)! - b.codePointAt(i)! : x - y);
  }
  return a.length - b.length;
}
export function compare(a: Value, b: Value): number {
  const by = rank(a) - rank(b);
  if (by !== 0) return by;
  if (typeof a === 'number') return a < (b as number) || Number.isNaN(a) ? -1 : a === b ? 0 : 1;
  if (typeof a === 'string') return byPoint(a, b as string);
  if (isArray(a)) return compareArrays(a, b as readonly Value[]);
  if (!isObject(a)) return 0;
  const other = b as ReadonlyMap<string, Value>;
  const keys = keysOf(a);
  const byKeys = compareArrays(keys, keysOf(other));
  if (byKeys !== 0) return byKeys;
  for (const key of keys) {
    const found = compare(a.get(key)!, other.get(key)!);
    if (found !== 0) return found;
  }
  return 0;
}
function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const found = compare(a[i]!, b[i]!);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}
export const equal = (a: Value, b: Value): boolean => compare(a, b) === 0;

// ---- writing -------------------------------------------------------------------------------------------
/** As jq 1.6's dtoa writes it: exponents from 1e-05 down, and where more than 15 zeros would follow the digits. */
export function writeNumber(n: number): string {
  if (Number.isNaN(n)) return 'null';
  const finite = n === Infinity ? Number.MAX_VALUE : n === -Infinity ? -Number.MAX_VALUE : n;
  if (Object.is(finite, -0)) return '-0';
  const [mantissa = '', e = '0'] = finite.toExponential().split('e');
  const digits = mantissa.replace(/[-.]/g, '');
  const point = Number(e) + 1;
  if (point <= -4 || point > digits.length + 15) return `${mantissa}e${e.startsWith('-') ? '-' : '+'}${e.replace(/^[-+]/, '').padStart(2, '0')}`;
  if (point >= digits.length) return `${finite < 0 ? '-' : ''}${digits}${'0'.repeat(point - digits.length)}`;
  return String(finite);
}
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f' };
export function writeString(text: string, ascii = false): string {
  const plain = text.replace(/["\\\x00-\x1f\x7f]/g, (c) => ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${ascii ? plain.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : plain}"`;
}

export interface Style { readonly indent: string | null; readonly sort: boolean; readonly ascii: boolean; readonly color: boolean }
export const COMPACT: Style = { indent: null, sort: false, ascii: false, color: false };
const COLORS = { null: '\x1b[1;30m', scalar: '\x1b[0;39m', string: '\x1b[0;32m', brace: '\x1b[1;39m', key: '\x1b[34;1m', end: '\x1b[0m' };

/** A value as text; coloured text has jq 1.6's very escapes. */
export function write(v: Value, style: Style = COMPACT, margin = ''): string {
  const paint = (color: string, text: string): string => (style.color ? `${color}${text}${COLORS.end}` : text);
  if (v === null || typeof v === 'boolean') return paint(v === null ? COLORS.null : COLORS.scalar, String(v));
  if (typeof v === 'number') return paint(Number.isNaN(v) ? COLORS.null : COLORS.scalar, writeNumber(v));
  if (typeof v === 'string') return paint(COLORS.string, writeString(v, style.ascii));
  const [start, end] = isArray(v) ? ['[', ']'] : ['{', '}'];
  const inner = style.indent === null ? '' : margin + style.indent;
  const line = style.indent === null ? '' : '\n';
  const items = isArray(v) ? v.map((item) => write(item, style, inner))
    : (style.sort ? keysOf(v) : [...v.keys()]).map((key) => entry(writeString(key, style.ascii), write(v.get(key)!, style, inner), style));
  if (items.length === 0) return paint(COLORS.brace, `${start}${end}`);
  if (!style.color) return `${start}${line}${inner}${items.join(`,${line}${inner}`)}${line}${style.indent === null ? '' : margin}${end}`;
  const { brace, end: off } = COLORS;
  const lead = isArray(v) ? '' : off;
  return `${brace}${start}${line}${inner}${lead}${items.join(`${brace},${line}${inner}${lead}`)}${brace}${line}${style.indent === null ? '' : margin}${brace}${end}${off}`;
}
function entry(key: string, value: string, { indent, color }: Style): string {
  const gap = indent === null ? '' : ' ';
  return color ? `${COLORS.key}${key}${COLORS.end}${COLORS.brace}:${gap}${COLORS.end}${value}` : `${key}:${gap}${value}`;
}
