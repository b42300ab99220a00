/**
 * Role-based access control: which rules the bindings give a user, and whether one of them allows the request.
 * Pure; the bindings and roles come from the watch cache. Models plugin/pkg/auth/authorizer/rbac.
 */
import type { Attributes, Decision, User } from './attributes.ts';

export interface PolicyRule {
  readonly verbs: readonly string[]; readonly apiGroups?: readonly string[]; readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[]; readonly nonResourceURLs?: readonly string[];
}
export interface Subject { readonly kind: string; readonly name: string; readonly namespace?: string; readonly apiGroup?: string }
export interface Binding { readonly metadata: { readonly name: string; readonly namespace?: string }; readonly roleRef: { readonly kind: string; readonly name: string }; readonly subjects?: readonly Subject[] }
export interface Role { readonly metadata: { readonly name: string }; readonly rules?: readonly PolicyRule[] | null }

/** Where the authoriser reads roles and bindings. */
export interface RbacSource {
  readonly clusterRoleBindings: Iterable<Binding>;
  roleBindings(namespace: string): Iterable<Binding>;
  clusterRole(name: string): Role | undefined;
  role(namespace: string, name: string): Role | undefined;
}

const listed = (list: readonly string[] | undefined, value: string): boolean => list !== undefined && (list.includes('*') || list.includes(value));

function resourceMatches(rule: PolicyRule, a: Attributes): boolean {
  const combined = a.subresource === '' ? a.resource : `${a.resource}/${a.subresource}`;
  return (rule.resources ?? []).some((r) => r === '*' || r === combined || (a.subresource !== '' && r === `*/${a.subresource}`));
}
const urlMatches = (rule: PolicyRule, path: string): boolean =>
  (rule.nonResourceURLs ?? []).some((url) => url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1))));

export function ruleAllows(rule: PolicyRule, a: Attributes): boolean {
  if (!listed(rule.verbs, a.verb)) return false;
  if (!a.isResource) return urlMatches(rule, a.path);
  const names = rule.resourceNames ?? [];
  return listed(rule.apiGroups, a.group) && resourceMatches(rule, a) && (names.length === 0 || names.includes(a.name));
}

export function subjectMatches(subject: Subject, user: User, bindingNamespace: string): boolean {
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group') return user.groups.includes(subject.name);
  const namespace = subject.namespace ?? bindingNamespace;
  return subject.kind === 'ServiceAccount' && namespace !== '' && user.name === `system:serviceaccount:${namespace}:${subject.name}`;
}

/** Who a binding gave a rule to: the subject and the binding, for the reason of a decision. */
export interface Grant { readonly subject: Subject; readonly binding: Binding; readonly clusterWide: boolean }

/** Calls `see` with each rule that holds for the user in the namespace until it returns true; → roles that do not exist. */
export function visitRules(source: RbacSource, user: User, namespace: string, see: (rule: PolicyRule, grant: Grant) => boolean): { readonly done: boolean; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const visit = (grant: Grant, role: Role | undefined, title: string): boolean => {
    if (role === undefined) missing.push(`${title} ${JSON.stringify(grant.binding.roleRef.name)} not found`);
    return (role?.rules ?? []).some((rule) => see(rule, grant));
  };
  for (const binding of source.clusterRoleBindings) {
    const subject = (binding.subjects ?? []).find((s) => subjectMatches(s, user, ''));
    if (subject === undefined) continue;
    if (visit({ subject, binding, clusterWide: true }, source.clusterRole(binding.roleRef.name), 'clusterrole.rbac.authorization.k8s.io')) return { done: true, missing };
  }
  if (namespace === '') return { done: false, missing };
  for (const binding of source.roleBindings(namespace)) {
    const subject = (binding.subjects ?? []).find((s) => subjectMatches(s, user, namespace));
    if (subject === undefined) continue;
    const cluster = binding.roleRef.kind === 'ClusterRole';
    const role = cluster ? source.clusterRole(binding.roleRef.name) : source.role(namespace, binding.roleRef.name);
    if (visit({ subject, binding, clusterWide: false }, role, `${cluster ? 'cluster' : ''}role.rbac.authorization.k8s.io`)) return { done: true, missing };
  }
  return { done: false, missing };
}

export function rbacDecision(source: RbacSource, a: Attributes): Decision {
  let granted: Grant | null = null;
  const { done, missing } = visitRules(source, a.user, a.namespace, (rule, grant) => {
    granted = grant;
    return ruleAllows(rule, a);
  });
  if (done) return { allowed: true, reason: `RBAC: allowed by ${grantText(granted!)}` };
  const reason = missing.length === 0 ? '' : `RBAC: ${missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`}`;
  return { allowed: false, reason };
}

/** `ClusterRoleBinding "x" of ClusterRole "y" to Group "z"`. */
function grantText({ subject, binding: { metadata, roleRef }, clusterWide }: Grant): string {
  const binding = clusterWide ? `ClusterRoleBinding ${JSON.stringify(metadata.name)}` : `RoleBinding ${JSON.stringify(`${metadata.name}/${metadata.namespace ?? ''}`)}`;
  const name = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace ?? ''}` : subject.name;
  return `${binding} of ${roleRef.kind} ${JSON.stringify(roleRef.name)} to ${subject.kind} ${JSON.stringify(name)}`;
}
