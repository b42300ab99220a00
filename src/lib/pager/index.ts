/** Long output on a terminal goes through `less`, as systemd's tools and git do it. */
import { errnoOf } from '../../kernel/errno.ts';
import { close, environ, isatty, pipe, sigaction, spawn, ttySize, wait, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';

/** Width of the terminal on descriptor 1, null when it is none. */
export function* columns(): Coroutine<number | null> {
  return (yield* isatty(1)) ? (yield* ttySize(1)).cols : null;
}

/** Writes `text`, through the pager when it is longer than the screen. `options` are less' own. */
export function* page(text: Bytes, wanted: boolean, options = '-FRSXMK'): Coroutine<void> {
  const env = yield* environ();
  const pager = env['SYSTEMD_PAGER'] ?? env['PAGER'] ?? 'less';
  if (!wanted || pager === '' || pager === 'cat' || !(yield* isatty(1))) return void (yield* write(1, text));
  const { rows, cols } = yield* ttySize(1);
  // With -S a long line takes one row; less -F would find out by itself, but then it must run.
  const lines = options.includes('S') ? text.split('\n').length - 1 : text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(line.length / cols)), -1);
  if (lines < rows) return void (yield* write(1, text));
  // Keys belong to the pager now: ^C is for it, and it may quit before it has read all.
  for (const signal of ['PIPE', 'INT'] as const) yield* sigaction(signal, 'ignore');
  const [reader, writer] = yield* pipe();
  try {
    yield* spawn({ path: pager.split(' ')[0]!, argv: [...pager.split(' '), ...(pager === 'less' ? options.split(' ') : [])], fds: { 0: reader, 1: 1, 2: 2 } });
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    yield* close(reader);
    yield* close(writer);
    return void (yield* write(1, text));
  }
  yield* close(reader);
  try {
    yield* write(writer, text);
  } catch (caught) {
    if (errnoOf(caught) !== 'EPIPE') throw caught;
  }
  yield* close(writer);
  yield* wait();
}
