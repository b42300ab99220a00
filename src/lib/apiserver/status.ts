/**
 * What the API server answers when it cannot do what was asked: Status objects in upstream's exact words.
 * Models apimachinery pkg/api/errors. A handler throws `ApiError`; the edge turns it into a response.
 */
import type { Json } from '../../kernel/sys.ts';

export interface Cause { readonly reason?: string; readonly message?: string; readonly field?: string }
export interface Status {
  readonly kind: 'Status'; readonly apiVersion: 'v1'; readonly metadata: { readonly [key: string]: Json | undefined };
  readonly status: 'Success' | 'Failure'; readonly message?: string; readonly reason?: string;
  readonly details?: { readonly name?: string; readonly group?: string; readonly kind?: string; readonly uid?: string; readonly causes?: readonly Cause[]; readonly retryAfterSeconds?: number };
  readonly code?: number;
}
export type Details = NonNullable<Status['details']>;

/** A request that failed for a reason the client is told. */
export class ApiError extends Error {
  readonly status: Status;
  constructor(code: number, reason: string, message: string, details?: Details) {
    super(message);
    this.status = {
      kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message,
      ...(reason === '' ? {} : { reason }), ...(details === undefined ? {} : { details }), code,
    };
  }
}

/** A resource as errors name it. */
export interface GroupResource { readonly group: string; readonly resource: string }
const full = ({ group, resource }: GroupResource): string => (group === '' ? resource : `${resource}.${group}`);
const about = ({ group, resource }: GroupResource, name: string): Details => ({
  ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource,
});

export const notFound = (what: GroupResource, name: string) => new ApiError(404, 'NotFound', `${full(what)} "${name}" not found`, about(what, name));
export const alreadyExists = (what: GroupResource, name: string) => new ApiError(409, 'AlreadyExists', `${full(what)} "${name}" already exists`, about(what, name));
export const generateNameConflict = (what: GroupResource, name: string) => new ApiError(409, 'AlreadyExists',
  `${full(what)} "${name}" already exists, the server was not able to generate a unique name for the object`, { ...about(what, name), retryAfterSeconds: 1 });
export const conflict = (what: GroupResource, name: string, why: string) => new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${full(what)} "${name}": ${why}`, about(what, name));
export const modified = (what: GroupResource, name: string) => conflict(what, name, 'the object has been modified; please apply your changes to the latest version and try again');
export const forbidden = (what: GroupResource, name: string, why: string) => new ApiError(403, 'Forbidden',
  what.resource === '' ? `forbidden: ${why}` : `${full(what)}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`, what.resource === '' ? {} : about(what, name));
export const badRequest = (message: string) => new ApiError(400, 'BadRequest', message);
export const internal = (why: string) => new ApiError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
/** An error upstream has no reason for: the message as it is. */
export const unknown = (message: string, code = 500) => new ApiError(code, '', message);
export const unauthorized = () => new ApiError(401, 'Unauthorized', 'Unauthorized');
export const noSuchResource = () => new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
export const methodNotAllowed = () => new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
export const notSupported = (what: GroupResource, verb: string) => new ApiError(405, 'MethodNotAllowed', `${verb} is not supported on resources of kind "${full(what)}"`, about(what, ''));
export const expired = (message: string) => new ApiError(410, 'Expired', message);
export const tooOld = (asked: number, oldest: number) => expired(`too old resource version: ${asked} (${oldest})`);
export const unsupportedMediaType = (accepted: readonly string[]) => new ApiError(415, 'UnsupportedMediaType',
  `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`);
export const tooManyRequests = (message: string, causes: readonly Cause[]) => new ApiError(429, 'TooManyRequests', message, { causes });
/** A write that waited for its database in vain. */
export const deadlineExceeded = () => new ApiError(504, 'Timeout', 'Timeout: request did not complete within requested timeout - context deadline exceeded', {});

const reasonOf: Readonly<Record<string, string>> = {
  'Not found': 'FieldValueNotFound', 'Required value': 'FieldValueRequired', 'Duplicate value': 'FieldValueDuplicate', 'Invalid value': 'FieldValueInvalid',
  'Unsupported value': 'FieldValueNotSupported', Forbidden: 'FieldValueForbidden', 'Too long': 'FieldValueTooLong', 'Too many': 'FieldValueTooMany',
  'Internal error': 'InternalError', 'May not be more than': 'FieldValueTooLong',
};

/** `errors` are `{field, message}`: the message as printed after the field, beginning with its type. */
export function invalid(kind: { readonly group: string; readonly kind: string }, name: string, errors: readonly { readonly field: string; readonly message: string }[]): ApiError {
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  const listed = texts.length === 1 ? texts[0] : `[${[...new Set(texts)].join(', ')}]`;
  const causes = errors.map(({ field, message }) => {
    const type = Object.keys(reasonOf).find((prefix) => message.startsWith(prefix));
    return { reason: type === undefined ? 'FieldValueInvalid' : reasonOf[type], message, field };
  });
  const title = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  return new ApiError(422, 'Invalid', `${title} "${name}" is invalid: ${listed}`, {
    ...(name === '' ? {} : { name }), ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.kind, causes,
  });
}

/** The answer to a delete that left nothing behind. */
export const success = (what: GroupResource, name: string, uid?: string): Status => ({
  kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { ...about(what, name), ...(uid === undefined ? {} : { uid }) },
});
