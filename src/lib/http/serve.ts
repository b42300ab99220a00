/**
 * A small HTTP server for programs that only answer: one listening descriptor, connections served in turn in the calling
 * thread's loop by `poll`. For daemons with health endpoints and web servers with short answers.
 */
import { accept, close, listen, type Coroutine } from '../../kernel/sys.ts';
import { acceptHttp, readRequest, respond } from './server.ts';
import type { HttpConn, HttpRequest, HttpResponse } from './message.ts';

/** Listening descriptors and open connections: plain data, good for `checkpoint`. */
export interface Serving { readonly listeners: readonly number[]; readonly conns: readonly (HttpConn & { readonly listener: number })[] }

/** Opens plain listeners on `addresses`. Throws SysError (EADDRINUSE). */
export function* serveOn(addresses: readonly { readonly host: string; readonly port: number }[]): Coroutine<Serving> {
  const listeners: number[] = [];
  for (const { host, port } of addresses) listeners.push(yield* listen({ net: 'tcp', host, port }));
  return { listeners, conns: [] };
}

/** Everything to wait for. */
export const servingFds = (serving: Serving): readonly number[] => [...serving.listeners, ...serving.conns.map(({ fd }) => fd)];

/** Serves one readable descriptor: takes a connection, or answers a request. `which` is the listener's place in the list. */
export function* serveFd(serving: Serving, fd: number, answer: (request: HttpRequest, which: number, conn: HttpConn) => Coroutine<HttpResponse>): Coroutine<Serving> {
  if (serving.listeners.includes(fd)) {
    const conn = yield* acceptHttp((yield* accept(fd)).fd, null);
    return conn === null ? serving : { ...serving, conns: [...serving.conns, { ...conn, listener: fd }] };
  }
  const conn = serving.conns.find((it) => it.fd === fd);
  if (conn === undefined) return serving;
  const request = yield* readRequest(conn);
  if (request !== null && (yield* respond(conn, yield* answer(request, serving.listeners.indexOf(conn.listener), conn)))) return serving;
  yield* close(fd);
  return { ...serving, conns: serving.conns.filter((it) => it.fd !== fd) };
}
