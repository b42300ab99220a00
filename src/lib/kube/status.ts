/**
 * API errors as clients see them: the server's Status object, or what client-go makes of an answer that is none.
 * Models apimachinery api/errors NewGenericServerResponse and client-go rest/request.go.
 */
import type { Json } from '../../kernel/sys.ts';
import type { HttpResponse } from '../http/index.ts';
import { GoError, goQuote } from '../net/index.ts';

/** A Status object, as far as clients read it. */
export interface StatusObject {
  readonly status?: string; readonly message?: string; readonly reason?: string; readonly code?: number;
  readonly details?: { readonly name?: string; readonly group?: string; readonly kind?: string; readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[]; readonly retryAfterSeconds?: number };
}

/** The server said no. `message` is the Status' message. */
export class StatusError extends GoError {
  readonly status: StatusObject;
  readonly code: number;
  /** `NotFound`, `Conflict`, `Forbidden` …; '' when the server gave none. */ readonly reason: string;
  constructor(status: StatusObject) {
    super(status.message ?? '', 'status');
    this.status = status;
    this.code = status.code ?? 0;
    this.reason = status.reason ?? '';
  }
}

/** Whether a caught value is the API's answer with that reason. */
export function isReason(caught: unknown, ...reasons: string[]): caught is StatusError {
  return caught instanceof StatusError && reasons.includes(caught.reason);
}

const GENERIC: Readonly<Record<number, readonly [string, string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', 'unknown'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  406: ['NotAcceptable', 'unknown'],
  409: ['Conflict', 'the server reported a conflict'],
  415: ['UnsupportedMediaType', 'unknown'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted, but may still be processing the request'],
};

function generic(response: HttpResponse, verb: string, resource: string, name: string): StatusObject {
  const body = response.body;
  const text = body && 'text' in body ? body.text.trim() : '';
  let [reason, message] = GENERIC[response.status] ?? ['', ''];
  if (response.status === 409 && verb === 'POST') reason = 'AlreadyExists';
  if ((response.status === 403 || response.status === 406) && text !== '') message = text;
  if (message === '' || response.status === 500) {
    reason = response.status >= 500 ? 'InternalError' : '';
    message = response.status >= 500 ? `an error on the server (${goQuote(text === '' ? 'unknown' : text)}) has prevented the request from succeeding` : `the server responded with the status code ${response.status} but did not return more information`;
  }
  const about = resource === '' ? '' : name === '' ? ` (${verb.toLowerCase()} ${resource})` : ` (${verb.toLowerCase()} ${resource} ${name})`;
  return { status: 'Failure', code: response.status, reason, message: `${message}${about}`, details: { kind: resource, name, causes: [{ reason: 'UnexpectedServerResponse', message: text === '' ? 'unknown' : text }] } };
}

/** The error for an answer outside 2xx. `resource` (`pods`, `leases.coordination.k8s.io`) and `name` are for answers without a Status. */
export function responseError(response: HttpResponse, verb: string, resource = '', name = ''): StatusError {
  const body = response.body;
  if (body && 'json' in body && typeof body.json === 'object' && body.json !== null && !Array.isArray(body.json)) {
    const json = body.json as Readonly<Record<string, Json | undefined>>;
    if (json.kind === 'Status') return new StatusError({ code: response.status, ...(json as StatusObject) });
  }
  return new StatusError(generic(response, verb, resource, name));
}
