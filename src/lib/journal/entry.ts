/**
 * The journal as a document: entries in chunks of an immutable list, so that an append copies one chunk and a
 * list of chunks, whatever the journal holds. The oldest chunks are dropped when it is full, as journald vacuums.
 */
import type { Bytes, Document, VTime } from '../../kernel/sys.ts';

/** syslog's: 3 error, 4 warning, 5 notice, 6 info. */
export type Priority = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
export type Transport = 'stdout' | 'journal' | 'kernel' | 'syslog' | 'driver';

/** What a client sends to journald. */
export interface Message {
  readonly message: Bytes; readonly priority: Priority; readonly transport: Transport;
  readonly identifier: string; readonly pid: number | null;
  /** The unit the sender runs in. */ readonly systemdUnit: string | null;
  /** The unit the message is about (PID 1's own messages). */ readonly unit: string | null;
  readonly comm: string | null; readonly exe: string | null; readonly cmdline: string | null;
  /** Names an explanation of `journalctl -x`. */ readonly messageId?: string;
  readonly uid?: number;
}
export interface Entry extends Message {
  /** Counts up for ever: the cursor. */ readonly seq: number;
  readonly at: VTime;
  /** Index of the boot. */ readonly boot: number;
}

export interface Boot { readonly id: string; readonly first: VTime; readonly last: VTime; readonly startedAt: VTime }
export interface Journal { readonly machineId: string; readonly boots: readonly Boot[]; readonly nextSeq: number; readonly chunks: readonly (readonly Entry[])[] }

const CHUNK = 64;
const MAX_CHUNKS = 320;      // about 20,000 entries
const FILE_STEP = 8_388_608; // journal files grow in steps of 8 MiB
const ENTRY_COST = 300;

export const emptyJournal = (machineId: string): Journal => ({ machineId, boots: [], nextSeq: 1, chunks: [] });

/** A journal in which a new boot has begun. */
export function beginBoot(journal: Journal, id: string, at: VTime): Journal {
  return { ...journal, boots: [...journal.boots, { id, first: at, last: at, startedAt: at }] };
}

/** Appends messages received at `at`. */
export function append(journal: Journal, messages: readonly Message[], at: VTime): Journal {
  const boot = journal.boots.length - 1;
  let { nextSeq } = journal;
  const chunks = [...journal.chunks];
  for (const message of messages) {
    const last = chunks.at(-1);
    const entry: Entry = { ...message, seq: nextSeq++, at, boot };
    if (last === undefined || last.length >= CHUNK) chunks.push([entry]);
    else chunks[chunks.length - 1] = [...last, entry];
  }
  const boots = journal.boots.map((b, i) => (i === boot ? { ...b, last: at } : b));
  return { ...journal, boots, nextSeq, chunks: chunks.length > MAX_CHUNKS ? chunks.slice(-MAX_CHUNKS) : chunks };
}

export const entriesOf = (journal: Journal): Entry[] => journal.chunks.flat();
/** Entries after the cursor `seq`. */
export function entriesAfter(journal: Journal, seq: number): Entry[] {
  let from = journal.chunks.length;
  while (from > 0 && journal.chunks[from - 1]!.at(-1)!.seq > seq) from--;
  return journal.chunks.slice(from).flat().filter((e) => e.seq > seq);
}

export const JOURNAL_KIND = 'journal';
/** The file as `ls` and a reader of bytes see it. */
export function journalDocument(journal: Journal): Document {
  const bytes = journal.chunks.length * CHUNK * ENTRY_COST;
  return { kind: JOURNAL_KIND, value: journal, size: FILE_STEP * (1 + Math.floor(bytes / FILE_STEP)), text: `LPKSHHRH\0\0\0\0\x1b\0\0\0${journal.machineId}\0` };
}

/** The journal a document holds; null when it is something else. */
export const journalOf = (doc: Document | null): Journal | null => (doc?.kind === JOURNAL_KIND ? (doc.value as Journal) : null);
