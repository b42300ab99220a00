/** Priority and DefaultTolerationSeconds: numbers that every pod carries. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Ctx } from '../context.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';

interface PriorityClass extends Obj { readonly value?: number; readonly globalDefault?: boolean; readonly preemptionPolicy?: string }
interface Toleration { readonly key?: string; readonly operator?: string; readonly effect?: string; readonly tolerationSeconds?: number }
interface Spec { readonly priorityClassName?: string; readonly priority?: number; readonly preemptionPolicy?: string; readonly tolerations?: readonly Toleration[] }

function* classOf(ctx: Ctx, pod: Obj, name: string): Coroutine<PriorityClass | null> {
  if (name !== '') {
    const { item } = yield* ctx.cache.get(`/registry/priorityclasses/${name}`);
    if (item === null) throw refuse(ctx, pod, `no PriorityClass with name ${name} was found`);
    return item.object;
  }
  const { items } = yield* ctx.cache.list('/registry/priorityclasses/');
  return items.map(({ object }) => object as PriorityClass).find(({ globalDefault }) => globalDefault === true) ?? null;
}

export function* priority(ctx: Ctx, pod: Obj): Coroutine<Obj> {
  const spec = (pod.spec ?? {}) as Spec;
  const found = yield* classOf(ctx, pod, spec.priorityClassName ?? '');
  const value = found?.value ?? 0;
  if (spec.priority !== undefined && spec.priority !== null && spec.priority !== value) {
    throw refuse(ctx, pod, `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`);
  }
  const name = spec.priorityClassName || found?.metadata?.name;
  return { ...pod, spec: { ...spec, ...(name === undefined ? {} : { priorityClassName: name }), priority: value, preemptionPolicy: spec.preemptionPolicy ?? found?.preemptionPolicy ?? 'PreemptLowerPriority' } };
}

const tolerates = (list: readonly Toleration[], key: string): boolean =>
  list.some((t) => (t.key === key || (t.key ?? '') === '') && (t.effect === 'NoExecute' || (t.effect ?? '') === ''));

export function defaultTolerations(pod: Obj): Obj {
  const spec = (pod.spec ?? {}) as Spec;
  const tolerations = spec.tolerations ?? [];
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter((key) => !tolerates(tolerations, key));
  if (missing.length === 0) return pod;
  return { ...pod, spec: { ...spec, tolerations: [...tolerations, ...missing.map((key) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 }))] } };
}
