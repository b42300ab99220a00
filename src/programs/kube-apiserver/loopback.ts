/** The server's own client: requests through the same handler, as system:apiserver, without a connection. */
import { now, type Coroutine } from '../../kernel/sys.ts';
import { announceEvaluator } from '../../lib/apiserver/admission/quota.ts';
import type { Ctx } from '../../lib/apiserver/context.ts';
import { handle, resourceOf } from '../../lib/apiserver/handler.ts';
import { parseRoute } from '../../lib/apiserver/route.ts';
import type { Obj } from '../../lib/apiserver/store.ts';
import { EtcdStore } from '../../lib/apiserver/store-etcd.ts';
import { CachedStore } from '../../lib/apiserver/watchcache.ts';
import { shared } from './state.ts';

const user = { name: 'system:apiserver', groups: ['system:authenticated', 'system:masters'] };

const LIMIT_US = 34_000_000;

/** Throws ApiError. */
export function* loopback(method: string, path: string, body: unknown = null, contentType = 'application/json'): Coroutine<Obj> {
  const { etcd, options, authority } = yield* shared();
  const at = yield* now();
  const store = new EtcdStore(etcd, at + LIMIT_US);
  const route = parseRoute(method, path);
  const ctx: Ctx = {
    store, cache: new CachedStore(store), user, at, options, authority, *authorize() { return { allowed: true as const }; }, *rules() { return []; },
    route, resource: resourceOf(route), warnings: [], userAgent: 'kube-apiserver/v1.33.0 (linux/amd64) kubernetes/60a317e',
  };
  if (route.namespace !== '' && (method === 'PUT' || method === 'PATCH')) yield* announceEvaluator(ctx.resource);
  const done = yield* handle(ctx, { accept: 'application/json', contentType, body });
  return 'status' in done ? done.body as unknown as Obj : {};
}
