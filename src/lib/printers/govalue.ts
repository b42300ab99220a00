/** Values as Go's fmt prints them: `%v` for templates and columns, `%#v` for the object dump in jsonpath errors. */
import { isObject, type Json } from '../../base/json.ts';
import { goQuote } from '../net/index.ts';

const keysOf = (value: { readonly [key: string]: Json | undefined }) => Object.keys(value).filter((key) => value[key] !== undefined).sort();

/** `fmt.Sprint` of decoded JSON. */
export function goValue(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (isObject(value)) return `map[${keysOf(value).map((key) => `${key}:${goValue(value[key])}`).join(' ')}]`;
  if (typeof value === 'number' && !Number.isInteger(value)) return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
  return String(value);
}

/** `%#v` of decoded JSON. */
export function goDump(value: Json | undefined): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goDump).join(', ')}}`;
  if (isObject(value)) return `map[string]interface {}{${keysOf(value).map((key) => `${goQuote(key)}:${goDump(value[key])}`).join(', ')}}`;
  return typeof value === 'string' ? goQuote(value) : String(value);
}
