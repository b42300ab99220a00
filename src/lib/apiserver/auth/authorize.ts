/**
 * The chain of authorisers that --authorization-mode names, over the watch cache. Answers are kept until a role or binding changes.
 * Not modelled: ABAC and webhooks (they have no opinion).
 */
import { memoOf } from '../../../base/memo.ts';
import { get, put, view, type Coroutine } from '../../../kernel/sys.ts';
import { cached, rbacVersion } from '../watchcache.ts';
import type { Attributes, Decision, User } from './attributes.ts';
import { nodeDecision, type PodView } from './node.ts';
import { rbacDecision, visitRules, type Binding, type PolicyRule, type RbacSource, type Role } from './rbac.ts';

const RBAC = ['clusterrolebindings', 'rolebindings', 'clusterroles', 'roles'].map((name) => `/registry/${name}/`);
const KEPT = 2000;

/** All rules that the bindings give a user in a namespace. */
export function* rulesOf(user: User, namespace: string): Coroutine<readonly PolicyRule[]> {
  const source = yield* rbacSource();
  const rules: PolicyRule[] = [];
  visitRules(source, user, namespace, (rule) => { rules.push(rule); return false; });
  return rules;
}

function* rbacSource(): Coroutine<RbacSource> {
  const [crb, rb, cr, r] = [yield* cached(RBAC[0]!), yield* cached(RBAC[1]!), yield* cached(RBAC[2]!), yield* cached(RBAC[3]!)];
  return {
    clusterRoleBindings: map(crb.from(RBAC[0]!)), roleBindings: (namespace) => map(rb.from(`${RBAC[1]}${namespace}/`)),
    clusterRole: (name) => cr.get(RBAC[2]! + name)?.object as unknown as Role | undefined, role: (namespace, name) => r.get(`${RBAC[3]}${namespace}/${name}`)?.object as unknown as Role | undefined,
  };
}

const questionOf = memoOf((a: Attributes) => JSON.stringify([a.user.name, a.user.groups, a.verb, a.group, a.resource, a.subresource, a.namespace, a.name, a.path]));

function* rbac(a: Attributes): Coroutine<Decision> {
  const version = yield* rbacVersion();
  const question = questionOf(a);
  const known = yield* get<{ version: number; decision: Decision }>('decisions', question);
  if (known?.version === version) return known.decision;
  const decision = rbacDecision(yield* rbacSource(), a);
  if ((yield* view('decisions')).size < KEPT || known !== undefined) yield* put('decisions', question, { version, decision });
  return decision;
}
function* map(items: Iterable<{ readonly object: unknown }>): Generator<Binding> {
  for (const { object } of items) yield object as Binding;
}

/** The node authoriser's graph has informers of its own, which a server that has just begun to answer is still filling. */
export function* graphPending(pending: boolean): Coroutine<void> { yield* put('decisions', 'graph', pending); }

function* node(a: Attributes): Coroutine<Decision | null> {
  if (a.user.groups.includes('system:nodes') && (yield* get('decisions', 'graph')) === true) return nodeDecision(a, () => []);
  const pods = yield* cached('/registry/pods/');
  return nodeDecision(a, function* (namespace) {
    for (const { object } of pods.from(`/registry/pods/${namespace === '' ? '' : `${namespace}/`}`)) yield object as PodView;
  });
}

/** Asks each mode in turn until one allows; what the others said becomes the reason. */
export function* authorize(modes: readonly string[], a: Attributes): Coroutine<Decision> {
  if (a.user.groups.includes('system:masters')) return { allowed: true };
  const reasons: string[] = [];
  for (const mode of modes) {
    if (mode === 'AlwaysAllow') return { allowed: true };
    if (mode === 'AlwaysDeny') return { allowed: false, reason: 'Everything is forbidden.' };
    const decision = mode === 'Node' ? yield* node(a) : mode === 'RBAC' ? yield* rbac(a) : null;
    if (decision === null) continue;
    if (decision.allowed || decision.denied === true) return decision;
    if (decision.reason !== '') reasons.push(decision.reason);
  }
  return { allowed: false, reason: reasons.join('\n') };
}
