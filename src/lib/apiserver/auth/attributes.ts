/** Who asks for what: the question every authoriser answers. Models apiserver pkg/authorization/authorizer. */
import { memoOf } from '../../../base/memo.ts';
import { forbidden, type ApiError } from '../status.ts';
import type { Route } from '../route.ts';

export interface User {
  readonly name: string; readonly groups: readonly string[]; readonly uid?: string;
  readonly extra?: { readonly [key: string]: readonly string[] };
}
export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
export const withAuthenticated = memoOf((user: User): User => (user.groups.includes('system:authenticated') ? user : { ...user, groups: [...user.groups, 'system:authenticated'] }));

export interface Attributes {
  readonly user: User; readonly verb: string; readonly isResource: boolean;
  readonly group: string; readonly version: string; readonly resource: string; readonly subresource: string; readonly namespace: string; readonly name: string;
  /** The path of a request that is not for a resource. */ readonly path: string;
  /** `metadata.name=x` of a list or watch; the node authoriser looks at selectors. */ readonly fieldSelector: string;
}
export type Decision = { readonly allowed: true; /** For the audit log. */ readonly reason?: string } | { readonly allowed: false; readonly reason: string; /** No further authoriser is asked. */ readonly denied?: boolean };

/** What the user asks with a request. The same users ask the same again and again. */
export const attributesOf = (user: User, route: Route): Attributes => askedBy(user)(route);
const askedBy = memoOf((user: User) => memoOf((route: Route) => asked(user, route)));

function asked(user: User, route: Route): Attributes {
  const { verb, isResource, group, version, resource, subresource, namespace, path } = route;
  const fieldSelector = route.query.get('fieldSelector')?.[0] ?? '';
  // A list or watch of one name asks for that object only, so that roles with resourceNames may allow it.
  const name = route.name !== '' || !['list', 'watch', 'deletecollection'].includes(verb) ? route.name : /(?:^|,)metadata\.name==?([^,]+)/.exec(fieldSelector)?.[1] ?? '';
  return { user, verb, isResource, group, version, resource, subresource, namespace, name, path, fieldSelector };
}

/** What is forbidden, in the server's words. */
export function forbiddenText(a: Attributes): string {
  if (!a.isResource) return `User ${JSON.stringify(a.user.name)} cannot ${a.verb} path ${JSON.stringify(a.path)}`;
  const resource = a.subresource === '' ? a.resource : `${a.resource}/${a.subresource}`;
  const where = a.namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(a.namespace)}`;
  return `User ${JSON.stringify(a.user.name)} cannot ${a.verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(a.group)} ${where}`;
}
export function forbiddenError(a: Attributes, reason: string): ApiError {
  const text = forbiddenText(a);
  return forbidden(a.isResource ? { group: a.group, resource: a.resource } : { group: '', resource: '' }, a.isResource ? a.name : '', reason === '' ? text : `${text}: ${reason}`);
}
