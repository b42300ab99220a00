/**
 * Acting as somebody else (`kubectl --as`): the real user must be allowed to impersonate the user and each group, then the request
 * is the other's. Models apiserver pkg/endpoints/filters/impersonation.go. Not modelled: uid and extra.
 */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Headers } from '../../http/index.ts';
import { internal } from '../status.ts';
import { forbiddenError, withAuthenticated, type Attributes, type Decision, type User } from './attributes.ts';

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** What must be allowed, in the order it is asked. */
function wishes(user: User, name: string, groups: readonly string[]): Attributes[] {
  const base = { user, verb: 'impersonate', isResource: true, group: '', version: 'v1', subresource: '', namespace: '', path: '', fieldSelector: '' };
  const account = ACCOUNT.exec(name);
  const who = account === null ? { ...base, resource: 'users', name } : { ...base, resource: 'serviceaccounts', namespace: account[1]!, name: account[2]! };
  return [who, ...groups.map((group) => ({ ...base, resource: 'groups', name: group }))];
}

/** Who the request is from: `user`, or whom its headers name. Throws ApiError. */
export function* impersonated(user: User, headers: Headers, authorize: (attributes: Attributes) => Coroutine<Decision>): Coroutine<User> {
  if (headers['impersonate-user'] === undefined && headers['impersonate-group'] === undefined) return user;
  const name = headers['impersonate-user'] ?? '';
  const groups = (headers['impersonate-group'] ?? '').split(',').map((group) => group.trim()).filter((group) => group !== '');
  if (name === '') {
    if (groups.length > 0) throw internal(`requested [${groups.map((group) => `{Group  ${group}    }`).join(' ')}] without impersonating a user`);
    return user;
  }
  for (const wish of wishes(user, name, groups)) {
    const decision = yield* authorize(wish);
    if (!decision.allowed) throw forbiddenError(wish, decision.reason);
  }
  const account = ACCOUNT.exec(name);
  const own = account !== null && groups.length === 0 ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : groups;
  if (name === 'system:anonymous') return { name, groups: own.includes('system:unauthenticated') ? own : [...own, 'system:unauthenticated'] };
  return withAuthenticated({ name, groups: own });
}
