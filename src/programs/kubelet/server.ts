/** The kubelet's servers: HTTPS on 10250 for the API server, plain /healthz on 10248. Threads `server`, `serverconn`, `healthz`, `healthzconn`. Models pkg/kubelet/server/server.go. */
import { accept, checkpoint, exit, listen, poll, recv, send, thread, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { CriError, dial } from '../../lib/cri/index.ts';
import { acceptHttp, closeConn, jsonResponse, readRequest, respond, textResponse } from '../../lib/http/index.ts';
import type { HttpConn, HttpRequest } from '../../lib/http/index.ts';
import { klogError, klogInfo } from '../../lib/klog/index.ts';
import { joinHostPort } from '../../lib/net/index.ts';
import { judge } from './access.ts';
import { settings } from './bus.ts';
import { logContainer, serveLog, followLog } from './logserver.ts';
import type { Following } from './logserver.ts';
import { forward, startPortForward, type Forwarding } from './portforward.ts';
import type { Pod, StatusRecord } from './types.ts';

/** Opens a listening socket; a port that is taken ends the kubelet, as upstream's. */
function* open(host: string, port: number): Coroutine<number> {
  try {
    return yield* listen({ net: 'tcp', host, port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* klogError('server.go:202', `listen tcp ${joinHostPort(host, port)}: bind: ${goErrno(errno)}`, 'Failed to listen and serve');
    return yield* exit(1);
  }
}

/** Thread `server`. */
export function* server(_arg: Json, saved?: Json): Coroutine<void> {
  let listener = saved as number | undefined;
  for (;;) {
    if (listener !== undefined) yield* checkpoint(listener);
    else {
      const { address, port } = yield* settings();
      yield* klogInfo('server.go:180', 'Starting to listen', 'address', address, 'port', port);
      listener = yield* open(address, port);
      yield* klogInfo('server.go:317', 'Adding debug handlers to kubelet server');
    }
    yield* thread('serverconn', (yield* accept(listener)).fd);
  }
}

/** Thread `healthz`. */
export function* healthz(_arg: Json, saved?: Json): Coroutine<void> {
  let listener = saved as number | undefined;
  for (;;) {
    if (listener !== undefined) yield* checkpoint(listener);
    else {
      const { healthzAddress, healthzPort } = yield* settings();
      if (healthzPort === 0) return;
      listener = yield* open(healthzAddress, healthzPort);
    }
    yield* thread('healthzconn', (yield* accept(listener)).fd);
  }
}

/** Thread `healthzconn`. */
export function* healthzconn(arg: Json): Coroutine<void> {
  const conn = yield* acceptHttp(arg as number, null);
  if (conn === null) return;
  for (;;) {
    const request = yield* readRequest(conn);
    if (request === null) break;
    const known = ['/healthz', '/healthz/log', '/healthz/ping', '/healthz/syncloop'].includes(request.path.split('?')[0]!);
    if (!(yield* respond(conn, known ? textResponse(200, 'ok') : textResponse(404, '404 page not found\n')))) break;
  }
  yield* closeConn(conn);
}

function queryOf(path: string): { readonly path: string; readonly query: ReadonlyMap<string, string>; readonly all: (name: string) => readonly string[] } {
  const [bare = '', text = ''] = path.split('?');
  const pairs = text.split('&').filter((it) => it !== '').map((it) => [decodeURIComponent(it.split('=')[0]!), decodeURIComponent(it.slice(it.indexOf('=') + 1).replace(/\+/g, '%20'))] as const);
  return { path: bare, query: new Map(pairs), all: (name) => pairs.filter(([key]) => key === name).map(([, value]) => value) };
}

function* podList(): Coroutine<Json> {
  const statuses = yield* view<StatusRecord>('statuses');
  const items = [...(yield* view<Pod>('pods')).values()].map((pod) => ({ ...pod, status: statuses.get(pod.metadata.uid)?.status ?? pod.status }));
  return { kind: 'PodList', apiVersion: 'v1', metadata: {}, items } as unknown as Json;
}

interface Streams { readonly conn: HttpConn; readonly runtime: number }

/** Starts a command in a container, or joins what runs there (`command` null); the connection then carries its streams. */
function* startExec(conn: HttpConn, parts: readonly string[], command: readonly string[] | null, stdin: boolean, tty: boolean): Coroutine<Streams | null> {
  const [namespace, name, container = ''] = parts;
  const pods = yield* view<Pod>('pods');
  const pod = [...pods.values()].find((it) => it.metadata.namespace === namespace && it.metadata.name === name);
  const record = pod === undefined ? undefined : (yield* view<StatusRecord>('statuses')).get(pod.metadata.uid);
  const found = pod === undefined ? { refusal: 'pod does not exist' } : logContainer(pod.metadata.name, record?.status ?? {}, container, false);
  const running = record?.status.containerStatuses?.find((it) => it.name === container)?.state?.running !== undefined;
  if ('refusal' in found || !running) {
    const refusal = pod === undefined ? 'pod does not exist' : `container not found (${JSON.stringify(container)})`;
    yield* respond(conn, textResponse(pod === undefined ? 404 : 500, refusal));
    return null;
  }
  try {
    const { endpoint } = yield* settings();
    const runtime = yield* dial(endpoint);
    yield* send(runtime, command === null ? { method: 'Attach', request: { id: found.id } } : { method: 'Exec', request: { id: found.id, cmd: command, stdin, tty } });
    if (!stdin && command !== null) yield* send(runtime, { eof: true });
    yield* respond(conn, { status: 101, headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1' }, body: null, stream: false });
    return { conn, runtime };
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* respond(conn, textResponse(500, caught.message));
    return null;
  }
}

function* pass(from: number, to: number): Coroutine<boolean> {
  try {
    const frame = yield* recv(from);
    if (frame === null) return false;
    yield* send(to, frame);
    return typeof frame !== 'object' || !('exit' in frame || 'error' in frame);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** Passes the frames of a command on, both ways, until it or its client has ended. */
function* relay({ conn, runtime }: Streams): Coroutine<void> {
  for (;;) {
    yield* checkpoint({ relay: { conn, runtime } });
    const { fds } = yield* poll({ fds: [runtime, conn.fd] });
    const alive = fds.includes(runtime) ? yield* pass(runtime, conn.fd) : yield* pass(conn.fd, runtime);
    if (!alive) break;
  }
  yield* closeConn({ ...conn, fd: runtime });
  yield* closeConn(conn);
}

/** What a request leaves to be done on its connection after the answer's head. */
type Rest = { readonly relay: Streams } | { readonly forward: Forwarding } | { readonly following: Following } | null;

function* route(conn: HttpConn, request: HttpRequest): Coroutine<Rest> {
  const { path, query, all } = queryOf(request.path);
  const verdict = yield* judge(conn, request);
  if (verdict !== 'allowed') {
    yield* respond(conn, verdict === 'unauthorized' ? textResponse(401, 'Unauthorized') : textResponse(403, verdict.forbidden));
    return null;
  }
  const parts = path.split('/').slice(2);
  if (path.startsWith('/containerLogs/') && parts.length === 3) {
    const following = yield* serveLog(conn, parts[0]!, parts[1]!, parts[2]!, query);
    return following === null ? null : { following };
  }
  if ((path.startsWith('/exec/') || path.startsWith('/attach/')) && parts.length >= 3) {
    const streams = yield* startExec(conn, parts.length === 4 ? [parts[0]!, parts[1]!, parts[3]!] : parts, path.startsWith('/exec/') ? all('command') : null, query.get('input') === '1', query.get('tty') === '1');
    return streams === null ? null : { relay: streams };
  }
  if (path.startsWith('/portForward/') && parts.length === 2) {
    const joined = yield* startPortForward(conn, parts[0]!, parts[1]!, Number(query.get('port')));
    return joined === null ? null : { forward: joined };
  }
  if (path === '/healthz') yield* respond(conn, textResponse(200, 'ok'));
  else if (path === '/pods' || path === '/runningpods/') yield* respond(conn, jsonResponse(200, yield* podList()));
  else yield* respond(conn, textResponse(404, '404 page not found\n'));
  return null;
}

type Saved = { readonly conn?: HttpConn; readonly relay?: Streams; readonly forward?: Forwarding; readonly following?: Following } | undefined;

/** Thread `serverconn`. */
export function* serverconn(arg: Json, saved?: Json): Coroutine<void> {
  const state = saved as unknown as Saved;
  if (state?.relay !== undefined) return yield* relay(state.relay);
  if (state?.forward !== undefined) return yield* forward(state.forward);
  if (state?.following !== undefined) yield* followLog(state.following);
  let conn = state?.following?.conn ?? state?.conn;
  if (conn === undefined) {
    const { certPem, keyPem, clientCaPem } = yield* settings();
    conn = (yield* acceptHttp(arg as number, { certPem, keyPem, clientCaPem, require: false })) ?? undefined;
    if (conn === undefined) return;
  }
  for (;;) {
    yield* checkpoint({ conn });
    const request = yield* readRequest(conn);
    if (request === null) break;
    const rest = yield* route(conn, request);
    if (rest === null) continue;
    if ('relay' in rest) return yield* relay(rest.relay);
    if ('forward' in rest) return yield* forward(rest.forward);
    yield* followLog(rest.following);
  }
  yield* closeConn(conn);
}
