/**
 * Evaluates a lab's predicates over what can be seen of a world: API objects (as kubectl returns them), files
 * and processes. Says what was seen when a predicate does not hold. Pure: a `Sight` is taken elsewhere.
 */
import type { Json } from '../../kernel/sys.ts';
import type { FilePredicate, PathStep, Predicate, Test } from '../../labs/schema.ts';

/** One look at a world. `objects` maps "pods/kube-system/x" to the object; null when the API did not answer. */
export interface Sight {
  readonly objects: ReadonlyMap<string, Json> | null;
  readonly why: string;
  file(path: string): string | null;
  running(program: string): boolean;
}
export interface Verdict { readonly pass: boolean; readonly seen: string }

const PASS: Verdict = { pass: true, seen: '' };
const fail = (seen: string): Verdict => ({ pass: false, seen });

export function valueAt(value: Json | undefined, path: readonly PathStep[]): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (here === null || here === undefined || typeof here !== 'object') return undefined;
    if (typeof step === 'object') here = Array.isArray(here) ? (here as readonly Json[]).find((e) => Object.entries(step).every(([k, v]) => (e as Record<string, Json>)[k] === v)) : undefined;
    else here = (here as Record<string | number, Json | undefined>)[step];
  }
  return here;
}

const spell = (path: readonly PathStep[]): string => path.map((s) => (typeof s === 'object' ? `[${Object.entries(s).map(([k, v]) => `${k}=${v}`).join(',')}]` : typeof s === 'number' ? `[${s}]` : `.${s}`)).join('').replace(/^\./, '');
const show = (value: Json | undefined): string => (value === undefined ? 'not set' : JSON.stringify(value).slice(0, 120));

function holds(test: Test, value: Json | undefined, first: Json | undefined): boolean {
  if ('equals' in test) return value === test.equals;
  if ('atLeast' in test) return typeof value === 'number' && value >= test.atLeast;
  if ('present' in test) return (value !== undefined && value !== null) === test.present;
  if ('matches' in test) return typeof value === 'string' && value.includes(test.matches);
  return value !== undefined && JSON.stringify(value) === JSON.stringify(first);
}

function one(name: string, object: Json | undefined, path: readonly PathStep[], test: Test, first: Json | undefined): Verdict {
  if (object === undefined) return fail(`${name} is not there`);
  const value = valueAt(object, path);
  if (holds(test, value, valueAt(first, path))) return PASS;
  return fail(`${name}: ${spell(path)} is ${show(value)}${'steady' in test ? `, was ${show(valueAt(first, path))}` : ''}`);
}

/** `first` is the first look of this grading, which `steady` compares with. */
export function evaluate(predicate: Predicate, sight: Sight, first: Sight): Verdict {
  if ('all' in predicate) return predicate.all.map((p) => evaluate(p, sight, first)).find((v) => !v.pass) ?? PASS;
  if ('any' in predicate) {
    const verdicts = predicate.any.map((p) => evaluate(p, sight, first));
    return verdicts.some((v) => v.pass) ? PASS : verdicts[0] ?? fail('nothing to hold');
  }
  if ('not' in predicate) return evaluate(predicate.not, sight, first).pass ? fail('it still holds') : PASS;
  if ('file' in predicate) return ofFile(predicate, sight.file(predicate.file));
  if ('process' in predicate) return sight.running(predicate.process) === predicate.running ? PASS : fail(`${predicate.process} is ${predicate.running ? 'not ' : ''}running`);
  if (sight.objects === null) return fail(sight.why);
  if ('object' in predicate) {
    const name = predicate.object;
    return one(name, sight.objects.get(name), predicate.path ?? [], predicate.test, first.objects?.get(name));
  }
  for (const [name, object] of sight.objects) {
    if (!name.startsWith(`${predicate.every}/`)) continue;
    if (predicate.unless !== undefined && one(name, object, predicate.unless.path, predicate.unless.test, undefined).pass) continue;
    const verdict = one(name, object, predicate.path, predicate.test, first.objects?.get(name));
    if (!verdict.pass) return verdict;
  }
  return PASS;
}

function ofFile(predicate: FilePredicate, text: string | null): Verdict {
  const { file: path, exists = true, contains, lacks } = predicate;
  if ((text !== null) !== exists) return fail(`${path} is ${text === null ? 'not ' : ''}there`);
  if (contains !== undefined && text?.includes(contains) !== true) return fail(`${path} does not contain ${contains}`);
  if (lacks !== undefined && text?.includes(lacks) === true) return fail(`${path} contains ${lacks}`);
  return PASS;
}
