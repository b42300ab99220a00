/** What is wrong with a field, in the words of apimachinery's field errors, and the formats of names. */
import type { Json } from '../../../base/json.ts';
import { canonical } from '../../../base/json.ts';

export interface FieldFault { readonly field: string; readonly message: string }

/** A value as Go prints it in a field error: strings quoted, structures as JSON. */
const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' && value !== null ? canonical(value as Json) : String(value ?? null));

export const required = (field: string, detail = ''): FieldFault => ({ field, message: `Required value${detail === '' ? '' : `: ${detail}`}` });
export const invalidValue = (field: string, value: unknown, detail: string): FieldFault => ({ field, message: `Invalid value: ${shown(value)}: ${detail}` });
export const duplicate = (field: string, value: unknown): FieldFault => ({ field, message: `Duplicate value: ${shown(value)}` });
export const missing = (field: string, value: unknown): FieldFault => ({ field, message: `Not found: ${shown(value)}` });
export const forbiddenField = (field: string, detail: string): FieldFault => ({ field, message: `Forbidden: ${detail}` });
export const unsupported = (field: string, value: unknown, supported: readonly string[]): FieldFault =>
  ({ field, message: `Unsupported value: ${shown(value)}: supported values: ${[...supported].sort().map((one) => JSON.stringify(one)).join(', ')}` });
export const immutable = (field: string, value: unknown): FieldFault => invalidValue(field, value, 'field is immutable');

const LABEL = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_1035 = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const LABEL_VALUE = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const NAME_PART = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const CONFIG_KEY = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const tooLong = (max: number): string => `must be no more than ${max} bytes`;
const isLabel = (text: string): boolean => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);

/** Each gives what is wrong with the text; nothing when it is fine. */
export const labelFaults = (text: string): string[] => [...(text.length > 63 ? [tooLong(63)] : []), ...(isLabel(text) ? [] : [LABEL])];
export const subdomainFaults = (text: string): string[] => [...(text.length > 253 ? [tooLong(253)] : []), ...(text.split('.').every(isLabel) ? [] : [SUBDOMAIN])];
export const label1035Faults = (text: string): string[] => [...(text.length > 63 ? [tooLong(63)] : []), ...(/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text) ? [] : [LABEL_1035])];
export const labelValueFaults = (text: string): string[] => [...(text.length > 63 ? [tooLong(63)] : []), ...(/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(text) ? [] : [LABEL_VALUE])];
export const configKeyFaults = (text: string): string[] => (/^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && text !== '..' ? [] : [CONFIG_KEY]);
export const segmentFaults = (text: string): string[] => [...(text === '.' || text === '..' ? [`may not be '${text}'`] : []), ...['/', '%'].filter((c) => text.includes(c)).map((c) => `may not contain '${c}'`)];
export function qualifiedNameFaults(key: string): string[] {
  const parts = key.split('/');
  if (parts.length > 2) return ["a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"];
  const name = parts.at(-1)!;
  const prefix = parts.length === 2 ? (parts[0] === '' ? ['prefix part must be non-empty'] : subdomainFaults(parts[0]!).map((text) => `prefix part ${text}`)) : [];
  return [...prefix, ...(name === '' ? ['name part must be non-empty'] : name.length > 63 ? [`name part ${tooLong(63)}`] : []), ...(/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name) ? [] : [NAME_PART])];
}
export const portFault = (port: unknown): boolean => typeof port !== 'number' || port < 1 || port > 65535;
export const PORT_RANGE = 'must be between 1 and 65535, inclusive';
export const nonNegative = (field: string, value: unknown): FieldFault[] => (typeof value === 'number' && value < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : []);
