/**
 * PodSecurity: a namespace's labels say which standard its pods must meet (enforce) and of which to warn (warn).
 * Workloads are only warned of; their pods are refused. Models k8s.io/pod-security-admission/admission.
 * Not modelled: audit annotations, exemptions; a pinned version is judged as the latest.
 */
import type { Coroutine } from '../../../../kernel/sys.ts';
import type { PodSpec } from '../../../../api/types.ts';
import { at, meta, text, type Ctx } from '../../context.ts';
import { invalid } from '../../status.ts';
import type { Obj } from '../../store.ts';
import { refuse } from '../refuse.ts';
import { CHECKS, type Violation } from './checks.ts';

const LABEL = 'pod-security.kubernetes.io/';
type Level = keyof typeof CHECKS;
interface Standard { readonly level: Level; readonly version: string }

function standard(namespace: Obj, mode: 'enforce' | 'warn'): Standard {
  const labels = meta(namespace).labels ?? {};
  const enforced = mode === 'warn' && labels[`${LABEL}warn`] === undefined;
  const level = labels[`${LABEL}${mode}`] ?? 'privileged';
  const version = labels[`${LABEL}${mode}-version`] ?? 'latest';
  return enforced ? { level: 'privileged', version } : { level: level in CHECKS ? (level as Level) : 'restricted', version };
}
const named = ({ level, version }: Standard): string => JSON.stringify(`${level}:${version}`);
const violations = ({ level }: Standard, spec: PodSpec): readonly Violation[] => CHECKS[level].map((check) => check(spec)).filter((it) => it !== null);
const detailed = (found: readonly Violation[]): string => found.map(({ reason, detail }) => `${reason} (${detail})`).join(', ');

function warn(ctx: Ctx, words: string): void {
  if (!ctx.warnings.includes(words)) ctx.warnings.push(words);
}

/** Where a kind keeps the pod it makes. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  podtemplates: ['template', 'spec'], cronjobs: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ...Object.fromEntries(['replicationcontrollers', 'replicasets', 'deployments', 'statefulsets', 'daemonsets', 'jobs'].map((name) => [name, ['spec', 'template', 'spec']])),
};

/** Refuses a pod, or warns of it or of a workload's. Throws ApiError. */
export function* podSecurity(ctx: Ctx, object: Obj): Coroutine<void> {
  const { resource, route } = ctx;
  const isPod = resource.name === 'pods';
  const path = isPod ? ['spec'] : TEMPLATES[resource.name];
  if (path === undefined || route.subresource !== '') return;
  const spec = at(object, ...path) as PodSpec | undefined;
  const { item } = yield* ctx.cache.get(`/registry/namespaces/${route.namespace}`);
  if (item === null || spec?.containers === undefined) return;
  const enforce = standard(item.object, 'enforce');
  const refused = isPod ? violations(enforce, spec) : [];
  if (refused.length > 0) throw refuse(ctx, object, `violates PodSecurity ${named(enforce)}: ${detailed(refused)}`);
  const asked = standard(item.object, 'warn');
  const doubtful = violations(asked, spec);
  if (doubtful.length > 0) warn(ctx, `would violate PodSecurity ${named(asked)}: ${detailed(doubtful)}`);
}

/** The labels of a namespace must be levels and versions. Throws ApiError. */
function checkLabels(ctx: Ctx, namespace: Obj): void {
  const labels = meta(namespace).labels ?? {};
  const faults = ['enforce', 'audit', 'warn'].flatMap((mode) => {
    const [level, version] = [labels[`${LABEL}${mode}`], labels[`${LABEL}${mode}-version`]];
    const fault = (name: string, value: string, must: string) => ({ field: `metadata.labels[${LABEL}${name}]`, message: `Invalid value: ${JSON.stringify(value)}: ${must}` });
    return [
      ...(level === undefined || level in CHECKS ? [] : [fault(mode, level, `must be one of ${Object.keys(CHECKS).join(', ')}`)]),
      ...(version === undefined || version === 'latest' || /^v1\.(0|[1-9][0-9]*)$/.test(version) ? [] : [fault(`${mode}-version`, version, 'must be "latest" or "v1.x"')]),
    ];
  });
  if (faults.length > 0) throw invalid(ctx.resource, meta(namespace).name ?? '', faults);
}

const ORDER: readonly Level[] = ['privileged', 'baseline', 'restricted'];

/** What is said of the pods that a new level finds: each reason once, with the first pod's name. */
export function warningsOf(namespace: string, pods: readonly Obj[], level: Standard): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const pod of pods) {
    const reason = violations(level, at(pod, 'spec') as PodSpec).map((it) => it.reason).join(', ');
    if (reason !== '') byReason.set(reason, [...(byReason.get(reason) ?? []), text(pod, 'metadata', 'name')].sort());
  }
  if (byReason.size === 0) return [];
  const others = (count: number): string => (count === 0 ? '' : ` (and ${count} other ${count === 1 ? 'pod' : 'pods'})`);
  const lines = [...byReason].map(([reason, names]) => `${names[0]}${others(names.length - 1)}: ${reason}`).sort();
  return [`existing pods in namespace ${JSON.stringify(namespace)} violate the new PodSecurity enforce level ${named(level)}`, ...lines];
}

/** A namespace with new labels: they are checked, and a stricter level warns of the pods that are there. */
export function* namespaceSecurity(ctx: Ctx, next: Obj, old: Obj | null): Coroutine<void> {
  if (ctx.resource.name !== 'namespaces' || ctx.route.subresource !== '') return;
  checkLabels(ctx, next);
  if (old === null) return;
  const [before, after] = [standard(old, 'enforce'), standard(next, 'enforce')];
  if (after.level === 'privileged' || (after.version === before.version && ORDER.indexOf(after.level) <= ORDER.indexOf(before.level))) return;
  const name = meta(old).name ?? '';
  const pods = (yield* ctx.cache.list(`/registry/pods/${name}/`)).items.map(({ object }) => object);
  for (const words of warningsOf(name, pods, after)) warn(ctx, words);
}
