/** kubectl run with -i or --attach: waits for the pod, joins it, and tells how it ended; with --rm it is taken away. Models kubectl pkg/cmd/run handleAttachPod. */
import { write, type Coroutine } from '../../../kernel/sys.ts';
import { nextChunk } from '../../../lib/http/index.ts';
import { isReason } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, Exit } from '../errors.ts';
import type { Follow, Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { observe, watchOf, type Watched } from '../observe/observe.ts';
import { attachTo, resumeText } from '../pods/attach.ts';
import { call, field, items, metaOf, openAnswer, pathTo, type Obj } from '../rest.ts';

/** `awaited`: the pod is to run, or, after the session, to end. */
export interface RunState extends Follow { readonly follow: 'run'; readonly watched: Watched; readonly awaited: 'running' | 'end' }

interface RunEnd extends Follow { readonly follow: 'run-end'; readonly watched: Watched; readonly text: string }

const POD = () => builtIn('v1', 'Pod');
const WAIT_FOR_END_US = 60_000_000;

/** Goes on with a pod that was just made. */
export function* begin(cli: Cli, pod: Obj): Coroutine<Outcome> {
  const { namespace = '', name } = metaOf(pod);
  return { follow: 'run', watched: yield* watchOf(POD(), namespace, name, cli.flags.number('pod-running-timeout')), awaited: 'running' } as RunState;
}

/** --rm. */
function* clear(cli: Cli, { namespace, name }: Watched): Coroutine<void> {
  if (!cli.flags.bool('rm')) return;
  try {
    yield* call(cli, { method: 'DELETE', path: pathTo(POD(), namespace, name), body: { propagationPolicy: 'Background' }, about: 'pods', name });
    yield* print(`pod ${JSON.stringify(name)} deleted\n`);
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
  }
}

const isDone = (pod: Obj): boolean => ['Succeeded', 'Failed'].includes(String(field(pod, 'status').phase));
const isReady = (pod: Obj): boolean => field(pod, 'status').phase === 'Running' && items(field(pod, 'status'), 'conditions').some(({ type, status }) => type === 'Ready' && status === 'True');

/** A pod that was quicker than we are has only its log to show. */
function* showLog(cli: Cli, pod: Obj): Coroutine<void> {
  const { namespace = '', name } = metaOf(pod);
  const answer = yield* openAnswer(cli, { path: pathTo(POD(), namespace, name, 'log'), query: { container: name }, about: 'pods', name });
  if (typeof answer === 'string') yield* write(1, answer);
  else for (let chunk = yield* nextChunk(answer); chunk !== null; chunk = yield* nextChunk(answer)) yield* write(1, 'text' in chunk ? chunk.text : String((chunk.json as { readonly data?: string }).data ?? ''));
}

/** What the pod's end means for us. Throws Exit with the container's code. */
function verdict(pod: Obj): void {
  const ended = items(field(pod, 'status'), 'containerStatuses').map((status) => field(field(status, 'state'), 'terminated'));
  const failed = ended.find(({ exitCode }) => typeof exitCode === 'number' && exitCode !== 0);
  if (failed === undefined) return;
  const { namespace, name } = metaOf(pod);
  throw new Exit(Number(failed.exitCode), `pod ${namespace}/${name} terminated (${String(failed.reason)})${failed.message === undefined ? '' : `\n${String(failed.message)}`}`);
}

function* finish(cli: Cli, watched: Watched, pod: Obj): Coroutine<number> {
  yield* clear(cli, watched);
  if (cli.flags.string('restart') !== 'Always') verdict(pod);
  return 0;
}

/** After the session: the pod's end, where it has one of its own. */
export function* afterRun(cli: Cli, state: RunEnd): Coroutine<Outcome> {
  yield* eprint(state.text);
  const { resource, namespace, name } = state.watched;
  if (cli.flags.string('restart') !== 'Always') return { follow: 'run', watched: yield* watchOf(resource, namespace, name, WAIT_FOR_END_US), awaited: 'end' } as RunState;
  yield* clear(cli, state.watched);
  return 0;
}

/** Waits for what is awaited. */
export function* followRun(cli: Cli, state: RunState): Coroutine<Outcome> {
  const sight = yield* observe(cli, state.watched);
  if (sight.type === 'timeout' || (sight.type === 'absent' && state.watched.listed)) {
    yield* clear(cli, state.watched);
    throw new CliError(sight.type === 'timeout' ? 'timed out waiting for the condition' : `pods ${JSON.stringify(state.watched.name)} not found`);
  }
  if (sight.type !== 'present') return { ...state, watched: sight.watched } as RunState;
  const pod = sight.object;
  if (isDone(pod)) {
    if (state.awaited === 'running') yield* showLog(cli, pod);
    return yield* finish(cli, sight.watched, pod);
  }
  if (state.awaited === 'end' || !isReady(pod)) return { ...state, watched: sight.watched } as RunState;
  const container = metaOf(pod).name;
  const text = cli.flags.bool('quiet') ? '' : resumeText(pod, container, cli.flags.bool('stdin') && cli.flags.bool('tty'));
  return yield* attachTo(cli, pod, container, { follow: 'run-end', watched: { ...sight.watched, conn: null }, text } satisfies RunEnd as Follow);
}
