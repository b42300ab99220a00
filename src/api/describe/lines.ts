/** Lines that many descriptions share: labels, annotations, taints, tolerations, times. */
import { humanDuration } from '../../base/duration.ts';
import { goSort } from '../../base/gosort.ts';
import { formatQuantity, parseQuantity } from '../../base/quantity.ts';
import { parseRfc3339, rfc1123z } from '../../base/time.ts';
import type { ApiObject, LabelSelector, Quantity, StringMap, Taint, Toleration } from '../types.ts';
import { formatSelector } from '../../base/selector.ts';
import type { Sheet } from './writer.ts';

export const orNone = (text: string | undefined): string => (text === undefined || text === '' ? '<none>' : text);
export const orUnset = (value: string | number | boolean | null | undefined): string => (value === undefined || value === null ? '<unset>' : String(value));
/** Go's `%v` of a list: `[a b]`. */
export const goList = (items: readonly unknown[] | undefined): string => `[${(items ?? []).join(' ')}]`;
export const capitalBool = (value: boolean | undefined): string => (value === undefined ? '<unset>' : value ? 'True' : 'False');

/** The keys in byte order. */
export const sortedKeys = (map: Readonly<Record<string, unknown>> | undefined): readonly string[] => Object.keys(map ?? {}).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** A key's value, and further values under it. `title` may carry an indent. */
export function column(sheet: Sheet, title: string, values: readonly string[], indent = ''): void {
  if (values.length === 0) sheet.line(0, `${indent}${title}:\t<none>`);
  values.forEach((value, i) => sheet.line(0, i === 0 ? `${indent}${title}:\t${value}` : `${indent}\t${value}`));
}
export const labels = (sheet: Sheet, title: string, map: StringMap | undefined, indent = ''): void => column(sheet, title, sortedKeys(map).map((key) => `${key}=${map![key]}`), indent);

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const WIDEST = 140;
const shorten = (text: string): string => (text.length > WIDEST - 2 ? `${text.slice(0, WIDEST - 2)}...` : text);
/** Long or broken values stand under their key. */
export function annotations(sheet: Sheet, title: string, map: StringMap | undefined): void {
  const keys = sortedKeys(map).filter((key) => key !== LAST_APPLIED);
  column(sheet, title, keys.flatMap((key) => {
    const value = map![key]!.replace(/\n$/, '');
    if (value.length + key.length + 2 <= WIDEST && !value.includes('\n')) return [`${key}: ${value}`];
    return [`${key}:`, ...value.split('\n').map((part) => `  ${shorten(part)}`)];
  }));
}
/** `a=b,c=d` on one line, `<none>` without any. */
export const labelLine = (map: StringMap | undefined): string => orNone(sortedKeys(map).map((key) => `${key}=${map![key]}`).join(','));
/** metav1.LabelSelectorAsSelector(…).String(): an empty selector is an empty text. */
export const selectorLine = (selector: LabelSelector | undefined): string => { const text = formatSelector(selector); return text === '<none>' ? '' : text; };

/** Name, namespace (when there is one), labels and annotations. */
export function heading(sheet: Sheet, { metadata }: ApiObject, namespaced: boolean): void {
  sheet.line(0, `Name:\t${metadata.name}`);
  if (namespaced) sheet.line(0, `Namespace:\t${metadata.namespace ?? ''}`);
  labels(sheet, 'Labels', metadata.labels);
  annotations(sheet, 'Annotations', metadata.annotations);
}
/** `ReplicaSet/app-7f9667c9d9`, or '' without a controller. */
export function controllerOf({ metadata }: ApiObject): string {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
  return owner === undefined ? '' : `${owner.kind}/${owner.name}`;
}

export function taints(sheet: Sheet, list: readonly Taint[] | undefined): void {
  const key = (taint: Taint): string => `${taint.effect},${taint.key}`;
  const spell = ({ key: name, value = '', effect = '' }: Taint): string => `${name}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  column(sheet, 'Taints', goSort(list ?? [], (a, b) => key(a) < key(b)).map(spell));
}
function tolerationText({ key = '', operator, value = '', effect = '', tolerationSeconds }: Toleration): string {
  const what = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  const exists = operator === 'Exists' && value === '' ? `${what === '' ? '' : ' '}op=Exists` : '';
  return `${what}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}
export const tolerations = (sheet: Sheet, title: string, list: readonly Toleration[] | undefined): void => column(sheet, title, goSort(list ?? [], (a, b) => (a.key ?? '') < (b.key ?? '')).map(tolerationText));

/** RFC 1123 with zone; Go's zero time for none. */
export function dateLine(time: string | null | undefined): string {
  const at = time === null || time === undefined ? null : parseRfc3339(time);
  return at === null ? 'Mon, 01 Jan 0001 00:00:00 +0000' : rfc1123z(at);
}
/** How long ago, `<unknown>` without a time. `now` in µs. */
export function sinceLine(time: string | null | undefined, now: number): string {
  const at = time === null || time === undefined ? null : parseRfc3339(time);
  return at === null ? '<unknown>' : humanDuration(now - at);
}
/** The canonical spelling; '0' for none. */
export function amount(quantity: Quantity | undefined): string {
  const parsed = quantity === undefined ? null : parseQuantity(quantity);
  return parsed === null ? String(quantity ?? 0) : formatQuantity(parsed);
}
