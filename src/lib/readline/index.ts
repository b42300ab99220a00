/** Reads one line from a terminal with editing, history and completion. */
import { read, sigaction, ttyMode, ttySize, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { cutKeys } from './keys.ts';
import { emptyLine, press } from './edit.ts';
import type { Line } from './edit.ts';
import { columnsOf, draw, leave } from './render.ts';
import type { Shown } from './render.ts';

/** What could stand in place of `text.slice(from, cursor)`. `suffix` follows a single one (a space or a slash). */
export interface Completion { readonly from: number; readonly candidates: readonly { readonly text: string; readonly label: string; readonly suffix: string }[] }
export type Completer = (text: string, cursor: number) => Coroutine<Completion>;

export type Outcome = { readonly kind: 'line'; readonly text: string; /** Keys typed ahead. */ readonly rest: string } | { readonly kind: 'interrupt' | 'eof'; readonly rest: string };

/** `pending` is what an earlier call left over. Puts the terminal back as it was. */
export function* readLine(prompt: string, history: readonly string[], complete: Completer | null, pending = ''): Coroutine<Outcome> {
  const before = yield* ttyMode(0, {});
  yield* ttyMode(0, { raw: true, echo: false });
  // Only here: elsewhere a window that changes would interrupt what a shell does.
  yield* sigaction('WINCH', 'catch');
  let { cols } = yield* ttySize(0);
  let line: Line = emptyLine(history.length);
  let { bytes, shown } = draw(null, prompt, line, cols);
  yield* write(1, `\x1b[?2004h${bytes}`);
  let input = pending;
  const finish = function* (outcome: 'line' | 'interrupt' | 'eof', rest: string): Coroutine<Outcome> {
    yield* write(1, `${leave(shown, cols)}${outcome === 'interrupt' ? '^C' : ''}\x1b[?2004l\r\n`);
    yield* ttyMode(0, { raw: before.raw, echo: before.echo });
    yield* sigaction('WINCH', 'default');
    return outcome === 'line' ? { kind: 'line', text: line.text, rest } : { kind: outcome, rest };
  };
  for (;;) {
    const { keys, rest } = cutKeys(input);
    input = rest;
    for (const [i, key] of keys.entries()) {
      const step = press(line, key, history);
      ({ line } = step);
      const ahead = (): string => keys.slice(i + 1).join('') + rest;
      if (step.action === 'submit' || step.action === 'interrupt' || step.action === 'eof') {
        ({ bytes, shown } = draw(shown, prompt, line, cols));
        yield* write(1, bytes);
        return yield* finish(step.action === 'submit' ? 'line' : step.action, ahead());
      }
      if (step.action === 'clear') {
        yield* write(1, '\x1b[H\x1b[2J');
        ({ bytes, shown } = draw(null, prompt, line, cols));
        yield* write(1, bytes);
      } else if (step.action === 'bell') yield* write(1, '\x07');
      else if ((step.action === 'complete' || step.action === 'list') && complete !== null) {
        const completed = yield* tab(line, step.action === 'list', complete, shown, cols);
        ({ line } = completed);
        if (completed.listed) shown = yield* redraw(prompt, line, cols);
      }
    }
    ({ bytes, shown } = draw(shown, prompt, line, cols));
    if (bytes !== '') yield* write(1, bytes);
    try {
      const more = yield* read(0);
      if (more === '') return yield* finish('eof', '');
      input += more;
    } catch (caught) {
      if (errnoOf(caught) !== 'EINTR') throw caught;
      ({ cols } = yield* ttySize(0));   // the window changed
    }
  }
}

function* redraw(prompt: string, line: Line, cols: number): Coroutine<Shown> {
  const { bytes, shown } = draw(null, prompt, line, cols);
  yield* write(1, bytes);
  return shown;
}

function* tab(line: Line, list: boolean, complete: Completer, shown: Shown, cols: number): Coroutine<{ line: Line; listed: boolean }> {
  const { from, candidates } = yield* complete(line.text, line.cursor);
  const first = candidates[0];
  if (first === undefined) {
    yield* write(1, '\x07');
    return { line, listed: false };
  }
  const typed = line.text.slice(from, line.cursor);
  let common = first.text;
  for (const { text } of candidates) while (!text.startsWith(common)) common = common.slice(0, -1);
  const text = candidates.length === 1 ? first.text + first.suffix : common.length > typed.length ? common : typed;
  if (text !== typed) {
    const next = { ...line, text: line.text.slice(0, from) + text + line.text.slice(line.cursor), cursor: from + text.length, tabs: 0 };
    return { line: next, listed: false };
  }
  if (!list) {
    yield* write(1, '\x07');
    return { line, listed: false };
  }
  yield* write(1, `${leave(shown, cols)}\r\n${columns(candidates.map((c) => c.label), cols)}`);
  return { line: { ...line, tabs: 0 }, listed: true };
}

/** Candidates in columns, down first, as readline lists them. */
function columns(labels: readonly string[], cols: number): string {
  const width = Math.max(...labels.map(columnsOf)) + 2;
  const across = Math.max(1, Math.floor(cols / width));
  const rows = Math.ceil(labels.length / across);
  let out = '';
  for (let r = 0; r < rows; r++) {
    const row: string[] = [];
    for (let c = 0; c * rows + r < labels.length; c++) row.push(labels[c * rows + r]!);
    out += `${row.map((l, i) => (i === row.length - 1 ? l : l + ' '.repeat(width - columnsOf(l)))).join('')}\r\n`;
  }
  return out;
}
