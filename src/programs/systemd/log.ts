/** PID 1's own journal lines. Until journald runs they wait in a table, as the real one keeps them in the kernel's ring. */
import { close, del, get, put, self, view } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { connectJournal, MESSAGE_ID, sendJournal } from '../../lib/journal/index.ts';
import type { Message, Priority } from '../../lib/journal/index.ts';

export { MESSAGE_ID };

const CONNECTION = 'journal';
const BACKLOG = 'backlog';
const BACKLOG_LIMIT = 2000;

/** Sends messages to journald, or keeps them until it runs. */
export function* deliver(messages: readonly Message[]): Coroutine<void> {
  const fd = yield* get<number>(CONNECTION, 'fd');
  if (fd !== undefined) {
    if (yield* sendJournal(fd, messages)) return;
    yield* disconnectJournal();
  }
  const { size } = yield* view(BACKLOG);
  if (size < BACKLOG_LIMIT) yield* put(BACKLOG, String(size).padStart(6, '0'), messages);
}

/** Called when journald has become ready: connects and empties the backlog. */
export function* attachJournal(): Coroutine<void> {
  if ((yield* get(CONNECTION, 'fd')) !== undefined) return;
  const fd = yield* connectJournal();
  if (fd === null) return;
  yield* put(CONNECTION, 'fd', fd);
  const waiting = yield* view<readonly Message[]>(BACKLOG);
  for (const [key, messages] of waiting.entries()) {
    yield* del(BACKLOG, key);
    yield* sendJournal(fd, messages);
  }
}

export function* disconnectJournal(): Coroutine<void> {
  const fd = yield* get<number>(CONNECTION, 'fd');
  if (fd === undefined) return;
  yield* del(CONNECTION, 'fd');
  yield* close(fd);
}

export interface LogOptions { readonly unit?: string | null; readonly priority?: Priority; readonly id?: string }

/** One line of PID 1, about a unit when one is named. */
export function* log(message: string, options: LogOptions = {}): Coroutine<void> {
  const { pid } = yield* self();
  yield* deliver([{ message, priority: options.priority ?? 6, transport: 'journal', identifier: 'systemd', pid, systemdUnit: 'init.scope', unit: options.unit ?? null,
    comm: 'systemd', exe: '/usr/lib/systemd/systemd', cmdline: '/sbin/init', ...(options.id === undefined ? {} : { messageId: options.id }) }]);
}
