/** Columns of server-side tables. Models pkg/printers/internalversion. Priority 1 shows with `-o wide`. */
import { humanDuration } from '../../base/duration.ts';
import { parseRfc3339 } from '../../base/time.ts';
import type { StringMap } from '../types.ts';

export interface Column { readonly name: string; readonly type: 'string' | 'integer' | 'boolean' | 'date'; readonly format: string; readonly priority: 0 | 1 }
export type Cell = string | number | boolean;
export interface Printer<T = never> { readonly columns: readonly Column[]; /** `now` in µs. */ row(object: T, now: number): readonly Cell[] }

/** `Name*` marks the name column, `+Wide` a wide one, `Count#` an integer, `Flag?` a boolean. */
export function columns(...names: string[]): readonly Column[] {
  return names.map((n) => {
    const wide = n.startsWith('+');
    const mark = n.slice(-1);
    const bare = n.replace(/^\+/, '').replace(/[#?*]$/, '');
    return { name: bare, type: mark === '#' ? 'integer' : mark === '?' ? 'boolean' : 'string', format: mark === '*' || bare === 'Name' ? 'name' : '', priority: wide ? 1 : 0 };
  });
}

/** How long ago; `<unknown>` when there is no time. */
export function since(time: string | null | undefined, now: number): string {
  const at = time === null || time === undefined ? null : parseRfc3339(time);
  return at === null ? '<unknown>' : humanDuration(now - at);
}
export const ageOf = (object: { readonly metadata: { readonly creationTimestamp?: string } }, now: number): string => since(object.metadata.creationTimestamp, now);

export const orNone = (text: string | undefined): string => (text === undefined || text === '' ? '<none>' : text);
export const joinOrNone = (items: readonly string[] | undefined): string => (items === undefined || items.length === 0 ? '<none>' : items.join(','));
/** `a=b,c=d`, keys sorted. */
export function labelsText(labels: StringMap | undefined): string {
  const keys = Object.keys(labels ?? {}).sort((a, b) => (a < b ? -1 : 1));
  return keys.length === 0 ? '<none>' : keys.map((k) => `${k}=${labels![k]}`).join(',');
}
