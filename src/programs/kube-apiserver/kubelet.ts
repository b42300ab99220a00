/** Requests that the kubelet of a pod's node answers: logs, and commands in containers. Models pkg/registry/core/pod/rest. */
import { poll, type Coroutine } from '../../kernel/sys.ts';
import { at, text, type Ctx } from '../../lib/apiserver/context.ts';
import { param } from '../../lib/apiserver/route.ts';
import { ApiError, badRequest, internal, unknown } from '../../lib/apiserver/status.ts';
import type { Obj } from '../../lib/apiserver/store.ts';
import { endChunks, httpConnect, nextChunk, roundTrip, sendChunk, type HttpConn, type HttpResponse } from '../../lib/http/index.ts';
import { GoError, joinHostPort, splice } from '../../lib/net/index.ts';
import { shared } from './state.ts';

interface Named { readonly name: string }
const names = (pod: Obj, field: string): string[] => ((at(pod, 'spec', field) ?? []) as readonly Named[]).map(({ name }) => name);

/** The container a request means. Throws BadRequest in upstream's words. */
function containerOf(ctx: Ctx, pod: Obj): string {
  const asked = param(ctx.route.query, 'container');
  const [main, init, ephemeral] = [names(pod, 'containers'), names(pod, 'initContainers'), names(pod, 'ephemeralContainers')];
  if (asked === '') {
    if (main.length === 1) return main[0]!;
    const also = init.length === 0 ? '' : ` or one of the init containers: [${init.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${ctx.route.name}, choose one of: [${main.join(' ')}]${also}`);
  }
  if (![...main, ...init, ...ephemeral].includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${ctx.route.name}`);
  return asked;
}

/** Where the node's kubelet listens: the first address of a preferred type. */
function* nodeUrl(ctx: Ctx, node: string): Coroutine<string> {
  const { addressTypes, port } = (yield* shared()).kubelet;
  const { item } = yield* ctx.store.get(`/registry/minions/${node}`);
  if (item === null) throw new ApiError(404, 'NotFound', `nodes ${JSON.stringify(node)} not found`, { name: node, kind: 'nodes' });
  const addresses = (at(item.object, 'status', 'addresses') ?? []) as readonly { type: string; address: string }[];
  const found = addressTypes.map((type) => addresses.find((one) => one.type === type)).find((one) => one !== undefined);
  if (found === undefined) throw internal(`no preferred addresses found; known addresses: []`);
  return `https://${joinHostPort(found.address, (at(item.object, 'status', 'daemonEndpoints', 'kubeletEndpoint', 'Port') as number | undefined) ?? port)}`;
}

function* dial(url: string): Coroutine<HttpConn> {
  const { certPem, keyPem, caPem } = (yield* shared()).kubelet;
  return yield* httpConnect({ url, tls: { serverName: '', caPem, insecure: caPem === null, certPem, keyPem } });
}

const LOG_PARAMS = ['follow', 'previous', 'sinceSeconds', 'sinceTime', 'timestamps', 'tailLines', 'limitBytes'];

export type Relayed = { readonly response: HttpResponse; readonly kubelet: HttpConn | null };

/** What the kubelet's refusal becomes. Models client-go's GenericHttpResponseChecker. */
function refusal(status: number, body: string): ApiError {
  if (status === 500) return internal(body);
  if (status === 400) return badRequest(body);
  return new ApiError(status, status === 404 ? 'NotFound' : status === 401 ? 'Unauthorized' : status === 403 ? 'Forbidden' : '', status === 404 ? `the server could not find the requested resource ( pods/log ${body})` : body);
}
const textOf = (response: HttpResponse): string => (response.body === null ? '' : 'text' in response.body ? response.body.text : JSON.stringify(response.body.json)).replace(/\n$/, '');

/** Asks the kubelet for a container's log. The head of the answer, and the connection its chunks come from. */
export function* openLog(ctx: Ctx, pod: Obj): Coroutine<Relayed> {
  const container = containerOf(ctx, pod);
  const node = text(pod, 'spec', 'nodeName');
  if (node === '') return { response: { status: 200, headers: { 'content-type': 'text/plain' }, body: { text: '' }, stream: false }, kubelet: null };
  const query = LOG_PARAMS.filter((name) => ctx.route.query.has(name)).map((name) => `${name}=${encodeURIComponent(param(ctx.route.query, name))}`).join('&');
  const url = yield* nodeUrl(ctx, node);
  const path = `/containerLogs/${ctx.route.namespace}/${ctx.route.name}/${container}${query === '' ? '' : `?${query}`}`;
  try {
    const kubelet = yield* dial(url);
    const response = yield* roundTrip(kubelet, { method: 'GET', path, headers: { accept: '*/*' }, body: null });
    if (response.status !== 200) throw refusal(response.status, textOf(response));
    return { response: { ...response, headers: { 'content-type': 'text/plain' } }, kubelet };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw unknown(`Get ${JSON.stringify(url + path)}: ${caught.message}`);
  }
}

const EXEC_PARAMS: Readonly<Record<string, string>> = { stdin: 'input', stdout: 'output', stderr: 'error', tty: 'tty' };

/** Opens a command's streams: after the answer 101 both sides speak frames. */
export function* openExec(ctx: Ctx, pod: Obj, kind: string): Coroutine<Relayed> {
  const forwards = kind === 'portforward';
  const container = forwards ? '' : containerOf(ctx, pod);
  const node = text(pod, 'spec', 'nodeName');
  if (node === '') throw badRequest(`pod ${ctx.route.name} does not have a host assigned`);
  const { query } = ctx.route;
  const parts = forwards ? [`port=${encodeURIComponent(param(query, 'ports'))}`] : [...(query.get('command') ?? []).map((word) => `command=${encodeURIComponent(word)}`), ...Object.entries(EXEC_PARAMS).filter(([name]) => ['true', '1'].includes(param(query, name))).map(([, name]) => `${name}=1`)];
  const url = yield* nodeUrl(ctx, node);
  let kubelet: HttpConn;
  let response: HttpResponse;
  try {
    kubelet = yield* dial(url);
    const path = `/${forwards ? 'portForward' : kind}/${ctx.route.namespace}/${ctx.route.name}${forwards ? '' : `/${container}`}?${parts.join('&')}`;
    response = yield* roundTrip(kubelet, { method: 'POST', path, headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1' }, body: null });
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw unknown(`error dialing backend: ${caught.message}`);
  }
  if (response.status !== 101) throw internal(`unable to upgrade connection: ${textOf(response)}`);
  return { response, kubelet };
}

/** Passes on one chunk of a log; false when it is over. */
export function* relayLog(conn: HttpConn, kubelet: HttpConn): Coroutine<boolean> {
  const { fds } = yield* poll({ fds: [kubelet.fd, conn.fd] });
  if (!fds.includes(kubelet.fd)) return false;
  try {
    const chunk = yield* nextChunk(kubelet);
    if (chunk !== null) return yield* sendChunk(conn, chunk);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
  }
  yield* endChunks(conn);
  return false;
}

/** Passes on one frame of an exec, from either side; false when one of them is gone. */
export const relayExec = (conn: HttpConn, kubelet: HttpConn): Coroutine<boolean> => splice(kubelet.fd, conn.fd);
