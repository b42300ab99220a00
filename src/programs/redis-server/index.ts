/** redis-server as far as a pod needs it: it starts, listens on 6379, says PONG, and ends on SIGTERM. Not modelled: data. */
import { accept, checkpoint, close, environ, exit, listen, now, poll, recv, self, send, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { civil, monthName } from '../../base/time.ts';

interface State { readonly listener: number; readonly clients: readonly number[] }

function* log(mark: '*' | '#', text: string): Coroutine<void> {
  const c = civil(yield* now());
  const two = (n: number): string => String(n).padStart(2, '0');
  const { nspid } = yield* self();
  yield* write(1, `${nspid}:M ${two(c.day)} ${monthName(c.month)} ${c.year} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(Math.floor(c.micros / 1000)).padStart(3, '0')} ${mark} ${text}\n`);
}

function* begin(): Coroutine<State> {
  const version = (yield* environ())['REDIS_VERSION'] ?? '8.2.1';
  yield* log('*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  yield* log('*', `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=1, just started`);
  yield* log('#', 'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf');
  const listener = yield* listen({ net: 'tcp', host: '0.0.0.0', port: 6379 });
  for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  yield* log('*', 'Running mode=standalone, port=6379.');
  yield* log('*', 'Server initialized');
  yield* log('*', 'Ready to accept connections tcp');
  return { listener, clients: [] };
}

function* serve(state: State, fd: number): Coroutine<State> {
  if (fd === state.listener) return { ...state, clients: [...state.clients, (yield* accept(fd)).fd] };
  try {
    const frame = yield* recv(fd);
    if (frame !== null) {
      yield* send(fd, typeof frame === 'string' && /ping/i.test(frame) ? '+PONG\r\n' : '-ERR unknown command\r\n');
      return state;
    }
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  yield* close(fd);
  return { ...state, clients: state.clients.filter((it) => it !== fd) };
}

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved as unknown as State | undefined) ?? (yield* begin());
  for (;;) {
    yield* checkpoint(state);
    const { fds, signal } = yield* poll({ fds: [state.listener, ...state.clients], signals: true });
    if (signal !== null) {
      yield* log('*', `Received SIG${signal} scheduling shutdown...`);
      yield* log('*', 'User requested shutdown...');
      yield* log('#', 'Redis is now ready to exit, bye bye...');
      return yield* exit(0);
    }
    if (fds.length > 0) state = yield* serve(state, fds[0]!);
  }
}

export const program: Program = { name: 'redis-server', main };
