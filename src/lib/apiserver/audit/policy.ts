/**
 * An audit policy: what of a request is noted. Models apiserver pkg/audit/policy (reader.go, checker.go) and the
 * validation of pkg/apis/audit. Not modelled: v1beta1.
 */
import { isObject, type Json } from '../../../base/json.ts';
import { parseYaml, YamlError } from '../../../base/yaml.ts';
import { GoError } from '../../net/index.ts';
import type { Attributes } from '../auth/attributes.ts';

export type Level = 'None' | 'Metadata' | 'Request' | 'RequestResponse';
export type Stage = 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';
interface GroupResources { readonly group?: string; readonly resources?: readonly string[]; readonly resourceNames?: readonly string[] }
export interface Rule {
  readonly level: Level; readonly users?: readonly string[]; readonly userGroups?: readonly string[]; readonly verbs?: readonly string[];
  readonly resources?: readonly GroupResources[]; readonly namespaces?: readonly string[]; readonly nonResourceURLs?: readonly string[]; readonly omitStages?: readonly Stage[];
}
export interface Policy { readonly rules: readonly Rule[]; readonly omitStages?: readonly Stage[] }

const LEVELS: readonly string[] = ['None', 'Metadata', 'Request', 'RequestResponse'];
const STAGES: readonly string[] = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'];

/** Errors: GoError, in the reader's words; the caller names the file. */
export function parsePolicy(text: string): Policy {
  let value: Json;
  try {
    value = parseYaml(text) as Json;
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new GoError(`failed decoding: ${caught.message}`);
  }
  const { apiVersion = '', kind = '', ...policy } = (isObject(value) ? value : {}) as unknown as { apiVersion?: string; kind?: string } & Policy;
  if (kind === '') throw new GoError(`failed decoding: Object 'Kind' is missing in '${JSON.stringify(value ?? null)}'`);
  if (apiVersion !== 'audit.k8s.io/v1') throw new GoError(apiVersion === '' ? `unknown group version field /, Kind=${kind} in policy` : `failed decoding: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/audit/scheme.go:30"`);
  const rules = Array.isArray(policy.rules) ? policy.rules : [];
  const problems = [...stageProblems('omitStages', policy.omitStages), ...rules.flatMap((rule, i) => ruleProblems(`rules[${i}]`, rule))];
  if (problems.length > 0) throw new GoError(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
  if (rules.length === 0) throw new GoError('loaded illegal policy with 0 rules');
  return { ...policy, rules };
}

const stageProblems = (path: string, stages: readonly string[] | undefined): string[] =>
  (stages ?? []).flatMap((stage, i) => (STAGES.includes(stage) ? [] : [`${path}[${i}]: Invalid value: ${JSON.stringify(stage)}: allowed stages are ${STAGES.join(',')}`]));

function ruleProblems(path: string, rule: Rule): string[] {
  const { level = '', nonResourceURLs = [], resources = [], namespaces = [] } = rule as Partial<Rule>;
  const problems: string[] = [];
  if (level === '') problems.push(`${path}.level: Required value`);
  else if (!LEVELS.includes(level)) problems.push(`${path}.level: Unsupported value: ${JSON.stringify(level)}: supported values: ${[...LEVELS].sort().map((each) => JSON.stringify(each)).join(', ')}`);
  if (nonResourceURLs.length > 0 && (resources.length > 0 || namespaces.length > 0)) problems.push(`${path}.nonResourceURLs: Invalid value: ${JSON.stringify(nonResourceURLs)}: rules cannot apply to both regular resources and non-resource URLs`);
  return [...problems, ...stageProblems(`${path}.omitStages`, rule.omitStages)];
}

/** The first rule that fits decides; without one nothing is noted. */
export function judge(policy: Policy, a: Attributes): { readonly level: Level; readonly omitted: readonly Stage[] } {
  const rule = policy.rules.find((each) => fits(each, a));
  return { level: rule?.level ?? 'None', omitted: [...(policy.omitStages ?? []), ...(rule?.omitStages ?? [])] };
}

const any = (list: readonly string[] | undefined): list is readonly string[] => list !== undefined && list.length > 0;

function fits(rule: Rule, a: Attributes): boolean {
  if (any(rule.users) && !rule.users.includes(a.user.name)) return false;
  if (any(rule.userGroups) && !a.user.groups.some((group) => rule.userGroups!.includes(group))) return false;
  if (any(rule.verbs) && !rule.verbs.includes(a.verb)) return false;
  const ofResources = any(rule.namespaces) || (rule.resources ?? []).length > 0;
  if (ofResources) return a.isResource && resourceFits(rule, a);
  if (any(rule.nonResourceURLs)) return !a.isResource && rule.nonResourceURLs.some((url) => url === '*' || url === a.path || (url.endsWith('*') && a.path.startsWith(url.slice(0, -1))));
  return true;
}

function resourceFits(rule: Rule, a: Attributes): boolean {
  if (any(rule.namespaces) && !rule.namespaces.includes(a.namespace)) return false;
  if ((rule.resources ?? []).length === 0) return true;
  const combined = a.subresource === '' ? a.resource : `${a.resource}/${a.subresource}`;
  return rule.resources!.some(({ group = '', resources = [], resourceNames = [] }) => {
    if (group !== a.group) return false;
    if (resources.length === 0) return true;
    const named = resourceNames.length === 0 || resourceNames.includes(a.name);
    return named && resources.some((each) => each === '*' || each === combined || (each.startsWith('*/') && each.slice(2) === a.subresource) || (each.endsWith('/*') && each.slice(0, -2) === a.resource));
  });
}
