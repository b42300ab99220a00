/**
 * sd_notify(3): a service tells PID 1 `READY=1`, `STATUS=…`, `STOPPING=1`. The frame names the sender's pid, which a
 * real datagram carries as credentials. Nothing happens outside a Type=notify service.
 */
import { errnoOf } from '../../kernel/errno.ts';
import { close, connect, environ, self, send } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';

export interface Notification { readonly pid: number; readonly text: string }

/** Sends `text` (lines of `NAME=value`) to the socket $NOTIFY_SOCKET names; true when it was sent. */
export function* sdNotify(text: string): Coroutine<boolean> {
  const path = (yield* environ())['NOTIFY_SOCKET'];
  if (path === undefined || path === '') return false;
  const { pid } = yield* self();
  try {
    const fd = yield* connect({ net: 'unix', path });
    yield* send(fd, { pid, text });
    yield* close(fd);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}
