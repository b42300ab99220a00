/** /portForward: a port of a pod, joined to the connection of the one who asked. Models pkg/kubelet/server portforward. */
import { checkpoint, close, recv, send, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { criCall, CriError, dial } from '../../lib/cri/index.ts';
import { closeConn, respond, textResponse, type HttpConn } from '../../lib/http/index.ts';
import { splice } from '../../lib/net/index.ts';
import { settings } from './bus.ts';
import type { Pod } from './types.ts';

/** Two ends that are joined. */
export interface Forwarding { readonly conn: HttpConn; readonly runtime: number }

/** Asks the runtime for the connection; → it, or what went wrong. */
function* reach(endpoint: string, podSandboxId: string, port: number): Coroutine<number | CriError> {
  const runtime = yield* dial(endpoint);
  yield* send(runtime, { method: 'PortForward', request: { podSandboxId, port } });
  const reply = (yield* recv(runtime)) as { readonly error?: { readonly code: string; readonly desc: string } } | null;
  if (reply !== null && reply.error === undefined) return runtime;
  yield* close(runtime);
  return new CriError(reply?.error?.code ?? 'Unavailable', reply?.error?.desc ?? 'error reading from server: EOF');
}

/** Answers the request; null when nothing is joined. What went wrong in the pod comes as the first frame. */
export function* startPortForward(conn: HttpConn, namespace: string, name: string, port: number): Coroutine<Forwarding | null> {
  const pod = [...(yield* view<Pod>('pods')).values()].find((it) => it.metadata.namespace === namespace && it.metadata.name === name);
  const { endpoint } = yield* settings();
  try {
    const sandboxes = pod === undefined ? [] : yield* criCall(endpoint, 'ListPodSandbox', {});
    const found = sandboxes.find((it) => it.metadata.namespace === namespace && it.metadata.name === name && it.state === 'SANDBOX_READY');
    if (found === undefined) {
      yield* respond(conn, textResponse(404, 'pod does not exist'));
      return null;
    }
    const runtime = yield* reach(endpoint, found.id, port);
    yield* respond(conn, { status: 101, headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1' }, body: null, stream: false });
    if (typeof runtime === 'number') {
      yield* send(conn.fd, { ready: true });
      return { conn, runtime };
    }
    yield* send(conn.fd, { error: `error forwarding port ${port} to pod ${found.id}, uid : ${runtime.desc}` } as Json);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* respond(conn, textResponse(500, caught.message));
  }
  return null;
}

/** Until one of the two has ended. */
export function* forward({ conn, runtime }: Forwarding): Coroutine<void> {
  do yield* checkpoint({ forward: { conn, runtime } }); while (yield* splice(runtime, conn.fd));
  yield* close(runtime);
  yield* closeConn(conn);
}
