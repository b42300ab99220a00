/** Subresources that are no plain read or write of a part: scale, binding, eviction, token. */
import type { Coroutine } from '../../kernel/sys.ts';
import { formatSelector, selects } from '../../base/selector.ts';
import { at, groupResource, meta, newUid, text, timestamp, withMeta, type Ctx } from './context.ts';
import { fetch } from './create.ts';
import { signToken, type Bound, type Claims } from './jwt.ts';
import { remove, type DeleteOptions } from './remove.ts';
import { badRequest, conflict, forbidden, internal, invalid, success, tooManyRequests, type Status } from './status.ts';
import { modify } from './update.ts';
import type { Obj } from './store.ts';

/** The Scale view of an object that has replicas. */
export function scaleOf(object: Obj): Obj {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = meta(object);
  const selector = at(object, 'spec', 'selector') as Parameters<typeof formatSelector>[0];
  const plain = object.kind === 'ReplicationController';
  const shown = plain ? Object.entries((selector ?? {}) as Record<string, string>).map(([k, v]) => `${k}=${v}`).join(',') : formatSelector(selector);
  return {
    kind: 'Scale', apiVersion: 'autoscaling/v1', metadata: { name, namespace, uid, resourceVersion, creationTimestamp } as NonNullable<Obj['metadata']>,
    spec: { replicas: at(object, 'spec', 'replicas') ?? 0 }, status: { replicas: at(object, 'status', 'replicas') ?? 0, ...(shown === '<none>' ? {} : { selector: shown }) },
  };
}

/** Writes the replicas of a Scale into its object; `change` makes the new Scale from the old. */
export function* writeScale(ctx: Ctx, change: (scale: Obj) => Obj): Coroutine<Obj> {
  const main: Ctx = { ...ctx, route: { ...ctx.route, subresource: '' } };
  const object = yield* modify(main, (seen) => {
    const scale = change(scaleOf(seen));
    const replicas = at(scale, 'spec', 'replicas');
    if (typeof replicas !== 'number' || replicas < 0) {
      throw invalid({ group: 'autoscaling', kind: 'Scale' }, ctx.route.name, [{ field: 'spec.replicas', message: `Invalid value: ${JSON.stringify(replicas ?? null)}: must be greater than or equal to 0` }]);
    }
    const version = meta(scale).resourceVersion;
    return withMeta({ ...seen, spec: { ...(seen.spec as object), replicas } }, version === undefined || version === '' ? {} : { resourceVersion: version });
  });
  return scaleOf(object);
}

/** Puts a pod on a node. */
export function* bind(ctx: Ctx, binding: Obj): Coroutine<Status> {
  const node = text(binding, 'target', 'name');
  if (node === '') throw invalid({ group: '', kind: 'Binding' }, ctx.route.name, [{ field: 'target.name', message: 'Required value' }]);
  const pods = { group: '', resource: 'pods/binding' };
  const main: Ctx = { ...ctx, route: { ...ctx.route, subresource: 'binding' } };
  const wanted = meta(binding).uid;
  yield* modify(main, (pod) => {
    if (wanted !== undefined && wanted !== '' && wanted !== meta(pod).uid) throw conflict(pods, ctx.route.name, `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${meta(pod).uid}`);
    if (meta(pod).deletionTimestamp !== undefined) throw conflict(pods, ctx.route.name, `pod ${ctx.route.name} is being deleted, cannot be assigned to a host`);
    const current = text(pod, 'spec', 'nodeName');
    if (current !== '') throw conflict(pods, ctx.route.name, `pod ${ctx.route.name} is already assigned to node ${JSON.stringify(current)}`);
    const others = ((at(pod, 'status', 'conditions') ?? []) as readonly { type: string }[]).filter(({ type }) => type !== 'PodScheduled');
    const scheduled = { lastProbeTime: null, lastTransitionTime: timestamp(ctx.at), status: 'True', type: 'PodScheduled' };
    const annotations = { ...meta(pod).annotations, ...meta(binding).annotations };
    return withMeta({ ...pod, spec: { ...(pod.spec as object), nodeName: node }, status: { ...(pod.status as object), conditions: [...others, scheduled] } }, Object.keys(annotations).length === 0 ? {} : { annotations });
  });
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

interface Budget extends Obj { readonly status?: { readonly disruptionsAllowed?: number; readonly currentHealthy?: number; readonly desiredHealthy?: number } }

/** Deletes a pod when its disruption budgets allow it. */
export function* evict(ctx: Ctx, eviction: Obj): Coroutine<Obj | Status> {
  const pod = yield* fetch(ctx);
  const settled = ['Succeeded', 'Failed', 'Pending'].includes(text(pod.object, 'status', 'phase')) || meta(pod.object).deletionTimestamp !== undefined;
  const budgets = settled ? [] : (yield* ctx.store.list(`/registry/poddisruptionbudgets/${ctx.route.namespace}/`)).items
    .map(({ object }) => object as Budget).filter((budget) => selects(at(budget, 'spec', 'selector') as never, meta(pod.object).labels));
  if (budgets.length > 1) throw internal('This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  const [budget] = budgets;
  if (budget !== undefined && (budget.status?.disruptionsAllowed ?? 0) <= 0) {
    const { desiredHealthy = 0, currentHealthy = 0 } = budget.status ?? {};
    throw tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", [{ reason: 'DisruptionBudget', message: `The disruption budget ${meta(budget).name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently` }]);
  }
  const { body } = yield* remove({ ...ctx, route: { ...ctx.route, subresource: '' } }, (at(eviction, 'deleteOptions') ?? {}) as DeleteOptions);
  return 'status' in body && body.kind === 'Status' ? body : success(groupResource(ctx.resource), ctx.route.name, meta(pod.object).uid);
}

const MIN_SECONDS = 600;
const YEAR = 365 * 86400;

function* boundTo(ctx: Ctx, reference: unknown): Coroutine<{ pod?: Bound; node?: Bound; secret?: Bound }> {
  const [kind, name, uid] = [text(reference, 'kind'), text(reference, 'name'), text(reference, 'uid')];
  if (kind === '') return {};
  if (kind !== 'Pod' && kind !== 'Secret') throw badRequest(`cannot bind token for serviceaccount ${JSON.stringify(ctx.route.name)} to object with type ${text(reference, 'apiVersion')}, Kind=${kind}`);
  const { item } = yield* ctx.store.get(`/registry/${kind.toLowerCase()}s/${ctx.route.namespace}/${name}`);
  if (item === null) throw badRequest(`cannot bind token to ${kind} ${JSON.stringify(name)}: not found`);
  const have = meta(item.object).uid ?? '';
  if (uid !== '' && uid !== have) throw conflict({ group: '', resource: `${kind.toLowerCase()}s` }, name, `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`);
  if (kind === 'Secret') return { secret: { name, uid: have } };
  if (text(item.object, 'spec', 'serviceAccountName') !== ctx.route.name) throw badRequest(`cannot bind token for serviceaccount ${JSON.stringify(ctx.route.name)} to pod running with different serviceaccount name.`);
  const node = text(item.object, 'spec', 'nodeName');
  const found = node === '' ? null : (yield* ctx.store.get(`/registry/minions/${node}`)).item;
  return { pod: { name, uid: have }, ...(found === null ? {} : { node: { name: node, uid: meta(found.object).uid ?? '' } }) };
}

/** Makes a token for a service account. Models pkg/registry/core/serviceaccount/storage/token.go. */
export function* tokenRequest(ctx: Ctx, request: Obj): Coroutine<Obj> {
  const account = yield* fetch(ctx);
  const { options, route } = ctx;
  const seconds = (at(request, 'spec', 'expirationSeconds') as number | undefined) ?? 3600;
  if (seconds < MIN_SECONDS) throw invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [{ field: 'spec.expirationSeconds', message: `Invalid value: ${seconds}: may not specify a duration less than 10 minutes` }]);
  const asked = (at(request, 'spec', 'audiences') as readonly string[] | undefined) ?? [];
  const audiences = asked.length === 0 ? options.audiences : asked;
  if (options.signingKeyPem === null) throw forbidden(groupResource(ctx.resource), route.name, 'token signing is not configured');
  const binding = yield* boundTo(ctx, at(request, 'spec', 'boundObjectRef'));
  const now = Math.floor(ctx.at / 1e6);
  // Tokens that pods mount live on for a year, so that clients that never reread them go on working.
  const extended = seconds === 3607 && binding.pod !== undefined && audiences.every((one) => options.audiences.includes(one));
  const claims: Claims = {
    aud: audiences, exp: now + (extended ? YEAR : seconds), iat: now, iss: options.issuer, jti: yield* newUid(),
    'kubernetes.io': { namespace: route.namespace, ...(binding.node === undefined ? {} : { node: binding.node }), ...(binding.pod === undefined ? {} : { pod: binding.pod }), ...(binding.secret === undefined ? {} : { secret: binding.secret }),
      serviceaccount: { name: route.name, uid: meta(account.object).uid ?? '' }, ...(extended ? { warnafter: now + seconds } : {}) },
    nbf: now, sub: `system:serviceaccount:${route.namespace}:${route.name}`,
  };
  const token = signToken(options.signingKeyPem, claims);
  if (token === null) throw internal('failed to sign token');
  return {
    kind: 'TokenRequest', apiVersion: 'authentication.k8s.io/v1', metadata: { name: route.name, namespace: route.namespace, creationTimestamp: timestamp(ctx.at) },
    spec: { audiences, expirationSeconds: seconds, boundObjectRef: at(request, 'spec', 'boundObjectRef') ?? null }, status: { token, expirationTimestamp: timestamp((now + seconds) * 1e6) },
  };
}

