/** HTTP messages as bytes, for the programs that show them: heads as text, JSON bodies as Go's servers write them. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { civil, dayName, monthName } from '../../base/time.ts';
import type { Bytes, Json } from '../../kernel/sys.ts';
import { reasonPhrase, type HttpResponse } from './message.ts';

/** Go escapes these in JSON. */
const goEscapes = (text: string) => text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Go writes an object's kind and apiVersion first. */
function ordered(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { kind, apiVersion, metadata, ...rest } = value as Readonly<Record<string, Json | undefined>>;
  return { ...(kind === undefined ? {} : { kind }), ...(apiVersion === undefined ? {} : { apiVersion }), ...(metadata === undefined ? {} : { metadata }), ...rest };
}

/** A JSON body on one line, as a watch's chunks are written. */
export const jsonLine = (json: Json): Bytes => encodeUtf8(goEscapes(`${JSON.stringify(json)}\n`));

/** The body that came with the head. */
export function bodyBytes({ body, pretty }: HttpResponse): Bytes {
  if (body === null) return '';
  if ('text' in body) return body.text;
  return pretty === true ? encodeUtf8(goEscapes(JSON.stringify(ordered(body.json), null, 2))) : jsonLine(body.json);
}

const two = (value: number) => String(value).padStart(2, '0');

/** `Tue, 19 Aug 2025 00:19:00 GMT`. */
export function httpDate(us: number): string {
  const at = civil(us);
  return `${dayName(at.weekday)}, ${two(at.day)} ${monthName(at.month)} ${at.year} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} GMT`;
}

/** The spelling of HTTP/1.1: `Content-Type`, `ETag`. */
export const headerName = (name: string) => (name === 'etag' ? 'ETag' : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase()));

/** The headers in the order they travel. Models net/http (header.go, server.go) and x/net/http2 (write.go). */
function headersOf({ headers, stream, verbatim }: HttpResponse, http2: boolean, bytes: Bytes, nowUs: number): readonly (readonly [name: string, value: string])[] {
  if (verbatim === true) return Object.entries(headers);
  const own = Object.entries(headers).filter(([name]) => name !== 'date' && name !== 'content-length').sort(([a], [b]) => (a < b ? -1 : 1));
  const date = ['date', headers.date ?? httpDate(nowUs)] as const;
  if (stream) return [...own, date, ...(http2 ? [] : [['transfer-encoding', 'chunked'] as const])];
  const length = ['content-length', headers['content-length'] ?? String(bytes.length)] as const;
  return http2 ? [...own, length, date] : [...own, date, length];
}

/** Status line and headers; `bytes` is the body as it is sent. */
export function headLines(response: HttpResponse, http2: boolean, bytes: Bytes, nowUs: number): string[] {
  const status = http2 ? `HTTP/2 ${response.status} ` : `HTTP/1.1 ${response.status} ${reasonPhrase(response.status)}`;
  return [status, ...headersOf(response, http2, bytes, nowUs).map(([name, value]) => `${http2 ? name : headerName(name)}: ${value}`)];
}
