/** Runs a Go template over decoded JSON. */
import { isObject, type Json } from '../../../base/json.ts';
import { decodeUtf8 } from '../../../base/utf8.ts';
import { base64Decode } from '../../x509/index.ts';
import { goValue } from '../govalue.ts';
import { TemplateError, type Operand, type Pipeline, type TemplateNode } from './parse.ts';

/** A value, or `missing` for a key that is not there (prints `<no value>`). */
type Value = Json | undefined;

const truthy = (value: Value): boolean => {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return false;
  return typeof value !== 'object' || (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
};
const lengthOf = (value: Value): number => {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new TemplateError(`error calling len: len of ${value === undefined || value === null ? 'nil pointer' : `type ${typeof value}`}`);
};

/** `printf`'s verbs %s %d %v %q %t %f with widths. */
function printf(format: string, args: readonly Value[]): string {
  let next = 0;
  return format.replace(/%(-?)(0?)(\d*)(?:\.(\d+))?([sdvqtfx%])/g, (_, minus: string, zero: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    const value = args[next++];
    let text = verb === 'q' ? JSON.stringify(goValue(value)) : verb === 'f' ? Number(value).toFixed(precision === undefined ? 6 : Number(precision)) : verb === 'x' ? Number(value).toString(16) : value === undefined ? '<no value>' : goValue(value);
    if (precision !== undefined && verb === 's') text = text.slice(0, Number(precision));
    return minus === '-' ? text.padEnd(Number(width || 0)) : text.padStart(Number(width || 0), zero === '' ? ' ' : '0');
  });
}

function index(args: readonly Value[]): Value {
  let value = args[0];
  for (const key of args.slice(1)) {
    if (Array.isArray(value)) {
      const at = Number(key);
      if (at < 0 || at >= value.length) throw new TemplateError(`error calling index: error calling index: index out of range: ${at}`);
      value = (value as readonly Json[])[at];
    } else if (isObject(value)) value = value[String(key)];
    else throw new TemplateError('error calling index: index of untyped nil');
  }
  return value;
}

const order = (a: Value, b: Value) => ((a as string | number) < (b as string | number) ? -1 : a === b ? 0 : 1);

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  print: (args) => args.map(goValue).join(''), println: (args) => `${args.map(goValue).join(' ')}\n`, printf: ([format, ...args]) => printf(String(format), args),
  len: ([value]) => lengthOf(value), index, slice: ([value, from, to]) => (value as string).slice(Number(from), to === undefined ? undefined : Number(to)),
  eq: ([first, ...rest]) => rest.some((other) => order(first, other) === 0), ne: ([a, b]) => order(a, b) !== 0,
  lt: ([a, b]) => order(a, b) < 0, le: ([a, b]) => order(a, b) <= 0, gt: ([a, b]) => order(a, b) > 0, ge: ([a, b]) => order(a, b) >= 0,
  not: ([value]) => !truthy(value), and: (args) => args.find((value) => !truthy(value)) ?? args.at(-1), or: (args) => args.find(truthy) ?? args.at(-1),
  base64decode: ([value]) => decodeUtf8(base64Decode(String(value)).bytes), urlquery: ([value]) => encodeURIComponent(String(value)), html: ([value]) => String(value),
  exists: ([value, ...keys]) => {
    let at: Value = value;
    for (const key of keys) at = Array.isArray(at) ? (at as readonly Json[])[Number(key)] : isObject(at) ? at[String(key)] : undefined;
    return at !== undefined;
  },
};

type Scope = Map<string, Value>;

function fieldsOf(value: Value, names: readonly string[]): Value {
  let at = value;
  for (const name of names) {
    if (at === undefined || at === null) return undefined;
    if (!isObject(at)) throw new TemplateError(`at <.${names.join('.')}>: can't evaluate field ${name} in type ${Array.isArray(at) ? '[]interface {}' : typeof at}`);
    at = at[name];
  }
  return at;
}

function evaluate(operand: Operand, dot: Value, scope: Scope): Value {
  switch (operand.kind) {
    case 'literal': return operand.value;
    case 'variable': {
      if (!scope.has(operand.name)) throw new TemplateError(`undefined variable "${operand.name}"`);
      return scope.get(operand.name);
    }
    case 'field': return fieldsOf(operand.base === null ? dot : evaluate(operand.base, dot, scope), operand.names);
    case 'pipeline': return runCommands(operand.commands, dot, scope);
    case 'function': return call(operand.name, []);
  }
}

function call(name: string, args: readonly Value[]): Value {
  const body = FUNCTIONS[name];
  if (body === undefined) throw new TemplateError(`function "${name}" not defined`);
  return body(args);
}

function runCommands(commands: readonly (readonly Operand[])[], dot: Value, scope: Scope): Value {
  let result: { readonly value: Value } | null = null;
  for (const [first, ...rest] of commands) {
    const args: Value[] = [...rest.map((operand) => evaluate(operand, dot, scope)), ...(result === null ? [] : [result.value])];
    result = { value: first!.kind === 'function' ? call(first!.name, args) : evaluate(first!, dot, scope) };
  }
  return result?.value;
}

function run(pipeline: Pipeline, dot: Value, scope: Scope): Value {
  const value = runCommands(pipeline.commands, dot, scope);
  for (const name of pipeline.assign) scope.set(name, value);
  return value;
}

const entriesOf = (value: Value): readonly (readonly [Json, Json])[] => {
  if (Array.isArray(value)) return value.map((item: Json, i: number) => [i, item]);
  return isObject(value) ? Object.keys(value).sort().map((key) => [key, value[key] ?? null]) : [];
};

/** The output of a template. Throws TemplateError. */
export function executeTemplate(nodes: readonly TemplateNode[], dot: Value, scope: Scope = new Map([['$', dot]])): string {
  return nodes.map((node): string => {
    if (node.kind === 'text') return node.text;
    if (node.kind === 'print') {
      const value = run(node.pipeline, dot, scope);
      return node.pipeline.assign.length > 0 ? '' : value === undefined || value === null ? '<no value>' : goValue(value);
    }
    const inner = new Map(scope);
    if (node.kind !== 'range') {
      const value = run(node.pipeline, dot, inner);
      return truthy(value) ? executeTemplate(node.body, node.kind === 'with' ? value : dot, inner) : executeTemplate(node.otherwise, dot, inner);
    }
    const entries = entriesOf(runCommands(node.pipeline.commands, dot, scope));
    if (entries.length === 0) return executeTemplate(node.otherwise, dot, inner);
    const [one, two] = node.pipeline.assign;
    return entries.map(([key, value]) => {
      if (one !== undefined) inner.set(one, two === undefined ? value : key);
      if (two !== undefined) inner.set(two, value);
      return executeTemplate(node.body, value, inner);
    }).join('');
  }).join('');
}
