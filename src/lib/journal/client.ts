/** Talking to journald, and reading its files, as sd-journal does. */
import { errnoOf } from '../../kernel/errno.ts';
import { connect, readDir, readDoc, readFile, send } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { journalOf, type Journal, type Message } from './entry.ts';

export const JOURNAL_SOCKET = '/run/systemd/journal/socket';
export const JOURNAL_DIR = '/var/log/journal';

/** A connection to journald; null when it does not run. */
export function* connectJournal(): Coroutine<number | null> {
  try {
    return yield* connect({ net: 'unix', path: JOURNAL_SOCKET });
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** Sends messages over such a connection; false when journald is gone. */
export function* sendJournal(fd: number, messages: readonly Message[]): Coroutine<boolean> {
  try {
    yield* send(fd, messages as unknown as Json);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** The machine's id, from /etc/machine-id; null when there is none. */
export function* machineId(): Coroutine<string | null> {
  try {
    return (yield* readFile('/etc/machine-id')).trim() || null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** The path of the machine's journal file. */
export const journalPath = (id: string): string => `${JOURNAL_DIR}/${id}/system.journal`;

export interface OpenJournal { readonly path: string; readonly journal: Journal }

/** The journal on this machine's disk (or below `dir`); null when there is none that can be read. */
export function* readJournal(dir: string = JOURNAL_DIR): Coroutine<OpenJournal | null> {
  try {
    const entries = yield* readDir(dir);
    for (const { name, type } of entries) {
      const path = type === 'dir' ? `${dir}/${name}/system.journal` : `${dir}/${name}`;
      if (!path.endsWith('.journal')) continue;
      const journal = journalOf(yield* readDoc(path));
      if (journal !== null) return { path, journal };
    }
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  return null;
}
