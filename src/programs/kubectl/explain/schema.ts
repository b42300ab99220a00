/** Walking an OpenAPI document: references, list items, map values, and the words `kubectl explain` has for types. */
import type { Json } from '../../../kernel/sys.ts';
import type { Resource } from '../discovery/index.ts';

/** A schema with what it refers to unfolded. */
export interface Resolved {
  /** `PodSpec`, `[]Container`, `map[string]string`, `string`. */ readonly type: string;
  /** Of the field, then of its type. */ readonly descriptions: readonly string[];
  readonly values: readonly string[]; readonly fields: ReadonlyMap<string, Schema>; readonly required: readonly string[];
}
export interface Schema {
  readonly type?: string; readonly description?: string; readonly enum?: readonly string[]; readonly items?: Schema; readonly additionalProperties?: Schema; readonly allOf?: readonly Schema[]; readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>; readonly required?: readonly string[]; readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}
export type Schemas = Readonly<Record<string, Schema>>;

const NONE: ReadonlyMap<string, Schema> = new Map();

/** The schemas of a group version's document. */
export const schemasIn = (document: Json): Schemas => ((document as { readonly components?: { readonly schemas?: Schemas } }).components?.schemas ?? {});

/** The schema of a kind; undefined when the document has none. */
export const kindIn = (schemas: Schemas, { group, version, kind }: Resource): Schema | undefined =>
  Object.values(schemas).find((schema) => schema['x-kubernetes-group-version-kind']?.some((gvk) => gvk.group === group && gvk.version === version && gvk.kind === kind));

/** What a field is. */
export function resolve(schemas: Schemas, schema: Schema): Resolved {
  const own = schema.description === undefined ? [] : [schema.description];
  const to = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (to !== undefined) {
    const name = to.slice(to.lastIndexOf('/') + 1);
    const target = resolve(schemas, schemas[name] ?? {});
    const scalar = ['string', 'integer', 'boolean'].includes(target.type);
    return { ...target, type: scalar ? target.type : name.slice(name.lastIndexOf('.') + 1), descriptions: [...own, ...target.descriptions] };
  }
  const inner = schema.items ?? schema.additionalProperties;
  if (inner !== undefined) {
    const target = resolve(schemas, inner);
    return { ...target, type: `${schema.items === undefined ? 'map[string]' : '[]'}${target.type}`, descriptions: [...own, ...target.descriptions] };
  }
  const type = schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type;
  return { type, descriptions: own, values: schema.enum ?? [], fields: schema.properties === undefined ? NONE : new Map(Object.entries(schema.properties)), required: schema.required ?? [] };
}
