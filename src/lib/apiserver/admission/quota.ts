/**
 * ResourceQuota: counts of objects and sums of requests and limits in a namespace. Reads what is there instead of keeping
 * usage. Not modelled: scopes, the quota controller's status.
 */
import { get, put, type Coroutine } from '../../../kernel/sys.ts';
import { formatQuantity, parseQuantity } from '../../../base/quantity.ts';
import { qualifiedName } from '../../../api/registry.ts';
import { klogInfof } from '../../klog/index.ts';
import { listPrefix } from '../keys.ts';
import { at, text, type Ctx } from '../context.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';

const countNames = (ctx: Ctx): string[] => {
  const { group, name } = ctx.resource;
  const plain = ['pods', 'services', 'secrets', 'configmaps', 'persistentvolumeclaims', 'replicationcontrollers', 'resourcequotas'];
  return [`count/${qualifiedName(ctx.resource)}`, ...(group === '' && plain.includes(name) ? [name] : [])];
};

/** What one pod uses of `requests.cpu`, `cpu`, `limits.memory` …, in thousandths; null: the pod does not say. */
function usage(pod: Obj, hard: string): number | null {
  const [kind, resource] = hard.startsWith('requests.') ? ['requests', hard.slice(9)] : hard.startsWith('limits.') ? ['limits', hard.slice(7)] : ['requests', hard];
  let sum = 0;
  for (const container of (at(pod, 'spec', 'containers') as readonly unknown[] | undefined) ?? []) {
    const amount = parseQuantity(text(container, 'resources', kind, resource));
    if (amount === null) return null;
    sum += amount.milli;
  }
  return sum;
}
const computes = (hard: string): boolean => /^(requests\.|limits\.)?(cpu|memory|ephemeral-storage)$/.test(hard);

/** Resources that quota knows how to count from the start; another's evaluator is made when it is first asked for. */
const EVALUATED = ['pods', 'services', 'persistentvolumeclaims', 'configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets'];

/** Says once in the server's life that a resource is counted from now on: at the first write of one of its objects, or of a part of one. */
export function* announceEvaluator(resource: Ctx['resource']): Coroutine<void> {
  const name = qualifiedName(resource);
  if (!resource.namespaced || resource.name === 'events' || EVALUATED.includes(name) || (yield* get('quota/evaluators', name)) !== undefined) return;
  yield* put('quota/evaluators', name, true);
  yield* klogInfof('controller.go:667', `quota admission added evaluator for: ${name}`);
}

export function* resourceQuota(ctx: Ctx, object: Obj): Coroutine<void> {
  const { resource, route } = ctx;
  if (!resource.namespaced || resource.name === 'events') return;
  yield* announceEvaluator(resource);
  const quotas = (yield* ctx.cache.list(`/registry/resourcequotas/${route.namespace}/`)).items;
  for (const { object: quota } of quotas) {
    const hard = (at(quota, 'spec', 'hard') ?? {}) as Readonly<Record<string, string>>;
    const relevant = Object.keys(hard).filter((name) => countNames(ctx).includes(name) || (resource.name === 'pods' && computes(name))).sort();
    if (relevant.length === 0) continue;
    const present = (yield* ctx.cache.list(listPrefix(resource, route.namespace))).items.filter(({ object: one }) => !['Succeeded', 'Failed'].includes(text(one, 'status', 'phase')));
    const name = text(quota, 'metadata', 'name');
    const missing = relevant.filter((one) => computes(one) && usage(object, one) === null);
    if (missing.length > 0) throw refuse(ctx, object, `failed quota: ${name}: must specify ${missing.map((one) => `${one} for: ${containersWithout(object)}`).join('; ')}`);
    const over = relevant.map((one) => {
      const asked = computes(one) ? usage(object, one)! : 1000;
      const used = computes(one) ? present.reduce((sum, item) => sum + (usage(item.object, one) ?? 0), 0) : present.length * 1000;
      const limit = parseQuantity(hard[one]!);
      return { one, asked, used, limit, fits: limit === null || used + asked <= limit.milli };
    }).filter(({ fits }) => !fits);
    if (over.length === 0) continue;
    const say = (pick: (row: (typeof over)[number]) => number) => over.map((row) => `${row.one}=${formatQuantity({ milli: pick(row), format: row.limit!.format })}`).join(',');
    throw refuse(ctx, object, `exceeded quota: ${name}, requested: ${say((row) => row.asked)}, used: ${say((row) => row.used)}, limited: ${say((row) => row.limit!.milli)}`);
  }
}

const containersWithout = (pod: Obj): string => ((at(pod, 'spec', 'containers') as readonly { name: string }[] | undefined) ?? []).map(({ name }) => name).join(',');
