/** The provider's name server: the lab has no internet, so it knows no names and says so (NXDOMAIN). */
import { errnoOf } from '../../kernel/errno.ts';
import { accept, checkpoint, close, listen, poll, recv, send } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import type { DnsAnswer, DnsQuery } from '../../lib/net/index.ts';

interface State { readonly listener: number; readonly clients: readonly number[] }

/** Answers one query; false when the asker is gone. */
function* answer(fd: number): Coroutine<boolean> {
  try {
    const query = (yield* recv(fd, 0)) as unknown as DnsQuery | null;
    if (query === null) return false;
    const reply: DnsAnswer = { dns: 'answer', id: query.id, name: query.name, type: query.type, rcode: 'NXDOMAIN', authoritative: false, records: [] };
    yield* send(fd, reply as unknown as Json);
    return true;
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    return code === 'EAGAIN';
  }
}

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved as State | undefined) ?? { listener: yield* listen({ net: 'udp', host: '0.0.0.0', port: 53 }), clients: [] };
  for (;;) {
    yield* checkpoint(state);
    const { listener, clients } = state;
    for (const fd of (yield* poll({ fds: [listener, ...clients] })).fds) {
      if (fd === listener) state = { ...state, clients: [...state.clients, (yield* accept(listener)).fd] };
      else if (!(yield* answer(fd))) {
        yield* close(fd);
        state = { ...state, clients: state.clients.filter((x) => x !== fd) };
      }
    }
  }
}

export const program: Program = { name: 'resolver', main };
