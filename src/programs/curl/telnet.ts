/** `curl telnet://HOST:PORT`: whether a port answers, and a line to whoever listens there. What a peer of ours sends that is no text is not shown. */
import { poll, read, recv, send, write, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { closeConn } from '../../lib/http/index.ts';
import type { Url } from '../../lib/net/index.ts';
import { connect } from './connect.ts';
import type { CurlOptions } from './options.ts';
import { tell } from './verbose.ts';

/** Passes on what comes from either side; false when that side has ended. */
function* relay(fd: number, ready: readonly number[]): Coroutine<boolean> {
  if (ready.includes(fd)) {
    const frame = yield* recv(fd);
    if (frame === null) return false;
    if (typeof frame === 'string') yield* write(1, frame);
    return true;
  }
  const typed = yield* read(0);
  if (typed === '') return false;
  yield* send(fd, typed);
  return true;
}

/** Throws CurlError. */
export function* talk(options: CurlOptions, url: Url): Coroutine<void> {
  const conn = yield* connect(options, url);
  try {
    for (let on = true; on;) on = yield* relay(conn.fd, (yield* poll({ fds: [conn.fd, 0] })).fds);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  yield* closeConn(conn);
  yield* tell(options, ['* Closing connection 0']);
}
