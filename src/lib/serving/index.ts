/**
 * The secure port of a component: /healthz, /livez and /readyz over TLS for probes, and a plain no to everybody else. A connection
 * is a thread. Not modelled: metrics and configz (they answer 403 as they do to the anonymous), token reviews for delegated access.
 */
import { accept, checkpoint, close, del, listen, put, thread, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { acceptTls, closeConn, jsonResponse, readRequest, respond, textResponse, type HttpConn, type HttpRequest, type HttpResponse } from '../http/index.ts';
import { klogInfof } from '../klog/index.ts';
import { GoError, joinHostPort } from '../net/index.ts';
import type { TlsServerOptions } from '../tls/index.ts';

export { selfSignedPair } from './selfsigned.ts';

interface ServeSpec { readonly fd: number; readonly tls: TlsServerOptions }

/** Checks of /readyz that fail at present: name → anything. Everything else is well. */
const NOT_READY = 'serving/notready';

/** Marks a check of /readyz as failing, or as passing again. */
export function* setReady(check: string, ready: boolean): Coroutine<void> {
  if (ready) yield* del(NOT_READY, check);
  else yield* put(NOT_READY, check, true);
}

/** Binds the port. Throws GoError `failed to create listener: …` in the words of apiserver options. */
export function* listenSecure(host: string, port: number): Coroutine<number> {
  const address = joinHostPort(host, port);
  try {
    return yield* listen({ net: 'tcp', host, port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new GoError(`failed to create listener: failed to listen on ${address}: listen tcp ${address}: bind: ${goErrno(errno)}`, 'other');
  }
}

/** Starts answering on a bound port. Spread `servingThreads` into `Program.threads`. */
export function* serveSecure(fd: number, tls: TlsServerOptions): Coroutine<void> {
  yield* thread('serve-secure', { fd, tls } as unknown as Json);
}

/** Stops listening, with the lines upstream logs. */
export function* stopServing(fd: number, address: string): Coroutine<void> {
  yield* close(fd);
  yield* klogInfof('secure_serving.go:259', `Stopped listening on ${address}`);
  yield* klogInfof('tlsconfig.go:258', '"Shutting down DynamicServingCertificateController"');
}

function forbidden(path: string): HttpResponse {
  const message = `forbidden: User "system:anonymous" cannot get path "${path}"`;
  return jsonResponse(403, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'Forbidden', details: {}, code: 403 });
}

/** The answer of a health endpoint; `failing` are the names of checks that do not pass. */
function health(name: string, verbose: boolean, failing: readonly string[]): HttpResponse {
  const passing = ['ping', 'leaderElection'].filter((check) => !failing.includes(check));
  const lines = [...passing.map((check) => `[+]${check} ok`), ...failing.map((check) => `[-]${check} failed: reason withheld`)];
  if (failing.length > 0) return textResponse(500, `${lines.join('\n')}\n${name} check failed\n`);
  return textResponse(200, verbose ? `${lines.join('\n')}\n${name} check passed\n` : 'ok');
}

function* answer(request: HttpRequest): Coroutine<HttpResponse> {
  const [path = '/', query = ''] = request.path.split('?');
  const name = path.slice(1).split('/')[0] ?? '';
  if (name !== 'healthz' && name !== 'livez' && name !== 'readyz') return forbidden(path);
  const failing = name === 'readyz' ? [...(yield* view(NOT_READY)).keys()] : [];
  return health(name, query.includes('verbose'), failing);
}

export const servingThreads = {
  *'serve-secure'(arg: Json): Coroutine<void> {
    const { fd, tls } = arg as unknown as ServeSpec;
    for (;;) {
      yield* checkpoint(null);
      try {
        yield* thread('serve-connection', { fd: (yield* accept(fd)).fd, tls } as unknown as Json);
      } catch (caught) {
        // The port was closed: the process is ending.
        if (errnoOf(caught) === null) throw caught;
        return;
      }
    }
  },
  *'serve-connection'(arg: Json, saved?: Json): Coroutine<void> {
    const { fd, tls } = arg as unknown as ServeSpec;
    const conn = (saved as unknown as HttpConn | undefined) ?? (yield* acceptTls(fd, tls));
    if ('refused' in conn) return;
    for (;;) {
      yield* checkpoint(conn);
      const request = yield* readRequest(conn);
      if (!request || !(yield* respond(conn, yield* answer(request)))) break;
    }
    yield* closeConn(conn);
  },
};
