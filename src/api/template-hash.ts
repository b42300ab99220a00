/**
 * pod-template-hash and controller-revision-hash: FNV-1 over a typed dump of the defaulted template.
 * Models pkg/controller ComputeHash and pkg/util/hash DeepHashObject (go-spew, `%#v`-like, keys sorted, no methods).
 */
import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from '../base/json.ts';
import { parseQuantity } from '../base/quantity.ts';
import { encodeUtf8 } from '../base/utf8.ts';
import { fieldsOf } from './go-struct.ts';

/** go-spew's text of a value of a Go type. */
export function goDump(type: string, value: Json | undefined): string {
  return `(${type})${bare(type, value)}`;
}

function bare(type: string, value: Json | undefined): string {
  if (type === 'v1.Time') return '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';
  if (type === 'intstr.IntOrString') return typeof value === 'string' ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}` : `{Type:(intstr.Type)0 IntVal:(int32)${value ?? 0} StrVal:(string)}`;
  if (type === 'resource.Quantity') return quantity(value);
  const nullable = type.startsWith('*') || type.startsWith('[]') || type.startsWith('map[') || type === 'v1.ResourceList';
  if (nullable && (value === undefined || value === null)) return '<nil>';
  if (type.startsWith('*')) return bare(type.slice(1), value);
  if (type.startsWith('[]')) return `[${(value as readonly Json[]).map((v) => bare(type.slice(2), v)).join(' ')}]`;
  if (type.startsWith('map[') || type === 'v1.ResourceList') {
    const inner = type === 'v1.ResourceList' ? 'resource.Quantity' : type.slice(type.indexOf(']') + 1);
    const object = value as JsonObject;
    return `map[${Object.keys(object).sort((a, b) => (a < b ? -1 : 1)).map((k) => `${k}:${bare(inner, object[k])}`).join(' ')}]`;
  }
  const fields = fieldsOf(type);
  if (fields === undefined) return scalar(type, value);
  const object = isObject(value) ? value : {};
  return `{${fields.map((f) => `${f.go}:${goDump(f.type, f.embedded ? object : object[f.json])}`).join(' ')}}`;
}

function scalar(type: string, value: Json | undefined): string {
  if (value === undefined || value === null) return type === 'bool' ? 'false' : type.startsWith('int') ? '0' : '';
  return String(value);
}

/** A quantity as the API machinery's protobuf decoding leaves it: parsed, with its text kept beside. */
function quantity(value: Json | undefined): string {
  const text = value === undefined || value === null ? '0' : String(value);
  const q = parseQuantity(text) ?? { milli: 0, format: 'DecimalSI' as const };
  const fraction = /^[+-]?\d+m$/.test(text) ? { value: Number(text.slice(0, -1)), scale: -3 } : { value: q.milli / 1000, scale: 0 };
  const decimal = /^([+-]?)(\d+)\.(\d+)$/.exec(text);
  const amount = decimal === null ? fraction : { value: Number(`${decimal[1]}${decimal[2]}${decimal[3]}`), scale: -decimal[3]!.length };
  return `{i:(resource.int64Amount){value:(int64)${amount.value} scale:(resource.Scale)${amount.scale}} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text} Format:(resource.Format)${q.format}}`;
}

/** 32-bit FNV-1a over the UTF-8 bytes of `text`, then over `tail` bytes. */
function fnv32a(text: string, tail: readonly number[] = []): number {
  let h = 2166136261;
  const bytes = encodeUtf8(text);
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes.charCodeAt(i), 16777619);
  for (const b of tail) h = Math.imul(h ^ b, 16777619);
  return h >>> 0;
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** apimachinery's rand.SafeEncodeString: no vowels, no look-alikes. */
export const safeEncode = (text: string): string => [...text].map((c) => ALPHABET[c.charCodeAt(0) % ALPHABET.length]).join('');
/** A generated name's suffix from random 32-bit words. */
export const nameSuffix = (words: readonly number[]): string => words.map((w) => ALPHABET[w % ALPHABET.length]).join('');

/** The hash of a defaulted pod template; `collisionCount` as in the deployment's status. */
export function podTemplateHash(template: Json, collisionCount: number | null = null): string {
  const tail = collisionCount === null ? [] : [collisionCount & 255, (collisionCount >> 8) & 255, (collisionCount >> 16) & 255, (collisionCount >> 24) & 255, 0, 0, 0, 0];
  return safeEncode(String(fnv32a(goDump('v1.PodTemplateSpec', template), tail)));
}
