/** Kinds without a description of their own: all their fields, with labels made from the field names. */
import type { Json, JsonObject } from '../../base/json.ts';
import { isObject } from '../../base/json.ts';
import type { ApiObject } from '../types.ts';
import { events } from './events.ts';
import { heading, sortedKeys } from './lines.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

const SKIPPED: readonly string[] = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations'];
const ACRONYMS: readonly string[] = ['API', 'URL', 'UID', 'OSB', 'GUID'];

/** `renewTime` → `Renew Time`, `apiVersion` → `API Version`. */
export function titleOf(field: string): string {
  if (!/^[A-Za-z-]+$/.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|-+/g) ?? [];
  return words.map((word) => (ACRONYMS.includes(word.toUpperCase()) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1))).join(' ');
}
const goValue = (value: Json): string => (value === null ? '<nil>' : String(value));

function content(sheet: Sheet, level: number, object: JsonObject, path: string): void {
  for (const field of sortedKeys(object)) {
    const value = object[field];
    const here = `${path}.${field}`;
    if (value === undefined || SKIPPED.includes(here)) continue;
    if (isObject(value)) {
      sheet.line(level, `${titleOf(field)}:`);
      content(sheet, level + 1, value, here);
    } else if (Array.isArray(value)) {
      sheet.line(level, `${titleOf(field)}:`);
      for (const item of value as readonly Json[]) {
        if (isObject(item)) content(sheet, level + 1, item, here);
        else sheet.line(level + 1, goValue(item));
      }
    } else sheet.line(level, `${titleOf(field)}:\t${goValue(value as Json)}`);
  }
}

export const generic: Describer<ApiObject> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    heading(sheet, object, true);
    content(sheet, 0, object as unknown as JsonObject, '');
    events(sheet, related.events, now);
    return sheet.text();
  },
};
