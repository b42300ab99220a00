/**
 * One connection to the API server: a thread that takes requests one after another, or serves a watch, followed logs or an exec
 * until one side ends it. Idle threads wait and cost nothing; when the server drains they go.
 */
import { checkpoint, now, poll, put, view, type Coroutine, type Json } from '../../kernel/sys.ts';
import { acceptTls, closeConn, readRequest, respond, type HttpConn } from '../../lib/http/index.ts';
import { klogInfof } from '../../lib/klog/index.ts';
import { relayExec, relayLog } from './kubelet.ts';
import { answer } from './request.ts';
import { shared } from './state.ts';
import { serveWatch, type WatchState } from './watch.ts';

/** What a connection is busy with after a request; plain data. */
export type Busy =
  | { readonly kind: 'watch'; readonly watch: WatchState }
  | { readonly kind: 'log'; readonly kubelet: HttpConn }
  | { readonly kind: 'exec'; readonly kubelet: HttpConn };
interface Served { readonly conn: HttpConn; readonly busy: Busy | null }

function* take(fd: number): Coroutine<Served | null> {
  const conn = yield* acceptTls(fd, (yield* shared()).tls);
  if (!('refused' in conn)) return { conn, busy: null };
  if (conn.error !== 'EOF') yield* klogInfof('log.go:245', `http: TLS handshake error from ${conn.peer}: ${conn.error}`);
  return null;
}

/** Waits for a request; null when the client is gone or the server drains. */
function* serveRequest(conn: HttpConn): Coroutine<Served | null> {
  const drain = yield* view('drain');
  if (drain.size > 0) return null;
  const { fds } = yield* poll({ fds: [conn.fd], tables: [{ table: 'drain', since: drain.version }] });
  if (fds.length === 0) return null;
  const request = yield* readRequest(conn);
  if (request === null) return null;
  const done = yield* answer(conn, request);
  if ('busy' in done) return { conn, busy: done.busy };
  return (yield* respond(conn, done.response)) ? { conn, busy: null } : null;
}

function* serveBusy(conn: HttpConn, busy: Busy): Coroutine<Served | null> {
  switch (busy.kind) {
    case 'watch': {
      const watch = yield* serveWatch(conn, busy.watch);
      return watch === 'gone' ? null : { conn, busy: watch === 'ended' ? null : { kind: 'watch', watch } };
    }
    case 'log': return (yield* relayLog(conn, busy.kubelet)) ? { conn, busy } : null;
    case 'exec': return (yield* relayExec(conn, busy.kubelet)) ? { conn, busy } : null;
  }
}

/** Serves one accepted descriptor to its end. */
export function* connection(arg: Json, saved?: Json): Coroutine<void> {
  let served = (saved ?? null) as unknown as Served | null;
  served ??= yield* take(arg as number);
  while (served !== null) {
    yield* checkpoint(served);
    const { conn, busy }: Served = served;
    const next: Served | null = busy === null ? yield* serveRequest(conn) : yield* serveBusy(conn, busy);
    if (next === null) {
      if (busy !== null && busy.kind !== 'watch') yield* closeConn(busy.kubelet);
      yield* closeConn(conn);
    }
    served = next;
  }
  // The draining server counts who is left.
  if ((yield* view('drain')).size > 0) yield* put('left', 'at', yield* now());
}

