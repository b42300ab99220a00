/** Which pod and container a command means. Models polymorphichelpers and podcmd. */
import { sleep, type Coroutine } from '../../../kernel/sys.ts';
import { goSort } from '../../../base/gosort.ts';
import type { Cli } from '../cli.ts';
import { builtIn } from '../create/submit.ts';
import { CliError } from '../errors.ts';
import { eprint } from '../io.ts';
import { listObjects, type Found } from '../resource/objects.ts';
import { field, items, metaOf, type Obj } from '../rest.ts';

const PHASES: Readonly<Record<string, number>> = { Running: 0, Unknown: 1, Pending: 2 };
const readyCondition = (pod: Obj) => items(field(pod, 'status'), 'conditions').find(({ type }) => type === 'Ready');
const restarts = (pod: Obj) => Math.max(0, ...items(field(pod, 'status'), 'containerStatuses').map((status) => Number(status.restartCount ?? 0)));
const isReady = (pod: Obj) => readyCondition(pod)?.status === 'True';

/** Is a's log the more interesting one? */
function beforeForLogs(a: Obj, b: Obj): boolean {
  const [nodeA, nodeB] = [String(field(a, 'spec').nodeName ?? ''), String(field(b, 'spec').nodeName ?? '')];
  if (nodeA !== nodeB && (nodeA === '' || nodeB === '')) return nodeA !== '';
  const [phaseA, phaseB] = [PHASES[String(field(a, 'status').phase)] ?? 0, PHASES[String(field(b, 'status').phase)] ?? 0];
  if (phaseA !== phaseB) return phaseA < phaseB;
  if (isReady(a) !== isReady(b)) return isReady(a);
  const [sinceA, sinceB] = [String(readyCondition(a)?.lastTransitionTime ?? ''), String(readyCondition(b)?.lastTransitionTime ?? '')];
  if (isReady(a) && sinceA !== sinceB) return sinceA !== '' && (sinceB === '' || sinceA < sinceB);
  if (restarts(a) !== restarts(b)) return restarts(a) > restarts(b);
  const [bornA, bornB] = [metaOf(a).creationTimestamp ?? '', metaOf(b).creationTimestamp ?? ''];
  return bornA !== bornB && bornA > bornB;
}

/** A label selector object as the text of a query. Throws CliError. */
export function selectorText(selector: Obj): string {
  const labels = (selector.matchLabels ?? (selector.matchExpressions === undefined ? selector : {})) as Readonly<Record<string, string>>;
  const exact = Object.keys(labels).sort().map((key) => `${key}=${labels[key]}`);
  const more = items(selector, 'matchExpressions').map((rule) => {
    const values = items<string>(rule, 'values').join(',');
    if (rule.operator === 'In') return `${String(rule.key)} in (${values})`;
    if (rule.operator === 'NotIn') return `${String(rule.key)} notin (${values})`;
    return rule.operator === 'Exists' ? String(rule.key) : `!${String(rule.key)}`;
  });
  return [...exact, ...more].join(',');
}

/** The pods of a workload or service, the most interesting first. Throws CliError. */
export function* podsOf(cli: Cli, { resource, namespace, object }: Found): Coroutine<Obj[]> {
  if (resource.kind === 'Pod') return [object];
  const selector = field(object, 'spec').selector as Obj | undefined;
  if (selector === undefined) throw new CliError(`cannot get the logs from ${String(object.apiVersion)}, Kind=${resource.kind}: selector not found`);
  const pods = yield* listObjects(cli, builtIn('v1', 'Pod'), namespace, { labelSelector: selectorText(selector) });
  return goSort(pods, beforeForLogs);
}

/** The one pod of an object; waits a little for a first one. Says so when it chose. */
export function* firstPod(cli: Cli, found: Found, waitUs: number, quiet = false): Coroutine<Obj> {
  for (let left = waitUs; ; left -= 1_000_000) {
    const pods = yield* podsOf(cli, found);
    if (pods.length > 1 && !quiet) yield* eprint(`Found ${pods.length} pods, using pod/${metaOf(pods[0]).name}\n`);
    if (pods.length > 0) return pods[0]!;
    if (left <= 0) throw new CliError('timed out waiting for the condition');
    yield* sleep(1_000_000);
  }
}

const names = (pod: Obj, key: string) => items<{ readonly name: string }>(field(pod, 'spec'), key).map(({ name }) => name);
export const allContainerNames = (pod: Obj) => [...names(pod, 'initContainers'), ...names(pod, 'containers'), ...names(pod, 'ephemeralContainers')];

/** The container that was named, or the default one. Throws CliError. */
export function* chooseContainer(pod: Obj, named: string, quiet = false): Coroutine<string> {
  if (named !== '') {
    if (!allContainerNames(pod).includes(named)) throw new CliError(`container ${named} is not valid for pod ${metaOf(pod).name}`);
    return named;
  }
  const marked = metaOf(pod).annotations?.['kubectl.kubernetes.io/default-container'];
  if (marked !== undefined && allContainerNames(pod).includes(marked)) return marked;
  const main = names(pod, 'containers');
  const all = [...main, ...names(pod, 'ephemeralContainers').map((name) => `${name} (ephem)`), ...names(pod, 'initContainers').map((name) => `${name} (init)`)];
  if (all.length > 1 && !quiet) yield* eprint(`Defaulted container "${main[0]}" out of: ${all.join(', ')}\n`);
  return main[0] ?? '';
}
