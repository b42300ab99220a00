/** JSONPath as kubectl has it. */
import type { Json } from '../../../base/json.ts';
import { findResults, jsonPathText } from './evaluate.ts';
import { JsonPathError, parseJsonPath } from './parse.ts';

export { findResults, jsonPathText } from './evaluate.ts';
export { JsonPathError, parseJsonPath, type Part } from './parse.ts';

/** `name`, `.name`, `{name}` → `{.name}`. Throws JsonPathError. */
export function relaxed(path: string): string {
  if (path === '') return '';
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (match === null) throw new JsonPathError("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'");
  return `{.${match[1] ?? match[2]!}}`;
}

/** The values that a path with or without braces finds. Throws JsonPathError. */
export const jsonPathValues = (path: string, value: Json): readonly Json[] => findResults(parseJsonPath(relaxed(path)), value).flat();

/** A template's whole output. Throws JsonPathError. */
export const executeJsonPath = (template: string, value: Json, missingKeys = true): string =>
  findResults(parseJsonPath(template), value, { missingKeys }).map((results) => results.map(jsonPathText).join(' ')).join('');
