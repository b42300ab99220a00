/** A server whose protocol is not modelled: it listens, takes connections and keeps them, and can be seen to be there. */
import { accept, checkpoint, close, poll, recv } from '../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

/** An open listener and its connections: plain data, good for `checkpoint`. */
export interface Held { /** Whose it is, for a program that is several servers. */ readonly kind: string; readonly listener: number; readonly clients: readonly number[] }

/** What a client says is not understood; false when it is gone. */
function* heard(fd: number): Coroutine<boolean> {
  try {
    return (yield* recv(fd)) !== null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** Holds the port until a caught signal comes; → the signal. Checkpoints with `held`, so the caller's entry must lead back here. */
export function* hold<T extends Held>(held: T): Coroutine<Signal> {
  let state: T = held;
  for (;;) {
    yield* checkpoint(state);
    const { listener, clients }: Held = state;
    const { fds, signal } = yield* poll({ fds: [listener, ...clients], signals: true });
    if (signal !== null) return signal;
    const [fd] = fds;
    if (fd === undefined) continue;
    if (fd === listener) state = { ...state, clients: [...clients, (yield* accept(fd)).fd] };
    else if (!(yield* heard(fd))) {
      yield* close(fd);
      state = { ...state, clients: clients.filter((one) => one !== fd) };
    }
  }
}
