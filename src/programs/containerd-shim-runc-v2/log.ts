/**
 * Container output → lines of the CRI log format: `<time> <stream> F|P <text>`.
 * A line without its newline yet is kept back; one longer than 16 KiB is cut into P(artial) pieces.
 */
import { rfc3339Fixed } from '../../lib/cri/time.ts';
import type { Bytes } from '../../kernel/sys.ts';

const LONGEST = 16 * 1024;

/** → what to append to the log, and the beginning of a line that is still open. */
export function criLines(stream: 'stdout' | 'stderr', held: Bytes, data: Bytes, at: number, atEnd = false): { readonly text: Bytes; readonly held: Bytes } {
  const rows = (held + data).split('\n');
  const last = rows.pop()!;
  let text = '';
  const emit = (row: Bytes, tag: 'F' | 'P'): void => { text += `${rfc3339Fixed(at, text.length)} ${stream} ${tag} ${row}\n`; };
  const cut = (row: Bytes): Bytes => {
    let rest = row;
    while (rest.length > LONGEST) {
      emit(rest.slice(0, LONGEST), 'P');
      rest = rest.slice(LONGEST);
    }
    return rest;
  };
  for (const row of rows) emit(cut(row), 'F');
  const open = cut(last);
  if (!atEnd || open === '') return { text, held: open };
  emit(open, 'P');
  return { text, held: '' };
}
