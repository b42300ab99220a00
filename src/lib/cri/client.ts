/**
 * The CRI client: one request, one response, over a pooled connection to the runtime's unix socket.
 * Errors are gRPC's: a code and a description, worded as grpc-go words them.
 */
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { close, connect, del, put, recv, send, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import type { CriMethod, CriMethods } from './types.ts';

/** A gRPC status. `message` is what Go prints for the error. */
export class CriError extends Error {
  readonly code: string;
  readonly desc: string;
  constructor(code: string, desc: string) {
    super(`rpc error: code = ${code} desc = ${desc}`);
    this.code = code;
    this.desc = desc;
  }
}

const IDLE = 'cri/idle';
const DIAL: Readonly<Record<string, string>> = { ENOENT: 'no such file or directory', ECONNREFUSED: 'connection refused', EACCES: 'permission denied', ENOTDIR: 'not a directory' };

/** `unix:///run/x.sock` → `/run/x.sock`; a bare path is itself. */
export const socketPath = (endpoint: string): string => (endpoint.startsWith('unix://') ? endpoint.slice('unix://'.length) : endpoint);

/** Connects to the runtime; Unavailable, in grpc-go's words, when nobody listens there. */
export function* dial(endpoint: string): Coroutine<number> {
  const path = socketPath(endpoint);
  try {
    return yield* connect({ net: 'unix', path });
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    const why = DIAL[caught.code] ?? caught.code;
    throw new CriError('Unavailable', `connection error: desc = "transport: Error while dialing: dial unix ${path}: connect: ${why}"`);
  }
}

function* idleConnection(endpoint: string): Coroutine<number | null> {
  const idle = yield* view<string>(IDLE);
  for (const [key, value] of idle.entries()) if (value === endpoint && (yield* del(IDLE, key))) return Number(key);
  return null;
}

/** How Go words a connection that the runtime dropped with data unread. */
const droppedBy = (endpoint: string): string => `read unix @->${socketPath(endpoint)}: read: connection reset by peer`;
const EMPTY: unique symbol = Symbol('the pooled connection was dead');

/** One exchange. A connection that died while idle is told apart, so that the caller may dial again. */
function* exchange(endpoint: string, fd: number, frame: Json, pooled: boolean, timeout: number | null): Coroutine<Json | typeof EMPTY> {
  let why = 'EOF';
  try {
    yield* send(fd, frame);
    const reply = yield* recv(fd, timeout);
    if (reply !== null) return reply;
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    if (caught.code === 'EAGAIN') {
      yield* close(fd);
      throw new CriError('DeadlineExceeded', 'context deadline exceeded');
    }
    if (caught.code === 'ECONNRESET') why = droppedBy(endpoint);
  }
  yield* close(fd);
  if (pooled) return EMPTY;
  throw new CriError('Unavailable', `error reading from server: ${why}`);
}

/**
 * Calls the runtime. `timeout` in µs; absent = wait for ever.
 * Throws CriError: Unavailable when it cannot be reached, else what the runtime answered.
 */
export function* criCall<M extends CriMethod>(endpoint: string, method: M, request: CriMethods[M][0], timeout: number | null = null): Coroutine<CriMethods[M][1]> {
  const frame = { method, request } as unknown as Json;
  let fd = yield* idleConnection(endpoint);
  let reply: Json | typeof EMPTY = EMPTY;
  if (fd !== null) reply = yield* exchange(endpoint, fd, frame, true, timeout);
  if (fd === null || reply === EMPTY) {
    fd = yield* dial(endpoint);
    reply = yield* exchange(endpoint, fd, frame, false, timeout);
  }
  yield* put(IDLE, String(fd), endpoint);
  const answer = reply as { readonly response?: Json; readonly error?: { readonly code: string; readonly desc: string } };
  if (answer.error !== undefined) throw new CriError(answer.error.code, answer.error.desc);
  return answer.response as unknown as CriMethods[M][1];
}

/** The next frame of a stream (Exec); null at its end. Throws CriError when the runtime dropped the connection. */
export function* nextFrame<T>(endpoint: string, fd: number): Coroutine<T | null> {
  try {
    return (yield* recv(fd)) as T | null;
  } catch (caught) {
    if (errnoOf(caught) !== 'ECONNRESET') throw caught;
    throw new CriError('Unavailable', `error reading from server: ${droppedBy(endpoint)}`);
  }
}
