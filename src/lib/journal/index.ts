/** The journal: its document, the protocol to journald, and how entries are shown. */
export { append, beginBoot, emptyJournal, entriesAfter, entriesOf, journalDocument, journalOf } from './entry.ts';
export type { Boot, Entry, Journal, Message, Priority, Transport } from './entry.ts';
export { connectJournal, JOURNAL_DIR, JOURNAL_SOCKET, journalPath, machineId, readJournal, sendJournal } from './client.ts';
export type { OpenJournal } from './client.ts';
export { explanation, MESSAGE_ID } from './catalog.ts';
export { ellipsize, formatEntry, OUTPUTS } from './format.ts';
export type { Output } from './format.ts';
export { fullTime, isoTime, parseTimestamp } from './time.ts';
export { grepPattern } from './pattern.ts';
