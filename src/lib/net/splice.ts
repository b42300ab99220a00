/** Joining two connections: what comes from one goes to the other, frame by frame, until one of them ends. */
import { poll, recv, send, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

/** Passes on one frame; false when either end is gone. */
export function* passFrame(from: number, to: number): Coroutine<boolean> {
  try {
    const frame = yield* recv(from);
    if (frame === null) return false;
    yield* send(to, frame);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** Waits for a frame from either side and passes it on; false when it is over. */
export function* splice(a: number, b: number): Coroutine<boolean> {
  const { fds } = yield* poll({ fds: [a, b] });
  return fds.includes(a) ? yield* passFrame(a, b) : yield* passFrame(b, a);
}
