/**
 * systemd-journald: receives messages from PID 1 (its own lines and the output of services) and from programs, adds the
 * kernel's at boot, and keeps them in /var/log/journal as one document.
 * Not modelled: rate limits, the runtime journal in /run (the disk is there from the start), forwarding to syslog.
 */
import { errnoOf } from '../../kernel/errno.ts';
import { accept, checkpoint, close, listen, mkdir, now, poll, readDoc, readFile, recv, self, sigaction, unlink, writeDoc } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Json, Program, Signal } from '../../kernel/sys.ts';
import { append, beginBoot, emptyJournal, JOURNAL_DIR, JOURNAL_SOCKET, journalDocument, journalOf, journalPath, machineId, MESSAGE_ID } from '../../lib/journal/index.ts';
import type { Journal, Message, Priority } from '../../lib/journal/index.ts';
import { sdNotify } from '../../lib/systemd/index.ts';

interface State { readonly path: string; readonly listener: number; readonly clients: readonly number[] }

function* quietly<T>(body: Coroutine<T>): Coroutine<T | null> {
  try {
    return yield* body;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** Lines of /dev/kmsg: `6,339,5140900,-;text`. */
function kernelMessages(kmsg: Bytes): Message[] {
  return kmsg.split('\n').flatMap((line): Message[] => {
    const match = /^(\d+),[^;]*;(.*)$/.exec(line);
    return match === null ? [] : [{ message: match[2]!, priority: (Number(match[1]) & 7) as Priority, transport: 'kernel', identifier: 'kernel', pid: null, systemdUnit: null, unit: null, comm: null, exe: null, cmdline: null }];
  });
}

function* own(message: string, messageId?: string): Coroutine<Message> {
  const { pid } = yield* self();
  return { message, priority: 6, transport: 'driver', identifier: 'systemd-journald', pid, systemdUnit: 'systemd-journald.service', unit: null, comm: 'systemd-journal', exe: '/usr/lib/systemd/systemd-journald',
    cmdline: '/lib/systemd/systemd-journald', ...(messageId === undefined ? {} : { messageId }) };
}

function* load(path: string, id: string): Coroutine<Journal> {
  return journalOf(yield* readDocument(path)) ?? emptyJournal(id);
}
function* readDocument(path: string) {
  return yield* quietly(readDoc(path));
}

function* write(path: string, messages: readonly Message[]): Coroutine<void> {
  if (messages.length === 0) return;
  const journal = yield* load(path, path.split('/').at(-2)!);
  yield* quietly(writeDoc(path, journalDocument(append(journal, messages, yield* now())), 0o640));
}

function* start(): Coroutine<State> {
  for (const signal of ['TERM', 'USR1', 'USR2'] as Signal[]) yield* sigaction(signal, 'catch');
  const id = (yield* machineId()) ?? '0'.repeat(32);
  const path = journalPath(id);
  for (const dir of ['/var/log', JOURNAL_DIR, `${JOURNAL_DIR}/${id}`, '/run/systemd', '/run/systemd/journal']) yield* quietly(mkdir(dir, 0o755));
  const at = yield* now();
  const journal = yield* load(path, id);
  const bootId = ((yield* quietly(readFile('/proc/sys/kernel/random/boot_id'))) ?? '').trim().replaceAll('-', '') || '0'.repeat(32);
  const first = journal.boots.at(-1)?.id !== bootId;
  const begun = first ? beginBoot(journal, bootId, at) : journal;
  const kmsg = first ? kernelMessages((yield* quietly(readFile('/dev/kmsg'))) ?? '') : [];
  const lines = [...kmsg, yield* own('Journal started', MESSAGE_ID.journalStart), yield* own(`System Journal (${JOURNAL_DIR}/${id}) is 8.0M, max 4.0G, 3.9G free.`, MESSAGE_ID.journalUsage)];
  yield* quietly(writeDoc(path, journalDocument(append(begun, lines, at)), 0o640));
  yield* quietly(unlink(JOURNAL_SOCKET));
  const listener = yield* listen({ net: 'unix', path: JOURNAL_SOCKET });
  yield* sdNotify('READY=1\nSTATUS=Processing requests...');
  return { path, listener, clients: [] };
}

/** All frames that have arrived on a connection; `open` is false when the sender is gone. */
function* drain(fd: number): Coroutine<{ readonly messages: readonly Message[]; readonly open: boolean }> {
  const messages: Message[] = [];
  for (;;) {
    try {
      const frame = yield* recv(fd, 0);
      if (frame === null) break;
      messages.push(...(Array.isArray(frame) ? (frame as unknown as Message[]) : [frame as unknown as Message]));
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      if (code === 'EAGAIN') return { messages, open: true };
      break;
    }
  }
  return { messages, open: false };
}

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved as State | undefined) ?? (yield* start());
  for (;;) {
    yield* checkpoint(state);
    const { path, listener, clients } = state;
    const ready = yield* poll({ fds: [listener, ...clients], signals: true });
    if (ready.signal === 'TERM') break;
    const messages: Message[] = [];
    for (const fd of ready.fds) {
      if (fd === listener) {
        const accepted = yield* accept(listener);
        state = { ...state, clients: [...state.clients, accepted.fd] };
        continue;
      }
      const got = yield* drain(fd);
      messages.push(...got.messages);
      if (got.open) continue;
      yield* close(fd);
      state = { ...state, clients: state.clients.filter((x) => x !== fd) };
    }
    yield* write(path, messages);
  }
  yield* write(state.path, [yield* own('Journal stopped')]);
  return 0;
}

export const program: Program = { name: 'systemd-journald', main };
