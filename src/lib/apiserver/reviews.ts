/** Reviews: questions about identity and permission that are answered and not stored. Models pkg/registry/authorization and authentication. */
import type { Coroutine } from '../../kernel/sys.ts';
import { authenticate } from './auth/authenticate.ts';
import { withAuthenticated, type Attributes, type User } from './auth/attributes.ts';
import { at, text, timestamp, type Ctx } from './context.ts';
import { invalid } from './status.ts';
import type { Obj } from './store.ts';

function attributesOf(spec: unknown, user: User, namespace: string): Attributes {
  const resource = at(spec, 'resourceAttributes');
  const other = at(spec, 'nonResourceAttributes');
  const base = { user, fieldSelector: '' };
  if (resource === undefined) return { ...base, verb: text(other, 'verb'), path: text(other, 'path'), isResource: false, group: '', version: '', resource: '', subresource: '', namespace: '', name: '' };
  return { ...base, verb: text(resource, 'verb'), isResource: true, group: text(resource, 'group'), version: text(resource, 'version'), resource: text(resource, 'resource'), subresource: text(resource, 'subresource'), namespace: text(resource, 'namespace') || namespace, name: text(resource, 'name'), path: '' };
}

function* answer(ctx: Ctx, review: Obj, user: User): Coroutine<Obj> {
  const { spec } = review;
  if (at(spec, 'resourceAttributes') === undefined && at(spec, 'nonResourceAttributes') === undefined) {
    throw invalid(ctx.resource, '', [{ field: 'spec.resourceAttributes', message: 'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified' }]);
  }
  const decision = yield* ctx.authorize(attributesOf(spec, user, ctx.resource.namespaced ? ctx.route.namespace : ''));
  const status = decision.allowed ? { allowed: true } : { allowed: false, ...(decision.reason === '' ? {} : { reason: decision.reason }), ...(decision.denied === true ? { denied: true } : {}) };
  return { ...review, metadata: { ...review.metadata, creationTimestamp: undefined } as NonNullable<Obj['metadata']>, status };
}

function* tokenReview(ctx: Ctx, review: Obj): Coroutine<Obj> {
  const asked = (at(review, 'spec', 'audiences') as readonly string[] | undefined) ?? [];
  const audiences = asked.length === 0 ? ctx.authority.audiences : asked;
  const found = yield* authenticate({ peerCertPem: null, authorization: `Bearer ${text(review, 'spec', 'token')}` }, { ...ctx.authority, audiences, anonymous: false }, ctx.store, ctx.at);
  if ('error' in found) return { ...review, status: { user: {}, error: found.error } };
  const { name, uid, groups, extra } = found.user;
  return { ...review, status: { authenticated: true, user: { username: name, ...(uid === undefined ? {} : { uid }), groups, ...(extra === undefined ? {} : { extra }) }, audiences } };
}

/** Answers a review, or undefined when the resource is none. */
export function* review(ctx: Ctx, body: Obj): Coroutine<Obj | undefined> {
  const { spec } = body;
  switch (ctx.resource.name) {
    case 'selfsubjectaccessreviews': return yield* answer(ctx, body, ctx.user);
    case 'subjectaccessreviews':
    case 'localsubjectaccessreviews':
      return yield* answer(ctx, body, { name: text(spec, 'user'), groups: (at(spec, 'groups') as readonly string[] | undefined) ?? [], uid: text(spec, 'uid') });
    case 'tokenreviews': return yield* tokenReview(ctx, body);
    case 'selfsubjectreviews': {
      const { name, groups, uid, extra } = withAuthenticated(ctx.user);
      return { ...body, metadata: { creationTimestamp: timestamp(ctx.at) }, status: { userInfo: { username: name, ...(uid === undefined ? {} : { uid }), groups, ...(extra === undefined ? {} : { extra }) } } };
    }
    case 'selfsubjectrulesreviews': {
      const rules = yield* ctx.rules(text(spec, 'namespace'));
      const [plain, resource] = [rules.filter((rule) => rule.nonResourceURLs !== undefined), rules.filter((rule) => rule.nonResourceURLs === undefined)];
      return { ...body, metadata: {}, status: { resourceRules: resource, nonResourceRules: plain, incomplete: false } };
    }
    default: return undefined;
  }
}
