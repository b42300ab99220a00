/** pgrep and pkill of procps-ng 4: one program, two names. */
import { cpu, kill, self, write } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo, Program, Signal } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { commOf } from '../../lib/accounting/index.ts';
import { compilePattern } from '../../lib/cri/index.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { commandLine, userNames, visibleProcesses } from '../../lib/procps/index.ts';
import { parseSignal } from '../../lib/systemd/index.ts';

const SHORT = 'fxvlanoic' + 'u:U:P:t:s:g:d:eL';
const LONG = { full: 'f', exact: 'x', inverse: 'v', 'list-name': 'l', 'list-full': 'a', newest: 'n', oldest: 'o', 'ignore-case': 'i', count: 'c', euid: 'u:', uid: 'U:', parent: 'P:', terminal: 't:', session: 's:', pgroup: 'g:', delimiter: 'd:', echo: 'e', signal: ':', help: '', version: '' };

/** `-9`, `-KILL` and `-SIGKILL` anywhere before other options' meaning. */
function takeSignal(argv: readonly string[]): { readonly signal: Signal | null; readonly rest: string[] } {
  let signal: Signal | null = null;
  const rest = argv.filter((word) => {
    const found = /^-(SIG)?([A-Z]+[0-9]?|\d+)$/.exec(word) === null ? null : parseSignal(word.slice(1));
    if (found !== null) signal = found;
    return found === null;
  });
  return { signal, rest };
}

function matcherOf(pattern: string | undefined, has: (name: string) => boolean): ((p: ProcessInfo) => boolean) | null {
  if (pattern === undefined) return () => true;
  const test = compilePattern(`${has('i') ? '(?i)' : ''}${has('x') ? `^(?:${pattern})$` : pattern}`);
  return test === null ? null : (p) => test(has('f') ? commandLine(p) : commOf(p));
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4000);
  const name = argv[0]!.replace(/^.*\//, '');
  const kills = name === 'pkill';
  const { signal, rest } = kills ? takeSignal(argv.slice(1)) : { signal: null, rest: argv.slice(1) };
  const { options, operands, error } = getopt(rest, SHORT, LONG);
  const has = (option: string) => options.some((o) => o.name === option);
  const values = (option: string) => options.flatMap((o) => (o.name === option ? (o.value ?? '').split(',') : []));
  const selectors = ['u', 'U', 'P', 't', 's', 'g'];
  const usage = function* (text: string): Coroutine<number> {
    yield* write(2, `${name}: ${text}\nTry \`${name} --help' for more information.\n`);
    return 2;
  };
  if (error !== null) return yield* usage(error);
  if (operands.length > 1) return yield* usage('only one pattern can be provided');
  if (operands.length === 0 && !selectors.some(has)) return yield* usage('no matching criteria specified');
  const matches = matcherOf(operands[0], has);
  if (matches === null) return yield* usage('regex error');
  const me = yield* self();
  const users = yield* userNames();
  const within = (option: string, value: (p: ProcessInfo) => readonly string[]) => (p: ProcessInfo) => !has(option) || values(option).some((v) => value(p).includes(v));
  const user = (p: ProcessInfo) => [String(p.uid), users.get(p.uid) ?? ''];
  const filters = [within('u', user), within('U', user), within('P', (p) => [String(p.ppid)]), within('t', (p) => [p.tty ?? '-']), within('s', (p) => [String(p.sid)]), within('g', (p) => [String(p.pgid)])];
  let found = (yield* visibleProcesses()).filter((p) => p.pid !== me.nspid && p.state !== 'Z' && filters.every((f) => f(p)) && matches(p) !== has('v'));
  if (has('n') || has('o')) found = found.sort((a, b) => (a.startedAt - b.startedAt || a.pid - b.pid) * (has('n') ? -1 : 1)).slice(0, 1);
  if (has('c')) yield* write(1, `${found.length}\n`);
  for (const p of has('c') && !kills ? [] : found) {
    if (!kills) yield* write(1, `${p.pid}${has('a') ? ` ${commandLine(p)}` : has('l') ? ` ${commOf(p)}` : ''}${values('d')[0] ?? '\n'}`);
    else yield* kill_(p, parseSignal(options.find((o) => o.name === 'signal')?.value ?? '') ?? signal ?? 'TERM', name, has('e'));
  }
  return found.length > 0 ? 0 : 1;
}

function* kill_(p: ProcessInfo, signal: Signal, name: string, echo: boolean): Coroutine<void> {
  try {
    yield* kill(p.pid, signal);
    if (echo) yield* write(1, `${commOf(p)} killed (pid ${p.pid})\n`);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code !== 'ESRCH') yield* write(2, `${name}: killing pid ${p.pid} failed: ${strerror(code)}\n`);
  }
}

export const program: Program = { name: 'pgrep', main };
