/**
 * HorizontalPodAutoscalers in a cluster without a metrics server: bounds are kept, and every 15 s the failure to get metrics is told.
 * Models pkg/controller/podautoscaler/horizontal.go. Not modelled: metrics themselves, since no API here serves any.
 */
import { deepEqual } from '../../../base/json.ts';
import { rfc3339 } from '../../../base/time.ts';
import { checkpoint, now, poll, view, type Coroutine, type Json, type TableView } from '../../../kernel/sys.ts';
import { cacheOf, perform, referenceTo, type Action, type Cache, type Condition, type KubeObject } from '../../../lib/controller/index.ts';
import { cacheTable, waitForSync } from '../../../lib/informer/index.ts';
import { klogUnhandled } from '../../../lib/klog/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { clientFor } from '../clients.ts';

interface Autoscaler extends KubeObject {
  readonly spec: { readonly scaleTargetRef: { readonly kind: string; readonly name: string; readonly apiVersion?: string }; readonly minReplicas?: number; readonly maxReplicas: number; readonly metrics?: readonly { readonly type: string; readonly resource?: { readonly name: string; readonly target: { readonly type: string } } }[] };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly currentReplicas?: number; readonly desiredReplicas?: number };
}
interface Scalable extends KubeObject { readonly spec: { readonly replicas?: number }; readonly status?: { readonly replicas?: number } }
type Verdict = Pick<Condition, 'type' | 'status'> & { readonly reason: string; readonly message: string };

const NAME = 'horizontal-pod-autoscaler';
const SYNC_US = 15_000_000;
const TARGETS: Readonly<Record<string, string>> = { Deployment: 'deployments', ReplicaSet: 'replicasets', StatefulSet: 'statefulsets' };
const NO_METRICS = 'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';

/** The condition before, unless something about it changed; upstream keeps the time of the last change of status. */
function settled(known: readonly Condition[], verdicts: readonly Verdict[], at: string): readonly Condition[] {
  return verdicts.map((verdict) => {
    const before = known.find((one) => one.type === verdict.type);
    return { lastTransitionTime: before?.status === verdict.status ? before.lastTransitionTime ?? at : at, message: verdict.message, reason: verdict.reason, status: verdict.status, type: verdict.type };
  });
}

const warning = (object: Autoscaler, reason: string, message: string): Action => ({ op: 'event', event: { about: referenceTo(object, 'autoscaling/v2', 'HorizontalPodAutoscaler'), type: 'Warning', reason, message } });

/** The status with these conditions; no action when nothing changed. */
function report(object: Autoscaler, verdicts: readonly Verdict[], counts: { readonly currentReplicas?: number; readonly desiredReplicas: number }, at: string): readonly Action[] {
  const status = { conditions: settled(object.status?.conditions ?? [], verdicts, at), currentMetrics: null, ...counts };
  const { namespace = '', name } = object.metadata;
  if (deepEqual({ currentMetrics: null, ...object.status }, status)) return [];
  return [{ op: 'updateStatus', cache: 'horizontalpodautoscalers', ref: { group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers', namespace, name }, object: { ...object, status } }];
}

function rescale(object: Autoscaler, target: Scalable, resource: string, to: number, why: string): Action {
  const { namespace = '', name } = target.metadata;
  return {
    op: 'update', ref: { group: 'apps', resource, namespace, name, subresource: 'scale' }, object: { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name, namespace, resourceVersion: target.metadata.resourceVersion }, spec: { replicas: to } },
    done: () => ({ about: referenceTo(object, 'autoscaling/v2', 'HorizontalPodAutoscaler'), type: 'Normal', reason: 'SuccessfulRescale', message: `New size: ${to}; reason: ${why}` }),
  };
}

const SCALED: Verdict = { type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale', message: "the HPA controller was able to get the target's current scale" };

function withoutMetrics(object: Autoscaler, currentReplicas: number, at: string): readonly Action[] {
  const metric = object.spec.metrics?.[0]?.resource;
  const name = metric?.name ?? 'cpu';
  const kind = metric?.target.type === 'AverageValue' ? '' : ' utilization';
  const cause = `failed to get ${name}${kind}: unable to get metrics for resource ${name}: ${NO_METRICS}`;
  const all = `invalid metrics (1 invalid out of ${object.spec.metrics?.length ?? 1}), first error is: failed to get ${name} resource metric value: ${cause}`;
  const inactive: Verdict = { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: `the HPA was unable to compute the replica count: ${cause}` };
  return [...report(object, [SCALED, inactive], { currentReplicas, desiredReplicas: object.status?.desiredReplicas ?? 0 }, at), warning(object, 'FailedGetResourceMetric', cause), warning(object, 'FailedComputeMetricsReplicas', all)];
}

function decide(object: Autoscaler, cache: Cache, at: string): readonly Action[] {
  const { scaleTargetRef: ref, minReplicas = 1, maxReplicas } = object.spec;
  const resource = TARGETS[ref.kind];
  const target = resource === undefined ? undefined : cache.get<Scalable>(resource, `${object.metadata.namespace}/${ref.name}`);
  if (resource === undefined || target === undefined) {
    const missing = resource === undefined ? `no matches for kind "${ref.kind}" in group "${ref.apiVersion?.split('/')[0] ?? ''}"` : `${resource}.apps "${ref.name}" not found`;
    const failed: Verdict = { type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: `the HPA controller was unable to get the target's current scale: ${missing}` };
    return [...report(object, [failed], { desiredReplicas: object.status?.desiredReplicas ?? 0 }, at), warning(object, 'FailedGetScale', missing)];
  }
  const current = target.spec.replicas ?? 1;
  const running = target.status?.replicas ?? 0;
  if (current === 0) return report(object, [SCALED, { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled', message: "scaling is disabled since the replica count of the target is zero" }], { currentReplicas: running, desiredReplicas: 0 }, at);
  const [to, why] = current > maxReplicas ? [maxReplicas, 'Current number of replicas above Spec.MaxReplicas'] : [minReplicas, 'Current number of replicas below Spec.MinReplicas'];
  if (current <= maxReplicas && current >= minReplicas) return withoutMetrics(object, running, at);
  const rescaled: Verdict = { type: 'AbleToScale', status: 'True', reason: 'SucceededRescale', message: `the HPA controller was able to update the target scale to ${to}` };
  return [rescale(object, target, resource, to, why), ...report(object, [rescaled], { currentReplicas: running, desiredReplicas: to }, at)];
}

interface Due { readonly /** µs by key */ due: Readonly<Record<string, number>> }
const READ = ['horizontalpodautoscalers', 'deployments', 'replicasets', 'statefulsets'];

function* sync(object: Autoscaler): Coroutine<void> {
  const views = new Map<string, TableView<KubeObject>>();
  for (const name of READ) views.set(name, yield* view<KubeObject>(cacheTable(name)));
  const client = yield* clientFor(NAME);
  for (const action of decide(object, cacheOf(views), rfc3339(yield* now()))) yield* perform(client, NAME, action);
}

/** Thread `autoscaler`: looks at each autoscaler when it appears and each 15 s after, whatever changes meanwhile. */
export function* autoscaling(_arg: Json, saved?: Json): Coroutine<void> {
  let state = (saved as unknown as Due | undefined) ?? { due: {} };
  if (saved === undefined) yield* waitForSync(READ);
  for (;;) {
    yield* checkpoint(state);
    const table = yield* view<Autoscaler>(cacheTable('horizontalpodautoscalers'));
    const due: Record<string, number> = {};
    for (const [key, object] of table.entries()) {
      const at = state.due[key] ?? 0;
      due[key] = at;
      if (at > (yield* now())) continue;
      due[key] = (yield* now()) + SYNC_US;
      try {
        yield* sync(object);
      } catch (caught) {
        if (!(caught instanceof GoError)) throw caught;
        yield* klogUnhandled('horizontal.go:275', `failed to reconcile ${key}: ${caught.message}`, 'Unhandled Error');
      }
    }
    state = { due };
    const next = Math.min(...Object.values(due));
    yield* poll({ tables: [{ table: cacheTable('horizontalpodautoscalers'), since: table.version }], ...(Number.isFinite(next) ? { timeout: Math.max(0, next - (yield* now())) } : {}) });
  }
}
