/** `match` on the linear-time engine. Not modelled: look-around and back-references, which such an engine has not. Pure. */
import { RE2JS } from 're2js';
import { isArray, JqError, named, typeName } from './value.ts';
import type { Value } from './value.ts';

interface Flags { readonly global: boolean; readonly skipEmpty: boolean; readonly bits: number }
function flagsOf(given: Value, all: boolean): Flags {
  if (given !== null && typeof given !== 'string') throw new JqError(`${named(given)} is not a string`);
  const letters = given ?? '';
  if (/[^gimnpslx]/.test(letters)) throw new JqError(`${letters} is not a valid modifier string`);
  const has = (letter: string): boolean => letters.includes(letter);
  return { global: all || has('g'), skipEmpty: has('n'), bits: (has('i') ? RE2JS.CASE_INSENSITIVE : 0) | (has('s') || has('p') ? RE2JS.DOTALL : 0) };
}
const compile = (pattern: string, { bits }: Flags, extended: boolean): RE2JS => {
  try {
    // Oniguruma names groups `(?<x>…)`, and `^` and `$` stand at every line.
    return RE2JS.compile((extended ? pattern.replace(/\\.|\s+|#.*/g, (t) => (t.startsWith('\\') ? t : '')) : pattern).replace(/\(\?<(?=\w)/g, '(?P<'), bits | RE2JS.MULTILINE);
  } catch {
    throw new JqError(`${pattern} (at offset 0) is not a valid regex: end pattern with unmatched parenthesis`.replace(/^.*$/s, 'Regex failure: end pattern with unmatched parenthesis'));
  }
};
const characters = (text: string): number => [...text].length;

/** All matches as the objects that `match` gives. Errors: JqError. */
export function matches(text: Value, pattern: Value, flags: Value, all = false): Value[] {
  if (typeof text !== 'string') throw new JqError(`${named(text)} cannot be matched, as it is not a string`);
  if (isArray(pattern)) return matches(text, pattern[0] ?? null, pattern[1] ?? null, all);
  if (typeof pattern !== 'string') throw new JqError(`${typeName(pattern)} not a string or array`);
  const how = flagsOf(flags, all);
  const regex = compile(pattern, how, typeof flags === 'string' && flags.includes('x'));
  const names = new Map(Object.entries(regex.namedGroups()).map(([name, n]) => [n, name]));
  const m = regex.matcher(text);
  const found: Value[] = [];
  let at = 0;
  while (at <= text.length && m.find(at)) {
    const [start, end] = [m.start(), m.end()];
    if (!(how.skipEmpty && start === end)) found.push(describe(text, m, names));
    if (!how.global) break;
    at = end === start ? end + 1 : end;
    if (end === start && end === text.length) break;
  }
  return found;
}
type Matcher = ReturnType<RE2JS['matcher']>;
function describe(text: string, m: Matcher, names: ReadonlyMap<number, string>): Value {
  const piece = (n: number): readonly [string, Value][] => {
    const string = m.group(n);
    return [['offset', string === null ? -1 : characters(text.slice(0, m.start(n)))], ['length', string === null ? 0 : characters(string)], ['string', string]];
  };
  const captures = Array.from({ length: m.groupCount() }, (_, k) => new Map<string, Value>([...piece(k + 1), ['name', names.get(k + 1) ?? null]]));
  return new Map<string, Value>([...piece(0), ['captures', captures]]);
}
