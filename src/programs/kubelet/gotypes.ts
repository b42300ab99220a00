/**
 * Go's view of a pod's JSON: whether each value has the type its struct field wants, in encoding/json's words;
 * and the `&Container{Name:…}` text of the generated String methods, which log lines carry.
 */
import { isObject } from '../../base/json.ts';
import type { Json } from '../../base/json.ts';
import { parseQuantity } from '../../base/quantity.ts';
import { podStructs } from '../../api/pod-structs.ts';

interface Field { readonly go: string; readonly json: string; readonly type: string; readonly embedded: boolean }

function fieldsOf(struct: string): readonly Field[] {
  return (podStructs[struct] ?? '').split(' ').filter((text) => text !== '').map((text) => {
    const embedded = text.startsWith('+');
    const [names = '', type = ''] = [text.slice(embedded ? 1 : 0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
    const [go = '', json] = names.split('=');
    return { go, json: json ?? go[0]!.toLowerCase() + go.slice(1), type, embedded };
  });
}

const STRINGS = new Set(['string', 'types.UID', 'v1.RestartPolicy', 'v1.DNSPolicy', 'v1.PullPolicy', 'v1.TerminationMessagePolicy', 'v1.Protocol', 'v1.URIScheme', 'v1.HostPathType', 'v1.StorageMedium', 'v1.TolerationOperator', 'v1.TaintEffect', 'v1.Capability', 'v1.SeccompProfileType']);
const kindOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);

/** The first value of a wrong type, in encoding/json's words; null when all fit. Unknown fields are ignored. */
export function typeProblem(type: string, value: Json | undefined, path = '', struct = ''): string | null {
  if (value === undefined || value === null) return null;
  const bare = type.replace(/^\*/, '');
  const wrong = (): string => `json: cannot unmarshal ${kindOf(value)}${typeof value === 'number' && /^u?int/.test(bare) ? ` ${value}` : ''} into Go struct field ${struct}.${path} of type ${bare}`;
  if (bare.startsWith('[]')) {
    if (!Array.isArray(value)) return wrong();
    for (const item of value as readonly Json[]) {
      const problem = typeProblem(bare.slice(2), item, path, struct);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (bare.startsWith('map[')) {
    if (!isObject(value)) return wrong();
    for (const item of Object.values(value)) {
      const problem = typeProblem(bare.slice(bare.indexOf(']') + 1), item, path, struct);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (podStructs[bare] !== undefined) return isObject(value) ? structProblem(bare, value, path) : wrong();
  if (STRINGS.has(bare)) return typeof value === 'string' ? null : wrong();
  if (bare === 'bool') return typeof value === 'boolean' ? null : wrong();
  if (/^u?int(32|64)?$/.test(bare)) return typeof value === 'number' && Number.isInteger(value) ? null : wrong();
  if (bare === 'v1.ResourceList') return isObject(value) ? null : wrong();
  return null;
}

function structProblem(struct: string, value: { readonly [key: string]: Json | undefined }, path: string): string | null {
  for (const field of fieldsOf(struct)) {
    const problem = field.embedded ? structProblem(field.type, value, path) : typeProblem(field.type, value[field.json], path === '' ? field.json : `${path}.${field.json}`, struct.replace('v1.', ''));
    if (problem !== null) return problem;
  }
  return null;
}

/** `{{100 -3} {<nil>} 100m DecimalSI}`: a resource.Quantity printed with %v. */
function quantityText(value: Json): string {
  const text = String(value);
  const parsed = parseQuantity(text);
  if (parsed === null) return text;
  const [number, scale] = text.endsWith('m') ? [parsed.milli, -3] : [parsed.milli / 1000, 0];
  return `{{${number} ${scale}} {<nil>} ${text} ${parsed.format}}`;
}

/** A value as the generated String method of `type` prints it. */
export function goString(type: string, value: Json | undefined): string {
  if (type.startsWith('*')) {
    if (value === undefined || value === null) return 'nil';
    const inner = type.slice(1);
    return podStructs[inner] === undefined ? `*${goString(inner, value)}` : `&${goString(inner, value)}`;
  }
  if (type.startsWith('[]')) {
    const items = (value ?? []) as readonly Json[];
    const element = type.slice(2);
    if (podStructs[element] === undefined && !['v1.ResourceClaim', 'v1.ContainerResizePolicy', 'v1.VolumeDevice'].includes(element)) return `[${items.map(String).join(' ')}]`;
    return `[]${element.replace('v1.', '')}{${items.map((item) => `${goString(element, item)},`).join('')}}`;
  }
  if (type === 'v1.ResourceList') {
    const list = (value ?? {}) as Readonly<Record<string, Json>>;
    return `ResourceList{${Object.keys(list).sort().map((key) => `${key}: ${quantityText(list[key]!)},`).join('')}}`;
  }
  if (type === 'intstr.IntOrString') return typeof value === 'string' ? `{1 0 ${value}}` : `{0 ${value ?? 0} }`;
  if (type.startsWith('map[')) return `map[${Object.entries((value ?? {}) as object).sort().map(([k, v]) => `${k}:${v}`).join(' ')}]`;
  if (podStructs[type] === undefined) return value === undefined || value === null ? (/^u?int/.test(type) ? '0' : type === 'bool' ? 'false' : '') : String(value);
  const record = (value ?? {}) as Readonly<Record<string, Json>>;
  const name = type.replace('v1.', '');
  return `${name}{${fieldsOf(type).map((field) => `${field.go}:${goString(field.type, field.embedded ? record : record[field.json])},`).join('')}}`;
}
