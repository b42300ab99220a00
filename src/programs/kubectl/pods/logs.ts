/** kubectl logs. Models kubectl pkg/cmd/logs. Not modelled: --insecure-skip-tls-verify-backend. */
import { poll, now, write, type Bytes, type Coroutine } from '../../../kernel/sys.ts';
import { nextChunk, type HttpConn } from '../../../lib/http/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { rfc3339 } from '../../../base/time.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, usageError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint } from '../io.ts';
import { listObjects, type Found } from '../resource/objects.ts';
import { targetsOf } from '../resource/targets.ts';
import { getOne, metaOf, openAnswer, pathTo, type Obj } from '../rest.ts';
import { allContainerNames, chooseContainer, firstPod, podsOf } from './choose.ts';

interface Stream { readonly pod: string; readonly namespace: string; readonly container: string }
interface Open { readonly conn: HttpConn; readonly prefix: string; /** Part of a line, when lines are prefixed. */ readonly rest: Bytes }
export interface LogsState { readonly follow: 'logs'; readonly open: readonly Open[] }

const USAGE = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

function checkUse(cli: Cli): void {
  const { args, flags } = cli;
  if (args.length === 0 && flags.string('selector') === '') throw usageError(cli.path, USAGE);
  if (args.length > 2) throw usageError(cli.path, USAGE);
  if (flags.string('selector') !== '' && args.length > 0) throw usageError(cli.path, 'only a selector (-l) or a POD name is allowed');
  if (args.length === 2 && flags.string('container') !== '') throw usageError(cli.path, 'only one of -c or an inline [CONTAINER] arg is allowed');
  if (flags.bool('all-containers') && (flags.string('container') !== '' || args.length === 2)) throw new CliError(`--all-containers=true should not be specified with container name ${flags.string('container') || args[1]}`);
  if (flags.number('since') !== 0 && flags.string('since-time') !== '') throw new CliError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (flags.number('tail') < -1) throw new CliError('--tail must be greater than or equal to -1');
}

/** The pods whose logs are asked for. */
function* askedPods(cli: Cli): Coroutine<Obj[]> {
  const { flags } = cli;
  const { namespace } = yield* namespaceOf(cli);
  const selector = flags.string('selector');
  if (selector !== '') {
    yield* targetsOf(cli, { args: ['pods'], selector, all: true });
    const pods = yield* listObjects(cli, builtIn('v1', 'Pod'), namespace, { labelSelector: selector });
    if (pods.length === 0) yield* eprint(`No resources found in ${namespace} namespace.\n`);
    return pods;
  }
  const [target] = yield* targetsOf(cli, { args: [cli.args[0]!], defaultType: 'pods' });
  let object: Obj;
  try {
    object = yield* getOne(cli, target!.resource, target!.namespace, target!.name!);
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
    throw new CliError(`error from server (NotFound): ${caught.message} in namespace ${JSON.stringify(namespace)}`);
  }
  const found: Found = { resource: target!.resource, namespace: target!.namespace, name: target!.name!, object, source: '' };
  return flags.bool('all-pods') ? yield* podsOf(cli, found) : [yield* firstPod(cli, found, flags.number('pod-running-timeout'))];
}

function* streamsOf(cli: Cli, pods: readonly Obj[]): Coroutine<Stream[]> {
  const named = cli.flags.string('container') || (cli.args[1] ?? '');
  const streams: Stream[] = [];
  for (const pod of pods) {
    const at = { pod: metaOf(pod).name, namespace: metaOf(pod).namespace ?? '' };
    if (cli.flags.bool('all-containers')) streams.push(...allContainerNames(pod).map((container) => ({ ...at, container })));
    else streams.push({ ...at, container: yield* chooseContainer(pod, named) });
  }
  return streams;
}

function* queryOf(cli: Cli, container: string): Coroutine<Record<string, string>> {
  const { flags } = cli;
  const tail = flags.changed('tail') ? flags.number('tail') : flags.string('selector') === '' ? -1 : 10;
  const since = flags.number('since');
  return {
    container, ...(flags.bool('follow') ? { follow: 'true' } : {}), ...(flags.bool('previous') ? { previous: 'true' } : {}), ...(flags.bool('timestamps') ? { timestamps: 'true' } : {}),
    ...(tail >= 0 ? { tailLines: String(tail) } : {}), ...(since > 0 ? { sinceSeconds: String(Math.ceil(since / 1e6)) } : {}),
    ...(flags.string('since-time') === '' ? {} : { sinceTime: flags.string('since-time') === 'now' ? rfc3339(yield* now()) : flags.string('since-time') }),
    ...(flags.number('limit-bytes') > 0 ? { limitBytes: String(flags.number('limit-bytes')) } : {}),
  };
}

const prefixed = (prefix: string, text: Bytes) => (prefix === '' ? text : text.split('\n').map((line, i, all) => (i === all.length - 1 && line === '' ? '' : prefix + line)).join('\n'));

/** Runs the command. */
export function* logs(cli: Cli): Coroutine<Outcome> {
  checkUse(cli);
  const { flags } = cli;
  const streams = yield* streamsOf(cli, yield* askedPods(cli));
  const limit = flags.number('max-log-requests');
  if (flags.bool('follow') && streams.length > limit) throw new CliError(`you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`);
  const open: Open[] = [];
  for (const { pod, namespace, container } of streams) {
    const path = pathTo(builtIn('v1', 'Pod'), namespace, pod, 'log');
    const query = yield* queryOf(cli, container);
    const prefix = flags.bool('prefix') ? `[pod/${pod}/${container}] ` : '';
    try {
      const answer = yield* openAnswer(cli, { path, query, accept: 'application/json, */*', about: 'pods', name: pod });
      if (typeof answer === 'string') yield* write(1, prefixed(prefix, answer));
      else open.push({ conn: answer, prefix, rest: '' });
      // What is not followed ends soon, and one log comes after the other.
      if (!flags.bool('follow')) for (let state: LogsState = { follow: 'logs', open }; open.length > 0;) {
        const next = yield* followLogs(cli, state);
        if (typeof next === 'number') open.length = 0;
        else state = next;
      }
    } catch (caught) {
      if (!(caught instanceof GoError) || !flags.bool('ignore-errors')) throw caught;
      yield* eprint(`error: ${caught.message}\n`);
    }
  }
  return open.length === 0 ? 0 : ({ follow: 'logs', open } as LogsState);
}

/** Waits for the next piece of any of the streams. */
export function* followLogs(_cli: Cli, state: LogsState): Coroutine<Outcome<LogsState>> {
  const [fd] = state.open.length === 1 ? [state.open[0]!.conn.fd] : (yield* poll({ fds: state.open.map(({ conn }) => conn.fd) })).fds;
  const at = state.open.findIndex(({ conn }) => conn.fd === fd);
  const one = state.open[at]!;
  let piece: Bytes | null = null;
  try {
    const chunk = yield* nextChunk(one.conn);
    // The kubelet tells the two streams apart; here they are one.
    piece = chunk === null ? null : 'text' in chunk ? chunk.text : String((chunk.json as { readonly data?: Bytes }).data ?? '');
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
  }
  if (piece === null) {
    if (one.rest !== '') yield* write(1, one.prefix + one.rest);
    const open = state.open.filter((other) => other !== one);
    return open.length === 0 ? 0 : { ...state, open };
  }
  if (one.prefix === '') {
    if (piece !== '') yield* write(1, piece);
    return state;
  }
  const whole = (one.rest + piece).split('\n');
  const rest = whole.pop()!;
  if (whole.length > 0) yield* write(1, whole.map((line) => `${one.prefix}${line}\n`).join(''));
  return { ...state, open: state.open.map((other) => (other === one ? { ...one, rest } : other)) };
}
