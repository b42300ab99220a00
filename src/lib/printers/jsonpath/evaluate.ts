/** JSONPath templates applied to values. Models client-go util/jsonpath. */
import { canonical, isObject, type Json } from '../../../base/json.ts';
import { JsonPathError, type Part, type Step } from './parse.ts';

const sortedValues = (value: Json): readonly Json[] => (isObject(value) ? Object.keys(value).filter((key) => value[key] !== undefined).sort().map((key) => value[key]!) : []);

interface Options { readonly missingKeys: boolean }

function slice(value: Json, { from, to, step, single }: Extract<Step, { kind: 'slice' }>): readonly Json[] {
  if (!Array.isArray(value)) {
    if (value === null) return [];
    throw new JsonPathError(`${canonical(value)} is not array or slice`);
  }
  const list = value as readonly Json[];
  const at = (index: number) => (index < 0 ? index + list.length : index);
  if (single) {
    const index = at(from ?? 0);
    if (index < 0 || index >= list.length) throw new JsonPathError(`array index out of bounds: index ${index}, length ${list.length}`);
    return [list[index]!];
  }
  const [begin, end, by] = [at(from ?? 0), at(to ?? list.length), step ?? 1];
  if (by <= 0) throw new JsonPathError(by === 0 ? 'step must be != 0' : 'step must be > 0');
  return list.slice(Math.max(0, begin), Math.min(list.length, end)).filter((_, i) => i % by === 0);
}

/** All values below, the value itself first. */
const below = (value: Json): readonly Json[] => [value, ...(Array.isArray(value) ? (value as readonly Json[]) : sortedValues(value)).flatMap((inner) => (typeof inner === 'object' && inner !== null ? below(inner) : [inner]))];

function compare(left: Json, operator: string, right: Json): boolean {
  if (typeof left !== typeof right) {
    if (left === null || right === null) return operator === '!=';
    throw new JsonPathError('incompatible types for comparison');
  }
  const [a, b] = [left as string | number, right as string | number];
  switch (operator) {
    case '==': return a === b;
    case '!=': return a !== b;
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    default: return a >= b;
  }
}

function filter(value: Json, { left, operator, right }: Extract<Step, { kind: 'filter' }>, options: Options): readonly Json[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${canonical(value)} is not array or slice and cannot be filtered`);
  return (value as readonly Json[]).filter((item) => {
    const lefts = walk([item], left, { ...options, missingKeys: true });
    if (operator === 'exists') return lefts.length > 0;
    if (lefts.length === 0) return false;
    if (lefts.length > 1) throw new JsonPathError('can only compare one element at a time');
    const rights = walk([item], right, { ...options, missingKeys: true });
    if (rights.length === 0) return false;
    if (rights.length > 1) throw new JsonPathError('can only compare one element at a time');
    return compare(lefts[0]!, operator, rights[0]!);
  });
}

function one(value: Json, step: Step, options: Options, silent: boolean): readonly Json[] {
  switch (step.kind) {
    case 'literal': return [step.value];
    case 'wildcard': return Array.isArray(value) ? (value as readonly Json[]) : sortedValues(value);
    case 'recursive': return below(value);
    case 'slice': return silent && !Array.isArray(value) ? [] : slice(value, step);
    case 'filter': return filter(value, step, options);
    case 'union': return step.paths.flatMap((path) => walk([value], path, options));
    case 'field': {
      if (step.name === '') return [value];
      const found = isObject(value) ? value[step.name] : undefined;
      if (found !== undefined) return [found];
      if (!options.missingKeys && !silent) throw new JsonPathError(`${step.name} is not found`);
      return [];
    }
  }
}

function walk(values: readonly Json[], steps: readonly Step[], options: Options): readonly Json[] {
  let current = values;
  let silent = false;
  for (const step of steps) {
    current = current.flatMap((value) => one(value, step, options, silent));
    silent = step.kind === 'recursive';
  }
  return current;
}

/** The results of each part in turn, ranges unrolled. Throws JsonPathError. */
export function findResults(parts: readonly Part[], value: Json, options: Options = { missingKeys: true }): (readonly Json[])[] {
  return parts.flatMap((part): (readonly Json[])[] => {
    if (part.kind === 'text') return [[part.text]];
    const results = walk([value], part.steps, options);
    return part.kind === 'path' ? [results] : results.flatMap((item) => findResults(part.body, item, options));
  });
}

/** A value as a template prints it. */
export function jsonPathText(value: Json): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? canonical(value) : String(value);
}
