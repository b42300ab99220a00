/** Objects as YAML, JSON, names, templates and columns. Models cli-runtime pkg/printers. */
import { canonical, isObject, type Json } from '../../base/json.ts';
import { formatYaml } from '../../base/yaml.ts';
import { GoError } from '../net/index.ts';
import { layOut, oneLine } from './columns.ts';
import type { OutputFormat } from './format.ts';
import { executeTemplate } from './gotemplate/execute.ts';
import { parseTemplate, TemplateError } from './gotemplate/parse.ts';
import { goDump, goValue } from './govalue.ts';
import { executeJsonPath, findResults, JsonPathError, parseJsonPath, relaxed } from './jsonpath/index.ts';

export interface PrintOptions { readonly managedFields: boolean; readonly noHeaders: boolean; /** Missing keys are no error. */ readonly missingKeys: boolean }
type Obj = { readonly [key: string]: Json | undefined };

function withoutManagedFields(object: Obj): Obj {
  const meta = object.metadata;
  const items = Array.isArray(object.items) ? { items: (object.items as readonly Obj[]).map(withoutManagedFields) } : {};
  if (!isObject(meta) || meta.managedFields === undefined) return { ...object, ...items };
  const { managedFields: _gone, ...rest } = meta;
  return { ...object, metadata: rest, ...items };
}

/** JSON with four spaces and sorted keys, as Go's MarshalIndent writes a map. */
export function indentedJson(value: Json, indent = ''): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${(value as readonly Json[]).map((item) => inner + indentedJson(item, inner)).join(',\n')}\n${indent}]`;
  if (!isObject(value)) return canonical(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
  return keys.length === 0 ? '{}' : `{\n${keys.map((key) => `${inner}${canonical(key)}: ${indentedJson(value[key]!, inner)}`).join(',\n')}\n${indent}}`;
}

/** `deployment.apps/app`. */
function nameOf(object: Obj): string {
  const version = String(object.apiVersion ?? '');
  const group = version.includes('/') ? `.${version.slice(0, version.indexOf('/'))}` : '';
  return `${String(object.kind ?? '<unknown>').toLowerCase()}${group}/${String((object.metadata as Obj | undefined)?.name ?? '')}`;
}

const itemsOf = (object: Obj): readonly Obj[] => (Array.isArray(object.items) ? (object.items as readonly Obj[]) : [object]);

function viaJsonPath(template: string, asJson: boolean, object: Obj, missingKeys: boolean): string {
  let parts;
  try {
    parts = parseJsonPath(template);
  } catch (caught) {
    if (!(caught instanceof JsonPathError)) throw caught;
    throw new GoError(`error parsing jsonpath ${template}, ${caught.message}`);
  }
  try {
    if (asJson) return `${indentedJson(findResults(parts, object as Json, { missingKeys }).flat())}\n`;
    return executeJsonPath(template, object as Json, missingKeys);
  } catch (caught) {
    if (!(caught instanceof JsonPathError)) throw caught;
    throw new GoError(`error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${caught.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goDump(object as Json)}\n\n\n`);
  }
}

function viaTemplate(template: string, object: Obj): string {
  let nodes;
  try {
    nodes = parseTemplate(template);
  } catch (caught) {
    if (!(caught instanceof TemplateError)) throw caught;
    throw new GoError(`error parsing template ${template}, template: output:1: ${caught.message}`);
  }
  try {
    return executeTemplate(nodes, object as Json);
  } catch (caught) {
    if (!(caught instanceof TemplateError)) throw caught;
    throw new GoError(`error executing template ${JSON.stringify(template)}: template: output:1: executing "output" ${caught.message}`);
  }
}

interface ColumnSpec { readonly header: string; readonly path: string }

/** `NAME:.metadata.name,…`. Throws GoError. */
export function customColumns(spec: string): ColumnSpec[] {
  return spec.split(',').map((part) => {
    const [header, path, more] = part.split(':');
    if (header === undefined || path === undefined || more !== undefined) throw new GoError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    try {
      return { header, path: relaxed(path) };
    } catch (caught) {
      if (!(caught instanceof JsonPathError)) throw caught;
      throw new GoError(caught.message);
    }
  });
}

function viaColumns(spec: string, object: Obj, noHeaders: boolean): string {
  const specs = customColumns(spec);
  const parsed = specs.map(({ path }) => {
    try {
      return parseJsonPath(path);
    } catch (caught) {
      if (!(caught instanceof JsonPathError)) throw caught;
      throw new GoError(caught.message);
    }
  });
  const rows = itemsOf(object).map((item) => parsed.map((parts) => {
    let values: readonly Json[];
    try {
      values = findResults(parts, item as Json).flat();
    } catch (caught) {
      if (!(caught instanceof JsonPathError)) throw caught;
      throw new GoError(caught.message);
    }
    return values.length === 0 ? '<none>' : values.map((value) => oneLine(goValue(value))).join(',');
  }));
  return layOut([...(noHeaders ? [] : [specs.map(({ header }) => header)]), ...rows]).text;
}

/** An object (or List) in any format but the human one. Throws GoError. */
export function printObject(format: OutputFormat, given: Obj, options: PrintOptions): string {
  const object = options.managedFields ? given : withoutManagedFields(given);
  switch (format.kind) {
    case 'yaml': return formatYaml(object as Json);
    case 'json': return `${indentedJson(object as Json)}\n`;
    case 'name': return itemsOf(object).map((item) => `${nameOf(item)}\n`).join('');
    case 'jsonpath': return viaJsonPath(format.template, format.asJson, object, options.missingKeys);
    case 'go-template': return viaTemplate(format.template, object);
    case 'custom-columns': return viaColumns(format.spec, object, options.noHeaders);
    case 'file': throw new GoError(`the template of ${format.path} was not read`);
    case 'human': throw new Error('tables are laid out elsewhere');
  }
}
