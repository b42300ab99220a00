/**
 * Admission: what the enabled plugins change about an object or refuse, in upstream's order.
 * Not modelled: webhooks, admission policies, RuntimeClass overhead.
 */
import type { Coroutine } from '../../../kernel/sys.ts';
import { meta, withMeta, type Ctx } from '../context.ts';
import type { Obj } from '../store.ts';
import { limitRanger } from './limits.ts';
import { checkImmortal, namespaceLifecycle } from './namespaces.ts';
import { nodeRestrictionCreate, nodeRestrictionDelete, nodeRestrictionUpdate } from './node.ts';
import { defaultTolerations, priority } from './pods.ts';
import { namespaceSecurity, podSecurity } from './podsecurity/index.ts';
import { resourceQuota } from './quota.ts';
import { serviceAccount } from './serviceaccount.ts';

/** A new node cannot be scheduled on before its conditions are known. */
function taintNewNode(object: Obj): Obj {
  const spec = (object.spec ?? {}) as { taints?: readonly { key: string; effect: string }[] };
  const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
  if ((spec.taints ?? []).some(({ key, effect }) => key === taint.key && effect === taint.effect)) return object;
  return { ...object, spec: { ...spec, taints: [...(spec.taints ?? []), taint] } };
}

function protect(object: Obj, finalizer: string): Obj {
  const finalizers = meta(object).finalizers ?? [];
  return finalizers.includes(finalizer) ? object : withMeta(object, { finalizers: [...finalizers, finalizer] });
}

function* mutatePod(ctx: Ctx, object: Obj): Coroutine<Obj> {
  const limited = yield* limitRanger(ctx, object);
  const owned = yield* serviceAccount(ctx, limited);
  nodeRestrictionCreate(ctx, owned);
  return defaultTolerations(yield* priority(ctx, owned));
}

/** Runs the plugins on a new object. Throws ApiError. */
export function* admitCreate(ctx: Ctx, object: Obj): Coroutine<Obj> {
  const { resource } = ctx;
  yield* namespaceLifecycle(ctx, object);
  let next = object;
  if (resource.group === '') {
    if (resource.name === 'pods') next = yield* mutatePod(ctx, object);
    if (resource.name === 'nodes') { nodeRestrictionCreate(ctx, object); next = taintNewNode(object); }
    if (resource.name === 'persistentvolumeclaims') next = protect(object, 'kubernetes.io/pvc-protection');
    if (resource.name === 'persistentvolumes') next = protect(object, 'kubernetes.io/pv-protection');
  } else if (resource.name === 'leases' || resource.name === 'csinodes') {
    nodeRestrictionCreate(ctx, object);
  }
  if (resource.name === 'certificatesigningrequests') next = sentBy(ctx, object);
  yield* namespaceSecurity(ctx, next, null);
  yield* podSecurity(ctx, next);
  yield* resourceQuota(ctx, next);
  return next;
}

/** A certificate request says who sent it, whatever it was sent with. */
function sentBy(ctx: Ctx, object: Obj): Obj {
  const { username: _, groups: __, uid: ___, ...spec } = object.spec as Readonly<Record<string, unknown>>;
  return { ...object, spec: { ...spec, username: ctx.user.name, groups: ctx.user.groups, ...(ctx.user.uid === undefined ? {} : { uid: ctx.user.uid }) } } as Obj;
}

/** Runs the plugins on a changed object. */
export function* admitUpdate(ctx: Ctx, next: Obj, old: Obj): Coroutine<Obj> {
  nodeRestrictionUpdate(ctx, next, old);
  yield* namespaceSecurity(ctx, next, old);
  if (ctx.resource.name !== 'pods') yield* podSecurity(ctx, next);
  return next;
}

/** Runs the plugins on an object that is to be deleted. */
export function* admitDelete(ctx: Ctx, object: Obj): Coroutine<void> {
  checkImmortal(ctx);
  nodeRestrictionDelete(ctx, object);
}
