/**
 * less(1) and more(1): a pager. On a terminal the text is read whole, then keys (from the terminal, not from standard
 * input) move a window over it; elsewhere it is cat. Following (F) and the other keys are not modelled.
 */
import { checkpoint, cpu, environ, isatty, open, read, ttyMode, ttySize, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { cutKeys } from '../../lib/readline/keys.ts';
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import { quietly, usageError } from '../../lib/tool/index.ts';
import { eachText, linesOf } from '../../lib/tool/operands.ts';
import { press } from './keys.ts';
import type { Look } from './keys.ts';
import { lastTop, windowAt } from './view.ts';
import type { ViewOptions } from './view.ts';

interface State { readonly name: string; readonly lines: readonly string[]; readonly tty: number; readonly keep: boolean; readonly numbers: boolean; readonly chop: boolean; readonly raw: boolean; readonly look: Look; readonly rest: string }

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  return saved === undefined ? yield* begin(argv) : yield* show(saved as unknown as State);
}

function* begin(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const name = argv[0]!.replace(/^.*\//, '') === 'more' ? 'more' : 'less';
  const jump = argv.slice(1).find((a) => a.startsWith('+')) ?? '';
  const { options, operands, error } = getopt(argv.slice(1).filter((a) => !a.startsWith('+')), 'eEFgGiIJKMmNnRrSsXx:', { 'LINE-NUMBERS': 'N', 'chop-long-lines': 'S', 'RAW-CONTROL-CHARS': 'R', 'quit-if-one-screen': 'F', 'no-init': 'X', 'squeeze-blank-lines': 's', 'quit-on-intr': 'K' });
  if (error !== null) return yield* usageError(name, error);
  if (operands.length === 0 && (yield* isatty(0))) {
    yield* write(2, name === 'more' ? "more: bad usage\nTry 'more --help' for more information.\n" : 'Missing filename ("less --help" for help)\n');
    return 1;
  }
  const terminal = yield* isatty(1);
  const given = (yield* environ())['LESS'] ?? '';
  const on = (letter: string): boolean => options.some((o) => o.name === letter) || /^-?[A-Za-z]*$/.test(given) && given.includes(letter);
  const parts: string[] = [];
  const status = yield* eachText('', operands, function* (text) {
    if (terminal) parts.push(text);
    else yield* write(1, text);
  }, (path, why) => (why === 'Is a directory' ? `${path} is a directory` : name === 'more' ? `more: cannot open ${path}: ${why}` : `${path}: ${why}`));
  if (!terminal || parts.length === 0) return status;
  const all = linesOf(parts.join(''));
  const lines = on('s') ? all.filter((line, i) => line !== '' || all[i - 1] !== '') : all;
  const { rows, cols } = yield* ttySize(1);
  const view: ViewOptions = { numbers: on('N'), chop: on('S'), raw: on('R') || on('r'), cols };
  const end = lastTop(lines, rows - 1, view);
  if ((on('F') || name === 'more') && end === 0 && windowAt(lines, 0, rows - 1, view).last >= lines.length) {
    yield* write(1, lines.map((l) => `${l}\n`).join(''));
    return status;
  }
  const tty = yield* open('/dev/tty', 'r');
  yield* ttyMode(tty, { raw: true, echo: false });
  const keep = on('X');
  if (!keep) yield* write(1, '\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=');
  let look: Look = { top: 0, typing: '', count: '', pattern: '', back: false, note: '', done: false };
  for (const key of jump.startsWith('+/') ? ['/', ...jump.slice(2), '\r'] : jump.slice(1)) look = press(look, key, { lines, height: rows - 1, end, next: 0 });
  if (/^\+\d+$/.test(jump)) look = press(look, 'g', { lines, height: rows - 1, end, next: 0 });
  const shown = operands.length === 0 || operands[0] === '-' ? '' : operands[0]!;
  return yield* show({ name: shown, lines, tty, keep, numbers: view.numbers, chop: view.chop, raw: view.raw, look, rest: '' });
}

function highlight(row: string, pattern: string): string {
  if (pattern === '') return row;
  let regex;
  try {
    regex = compileRegex(pattern, { extended: true });
  } catch (caught) {
    if (!(caught instanceof RegexError)) throw caught;
    return row;
  }
  let out = '';
  let at = 0;
  for (let m = regex.find(row, at); m !== null && m.end > m.start; m = regex.find(row, at)) {
    out += `${row.slice(at, m.start)}\x1b[7m${row.slice(m.start, m.end)}\x1b[27m`;
    at = m.end;
  }
  return out + row.slice(at);
}

/** One checkpoint a batch of keys. */
function* show(state: State): Coroutine<number> {
  for (;;) {
    yield* checkpoint(state);
    const { rows, cols } = yield* ttySize(1);
    const view: ViewOptions = { numbers: state.numbers, chop: state.chop, raw: state.raw, cols };
    const height = rows - 1;
    const window = windowAt(state.lines, state.look.top, height, view);
    const end = lastTop(state.lines, height, view);
    const { look } = state;
    const atEnd = window.last >= state.lines.length;
    const prompt = look.note !== '' ? `\x1b[7m${look.note}\x1b[27m` : look.typing !== '' ? look.typing : look.count !== '' ? `:${look.count}` : atEnd ? '\x1b[7m(END)\x1b[27m' : look.top === 0 && state.name !== '' ? `\x1b[7m${state.name}\x1b[27m` : ':';
    yield* write(1, `\x1b[H${window.rows.map((row) => `${row === '~' && atEnd ? '\x1b[1m~\x1b[0m' : highlight(row, look.pattern)}\x1b[K\r\n`).join('')}\r\x1b[K${prompt}`);
    const data = yield* read(state.tty);
    const { keys, rest } = cutKeys(state.rest + data);
    let next = look;
    for (const key of keys) {
      if (key === '\x03' && next.typing === '') continue;
      const at = windowAt(state.lines, next.top, height, view);
      next = press(next, key, { lines: state.lines, height, end, next: at.last });
      if (next.done) break;
    }
    if (data === '' || next.done) break;
    state = { ...state, look: next, rest };
  }
  yield* ttyMode(state.tty, { raw: false, echo: true });
  yield* write(1, state.keep ? '\r\x1b[K' : '\r\x1b[K\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t');
  return 0;
}

export const program: Program = { name: 'less', main: (argv, saved) => quietly(body(argv, saved)) };
