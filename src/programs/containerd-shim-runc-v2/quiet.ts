/** Sending and signalling where the other side may be gone, which is then no matter. */
import { kill, send, type Coroutine, type Signal } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

/** Sends to a connection that may be gone. */
export function* push(conn: number, frame: object): Coroutine<boolean> {
  try {
    yield* send(conn, frame as never);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** False when there is no such process any more. */
export function* killQuietly(pid: number, signal: Signal): Coroutine<boolean> {
  try {
    yield* kill(pid, signal);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}
