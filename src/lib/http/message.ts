/**
 * HTTP messages as they travel here: one frame a message, JSON bodies by reference. A plain-text protocol would only be parsed
 * again on the other side; the programs that show bytes (curl) serialise on their own.
 */
import type { Bytes, Json } from '../../kernel/sys.ts';

/** A body: a JSON value by reference, or bytes. */
export type Body = { readonly json: Json } | { readonly text: Bytes };
/** Header names in lower case. */
export type Headers = Readonly<Record<string, string>>;

export interface HttpRequest {
  readonly method: string;
  /** Path with ?query. */ readonly path: string;
  readonly headers: Headers;
  readonly body: Body | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body | null;
  /** Chunks follow (a watch, followed logs). */ readonly stream: boolean;
  /** The headers are all there are, in the order they are sent (nginx). Go's servers sort theirs and add some. */ readonly verbatim?: true;
  /** A JSON body is written indented, as an API server does for browsers and curl. */ readonly pretty?: true;
}

/** A connection; plain data, good for `checkpoint` and tables. */
export interface HttpConn {
  readonly fd: number;
  readonly tls: boolean;
  /** The other side's certificate chain, where it sent one. */ readonly peerCertPem: Bytes | null;
  /** `host:port` of the other side, as the server logs it; '' on the client's side. */ readonly peer: string;
  /** The server asked the client for a certificate. */ readonly asked?: true;
}

const REASONS: Readonly<Record<number, string>> = {
  100: 'Continue', 101: 'Switching Protocols', 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found',
  304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 413: 'Request Entity Too Large',
  415: 'Unsupported Media Type', 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented',
  502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

/** The reason phrase of a status code. */
export const reasonPhrase = (status: number) => REASONS[status] ?? '';

/** A response of plain text (the usual of health endpoints). */
export function textResponse(status: number, text: Bytes, headers: Headers = {}): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...headers }, body: { text }, stream: false };
}

/** A response with a JSON body. */
export function jsonResponse(status: number, json: Json, headers: Headers = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: { json }, stream: false };
}
