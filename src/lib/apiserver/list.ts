/** Lists: by prefix, selected, in pages. Models apiserver pkg/storage/etcd3/store.go (GetList) and the continue token. */
import type { Coroutine } from '../../kernel/sys.ts';
import { base64UrlDecode, base64UrlEncode } from '../x509/index.ts';
import { apiVersionOf } from '../../api/registry.ts';
import type { Ctx } from './context.ts';
import { toWire } from './convert.ts';
import { listPrefix } from './keys.ts';
import { param } from './route.ts';
import { selection } from './selectors.ts';
import { badRequest, expired, ApiError } from './status.ts';
import { versioned, type Obj, type Stored } from './store.ts';

interface Continue { readonly rv: number; readonly start: string }
export interface ListResult { readonly revision: number; readonly items: readonly Obj[]; readonly continue: string; readonly remaining: number | null }

function parseContinue(token: string, prefix: string): Continue {
  try {
    const { v, rv, start } = JSON.parse(base64UrlDecode(token) ?? '') as { v: string; rv: number; start: string };
    if (v === 'meta.k8s.io/v1') return { rv, start: prefix + start };
  } catch { /* not a token of ours: answered below */ }
  throw badRequest('continue key is not valid: encoded start key must not be empty');
}
const makeContinue = (rv: number, key: string, prefix: string): string => base64UrlEncode(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start: `${key.slice(prefix.length)}\0` }));

function checkVersion(ctx: Ctx, current: number): void {
  const wanted = param(ctx.route.query, 'resourceVersion');
  if (wanted === '' || wanted === '0' || param(ctx.route.query, 'continue') !== '') return;
  if (!/^\d+$/.test(wanted)) throw badRequest(`invalid resource version ${JSON.stringify(wanted)}: strconv.ParseUint: parsing ${JSON.stringify(wanted)}: invalid syntax`);
  if (Number(wanted) > current) throw new ApiError(504, 'Timeout', `Too large resource version: ${wanted}, current: ${current}`, { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 });
}

function exactRevision(ctx: Ctx): number | undefined {
  const { query } = ctx.route;
  return param(query, 'resourceVersionMatch') === 'Exact' ? Number(param(query, 'resourceVersion')) : undefined;
}

/** The objects of a list request, as clients see them. */
export function* list(ctx: Ctx): Coroutine<ListResult> {
  const { resource, route } = ctx;
  const prefix = listPrefix(resource, route.namespace);
  const test = selection(resource, route.query);
  const limit = Number(param(route.query, 'limit')) || 0;
  const token = param(route.query, 'continue');
  const from = token === '' ? null : parseContinue(token, prefix);
  let revision = from?.rv ?? exactRevision(ctx);
  const kept: Stored[] = [];
  let start = from?.start;
  for (;;) {
    const page = yield* ctx.store.list(prefix, { ...(limit === 0 ? {} : { limit: test === null ? limit : Math.max(limit, 100) }), ...(start === undefined ? {} : { from: start }), ...(revision === undefined ? {} : { revision }) });
    checkVersion(ctx, page.revision);
    revision = page.revision;
    for (const [i, item] of page.items.entries()) {
      if (test !== null && !test(item.object)) continue;
      kept.push(item);
      const last = i === page.items.length - 1 && !page.more;
      if (limit > 0 && kept.length === limit && !last) {
        return result(ctx, revision, kept, makeContinue(revision, item.key, prefix), test === null ? page.remaining + page.items.length - 1 - i : null);
      }
    }
    if (!page.more) return result(ctx, revision, kept, '', null);
    start = `${page.items.at(-1)!.key}\0`;
  }
}

const result = (ctx: Ctx, revision: number, kept: readonly Stored[], token: string, remaining: number | null): ListResult =>
  ({ revision, items: kept.map((item) => toWire(ctx.resource, versioned(item))), continue: token, remaining });

/** A list's own metadata. */
export const listMeta = ({ revision, continue: token, remaining }: ListResult) => ({
  resourceVersion: String(revision), ...(token === '' ? {} : { continue: token }), ...(remaining === null ? {} : { remainingItemCount: remaining }),
});
export const listBody = (ctx: Ctx, listed: ListResult): Obj => ({ kind: `${ctx.resource.kind}List`, apiVersion: apiVersionOf(ctx.resource), metadata: listMeta(listed), items: listed.items });

/** What a reader of a page hears when its revision is gone. */
export const pageExpired = () => expired('The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.');
