/** LimitRanger: default requests and limits of containers, and their bounds. Not modelled: pod and claim limits, ratios. */
import type { Coroutine } from '../../../kernel/sys.ts';
import { parseQuantity } from '../../../base/quantity.ts';
import type { Ctx } from '../context.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';

type Amounts = { readonly [resource: string]: string };
interface Limit { readonly type: string; readonly default?: Amounts; readonly defaultRequest?: Amounts; readonly min?: Amounts; readonly max?: Amounts }
interface Container { readonly name: string; readonly resources?: { readonly limits?: Amounts; readonly requests?: Amounts } }
interface Spec { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] }

const milli = (text: string | undefined): number => parseQuantity(text ?? '0')?.milli ?? 0;

function filled(container: Container, limit: Limit): Container {
  const limits = { ...limit.default, ...container.resources?.limits };
  const requests = { ...limit.default, ...limit.defaultRequest, ...container.resources?.limits, ...container.resources?.requests };
  return { ...container, resources: { ...container.resources, ...(Object.keys(limits).length === 0 ? {} : { limits }), ...(Object.keys(requests).length === 0 ? {} : { requests }) } };
}

function faults(container: Container, limit: Limit): string[] {
  const { limits = {}, requests = {} } = container.resources ?? {};
  const found: string[] = [];
  for (const [name, min] of Object.entries(limit.min ?? {})) {
    if (requests[name] === undefined) found.push(`minimum ${name} usage per Container is ${min}.  No request is specified`);
    else if (milli(requests[name]) < milli(min)) found.push(`minimum ${name} usage per Container is ${min}, but request is ${requests[name]}`);
  }
  for (const [name, max] of Object.entries(limit.max ?? {})) {
    if (limits[name] === undefined) found.push(`maximum ${name} usage per Container is ${max}.  No limit is specified`);
    else if (milli(limits[name]) > milli(max)) found.push(`maximum ${name} usage per Container is ${max}, but limit is ${limits[name]}`);
  }
  return found;
}

export function* limitRanger(ctx: Ctx, pod: Obj): Coroutine<Obj> {
  const { items } = yield* ctx.cache.list(`/registry/limitranges/${ctx.route.namespace}/`);
  let next = pod;
  for (const { object } of items) {
    for (const limit of ((object.spec as { limits?: readonly Limit[] } | undefined)?.limits ?? []).filter(({ type }) => type === 'Container')) {
      const spec = next.spec as Spec;
      const containers = (spec.containers ?? []).map((container) => filled(container, limit));
      const wrong = containers.flatMap((container) => faults(container, limit));
      if (wrong.length > 0) throw refuse(ctx, pod, wrong.length === 1 ? wrong[0]! : `[${wrong.join(', ')}]`);
      next = { ...next, spec: { ...spec, containers } };
    }
  }
  return next;
}
