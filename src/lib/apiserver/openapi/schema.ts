/** OpenAPI v3 schemas made from the tables of Go structs. Not modelled: formats of lists (x-kubernetes-*). */
import type { Json } from '../../../base/json.ts';
import { apiVersionOf, resources } from '../../../api/registry.ts';
import { fieldsOf, type Field } from '../structs.ts';
import { description } from './descriptions.ts';
import { DESCRIPTIONS, ENUMS, REQUIRED, TYPE_META } from './facts.ts';

/** A part of an OpenAPI v3 schema, as far as it is used here. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'boolean' | 'array' | 'object'; readonly format?: string; readonly description?: string; readonly enum?: readonly string[];
  readonly items?: Schema; readonly additionalProperties?: Schema; readonly allOf?: readonly Schema[]; readonly oneOf?: readonly Schema[]; readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly kind: string; readonly version: string }[];
}

const REF = '#/components/schemas/';
const META = ['ObjectMeta', 'OwnerReference', 'LabelSelector', 'LabelSelectorRequirement', 'ManagedFieldsEntry', 'Time', 'MicroTime', 'Condition'];
/** Named types outside the tables that are strings; any other is an object whose fields are not known here. */
const IS_TEXT = /(?:Policy|PolicyType|Type|Mode|Operator|Effect|Protocol|Scheme|Name|Medium|Signal|Action|Capability|ServiceAffinity|IPFamily|Scope|UID)$/;

function schemaName(goType: string): string {
  if (goType === 'resource.Quantity') return 'io.k8s.apimachinery.pkg.api.resource.Quantity';
  if (goType === 'intstr.IntOrString') return 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
  const name = goType.slice(goType.indexOf('.') + 1);
  return META.includes(name) ? `io.k8s.apimachinery.pkg.apis.meta.v1.${name}` : `io.k8s.api.core.v1.${name}`;
}

function typed(goType: string, found: Set<string>): Schema {
  const type = goType.replace(/^\*/, '');
  if (type.startsWith('[]')) return { type: 'array', items: typed(type.slice(2), found) };
  if (type.startsWith('map[string]')) return { type: 'object', additionalProperties: typed(type.slice('map[string]'.length), found) };
  if (type === 'v1.ResourceList') return { type: 'object', additionalProperties: typed('resource.Quantity', found) };
  if (type === 'string' || type === 'types.UID') return { type: 'string' };
  if (type === 'bytes') return { type: 'string', format: 'byte' };
  if (type === 'bool') return { type: 'boolean' };
  if (type === 'int32' || type === 'int64') return { type: 'integer', format: type };
  if (type === 'any') return { type: 'object' };
  if (type in ENUMS) return { type: 'string', enum: ENUMS[type]! };
  if (fieldsOf(type) === undefined && IS_TEXT.test(type)) return { type: 'string' };
  found.add(type);
  return { allOf: [{ $ref: REF + schemaName(type) }] };
}

/** The recorded text, else our own. */
function described(goType: string, field: string, schema: Schema): Schema {
  const text = DESCRIPTIONS[field === '' ? goType : `${goType}.${field}`] ?? description(goType, field);
  return text === undefined ? schema : { ...schema, description: text };
}

function structSchema(goType: string, fields: ReadonlyMap<string, Field>, found: Set<string>): Schema {
  const names = [...fields.keys()].sort();
  const properties = Object.fromEntries(names.map((name) => [name, described(goType, name, typed(fields.get(name)!.type, found))]));
  const required = REQUIRED[goType];
  return described(goType, '', { type: 'object', properties, ...(required === undefined ? {} : { required }) });
}

function schemaOf(goType: string, found: Set<string>): Schema {
  if (goType === 'intstr.IntOrString') return { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] };
  if (goType === 'resource.Quantity') return { oneOf: [{ type: 'string' }, { type: 'integer' }] };
  if (goType === 'v1.Time' || goType === 'v1.MicroTime') return { type: 'string', format: 'date-time' };
  const fields = fieldsOf(goType);
  return fields === undefined ? described(goType, '', { type: 'object' }) : structSchema(goType, fields, found);
}

function kindSchema(kind: string, group: string, version: string, found: Set<string>): Schema {
  const goType = `${kind}.${apiVersionOf({ group, version })}`;
  const fields = fieldsOf(goType) ?? new Map([['metadata', { json: 'metadata', type: 'v1.ObjectMeta' }]]);
  const own = structSchema(goType, fields, found);
  const meta = (name: keyof typeof TYPE_META, schema: Schema): Schema => ({ ...schema, description: TYPE_META[name] });
  const properties = { apiVersion: meta('apiVersion', { type: 'string' }), kind: meta('kind', { type: 'string' }), ...own.properties, metadata: meta('metadata', own.properties!.metadata!) };
  return { ...own, properties, 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
}

/** Every schema of a group version, with what it refers to. */
function schemasOf(group: string, version: string): Readonly<Record<string, Schema>> {
  const found = new Set<string>();
  const schemas: Record<string, Schema> = {};
  for (const { kind } of resources.filter((one) => one.group === group && one.version === version)) schemas[`io.k8s.api.${group === '' ? 'core' : group.split('.')[0]}.${version}.${kind}`] = kindSchema(kind, group, version, found);
  // The set grows while it is walked: types of fields of types.
  for (const goType of found) schemas[schemaName(goType)] = schemaOf(goType, found);
  return schemas;
}

/** The document below /openapi/v3; undefined: there is none. The index names one for each group version. */
export function openApiDocument(path: string): Json | undefined {
  const versions = [...new Set(resources.map((one) => (one.group === '' ? `api/${one.version}` : `apis/${one.group}/${one.version}`)))].sort();
  const rest = path.replace(/^\/openapi\/v3\/?/, '');
  if (rest === '') return { paths: Object.fromEntries(versions.map((name) => [name, { serverRelativeURL: `/openapi/v3/${name}` }])) };
  if (!versions.includes(rest)) return undefined;
  const [, group = '', version = ''] = rest.startsWith('apis/') ? rest.split('/') : ['', '', rest.slice('api/'.length)];
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.33.0' }, components: { schemas: schemasOf(group, version) } } as unknown as Json;
}
