/** Last words: of a container from its log file, of a unit from the journal. Both grow at their ends only, so both are read from there. */
import { CRI_LABEL, JOURNAL_DIR, parseLogLine } from '../../distro/records.ts';
import type { ContainerRecord, Journal, JournalEntry } from '../../distro/records.ts';
import type { World } from '../../kernel/world.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { HOST } from './node.ts';

/** A line is shown in a few rows; more of it says nothing more. */
const LONGEST = 400;

const shown = (bytes: string): string => decodeUtf8(bytes.slice(0, LONGEST)).trimEnd();

function lastLine(data: string): string | null {
  let end = data.length;
  while (end > 0) {
    const from = data.lastIndexOf('\n', end - 2) + 1;
    const row = data.slice(from, end);
    const text = parseLogLine(row.trimEnd())?.text.trim() ?? '';
    if (text !== '') return shown(text);
    end = from;
  }
  return null;
}

/** Remembers the last line of each file while the file stays as it is. */
export class LogTails {
  #known = new Map<string, { readonly ino: number; readonly size: number; readonly mtime: number; readonly line: string | null }>();

  of(world: World, path: string): string | null {
    const stat = world.stat(HOST, path);
    if (stat === null) return null;
    const before = this.#known.get(path);
    if (before?.ino === stat.ino && before.size === stat.size && before.mtime === stat.mtime) return before.line;
    const line = lastLine(world.readFile(HOST, path) ?? '');
    if (this.#known.size > 200) this.#known.clear();
    this.#known.set(path, { ino: stat.ino, size: stat.size, mtime: stat.mtime, line });
    return line;
  }
}

/** Of the newest of these containers that wrote something: which it is, and its last line. */
export function lastWords(world: World, tails: LogTails, newestFirst: readonly ContainerRecord[]): { readonly by: ContainerRecord; readonly line: string } | null {
  for (const by of newestFirst) {
    const line = by.logPath === '' ? null : tails.of(world, by.logPath);
    if (line !== null) return { by, line };
  }
  return null;
}

/** The machine's journal as it lies on disk. */
export function journalOn(world: World): Journal | null {
  for (const { name, type } of world.readDir(HOST, JOURNAL_DIR) ?? []) {
    const path = type === 'dir' ? `${JOURNAL_DIR}/${name}/system.journal` : `${JOURNAL_DIR}/${name}`;
    const value = world.readDoc(HOST, path) as Journal | null;
    if (Array.isArray(value?.chunks)) return value;
  }
  return null;
}

const speaksOf = (entry: JournalEntry, unit: string): boolean => entry.systemdUnit === unit || entry.unit === unit;

export function lastEntry(journal: Journal | null, unit: string): string | null {
  for (let c = (journal?.chunks.length ?? 0) - 1; c >= 0; c--) {
    const found = journal!.chunks[c]!.findLast((entry) => speaksOf(entry, unit));
    if (found !== undefined) return shown(found.message);
  }
  return null;
}

export const containerName = (record: ContainerRecord): string => record.config.labels[CRI_LABEL.containerName] ?? record.config.metadata.name;
