/**
 * kubectl port-forward: local listeners, each connection joined to a port of a pod through the API server and the kubelet.
 * Models kubectl pkg/cmd/portforward and client-go tools/portforward; each connection has an upgraded request of its own here.
 */
import { accept, close, listen, poll, recv, sockname, type Coroutine } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { klogError } from '../../../lib/klog/index.ts';
import { responseError, send } from '../../../lib/kube/index.ts';
import { GoError, passFrame } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, Exit, usageError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import type { Found } from '../resource/objects.ts';
import { targetsOf } from '../resource/targets.ts';
import { field, getOne, items, metaOf, pathTo, type Obj } from '../rest.ts';
import { firstPod } from './choose.ts';

interface Port { readonly local: number; readonly remote: number }
interface Pair { readonly near: number; readonly far: number }
export interface ForwardState { readonly follow: 'port-forward'; readonly path: string; readonly pod: string; readonly listeners: readonly (Port & { readonly fd: number })[]; readonly pairs: readonly Pair[] }

const numbered = (text: string, what: string): number => {
  if (/^\d+$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new CliError(`error parsing ${what} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${/^\d+$/.test(text) ? 'value out of range' : 'invalid syntax'}`);
};

interface Named { readonly name?: string; readonly containerPort?: number; readonly port?: number; readonly targetPort?: number | string }
const containerPorts = (pod: Obj): readonly Named[] => items(field(pod, 'spec'), 'containers').flatMap((container) => items<Named>(container, 'ports'));
function namedPort(pod: Obj, name: string): number {
  const found = containerPorts(pod).find((port) => port.name === name)?.containerPort;
  if (found === undefined) throw new CliError(`Pod '${metaOf(pod).name}' does not have a named port '${name}'`);
  return found;
}

/** The pod's port behind a port of the service. */
function behind(service: Obj, pod: Obj, text: string): number {
  const port = items<Named>(field(service, 'spec'), 'ports').find((one) => (/^\d+$/.test(text) ? one.port === Number(text) : one.name === text));
  if (port === undefined) throw new CliError(/^\d+$/.test(text) ? `Service ${metaOf(service).name} does not have a service port ${text}` : `Service '${metaOf(service).name}' does not have a named port '${text}'`);
  const target = field(service, 'spec').clusterIP === 'None' ? port.port! : port.targetPort ?? port.port!;
  return typeof target === 'number' ? (target === 0 ? port.port! : target) : namedPort(pod, target);
}

/** `8080:80`, `80`, `:80`, `web`: the two numbers. */
function portOf(spec: string, object: Obj, pod: Obj): Port {
  const parts = spec.split(':');
  if (parts.length > 2) throw new CliError(`invalid port format '${spec}'`);
  const [first = '', second = first] = parts;
  const remote = object.kind === 'Service' ? behind(object, pod, second) : /^\d+$/.test(second) ? numbered(second, 'remote') : namedPort(pod, second);
  if (remote === 0) throw new CliError('remote port must be > 0');
  const asked = object.kind === 'Service' && parts.length === 1 && /^\d+$/.test(first) ? Number(first) : parts.length === 1 ? remote : first === '' ? 0 : numbered(first, 'local');
  return { local: asked, remote };
}

/** Listens on the addresses of localhost; the machine may have only the first. Throws Exit when none is free. */
function* open(ports: readonly Port[]): Coroutine<ForwardState['listeners']> {
  const listeners: (Port & { fd: number })[] = [];
  for (const { local, remote } of ports) {
    try {
      const fd = yield* listen({ net: 'tcp', host: '127.0.0.1', port: local });
      const at = (yield* sockname(fd)).local;
      const bound = at.net === 'unix' ? local : at.port;
      yield* print(`Forwarding from 127.0.0.1:${bound} -> ${remote}\n`);
      listeners.push({ local: bound, remote, fd });
    } catch (caught) {
      const errno = errnoOf(caught);
      if (errno === null) throw caught;
      const why = `unable to create listener: Error listen tcp4 127.0.0.1:${local}: bind: ${goErrno(errno)}`;
      yield* eprint(`Unable to listen on port ${local}: Listeners failed to create with the following errors: [${why}]\n`);
    }
  }
  if (listeners.length === 0) throw new CliError(`unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')}]`);
  return listeners;
}

/** Finds the pod, listens, and goes on with what comes. */
export function* portForward(cli: Cli): Coroutine<Outcome> {
  const [named, ...specs] = cli.args;
  if (named === undefined || specs.length === 0) throw usageError(cli.path, 'TYPE/NAME and list of ports are required for port-forward');
  const [target] = yield* targetsOf(cli, { args: [named], defaultType: 'pods' });
  const { resource, namespace, name } = target!;
  const object: Obj = { kind: resource.kind, ...(yield* getOne(cli, resource, namespace, name!)) };
  const pod = yield* firstPod(cli, { resource, namespace, name: name!, object, source: '' } satisfies Found, cli.flags.number('pod-running-timeout'), true);
  const phase = String(field(pod, 'status').phase);
  const ports = specs.map((spec) => portOf(spec, object, pod));
  if (phase !== 'Running') throw new CliError(`unable to forward port because pod is not running. Current status=${phase}`);
  const path = pathTo(builtIn('v1', 'Pod'), metaOf(pod).namespace ?? '', metaOf(pod).name, 'portforward');
  return { follow: 'port-forward', path, pod: metaOf(pod).name, listeners: yield* open(ports), pairs: [] } as ForwardState;
}

/** A connection to the pod's port; the text of what went wrong there. Throws StatusError, GoError. */
function* reach(cli: Cli, state: ForwardState, remote: number): Coroutine<number | string> {
  const { response, conn } = yield* send({ ...(yield* restConfig(cli)), timeoutUs: null }, { method: 'GET', path: `${state.path}?ports=${remote}`, retries: 0, headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io' } });
  if (response.status !== 101) throw responseError(response, 'GET', 'pods', state.pod);
  const first = (yield* recv(conn.fd)) as { readonly error?: string } | null;
  if (first !== null && first.error === undefined) return conn.fd;
  yield* close(conn.fd);
  return first?.error ?? 'EOF';
}

/** Joins a new connection. Trouble in the pod ends the forwarding, as upstream's lost stream does. */
function* join(cli: Cli, state: ForwardState, { fd, local, remote }: ForwardState['listeners'][number]): Coroutine<ForwardState> {
  const { fd: near } = yield* accept(fd);
  yield* print(`Handling connection for ${local}\n`);
  try {
    const far = yield* reach(cli, state, remote);
    if (typeof far === 'number') return { ...state, pairs: [...state.pairs, { near, far }] };
    yield* klogError('portforward.go:424', `an error occurred forwarding ${local} -> ${remote}: ${far}`, 'Unhandled Error');
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogError('portforward.go:385', `error creating error stream for port ${local} -> ${remote}: ${caught.message}`, 'Unhandled Error');
  }
  yield* close(near);
  throw new Exit(1, 'error: lost connection to pod');
}

/** Goes on until interrupted: a new connection, or a frame of one that is joined. */
export function* followForward(cli: Cli, state: ForwardState): Coroutine<Outcome<ForwardState>> {
  const { fds } = yield* poll({ fds: [...state.listeners.map(({ fd }) => fd), ...state.pairs.flatMap(({ near, far }) => [near, far])] });
  const listener = state.listeners.find(({ fd }) => fds.includes(fd));
  if (listener !== undefined) return yield* join(cli, state, listener);
  const pair = state.pairs.find(({ near, far }) => fds.includes(near) || fds.includes(far));
  if (pair === undefined) return state;
  if (fds.includes(pair.near) ? yield* passFrame(pair.near, pair.far) : yield* passFrame(pair.far, pair.near)) return state;
  yield* close(pair.near);
  yield* close(pair.far);
  return { ...state, pairs: state.pairs.filter((one) => one !== pair) };
}
