/** kubectl cordon, uncordon, drain. Models kubectl pkg/cmd/drain and pkg/drain. */
import { now, sleep, type Coroutine } from '../../../kernel/sys.ts';
import { GoError } from '../../../lib/net/index.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { formatDuration } from '../../../base/duration.ts';
import type { Cli } from '../cli.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, errorText, Exit, throwAll, usageError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print, warn } from '../io.ts';
import { observe, watchOf, type Watched } from '../observe/observe.ts';
import { dryRunOf, report } from '../report.ts';
import { askedObjects, listObjects, type Found } from '../resource/objects.ts';
import { call, field, items, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

const pods = () => builtIn('v1', 'Pod');

function* mark(cli: Cli, { resource, name, object }: Found, unschedulable: boolean): Coroutine<void> {
  const word = unschedulable ? 'cordoned' : 'uncordoned';
  if ((field(object, 'spec').unschedulable === true) === unschedulable) return yield* report(cli, resource, object, `already ${word}`);
  if (dryRunOf(cli) !== 'client') {
    yield* call(cli, { method: 'PATCH', path: pathTo(resource, '', name), contentType: PATCH.strategic, body: { spec: { unschedulable: unschedulable ? true : null } }, about: 'nodes', name, query: dryRunOf(cli) === 'server' ? { dryRun: 'All' } : {} });
  }
  yield* report(cli, resource, object, word);
}

function* nodes(cli: Cli): Coroutine<Found[]> {
  const selecting = cli.flags.string('selector') !== '';
  if (cli.args.length === 0 && !selecting) throw usageError(cli.path, `USAGE: ${cli.path.replace('kubectl ', '')} NODE [flags]`);
  if (cli.args.length > 0 && selecting) throw usageError(cli.path, 'error: cannot specify both a node name and a --selector option');
  const args = selecting ? ['nodes'] : cli.args.map((name) => (name.includes('/') ? name : `nodes/${name}`));
  const { objects, errors } = yield* askedObjects(cli, args, { all: selecting });
  throwAll(errors);
  return objects;
}

const cordonAll = (unschedulable: boolean) => function* run(cli: Cli): Coroutine<number> {
  for (const node of yield* nodes(cli)) yield* mark(cli, node, unschedulable);
  return 0;
};
export const cordon = cordonAll(true);
export const uncordon = cordonAll(false);

interface Verdict { readonly pod: Obj; readonly refuse?: string; readonly warning?: string; readonly keep?: boolean }

/** May this pod go? Models pkg/drain/filters.go. Pure. */
export function judge(pod: Obj, flags: { readonly force: boolean; readonly ignoreDaemonSets: boolean; readonly deleteLocal: boolean }): Verdict {
  const meta = metaOf(pod);
  const controller = (meta.ownerReferences ?? []).find((owner) => owner.controller === true);
  const finished = ['Succeeded', 'Failed'].includes(String(field(pod, 'status').phase));
  if (controller?.kind === 'DaemonSet' && !finished) {
    return flags.ignoreDaemonSets ? { pod, keep: true, warning: 'ignoring DaemonSet-managed Pods' } : { pod, refuse: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  }
  if (meta.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { pod, keep: true };
  const warnings: string[] = [];
  if (!finished && items(field(pod, 'spec'), 'volumes').some((volume) => volume.emptyDir !== undefined)) {
    if (!flags.deleteLocal) return { pod, refuse: 'Pods with local storage (use --delete-emptydir-data to override)' };
    warnings.push('deleting Pods with local storage');
  }
  if (!finished && controller === undefined) {
    if (!flags.force) return { pod, refuse: 'cannot delete Pods that declare no controller (use --force to override)' };
    warnings.push('deleting Pods that declare no controller');
  }
  return { pod, ...(warnings.length === 0 ? {} : { warning: warnings.at(-1)! }) };
}

const fullName = (pod: Obj) => `${metaOf(pod).namespace}/${metaOf(pod).name}`;

/** `reason: a, b` for each reason, in the order first met. */
function grouped(list: readonly (readonly [string, Obj])[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const [reason, pod] of list) reasons.set(reason, [...(reasons.get(reason) ?? []), fullName(pod)]);
  return [...reasons].map(([reason, names]) => `${reason}: ${names.join(', ')}`);
}

interface Going { readonly namespace: string; readonly name: string; readonly uid: string }
export interface DrainState { readonly follow: 'drain'; readonly node: string; readonly toEvict: readonly Going[]; readonly left: readonly Going[]; readonly watched: Watched | null; readonly until: number | null; readonly retryAt: number }

/** Runs drain: cordons, chooses, and goes over to evicting. */
export function* drain(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  const [node, ...more] = yield* nodes(cli);
  if (node === undefined) return 0;
  if (more.length > 0) throw new CliError('draining several nodes at once is not available in this lab');
  yield* mark(cli, node, true);
  const all = yield* listObjects(cli, pods(), '', { fieldSelector: `spec.nodeName=${node.name}`, labelSelector: flags.string('pod-selector') });
  const options = { force: flags.bool('force'), ignoreDaemonSets: flags.bool('ignore-daemonsets'), deleteLocal: flags.bool('delete-emptydir-data') };
  const verdicts = all.map((pod) => judge(pod, options));
  const refused = grouped(verdicts.flatMap(({ pod, refuse }) => (refuse === undefined ? [] : [[refuse, pod] as const]))).map((text) => `cannot delete ${text}`);
  if (refused.length > 0) {
    const why = refused.length === 1 ? refused[0]! : `[${refused.join(', ')}]`;
    throw new Exit(1, `error: unable to drain node "${node.name}" due to error: ${why}, continuing command...\nThere are pending nodes to be drained:\n ${node.name}\n${refused.join('\n')}`);
  }
  const warnings = grouped(verdicts.flatMap(({ pod, warning }) => (warning === undefined ? [] : [[warning, pod] as const])));
  if (warnings.length > 0) yield* warn(warnings.join('; '));
  const going = verdicts.filter(({ keep }) => !keep).map(({ pod }) => ({ namespace: metaOf(pod).namespace ?? '', name: metaOf(pod).name, uid: metaOf(pod).uid ?? '' }));
  if (dryRunOf(cli) !== 'none') {
    for (const { namespace, name } of going) yield* print(`evicting pod ${namespace}/${name} (${dryRunOf(cli) === 'server' ? 'server ' : ''}dry run)\n`);
    yield* report(cli, node.resource, node.object, 'drained');
    return 0;
  }
  const timeout = flags.number('timeout');
  return { follow: 'drain', node: node.name, toEvict: going, left: [], watched: null, until: timeout > 0 ? (yield* now()) + timeout : null, retryAt: 0 } as DrainState;
}

function* evict(cli: Cli, { namespace, name }: Going): Coroutine<'gone' | 'accepted' | 'retry'> {
  const grace = cli.flags.number('grace-period');
  const options = grace >= 0 ? { gracePeriodSeconds: grace } : {};
  yield* print(`evicting pod ${namespace}/${name}\n`);
  try {
    if (cli.flags.bool('disable-eviction')) yield* call(cli, { method: 'DELETE', path: pathTo(pods(), namespace, name), body: options, about: 'pods', name });
    else yield* call(cli, { method: 'POST', path: pathTo(pods(), namespace, name, 'eviction'), body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { creationTimestamp: null, name, namespace }, deleteOptions: options }, about: 'pods', name });
    return 'accepted';
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (isReason(caught, 'NotFound')) return 'gone';
    if (!isReason(caught, 'TooManyRequests')) throw new CliError(`error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}: ${errorText(caught)}`);
    yield* eprint(`error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)} (will retry after 5s): ${errorText(caught)}\n`);
    return 'retry';
  }
}

const failed = (node: string, why: string) => new Exit(1, `error: unable to drain node "${node}" due to error: ${why}, continuing command...\nThere are pending nodes to be drained:\n ${node}\n${why}`);

/** Evicts the next pod, or waits for one to be gone. */
export function* followDrain(cli: Cli, state: DrainState): Coroutine<Outcome<DrainState>> {
  const at = yield* now();
  const late = state.until !== null && at >= state.until;
  const next = state.toEvict[0];
  if (next !== undefined && !late) {
    if (at < state.retryAt) yield* sleep(state.retryAt - at);
    const answer = yield* evict(cli, next);
    const rest = state.toEvict.slice(1);
    // A pod that must not go yet goes to the end of the queue.
    if (answer === 'retry') return { ...state, toEvict: [...rest, next], retryAt: rest.length === 0 ? (yield* now()) + 5_000_000 : state.retryAt };
    return { ...state, toEvict: rest, left: answer === 'gone' ? state.left : [...state.left, next] };
  }
  const [first, ...rest] = state.left;
  if (first === undefined && !late) {
    yield* print(`node/${state.node} drained\n`);
    return 0;
  }
  const limit = `global timeout reached: ${formatDuration(cli.flags.number('timeout'))}`;
  if (first === undefined || late) {
    const pending = [...state.left, ...state.toEvict].map(({ namespace, name }) => `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${limit}`);
    yield* eprint(`There are pending pods in node "${state.node}" when an error occurred: ${pending.length === 1 ? pending[0] : `[${pending.join(', ')}]`}\n`);
    for (const { name } of [...state.left, ...state.toEvict]) yield* eprint(`pod/${name}\n`);
    throw failed(state.node, pending.join('\n'));
  }
  const sight = yield* observe(cli, state.watched ?? { ...(yield* watchOf(pods(), first.namespace, first.name, 0)), until: state.until });
  const gone = sight.type === 'absent' || (sight.type === 'present' && metaOf(sight.object).uid !== first.uid);
  if (!gone) return { ...state, watched: sight.watched };
  yield* print(`pod/${first.name} evicted\n`);
  return { ...state, left: rest, watched: null };
}
