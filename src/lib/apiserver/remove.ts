/**
 * Deleting: at once, after a grace period (pods), or when the finalizers are gone.
 * Models apiserver pkg/registry/generic/registry/store.go (Delete) and pkg/registry/rest/delete.go.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { admitDelete } from './admission/index.ts';
import { at, groupResource, meta, text, timestamp, withMeta, type Ctx } from './context.ts';
import { fetch } from './create.ts';
import { flag, param } from './route.ts';
import { conflict, modified, success, type Status } from './status.ts';
import { versioned, type Obj, type Stored } from './store.ts';
import { release } from './services.ts';

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number; readonly propagationPolicy?: string; readonly orphanDependents?: boolean;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string }; readonly dryRun?: readonly string[];
}

/** Options from the body, or from the query of clients that send none. */
export function deleteOptions(ctx: Ctx, body: unknown): DeleteOptions {
  const { query } = ctx.route;
  const grace = param(query, 'gracePeriodSeconds');
  const policy = param(query, 'propagationPolicy');
  return { ...(grace === '' ? {} : { gracePeriodSeconds: Number(grace) }), ...(policy === '' ? {} : { propagationPolicy: policy }), ...(typeof body === 'object' && body !== null ? body as DeleteOptions : {}) };
}

function checkPreconditions(ctx: Ctx, { uid, resourceVersion }: NonNullable<DeleteOptions['preconditions']>, current: Stored): void {
  const name = meta(current.object).name!;
  const what = groupResource(ctx.resource);
  const have = meta(current.object).uid ?? '';
  if (uid !== undefined && uid !== have) throw conflict(what, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${have}`);
  if (resourceVersion !== undefined && resourceVersion !== String(current.revision)) {
    throw conflict(what, name, `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${current.revision}`);
  }
}

/** Seconds a pod is given; null: this kind knows no grace. Models pkg/registry/core/pod/strategy.go. */
function graceOf(ctx: Ctx, object: Obj, options: DeleteOptions): number | null {
  if (ctx.resource.name !== 'pods') return null;
  const wanted = options.gracePeriodSeconds ?? (at(object, 'spec', 'terminationGracePeriodSeconds') as number | undefined) ?? 0;
  if (text(object, 'spec', 'nodeName') === '' || ['Succeeded', 'Failed'].includes(text(object, 'status', 'phase'))) return 0;
  return wanted < 0 ? 1 : wanted;
}

const OWN = ['orphan', 'foregroundDeletion'];
function finalizersFor(ctx: Ctx, object: Obj, options: DeleteOptions): readonly string[] {
  const finalizers = meta(object).finalizers ?? [];
  const orphan = options.orphanDependents === true || options.propagationPolicy === 'Orphan' || (options.propagationPolicy === undefined && ctx.resource.name === 'jobs' && options.orphanDependents !== false);
  const own = orphan ? ['orphan'] : options.propagationPolicy === 'Foreground' ? ['foregroundDeletion'] : [];
  if (options.propagationPolicy === undefined && own.length === 0) return finalizers;
  const kept = finalizers.filter((finalizer) => !OWN.includes(finalizer));
  return [...kept, ...own];
}

/** Marks the object as being deleted, `grace` seconds from now. A shorter period than the one that runs replaces it. */
function marked(ctx: Ctx, object: Obj, grace: number, finalizers: readonly string[]): Obj {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, generation } = meta(object);
  const again = deletionTimestamp !== undefined;
  const seconds = again ? Math.min(grace, deletionGracePeriodSeconds) : grace;
  const deadline = again && seconds === deletionGracePeriodSeconds ? deletionTimestamp : timestamp(ctx.at + seconds * 1e6);
  return withMeta(object, {
    deletionTimestamp: deadline, deletionGracePeriodSeconds: seconds, ...(finalizers.length === 0 ? { finalizers: undefined } : { finalizers }),
    ...(generation === undefined || again ? {} : { generation: generation + 1 }),
  } as NonNullable<Obj['metadata']>);
}

type Step = { readonly done: Obj | Status; readonly status: number } | 'again';

function* drop(ctx: Ctx, current: Stored): Coroutine<Step> {
  const { object, key, revision } = current;
  if (!flag(ctx.route.query, 'dryRun')) {
    const gone = yield* ctx.store.remove(key, revision);
    if ('current' in gone) return 'again';
    yield* release(ctx, object);
  }
  const { name = '', uid } = meta(object);
  return { done: ctx.resource.name === 'pods' ? versioned(current) : success(groupResource(ctx.resource), name, uid), status: 200 };
}

function* mark(ctx: Ctx, current: Stored, next: Obj): Coroutine<Step> {
  if (flag(ctx.route.query, 'dryRun')) return { done: versioned({ ...current, object: next }), status: 200 };
  const wrote = yield* ctx.store.update(current.key, next, current.revision);
  return 'item' in wrote ? { done: versioned(wrote.item), status: 200 } : 'again';
}

function* namespaceStep(ctx: Ctx, current: Stored): Coroutine<Step> {
  const { object } = current;
  const holds = ((at(object, 'spec', 'finalizers') as readonly string[] | undefined) ?? []).length > 0 || (meta(object).finalizers ?? []).length > 0;
  if (meta(object).deletionTimestamp === undefined) {
    const next = withMeta({ ...object, status: { ...(object.status as object | undefined), phase: 'Terminating' } }, { deletionTimestamp: timestamp(ctx.at) });
    if (holds) return yield* mark(ctx, current, next);
  }
  if (!holds) return yield* drop(ctx, current);
  throw conflict(groupResource(ctx.resource), ctx.route.name, 'The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.');
}

function* step(ctx: Ctx, current: Stored, options: DeleteOptions): Coroutine<Step> {
  checkPreconditions(ctx, options.preconditions ?? {}, current);
  if (ctx.resource.name === 'namespaces') return yield* namespaceStep(ctx, current);
  const grace = graceOf(ctx, current.object, options);
  const finalizers = finalizersFor(ctx, current.object, options);
  if (grace !== null && grace > 0) {
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = meta(current.object);
    if (deletionTimestamp !== undefined && grace >= deletionGracePeriodSeconds) return { done: versioned(current), status: 200 };
    return yield* mark(ctx, current, marked(ctx, current.object, grace, finalizers));
  }
  if (finalizers.length === 0) return yield* drop(ctx, current);
  if (meta(current.object).deletionTimestamp !== undefined && finalizers.join() === (meta(current.object).finalizers ?? []).join() && (meta(current.object).deletionGracePeriodSeconds ?? 0) === 0) {
    return { done: versioned(current), status: 200 };
  }
  return yield* mark(ctx, current, marked(ctx, current.object, 0, finalizers));
}

/** A rehearsal that the body asks for is one that the query asks for. */
const rehearsing = (ctx: Ctx): Ctx => ({ ...ctx, route: { ...ctx.route, query: new Map([...ctx.route.query, ['dryRun', ['All']]]) } });

/** Deletes what the path names. → the answer and its HTTP status. */
export function* remove(asked: Ctx, options: DeleteOptions): Coroutine<{ readonly body: Obj | Status; readonly status: number }> {
  const ctx = options.dryRun?.includes('All') === true ? rehearsing(asked) : asked;
  for (let n = 0; n < 5; n++) {
    const current = yield* fetch(ctx);
    yield* admitDelete(ctx, current.object);
    const done = yield* step(ctx, current, options);
    if (done !== 'again') return { body: done.done, status: done.status };
  }
  throw modified(groupResource(ctx.resource), ctx.route.name);
}
