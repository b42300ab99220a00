/** What is wrong with a field, worded as a Status shows it after the field's name. Models apimachinery pkg/util/validation/field. */
import { goQuote, goStringMap, goStrings } from '../../base/goquote.ts';
import type { LabelSelector } from '../types.ts';

export interface Fault { readonly field: string; /** Begins with the type: `Invalid value: "x": must be …`. */ readonly message: string }
export type Faults = readonly Fault[];

type Value = string | number | boolean | { readonly go: string } | undefined | null;
/** A value that is printed as it stands. */
export const go = (text: string): { readonly go: string } => ({ go: text });
const shown = (value: Value): string => (value === undefined || value === null ? 'null' : typeof value === 'string' ? goQuote(value) : typeof value === 'object' ? value.go : String(value));
const with_ = (detail: string): string => (detail === '' ? '' : `: ${detail}`);

export const required = (field: string, detail = ''): Fault => ({ field, message: `Required value${with_(detail)}` });
export const invalid = (field: string, value: Value, detail: string): Fault => ({ field, message: `Invalid value: ${shown(value)}${with_(detail)}` });
export const forbidden = (field: string, detail: string): Fault => ({ field, message: `Forbidden${with_(detail)}` });
export const duplicate = (field: string, value: Value): Fault => ({ field, message: `Duplicate value: ${shown(value)}` });
export const notFound = (field: string, value: Value): Fault => ({ field, message: `Not found: ${shown(value)}` });
export const unsupported = (field: string, value: Value, supported: readonly string[]): Fault => ({ field, message: `Unsupported value: ${shown(value)}: supported values: ${supported.map(goQuote).join(', ')}` });
export const tooLong = (field: string, bytes: number): Fault => ({ field, message: `Too long: may not be more than ${bytes} bytes` });

/** A fault for each problem that a check of the value finds. */
export const named = (field: string, value: string, check: (text: string) => readonly string[]): Faults => check(value).map((problem) => invalid(field, value, problem));
/** The value must be there and one of these. */
export function oneOf(field: string, value: string | undefined, supported: readonly string[]): Faults {
  if (value === undefined || value === '') return [required(field)];
  return supported.includes(value) ? [] : [unsupported(field, value, supported)];
}
export const nonNegative = (field: string, value: number | undefined): Faults => (value !== undefined && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : []);
export const positive = (field: string, value: number | undefined): Faults => (value !== undefined && value <= 0 ? [invalid(field, value, 'must be greater than 0')] : []);
/** Faults of each element, with its index in the path. */
export const each = <T>(field: string, list: readonly T[] | undefined, check: (item: T, path: string, index: number) => Faults): Faults => (Array.isArray(list) ? (list as readonly T[]) : []).flatMap((item, i) => check(item, `${field}[${i}]`, i));
/** The second and later elements with the same key. `at` is put behind the element's path. */
export function repeated<T>(field: string, list: readonly T[] | undefined, key: (item: T) => string, at = ''): Faults {
  const seen = new Set<string>();
  return each(field, list, (item, path) => {
    const value = key(item);
    if (value === '' || !seen.has(value)) { seen.add(value); return []; }
    return [duplicate(`${path}${at}`, value)];
  });
}

/** `%#v` of a LabelSelector. */
export function goSelector(selector: LabelSelector | undefined): { readonly go: string } {
  const expressions = selector?.matchExpressions;
  const list = expressions === undefined ? '[]v1.LabelSelectorRequirement(nil)'
    : `[]v1.LabelSelectorRequirement{${expressions.map(({ key, operator, values }) => `v1.LabelSelectorRequirement{Key:${goQuote(key)}, Operator:${goQuote(operator)}, Values:${goStrings(values)}}`).join(', ')}}`;
  return go(`v1.LabelSelector{MatchLabels:${goStringMap(selector?.matchLabels)}, MatchExpressions:${list}}`);
}
