/** /bin/kill of procps-ng 4 (bash has its own), and killall. */
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { cpu, kill, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Signal } from '../../kernel/sys.ts';
import { commOf } from '../../lib/accounting/index.ts';
import { visibleProcesses } from '../../lib/procps/index.ts';
import { parseSignal, signalName } from '../../lib/systemd/index.ts';

const NAMES = 'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH POLL PWR SYS';
const USAGE = '\nUsage:\n kill [options] <pid> [...]\n\nOptions:\n <pid> [...]            send signal to every <pid> listed\n -<signal>, -s, --signal <signal>\n                        specify the <signal> to be sent\n -q, --queue <value>    integer value to be sent with the signal\n -l, --list=[<signal>]  list all signal names, or convert one to a name\n -L, --table            list all signal names in a nice table\n\n -h, --help     display this help and exit\n -V, --version  output version information and exit\n\nFor more details see kill(1).\n';

function* killall(argv: readonly string[]): Coroutine<number> {
  const signal = argv.map((w) => (w.startsWith('-') ? parseSignal(w.slice(1)) : null)).find((s) => s !== null) ?? 'TERM';
  let code = 0;
  for (const name of argv.slice(1).filter((w) => !w.startsWith('-'))) {
    const found = (yield* visibleProcesses()).filter((p) => commOf(p) === name.slice(0, 15));
    if (found.length === 0) {
      yield* write(2, `${name}: no process found\n`);
      code = 1;
    }
    for (const p of found) yield* kill(p.pid, signal);
  }
  return code;
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  if (argv[0]!.endsWith('killall')) return yield* killall(argv);
  let signal: Signal | null = 'TERM';   // null: only asks whether the process is there
  const words = argv.slice(1);
  const pids: string[] = [];
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === '-l' || word === '--list') {
      const given = words.shift();
      yield* write(1, given === undefined ? `${NAMES}\n` : `${/^\d+$/.test(given) ? signalName(Number(given) % 128) : NAMES.split(' ').indexOf(given.replace(/^SIG/, '')) + 1}\n`);
      return 0;
    }
    const text = word === '-s' || word === '--signal' ? words.shift() ?? '' : word.startsWith('--signal=') ? word.slice('--signal='.length) : /^-[A-Za-z0-9]/.test(word) && pids.length === 0 ? word.slice(1) : null;
    if (text === null) {
      if (word !== '--') pids.push(word);
      continue;
    }
    const found = parseSignal(text);
    if (found === null && text !== '0') {
      yield* write(2, `kill: unknown signal name ${text}\n`);
      return 1;
    }
    signal = found;
  }
  if (pids.length === 0) {
    yield* write(2, USAGE);
    return 1;
  }
  let code = 0;
  for (const pid of pids) {
    if (!/^-?\d+$/.test(pid)) {
      yield* write(2, `kill: failed to parse argument: '${pid}'\n`);
      return 1;
    }
    try {
      yield* kill(Number(pid), signal);
    } catch (caught) {
      const error = errnoOf(caught);
      if (error === null) throw caught;
      yield* write(2, `kill: (${pid}): ${strerror(error)}\n`);
      code = 1;
    }
  }
  return code;
}

export const program: Program = { name: 'kill', main };
