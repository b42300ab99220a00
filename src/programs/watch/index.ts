/** watch(1) of procps 4: runs a command every n seconds on a cleared screen. Differences (-d) are not highlighted. */
import { checkpoint, close, cpu, isatty, now, pipe, sigaction, sleep, spawn, ttySize, uname, wait, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { complain, quietly, readAll, usageError } from '../../lib/tool/index.ts';

const LEAVE = '\x1b[?1049l\x1b[23;0;0t';

interface State { readonly seconds: number; readonly title: boolean; readonly command: readonly string[]; readonly exec: boolean; readonly stopOnError: boolean; readonly stopOnChange: boolean; readonly last: string | null }

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved !== undefined) return yield* turns(saved as unknown as State);
  yield* cpu(1500);
  const { options, operands, error } = getopt(argv.slice(1), '+bcCd::en:gpqrtwx', { beep: 'b', color: 'c', 'no-color': 'C', differences: 'd::', errexit: 'e', chgexit: 'g', interval: 'n:', precise: 'p', 'no-title': 't', 'no-wrap': 'w', exec: 'x' });
  if (error !== null) return yield* usageError('watch', error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const interval = options.findLast((o) => o.name === 'n')?.value ?? '2';
  if (!/^\d*[.,]?\d*$/.test(interval) || interval === '') {
    yield* complain('watch', `failed to parse argument: '${interval}'`);
    return 1;
  }
  if (operands.length === 0) {
    yield* write(2, '\nUsage:\n watch [options] command\n\nOptions:\n  -d, --differences[=<permanent>]\n                         highlight changes between updates\n  -e, --errexit          exit if command has a non-zero exit\n  -g, --chgexit          exit when output from command changes\n  -n, --interval <secs>  seconds to wait between updates\n  -t, --no-title         turn off header\n  -x, --exec             pass command to exec instead of "sh -c"\n');
    return 1;
  }
  const terminal = yield* isatty(1);
  yield* sigaction('INT', 'catch');
  if (terminal) yield* write(1, '\x1b[?1049h\x1b[22;0;0t');
  return yield* turns({ seconds: Math.max(0.1, Number(interval.replace(',', '.'))), title: !on('t'), command: operands, exec: on('x'), stopOnError: on('e'), stopOnChange: on('g'), last: null });
}

/** ^C gives the screen back that was there before. */
function* turns(state: State): Coroutine<number> {
  try {
    return yield* draw(state);
  } catch (caught) {
    if (errnoOf(caught) !== 'EINTR') throw caught;
    if (yield* isatty(1)) yield* write(1, LEAVE);
    return 0;
  }
}
function* draw(state: State): Coroutine<number> {
  for (;;) {
    yield* checkpoint(state);
    const { rows, cols } = (yield* isatty(1)) ? yield* ttySize(1) : { rows: 24, cols: 80 };
    const begun = yield* now();
    const [reader, writer] = yield* pipe();
    yield* spawn({ path: state.exec ? state.command[0]! : 'sh', argv: state.exec ? state.command : ['sh', '-c', state.command.join(' ')], fds: { 0: 0, 1: writer, 2: writer } });
    yield* close(writer);
    const output = yield* readAll(reader);
    yield* close(reader);
    const { status } = (yield* wait())!;
    const height = state.title ? rows - 2 : rows;
    const text = shaped(output, cols).slice(0, height).join('\r\n');
    yield* write(1, `\x1b[H\x1b[2J${state.title ? header(state, cols, (yield* uname()).hostname, begun) : ''}${text}`);
    const changed = state.stopOnChange && state.last !== null && state.last !== output;
    if (changed || (state.stopOnError && status.code !== 0)) {
      yield* write(1, LEAVE);
      return changed ? 0 : 8;
    }
    yield* sleep(Math.round(state.seconds * 1e6));
    state = { ...state, last: output };
  }
}
/** The output as rows of the terminal: tabs spelt out, long lines wrapped. */
function shaped(output: string, cols: number): string[] {
  const rows: string[] = [];
  for (const line of output.replace(/\n$/, '').split('\n')) {
    let text = '';
    for (const c of line.replaceAll('\r', '')) text += c === '\t' ? ' '.repeat(8 - (text.length % 8)) : c;
    if (text === '') rows.push('');
    for (let i = 0; i < text.length; i += cols) rows.push(text.slice(i, i + cols));
  }
  return rows;
}
function header(state: State, cols: number, hostname: string, at: number): string {
  const right = `${hostname}: ${strftime('%c', at)}`;
  const left = `Every ${state.seconds.toFixed(1)}s: `;
  const room = cols - right.length - left.length - 1;
  const command = state.command.join(' ');
  const shown = room < 4 ? '' : command.length > room ? `${command.slice(0, room - 3)}...` : command;
  return `${(left + shown).padEnd(Math.max(0, cols - right.length))}${right}\r\n\r\n`;
}

export const program: Program = { name: 'watch', main: (argv, saved) => quietly(body(argv, saved)) };
