/**
 * Label and field selectors: parsing, matching, printing, with upstream's errors.
 * Models apimachinery pkg/labels and pkg/fields.
 */
import { labelValue, qualifiedName } from './names.ts';

export interface Requirement { readonly key: string; readonly operator: '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt'; readonly values: readonly string[] }
export type Labels = Readonly<Record<string, string>> | undefined;

/** A selector that cannot be read; `message` is upstream's. */
export class SelectorError extends Error {}

const ORDER = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `a=b,c!=d,e in (x,y),!f` → requirements. Errors: SelectorError. */
export function parseSelector(text: string): readonly Requirement[] {
  const requirements: Requirement[] = [];
  let at = 0;
  const space = (): void => { while (text[at] === ' ' || text[at] === '\t') at++; };
  const word = (): string => {
    space();
    const from = at;
    while (at < text.length && !' \t,=!()<>'.includes(text[at]!)) at++;
    return text.slice(from, at);
  };
  const unexpected = (found: string, expected: string): never => { throw new SelectorError(`found '${found}', expected: ${expected}`); };
  const fail = (found: string, expected: string): never => { throw new SelectorError(`unable to parse requirement: found '${found}', expected: ${expected}`); };
  space();
  while (at < text.length) {
    space();
    if (text[at] === '!') {
      at++;
      requirements.push({ key: label(word()), operator: '!', values: [] });
    } else {
      const key = word();
      if (key === '') unexpected(text[at] ?? '', "!, identifier, or 'end of string'");
      requirements.push(checkValues(rest(label(key))));
    }
    space();
    if (at >= text.length) break;
    if (text[at] !== ',') unexpected(word() || text[at]!, "',' or 'end of string'");
    at++;
    space();
    if (at >= text.length) unexpected('', "identifier after ','");
  }
  return requirements;

  function rest(key: string): Requirement {
    space();
    if (at >= text.length || text[at] === ',') return { key, operator: 'exists', values: [] };
    const symbol = text.startsWith('==', at) ? '==' : text.startsWith('!=', at) ? '!=' : text[at]!;
    if (symbol === '=' || symbol === '==' || symbol === '!=' || symbol === '<' || symbol === '>') {
      at += symbol.length;
      return { key, operator: symbol === '<' ? 'lt' : symbol === '>' ? 'gt' : symbol, values: [word()] };
    }
    const operator = word();
    if (operator !== 'in' && operator !== 'notin') return fail(operator === '' ? symbol : operator, "in, notin, =, ==, !=, gt, lt");
    space();
    if (text[at] !== '(') fail(word(), "'('");
    at++;
    const values: string[] = [];
    for (;;) {
      values.push(word());
      space();
      if (text[at] === ',') at++;
      else break;
    }
    if (text[at] !== ')') fail(word(), "',', or ')'");
    at++;
    return { key, operator, values: [...values].sort(ORDER) };
  }
}

function label(key: string): string {
  const problems = qualifiedName(key);
  if (problems.length > 0) throw new SelectorError(`unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(key)}: ${problems.join('; ')}`);
  return key;
}
/** The values of a requirement, each of which must be a label's value. */
function checkValues(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement;
  if (operator === 'gt' || operator === 'lt') {
    if (!/^[+-]?\d+$/.test(values[0] ?? '')) throw new SelectorError(`unable to parse requirement: values[0][${key}]: Invalid value: ${JSON.stringify(values[0] ?? '')}: for 'Gt', 'Lt' operators, the value must be an integer`);
    return requirement;
  }
  values.forEach((value, i) => {
    const problems = labelValue(value);
    if (problems.length > 0) throw new SelectorError(`unable to parse requirement: values[${i}][${key}]: Invalid value: ${JSON.stringify(value)}: ${problems.join('; ')}`);
  });
  return requirement;
}

function matchesOne(r: Requirement, labels: Labels): boolean {
  const value = labels?.[r.key];
  const there = labels !== undefined && Object.hasOwn(labels, r.key) && value !== undefined;
  switch (r.operator) {
    case '=': case '==': return there && value === r.values[0];
    case '!=': return !there || value !== r.values[0];
    case 'in': return there && r.values.includes(value!);
    case 'notin': return !there || !r.values.includes(value!);
    case 'exists': return there;
    case '!': return !there;
    case 'gt': return there && Number(value) > Number(r.values[0]);
    case 'lt': return there && Number(value) < Number(r.values[0]);
  }
}
export const matches = (selector: readonly Requirement[], labels: Labels): boolean => selector.every((r) => matchesOne(r, labels));

interface SelectorObject { readonly matchLabels?: Readonly<Record<string, string>>; readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[] }
const OPERATORS: Readonly<Record<string, Requirement['operator']>> = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!', Gt: 'gt', Lt: 'lt' };

/** A LabelSelector object as requirements. Null or undefined selects nothing: null comes back. */
export function requirementsOf(selector: SelectorObject | null | undefined): readonly Requirement[] | null {
  if (selector === null || selector === undefined) return null;
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({ key, operator: '=', values: [value] }));
  const expressions = (selector.matchExpressions ?? []).map((e): Requirement => ({ key: e.key, operator: OPERATORS[e.operator] ?? 'in', values: [...(e.values ?? [])].sort(ORDER) }));
  return [...equal, ...expressions];
}
/** Whether a LabelSelector object selects these labels; an empty one selects everything, an absent one nothing. */
export function selects(selector: SelectorObject | null | undefined, labels: Labels): boolean {
  const requirements = requirementsOf(selector);
  return requirements !== null && matches(requirements, labels);
}

/** Upstream's `Selector.String()`: sorted by key. */
export function formatRequirements(selector: readonly Requirement[]): string {
  return [...selector].sort((a, b) => ORDER(a.key, b.key)).map((r) => {
    switch (r.operator) {
      case 'exists': return r.key;
      case '!': return `!${r.key}`;
      case 'in': case 'notin': return `${r.key} ${r.operator} (${r.values.join(',')})`;
      case 'gt': return `${r.key}>${r.values[0]}`;
      case 'lt': return `${r.key}<${r.values[0]}`;
      default: return `${r.key}${r.operator}${r.values[0]}`;
    }
  }).join(',');
}
/** metav1.FormatLabelSelector: `<none>` for an empty one. */
export function formatSelector(selector: SelectorObject | null | undefined): string {
  const requirements = requirementsOf(selector);
  return requirements === null || requirements.length === 0 ? '<none>' : formatRequirements(requirements);
}

export interface FieldRequirement { readonly field: string; readonly equal: boolean; readonly value: string }
/** `a=b,c!=d`. Errors: SelectorError. */
export function parseFieldSelector(text: string): readonly FieldRequirement[] {
  return text.split(',').filter((part) => part !== '').map((part) => {
    const match = /^([^=!]*)(==|!=|=)([\s\S]*)$/.exec(part);
    if (match === null) throw new SelectorError(`invalid selector: '${text}'; can't understand '${part}'`);
    return { field: match[1]!, equal: match[2] !== '!=', value: match[3]! };
  });
}
