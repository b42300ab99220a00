/** awk's values: numbers, strings, and input that is either; how they turn into one another and compare. Pure. */
import { float } from '../../lib/tool/printf.ts';
import type { Input, Value } from './syntax.ts';

const NUMERIC = /^[ \t\n\r\f\v]*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i;
/** As far as strtod reads. */
export function toNumber(v: Value): number {
  if (typeof v === 'number') return v;
  if (v === null) return 0;
  if (typeof v === 'object') return v.n;
  const text = NUMERIC.exec(v)?.[0].trim();
  return text === undefined ? 0 : parsed(text);
}
function parsed(text: string): number {
  const word = /^([-+]?)(inf|nan)/i.exec(text);
  if (word !== null) return word[2]!.toLowerCase() === 'nan' ? NaN : word[1] === '-' ? -Infinity : Infinity;
  const hex = /^([-+]?)(0x.*)/i.exec(text);
  return hex === null ? Number(text) : (hex[1] === '-' ? -1 : 1) * Number(hex[2]);
}
/** Text from outside: when it looks like a number it also is one. */
export function input(text: string): Value {
  if (!/^[ \t\n]*[-+.\d]/.test(text)) return text;
  const m = NUMERIC.exec(text);
  return m !== null && /^[ \t\n]*$/.test(text.slice(m[0].length)) ? { text, n: parsed(m[0].trim()) } satisfies Input : text;
}
/** A number as text: whole ones of 32 bits plainly, others by CONVFMT or OFMT, as mawk does it. */
export function numberText(n: number, format: string): string {
  if (Number.isInteger(n) && n >= -2_147_483_648 && n <= 2_147_483_647) return String(n === 0 ? 0 : n);
  return format === '%.6g' ? signed(n, (m) => float('g', m, 6, false)) : sprintf(format, [n], format);
}
const signed = (n: number, show: (magnitude: number) => string): string => (Number.isNaN(n) ? '-nan' : `${n < 0 ? '-' : ''}${Math.abs(n) === Infinity ? 'inf' : show(Math.abs(n))}`);

export const toText = (v: Value, convfmt: string): string => (typeof v === 'string' ? v : v === null ? '' : typeof v === 'number' ? numberText(v, convfmt) : v.text);
export const isTrue = (v: Value): boolean => (typeof v === 'number' ? v !== 0 : typeof v === 'string' ? v !== '' : v !== null && v.n !== 0);

/** As numbers when neither is a string, else as strings. → −1, 0, 1 */
export function compare(a: Value, b: Value, convfmt: string): number {
  if (typeof a !== 'string' && typeof b !== 'string') {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const [x, y] = [toText(a, convfmt), toText(b, convfmt)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What printf lacked; the caller says it in mawk's words. */
export class TooFew extends Error {}

/** A field's width is limited, so that a slip does not fill the memory. */
const WIDEST = 16 * 1024 * 1024;
const SPEC = /%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d*))?[hlLqjzt]*([diouxXeEfFgGcs%])/g;
export function sprintf(format: string, args: readonly Value[], convfmt: string): string {
  let at = 0;
  const next = (): Value => {
    if (at >= args.length) throw new TooFew();
    return args[at++]!;
  };
  return format.replace(SPEC, (whole, flags: string, width: string | undefined, precision: string | undefined, k: string) => {
    if (k === '%') return whole === '%%' ? '%' : whole.slice(-1);
    let wide = width === '*' ? toNumber(next()) : Number(width ?? 0);
    let left = flags.includes('-');
    if (wide < 0) [wide, left] = [-wide, true];
    wide = Math.min(wide, WIDEST);
    const exact = precision === undefined ? null : precision === '*' ? toNumber(next()) : Number(precision);
    const body = conversion(k, next(), flags, exact, convfmt);
    const zero = flags.includes('0') && !left && k !== 's' && k !== 'c' && (exact === null || !'diouxX'.includes(k)) && /\d/.test(body);
    if (!zero) return left ? body.padEnd(wide) : body.padStart(wide);
    const sign = /^(?:[-+ ]|0[xX])*/.exec(body)![0];
    return sign + body.slice(sign.length).padStart(wide - sign.length, '0');
  });
}
function conversion(k: string, v: Value, flags: string, precision: number | null, convfmt: string): string {
  if (k === 's') return precision === null ? toText(v, convfmt) : toText(v, convfmt).slice(0, precision);
  if (k === 'c') return typeof v === 'string' ? v.slice(0, 1) || '\0' : v !== null && typeof v === 'object' ? v.text.slice(0, 1) : String.fromCharCode(toNumber(v) & 255);
  const n = toNumber(v);
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (!'diouxX'.includes(k)) return (n < 0 || Number.isNaN(n) ? '' : plus) + signed(n, (m) => float(k, m, precision ?? 6, flags.includes('#')));
  const whole = Number.isFinite(n) ? BigInt(Math.trunc(n)) : 0n;
  const bits = 'di'.includes(k) ? whole : BigInt.asUintN(64, whole);
  const digits = (bits < 0n ? -bits : bits).toString(k === 'o' ? 8 : k === 'x' || k === 'X' ? 16 : 10).padStart(Math.min(precision ?? 0, WIDEST), '0');
  const prefix = flags.includes('#') && bits !== 0n ? { o: '0', x: '0x', X: '0X' }[k] ?? '' : '';
  return (bits < 0n ? '-' : 'di'.includes(k) ? plus : '') + prefix + (k === 'X' ? digits.toUpperCase() : digits);
}
