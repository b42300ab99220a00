/**
 * journalctl of systemd 252: reads the journal's document, filters and prints it, and follows it by watching the file.
 * Not modelled: cursors, remote and namespace journals, verification, vacuuming (journald bounds itself).
 */
import { attempt, checkpoint, cpu, isatty, now, poll, readWatch, uname, watch, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Json, Program } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { ellipsize, entriesAfter, entriesOf, explanation, formatEntry, fullTime, readJournal, type Entry, type Journal, type OpenJournal } from '../../lib/journal/index.ts';
import { columns, page } from '../../lib/pager/index.ts';
import { FEATURES, VERSION } from '../../lib/systemd/index.ts';
import { HELP } from './help.ts';
import { fieldOf, filterOf, readQuery, type Query } from './options.ts';

interface Following { readonly query: Query; readonly path: string; readonly watch: number; readonly seen: number; readonly boot: number }

const bootLine = (journal: Journal, e: Entry): Bytes => `-- Boot ${journal.boots[e.boot]?.id ?? ''} --\n`;

function renderer(journal: Journal, q: Query, hostname: string, width: number | null, tty: boolean): (e: Entry) => Bytes {
  const colour = (e: Entry, line: Bytes) => {
    if (!tty || !q.output.startsWith('short')) return line;
    const code = e.priority <= 3 ? '0;1;31' : e.priority === 4 ? '0;1;38;5;185' : e.priority === 5 ? '0;1;39' : null;
    const at = code === null ? -1 : line.indexOf(': ') + 2;
    return code === null || at < 2 ? line : `${line.slice(0, at)}\x1b[${code}m${line.slice(at)}\x1b[0m`;
  };
  return (e) => {
    const shown = formatEntry(journal, e, q.output, hostname);
    const cut = width === null ? shown : shown.split('\n').map((l) => ellipsize(l, width)).join('\n');
    const notes = q.catalog ? explanation(e).map((l) => `${encodeUtf8(l)}\n`).join('') : '';
    return `${colour(e, cut)}\n${notes}`;
  };
}

/** Entries as text, with a line between boots. */
function renderAll(journal: Journal, q: Query, entries: readonly Entry[], render: (e: Entry) => Bytes, before: number | null): Bytes {
  let boot = before;
  let text = '';
  for (const e of entries) {
    if (boot !== null && boot !== e.boot && !q.quiet && (q.output.startsWith('short') || q.output === 'cat')) text += bootLine(journal, e);
    boot = e.boot;
    text += render(e);
  }
  return text;
}

function select(journal: Journal, q: Query): Entry[] {
  const found = entriesOf(journal).filter(filterOf(q, journal));
  if (q.lines === null) return q.reverse ? found.reverse() : found;
  // systemd 252 goes forward from --since until the lines are full: the first ones, not the last.
  if (q.since !== null && !q.reverse && !q.follow) return found.slice(0, q.lines);
  const last = q.lines === 0 ? [] : found.slice(-q.lines);
  return q.reverse ? last.reverse() : last;
}

function* rendererFor(journal: Journal, q: Query): Coroutine<(e: Entry) => Bytes> {
  const { hostname } = yield* uname();
  const tty = yield* isatty(1);
  const width = tty && !q.full ? yield* columns() : null;
  return renderer(journal, q, q.hostname ? hostname : '', width, tty);
}

function* show(found: OpenJournal, q: Query): Coroutine<number> {
  const { journal } = found;
  if (typeof q.boot === 'number' && q.boot < 0 && journal.boots.length - 1 + q.boot < 0) {
    yield* write(2, `Data from the specified boot (${q.boot}) is not available: No such boot ID in journal\n`);
    return 1;
  }
  const entries = select(journal, q);
  const render = yield* rendererFor(journal, q);
  const text = entries.length === 0 && !q.quiet && (q.output.startsWith('short') || q.output === 'cat') ? '-- No entries --\n' : renderAll(journal, q, entries, render, null);
  yield* page(text, q.pager, q.end ? '-FRSXMK +G' : '-FRSXMK');
  return 0;
}

/** Prints what is there, then waits on the file for more. */
function* follow(state: Following): Coroutine<number> {
  let { seen, boot } = state;
  for (;;) {
    yield* checkpoint({ ...state, seen, boot });
    const found = yield* readJournal();
    if (found !== null) {
      const fresh = entriesAfter(found.journal, seen);
      const entries = fresh.filter(filterOf(state.query, found.journal));
      if (entries.length > 0) {
        yield* write(1, renderAll(found.journal, state.query, entries, yield* rendererFor(found.journal, state.query), boot));
        boot = entries.at(-1)!.boot;
      }
      seen = found.journal.nextSeq - 1;
    }
    yield* poll({ fds: [state.watch] });
    yield* readWatch(state.watch);
  }
}

const total = (found: OpenJournal): number => 8 * (1 + Math.floor((found.journal.chunks.length * 64 * 300) / 8_388_608));

function* other(found: OpenJournal, q: Query): Coroutine<number> {
  const { journal } = found;
  switch (q.action) {
    case 'disk-usage':
      yield* write(1, `Archived and active journals take up ${total(found)}.0M in the file system.\n`);
      return 0;
    case 'list-boots': {
      const rows = journal.boots.map((b, i) => `${String(i - journal.boots.length + 1).padStart(3)} ${b.id} ${fullTime(b.first)} ${fullTime(b.last)}\n`);
      const wide = fullTime(journal.boots[0]?.first ?? 0).length;
      yield* write(1, `IDX BOOT ID                          ${'FIRST ENTRY'.padEnd(wide)} LAST ENTRY\n${rows.join('')}`);
      return 0;
    }
    case 'fields': {
      const values = q.field === null ? ['MESSAGE', 'PRIORITY', 'SYSLOG_IDENTIFIER', 'UNIT', '_BOOT_ID', '_CMDLINE', '_COMM', '_EXE', '_MACHINE_ID', '_PID', '_SYSTEMD_UNIT', '_TRANSPORT', '_UID']
        : [...new Set(entriesOf(journal).flatMap((e) => fieldOf(e, journal, q.field!) ?? []))];
      yield* page(values.map((v) => `${v}\n`).join(''), q.pager);
      return 0;
    }
    case 'vacuum':
      yield* write(2, 'Vacuuming done, freed 0B of archived journals from /var/log/journal.\n');
      return 0;
    default: return 0;
  }
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved !== undefined) return yield* follow(saved as unknown as Following);
  yield* cpu(12_000);
  const q = readQuery(argv, yield* now());
  if ('error' in q) {
    yield* write(2, encodeUtf8(q.error));
    return 1;
  }
  if (q.action === 'version' || q.action === 'help') {
    yield* write(1, q.action === 'help' ? HELP : `systemd ${VERSION.split('.')[0]} (${VERSION})\n${FEATURES}\n`);
    return 0;
  }
  if (q.action === 'flush') return 0;
  const found = yield* readJournal(q.directory ?? undefined);
  if (found === null) {
    yield* write(2, 'No journal files were found.\n');
    if (!q.quiet) yield* write(1, '-- No entries --\n');
    return q.directory === null ? 0 : 1;
  }
  if (q.action !== 'show') return yield* other(found, q);
  if (!q.follow) return yield* show(found, q);
  const first = select(found.journal, q);
  if (first.length > 0) yield* write(1, renderAll(found.journal, q, first, yield* rendererFor(found.journal, q), null));
  const fd = yield* attempt(watch(found.path), 'ENOENT');
  if (typeof fd !== 'number') return 1;
  return yield* follow({ query: q, path: found.path, watch: fd, seen: found.journal.nextSeq - 1, boot: first.at(-1)?.boot ?? found.journal.boots.length - 1 });
}

export const program: Program = { name: 'journalctl', main };
