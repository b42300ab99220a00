/** NamespaceLifecycle: nothing is made in a namespace that is missing or going, and three of them stay for ever. */
import type { Coroutine } from '../../../kernel/sys.ts';
import { meta, text, type Ctx } from '../context.ts';
import { ApiError, notFound } from '../status.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';

const immortal: readonly string[] = ['default', 'kube-system', 'kube-public'];
const reviews: readonly string[] = ['localsubjectaccessreviews'];

export function* namespaceLifecycle(ctx: Ctx, object: Obj): Coroutine<void> {
  const { resource, route } = ctx;
  if (!resource.namespaced || reviews.includes(resource.name)) return;
  const { item } = yield* ctx.cache.get(`/registry/namespaces/${route.namespace}`);
  if (item === null) throw notFound({ group: '', resource: 'namespaces' }, route.namespace);
  if (text(item.object, 'status', 'phase') !== 'Terminating' && meta(item.object).deletionTimestamp === undefined) return;
  const { status } = refuse(ctx, object, `unable to create new content in namespace ${route.namespace} because it is being terminated`);
  throw new ApiError(403, 'Forbidden', status.message!, { ...status.details, causes: [{ reason: 'NamespaceTerminating', message: `namespace ${route.namespace} is being terminated`, field: 'metadata.namespace' }] });
}

export function checkImmortal(ctx: Ctx): void {
  if (ctx.resource.name === 'namespaces' && immortal.includes(ctx.route.name)) throw refuse(ctx, null, 'this namespace may not be deleted');
}
