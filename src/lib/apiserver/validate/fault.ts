/** What is wrong with a field, in the words of apimachinery's field errors. */
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

export const portFault = (port: unknown): boolean => typeof port !== 'number' || port < 1 || port > 65535;
export const PORT_RANGE = 'must be between 1 and 65535, inclusive';
export const nonNegative = (field: string, value: unknown): FieldFault[] => (typeof value === 'number' && value < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : []);
