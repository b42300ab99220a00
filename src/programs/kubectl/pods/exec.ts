/**
 * kubectl exec: a connection through the API server and the kubelet to a process in a container. After the upgrade both sides
 * speak the runtime's exec frames. Models kubectl pkg/cmd/exec.
 */
import { isatty, poll, read, recv, send as sendFrame, write, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import { enterRaw, leaveRaw, sizeFrame } from '../../../lib/cri/index.ts';
import type { ExecInput, ExecOutput } from '../../../lib/cri/index.ts';
import { send } from '../../../lib/kube/index.ts';
import { responseError } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, Exit, usageError } from '../errors.ts';
import type { Follow, Outcome } from '../follow.ts';
import { eprint } from '../io.ts';
import { filesOf } from '../resource/files.ts';
import { targetsOf } from '../resource/targets.ts';
import { field, getOne, metaOf, pathTo, type Obj } from '../rest.ts';
import { chooseContainer, firstPod } from './choose.ts';

/** `after`: where to go on when the session is over, whatever its process' code (attach). */
export interface ExecState { readonly follow: 'exec'; readonly fd: number; readonly stdin: boolean; readonly raw: boolean; readonly after?: Follow }

function* askedPod(cli: Cli): Coroutine<{ readonly pod: Obj; readonly command: readonly string[] }> {
  const { args, dash, flags } = cli;
  const files = filesOf(flags);
  const before = dash < 0 ? args : args.slice(0, dash);
  const named = files.length > 0 ? [] : before.slice(0, 1);
  if (named.length === 0 && files.length === 0) throw new CliError('pod, type/name or --filename must be specified');
  const command = dash < 0 ? args.slice(named.length) : args.slice(dash);
  if (dash < 0 && command.length > 0) throw usageError(cli.path, `exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead`);
  if (command.length === 0) throw new CliError('you must specify at least one command for the container');
  const [target] = yield* targetsOf(cli, files.length > 0 ? { args: [], files } : { args: named, defaultType: 'pods' });
  const object = yield* getOne(cli, target!.resource, target!.namespace, target!.name!);
  const pod = yield* firstPod(cli, { resource: target!.resource, namespace: target!.namespace, name: target!.name!, object, source: '' }, flags.number('pod-running-timeout'));
  const phase = field(pod, 'status').phase;
  if (phase === 'Succeeded' || phase === 'Failed') throw new CliError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  return { pod, command };
}

/** Runs the command. */
export function* exec(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  const { pod, command } = yield* askedPod(cli);
  const container = yield* chooseContainer(pod, flags.string('container'), flags.bool('quiet'));
  const stdin = flags.bool('stdin');
  let tty = flags.bool('tty');
  if (tty && (!stdin || !(yield* isatty(0)))) {
    if (stdin) yield* eprint('Unable to use a TTY - input is not a terminal or the right kind of file\n');
    tty = stdin && (yield* isatty(0));
  }
  return yield* openStreams(cli, pod, 'exec', command, container, stdin, tty);
}

/** Opens the streams of a command, or of what runs in the container already, and takes the terminal for them. */
export function* openStreams(cli: Cli, pod: Obj, kind: 'exec' | 'attach', command: readonly string[], container: string, stdin: boolean, tty: boolean, after?: Follow): Coroutine<Outcome> {
  const parts = [...command.map((word) => ['command', word]), ['container', container], ...(stdin ? [['stdin', 'true']] : []), ...(tty ? [] : [['stderr', 'true']]), ['stdout', 'true'], ...(tty ? [['tty', 'true']] : [])];
  const query = parts.map(([key, value]) => `${key}=${encodeURIComponent(value!).replace(/%20/g, '+')}`).join('&');
  const path = `${pathTo(builtIn('v1', 'Pod'), metaOf(pod).namespace ?? '', metaOf(pod).name, kind)}?${query}`;
  const { response, conn } = yield* send({ ...(yield* restConfig(cli)), timeoutUs: null }, { method: 'GET', path, retries: 0, headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'v5.channel.k8s.io' } });
  if (response.status !== 101) throw responseError(response, 'GET', 'pods', metaOf(pod).name);
  if (tty) {
    yield* enterRaw();
    yield* tell(conn.fd, yield* sizeFrame());
  }
  return { follow: 'exec', fd: conn.fd, stdin, raw: tty, ...(after === undefined ? {} : { after }) } as ExecState;
}

function* tell(fd: number, input: ExecInput): Coroutine<void> {
  try {
    yield* sendFrame(fd, input as unknown as Json);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
}

function* finish(state: ExecState, code: number, text = ''): Coroutine<number> {
  if (state.raw) yield* leaveRaw();
  if (code !== 0 || text !== '') throw new Exit(code, text);
  return 0;
}

/** Passes on what comes next, from either side. */
export function* relay(_cli: Cli, state: ExecState): Coroutine<Outcome> {
  const { fds, signal } = yield* poll({ fds: [state.fd, ...(state.stdin ? [0] : [])], ...(state.raw ? { signals: true } : {}) });
  if (signal === 'WINCH') yield* tell(state.fd, yield* sizeFrame());
  if (fds.length === 0) return state;
  if (fds.includes(0) && !fds.includes(state.fd)) {
    const typed = yield* read(0);
    yield* tell(state.fd, typed === '' ? { eof: true } : { stdin: typed });
    return typed === '' ? { ...state, stdin: false } as ExecState : state;
  }
  let frame: ExecOutput | null;
  try {
    frame = (yield* recv(state.fd)) as unknown as ExecOutput | null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    frame = null;
  }
  if (frame === null) return yield* finish(state, 1, 'error: error reading from error stream: websocket: close 1006 (abnormal closure): unexpected EOF');
  if ('stdout' in frame) yield* write(1, frame.stdout);
  else if ('stderr' in frame) yield* write(2, frame.stderr);
  else if ('exit' in frame && state.after !== undefined) {
    yield* finish(state, 0);
    return state.after;
  } else if ('exit' in frame) return yield* finish(state, frame.exit, frame.exit === 0 ? '' : `command terminated with exit code ${frame.exit}`);
  else return yield* finish(state, 1, `error: Internal error occurred: Internal error occurred: error executing command in container: ${frame.error.desc}`);
  return state;
}
