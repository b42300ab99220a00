/** `kubectl describe` of roles and bindings. Rules are taken apart and put together again per resource, as kubectl does. */
import type { PolicyRule, Role, RoleBinding } from '../types.ts';
import { goList, heading } from './lines.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

type Rule = Required<Omit<PolicyRule, 'verbs'>> & { readonly verbs: readonly string[] };
const EMPTY: Rule = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

function breakDown(rule: PolicyRule): readonly Rule[] {
  const out: Rule[] = [];
  const names = rule.resourceNames ?? [];
  for (const group of rule.apiGroups ?? []) for (const resource of rule.resources ?? []) for (const verb of rule.verbs) {
    const one = { ...EMPTY, verbs: [verb], apiGroups: [group], resources: [resource] };
    if (names.length === 0) out.push(one);
    for (const name of names) out.push({ ...one, resourceNames: [name] });
  }
  for (const url of rule.nonResourceURLs ?? []) for (const verb of rule.verbs) out.push({ ...EMPTY, verbs: [verb], nonResourceURLs: [url] });
  return out;
}
/** Rules for one resource of one group become one, their verbs joined in order of appearance. */
function compact(rules: readonly Rule[]): readonly Rule[] {
  const rest: Rule[] = [];
  const simple = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.nonResourceURLs.length > 0) rest.push(rule);
    else {
      const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
      const before = simple.get(key);
      simple.set(key, before === undefined ? rule : { ...before, verbs: [...new Set([...before.verbs, ...rule.verbs])] });
    }
  }
  return [...rest, ...simple.values()];
}
/** Go's text of the rule, by which they are sorted: verbs first. */
const goText = (rule: Rule): string => `&PolicyRule{Verbs:${goList(rule.verbs)},APIGroups:${goList(rule.apiGroups)},Resources:${goList(rule.resources)},ResourceNames:${goList(rule.resourceNames)},NonResourceURLs:${goList(rule.nonResourceURLs)},}`;
function withGroup({ resources: [resource = ''], apiGroups: [group = ''] }: Rule): string {
  const [name = '', ...sub] = resource.split('/');
  return resource === '' ? '' : `${name}${group === '' ? '' : `.${group}`}${sub.length === 0 ? '' : `/${sub.join('/')}`}`;
}

/** Roles and cluster roles. */
export const role: Describer<Role> = {
  needs: [], withEvents: false,
  describe(object) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    sheet.line(0, 'PolicyRule:\n  Resources\tNon-Resource URLs\tResource Names\tVerbs\n  ---------\t-----------------\t--------------\t-----');
    const rules = [...compact((object.rules ?? []).flatMap(breakDown))].sort((a, b) => (goText(a) < goText(b) ? -1 : 1));
    for (const rule of rules) sheet.line(1, `${withGroup(rule)}\t${goList(rule.nonResourceURLs)}\t${goList(rule.resourceNames)}\t${goList(rule.verbs)}`);
    return sheet.text();
  },
};
/** Role bindings and cluster role bindings. */
export const roleBinding: Describer<RoleBinding> = {
  needs: [], withEvents: false,
  describe(object) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    sheet.line(0, `Role:\n  Kind:\t${object.roleRef.kind}\n  Name:\t${object.roleRef.name}\nSubjects:\n  Kind\tName\tNamespace\n  ----\t----\t---------`);
    for (const { kind, name, namespace } of object.subjects ?? []) sheet.line(1, `${kind}\t${name}\t${namespace ?? ''}`);
    return sheet.text();
  },
};
