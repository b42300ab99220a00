/** Reads the compact notation of the default roles and bindings (roles.ts, bindings.ts). */
import type { PolicyRule, Subject } from '../auth/rbac.ts';

const list = (text: string): string[] => text.split(',').map((item) => (item === '""' ? '' : item));

export function parseRule(text: string): PolicyRule {
  const [verbs = '', groups = '', resources = '', names] = text.split(' | ');
  if (groups === 'url') return { nonResourceURLs: list(resources), verbs: list(verbs) };
  return { apiGroups: list(groups), ...(names === undefined ? {} : { resourceNames: list(names) }), resources: list(resources), verbs: list(verbs) };
}

export function parseSubject(text: string): Subject {
  const [kind = '', name = ''] = text.split(' ');
  if (kind === 'sa') {
    const [namespace = '', account = ''] = name.split('/');
    return { kind: 'ServiceAccount', name: account, namespace };
  }
  return { apiGroup: 'rbac.authorization.k8s.io', kind: kind === 'user' ? 'User' : 'Group', name };
}
