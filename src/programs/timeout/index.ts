/** timeout(1): runs a command and sends it a signal when its time is over. */
import { close, cpu, kill, pipe, poll, spawn, waitpid, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Signal } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { parseSignal } from '../../lib/systemd/index.ts';
import { quietly, quote, usageError } from '../../lib/tool/index.ts';
import { exitStatus } from '../../lib/tool/run.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
function micros(text: string): number | null {
  const m = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  return m === null ? null : Math.round(Number(m[1]) * UNITS[m[2]!]! * 1e6);
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), '+k:s:v', { 'kill-after': 'k:', signal: 's:', verbose: 'v', foreground: '', 'preserve-status': 'preserve' });
  if (error !== null) return yield* usageError('timeout', error, 125);
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  if (operands.length < 2) {
    yield* write(2, "Try 'timeout --help' for more information.\n");
    return 125;
  }
  const [limit, after] = [micros(operands[0]!), value('k') === null ? null : micros(value('k')!)];
  if (limit === null || (value('k') !== null && after === null)) return yield* usageError('timeout', `invalid time interval ${quote(limit === null ? operands[0]! : value('k')!)}`, 125);
  const signal = parseSignal(value('s') ?? 'TERM');
  if (signal === null) return yield* usageError('timeout', `${quote(value('s')!)}: invalid signal`, 125);
  const [reader, writer] = yield* pipe();
  let pid: number;
  try {
    // The far end of the pipe closes when the command and all it started are gone.
    pid = yield* spawn({ path: operands[1]!, argv: operands.slice(1), fds: { 0: 0, 1: 1, 2: 2, 9: writer } });
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `timeout: failed to run command ${quote(operands[1]!)}: ${strerror(code)}\n`);
    return code === 'ENOENT' ? 127 : 126;
  }
  yield* close(writer);
  const ended = yield* within(reader, limit === 0 ? null : limit);
  if (!ended) {
    yield* signalled(pid, signal);
    if (after !== null && !(yield* within(reader, after))) yield* signalled(pid, 'KILL');
  }
  const status = exitStatus((yield* waitpid({ pid, nohang: false, untraced: false }))!.status);
  return ended || options.some((o) => o.name === 'preserve') ? status : signal === 'KILL' || status === 137 ? 137 : 124;
}
function* within(fd: number, limit: number | null): Coroutine<boolean> {
  return (yield* poll({ fds: [fd], ...(limit === null ? {} : { timeout: limit }) })).fds.length > 0;
}
function* signalled(pid: number, signal: Signal): Coroutine<void> {
  try {
    yield* kill(pid, signal);
  } catch (caught) {
    if (errnoOf(caught) !== 'ESRCH') throw caught;
  }
}

export const program: Program = { name: 'timeout', main: (argv) => quietly(body(argv)) };
