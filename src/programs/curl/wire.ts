/** What curl shows of HTTP: bodies as bytes, heads as text. Servers here hand JSON over by reference; Go's API servers indent it for curl. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { civil, dayName, monthName } from '../../base/time.ts';
import type { Bytes, Json } from '../../kernel/sys.ts';
import { reasonPhrase, type Body, type HttpResponse } from '../../lib/http/index.ts';

/** Go escapes these in JSON. */
const goEscapes = (text: string) => text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Go writes an object's kind and apiVersion first. */
function ordered(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { kind, apiVersion, metadata, ...rest } = value as Readonly<Record<string, Json | undefined>>;
  return { ...(kind === undefined ? {} : { kind }), ...(apiVersion === undefined ? {} : { apiVersion }), ...(metadata === undefined ? {} : { metadata }), ...rest };
}

/** A body as the bytes on the wire; `pretty` as for a browser or curl, else on one line. */
export function bodyBytes(body: Body | null, pretty: boolean): Bytes {
  if (body === null) return '';
  if ('text' in body) return body.text;
  return encodeUtf8(goEscapes(pretty ? JSON.stringify(ordered(body.json), null, 2) : `${JSON.stringify(body.json)}\n`));
}

const two = (value: number) => String(value).padStart(2, '0');

/** `Tue, 19 Aug 2025 00:19:00 GMT`. */
export function httpDate(us: number): string {
  const at = civil(us);
  return `${dayName(at.weekday)}, ${two(at.day)} ${monthName(at.month)} ${at.year} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} GMT`;
}

const capital = (name: string) => name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

/** Status line and headers, with those every server adds. */
export function headLines(response: HttpResponse, secure: boolean, bytes: Bytes, nowUs: number): string[] {
  const headers: Record<string, string> = { ...response.headers, date: response.headers.date ?? httpDate(nowUs) };
  if (!response.stream && headers['content-length'] === undefined) headers['content-length'] = String(bytes.length);
  const names = Object.keys(headers).sort();
  return secure ? [`HTTP/2 ${response.status} `, ...names.map((name) => `${name}: ${headers[name]}`)]
    : [`HTTP/1.1 ${response.status} ${reasonPhrase(response.status)}`, ...names.map((name) => `${capital(name)}: ${headers[name]}`)];
}
