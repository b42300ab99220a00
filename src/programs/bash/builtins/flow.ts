/** Builtins that steer: exit, return, break, eval, source, trap, wait, jobs, fg, bg, kill, exec's kin. */
import { cpu, kill, open, self, sigaction, tcsetpgrp, waitpid, processes } from '../../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../../kernel/sys.ts';
import { errnoOf, strerror } from '../../../kernel/errno.ts';
import { Interrupted, Leave, ShellError } from '../errors.ts';
import { closeQuietly, err, out, readAll } from '../io.ts';
import { dropJob, findJob, jobLine, reapJobs } from '../jobs.ts';
import { shellQuote } from '../../../lib/tool/quote.ts';
import { waitForeground } from '../foreground.ts';
import type { Shell } from '../shell.ts';
import { signalNamed, SIGNALS, statusOf } from '../signals.ts';
import { DEEPEST, scalar } from '../state.ts';
import { complain } from './builtin.ts';
import type { Builtin } from './builtin.ts';

const number = (text: string | undefined, otherwise: number): number | null => (text === undefined ? otherwise : /^[-+]?\d+$/.test(text) ? Number(text) : null);

function leave(how: 'exit' | 'return'): Builtin {
  return function* (shell, args, name): Coroutine<number> {
    if (how === 'return' && shell.state.locals.length === 0 && shell.depth === 0) {
      return yield* complain(shell, name, 'can only `return\' from a function or sourced script', 2);
    }
    const status = number(args[0], shell.state.status);
    if (how === 'exit' && shell.state.interactive && shell.state.dialect === 'bash' && shell.state.subshell === 0) yield* err('exit\n');
    if (status === null) {
      yield* complain(shell, name, `${args[0]}: numeric argument required`);
      throw new Leave(how, 0, 2);
    }
    throw new Leave(how, 0, status & 255);
  };
}
function loop(how: 'break' | 'continue'): Builtin {
  return function* (shell, args, name): Coroutine<number> {
    if (shell.loops === 0) {
      yield* complain(shell, name, 'only meaningful in a `for\', `while\', or `until\' loop');
      return 0;
    }
    const levels = number(args[0], 1);
    if (levels === null) return yield* complain(shell, name, `${args[0]}: numeric argument required`, 128);
    if (levels < 1) return yield* complain(shell, name, `${args[0]}: loop count out of range`);
    throw new Leave(how, levels, 0);
  };
}

const source: Builtin = function* (shell, args, name) {
  const [path, ...positional] = args;
  if (path === undefined) {
    yield* complain(shell, name, 'filename argument required');
    yield* err(`${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  let text: string | null = null;
  let reason = 'No such file or directory';
  const candidates = path.includes('/') ? [path] : [...(scalar(shell.state, 'PATH') ?? '').split(':').map((d) => `${d}/${path}`), path];
  for (const candidate of candidates) {
    try {
      text ??= yield* contents(candidate);
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      reason = strerror(code);
    }
  }
  if (text === null) {
    yield* err(`${shell.label()}${path}: ${reason}\n`);
    return 1;
  }
  const saved = shell.state.positional;
  if (positional.length > 0) shell.state.positional = positional;
  try {
    return yield* nested(shell, path, 'source', shell.run(text, `${path}: `));
  } catch (caught) {
    if (caught instanceof Leave && caught.how === 'return') return caught.status;
    throw caught;
  } finally {
    if (positional.length > 0) shell.state.positional = saved;
  }
};

/** Read through a descriptor: it may be a pipe (`source <(…)`). */
function* contents(path: string): Coroutine<string> {
  const fd = yield* open(path, 'r');
  try {
    return yield* readAll(fd);
  } finally {
    yield* closeQuietly(fd);
  }
}

const trap: Builtin = function* (shell, args, name) {
  const { state } = shell;
  if (args[0] === '-l') return yield* list();
  const [action, ...names] = args[0] === '--' ? args.slice(1) : args;
  if (action === undefined || action === '-p') {
    for (const [signal, text] of Object.entries(state.traps)) yield* out(`trap -- ${shellQuote(text)} ${signal === 'EXIT' ? 'EXIT' : `SIG${signal}`}\n`);
    return 0;
  }
  if (names.length === 0) return yield* reset(shell, name, action);
  for (const word of names) {
    const signal = trapName(word);
    if (signal === null) return yield* complain(shell, name, `${word}: invalid signal specification`);
    if (action === '-') delete state.traps[signal];
    else state.traps[signal] = action;
    if (signal in SIGNALS && signal !== 'KILL' && signal !== 'STOP') yield* sigaction(signal as Signal, action === '-' ? (state.interactive && signal === 'INT' ? 'catch' : 'default') : action === '' ? 'ignore' : 'catch');
  }
  return 0;
};
function* reset(shell: Shell, name: string, word: string): Coroutine<number> {
  const signal = trapName(word);
  if (signal === null) return yield* complain(shell, name, `${word}: invalid signal specification`);
  delete shell.state.traps[signal];
  return 0;
}
function trapName(word: string): string | null {
  if (word === 'EXIT' || word === '0') return 'EXIT';
  if (word === 'ERR' || word === 'DEBUG' || word === 'RETURN') return word;
  const signal = signalNamed(word);
  return signal === null || signal === 0 ? null : signal;
}
function* list(): Coroutine<number> {
  yield* out(Object.entries(SIGNALS).map(([name, n], i) => `${String(n).padStart(2)}) SIG${name}${i % 5 === 4 ? '\n' : '\t'}`).join(''));
  yield* out('\n');
  return 0;
}

const killBuiltin: Builtin = function* (shell, args, name) {
  let signal: Signal | 0 | null = 'TERM';
  let rest = args;
  const first = args[0] ?? '';
  if (first === '-l' || first === '-L') return args.length === 1 ? yield* list() : yield* translate(shell, args.slice(1), name);
  if (first === '-s' || first === '-n') {
    signal = signalNamed(args[1] ?? '');
    rest = args.slice(2);
  } else if (first.startsWith('-') && first !== '--' && first.length > 1) {
    signal = signalNamed(first.slice(1));
    rest = args.slice(1);
  } else if (first === '--') rest = args.slice(1);
  if (signal === null) return yield* complain(shell, name, `${first.replace(/^-/, '')}: invalid signal specification`);
  if (rest.length === 0) {
    yield* err('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
    return 2;
  }
  let status = 0;
  for (const target of rest) {
    const pid = target.startsWith('%') ? -findJob(shell.state, target, name).pgid || findJob(shell.state, target, name).pids[0]! : number(target, 0);
    if (pid === null) {
      status = yield* complain(shell, name, `${target}: arguments must be process or job IDs`);
      continue;
    }
    yield* cpu(200);
    try {
      yield* kill(pid, signal === 0 ? null : signal);
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      status = yield* complain(shell, name, `(${pid}) - ${strerror(code)}`);
    }
  }
  return status;
};
/** `kill -l 9` and `kill -l TERM`: the other name. */
function* translate(shell: Shell, words: readonly string[], name: string): Coroutine<number> {
  let status = 0;
  for (const word of words) {
    const signal = signalNamed(/^\d+$/.test(word) ? String(Number(word) > 128 ? Number(word) - 128 : Number(word)) : word);
    if (signal === null || signal === 0) status = yield* complain(shell, name, `${word}: invalid signal specification`);
    else yield* out(`${/^\d+$/.test(word) ? signal : SIGNALS[signal]}\n`);
  }
  return status;
}

const wait: Builtin = function* (shell, args, name) {
  const { state } = shell;
  const jobs = args.length === 0 ? state.jobs : args.filter((a) => !a.startsWith('-')).map((a) => (a.startsWith('%') ? findJob(state, a, name) : state.jobs.find((j) => j.pids.includes(Number(a))) ?? null));
  let status = 0;
  for (const [i, job] of jobs.entries()) {
    if (job === null) {
      status = yield* complain(shell, name, `pid ${args[i]} is not a child of this shell`, 127);
      continue;
    }
    for (const pid of job.left) status = yield* waitOne(pid);
    if (job.left.length === 0) ({ status } = job);
    dropJob(state, job.id);
  }
  return args.length === 0 ? 0 : status;
};
function* waitOne(pid: number): Coroutine<number> {
  try {
    const done = yield* waitpid({ pid, nohang: false, untraced: false });
    return done === null ? 0 : statusOf(done.status);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === 'EINTR') throw new Interrupted('wait');
    if (code === 'ECHILD') return 127;
    throw caught;
  }
}

const jobsBuiltin: Builtin = function* (shell, args) {
  yield* reapJobs(shell);
  for (const job of shell.state.jobs) {
    if (args.includes('-p')) yield* out(`${job.pids[0]}\n`);
    else yield* out(jobLine(shell.state, job, job.stopped ? 'Stopped' : 'Running'));
  }
  return 0;
};
function resume(foreground: boolean): Builtin {
  return function* (shell, args, name): Coroutine<number> {
    const { state } = shell;
    if (!state.interactive) return yield* complain(shell, name, 'no job control');
    const job = findJob(state, args[0] ?? '', name);
    if (!foreground) {
      state.jobs = state.jobs.map((j) => (j.id === job.id ? { ...j, stopped: false } : j));
      yield* err(`[${job.id}]+ ${job.text} &\n`);
      yield* kill(-job.pgid, 'CONT');
      return 0;
    }
    yield* out(`${job.text}\n`);
    dropJob(state, job.id);
    if (state.tty !== null) yield* tcsetpgrp(state.tty, job.pgid);
    yield* kill(-job.pgid, 'CONT');
    const statuses = yield* waitForeground(shell, job.left, job.pgid, job.text);
    return statuses.at(-1) ?? 0;
  };
}
const suspend: Builtin = function* (shell, _args, name) {
  if (!shell.state.interactive) return yield* complain(shell, name, 'cannot suspend: no job control');
  yield* kill((yield* self()).pid, 'STOP');
  return 0;
};
const disown: Builtin = function* (shell, args, name) {
  for (const spec of args.length === 0 ? [''] : args.filter((a) => !a.startsWith('-'))) dropJob(shell.state, findJob(shell.state, spec, name).id);
  yield* cpu(10);
  return 0;
};
/** Texts that run themselves. Models bash's EVALNEST_MAX and SOURCENEST_MAX, with the limit of functions. */
function* nested(shell: Shell, name: string, what: string, body: Coroutine<number>): Coroutine<number> {
  if (shell.depth >= DEEPEST) throw new ShellError(`${name}: maximum ${what} nesting level exceeded (${DEEPEST})`);
  shell.depth++;
  try {
    return yield* body;
  } finally {
    shell.depth--;
  }
}
const evalBuiltin: Builtin = function* (shell, args, name) {
  return args.length === 0 ? 0 : yield* nested(shell, name, 'eval', shell.run(args.join(' '), 'eval: '));
};
const caller: Builtin = function* (shell) {
  if (shell.state.locals.length === 0) return 1;
  yield* out('1 main\n');
  return 0;
};
const times: Builtin = function* () {
  const me = (yield* self()).pid;
  const cpuUs = (yield* processes()).find((p) => p.pid === me)?.cpuUs ?? 0;
  const show = (us: number): string => `${Math.floor(us / 6e7)}m${((us % 6e7) / 1e6).toFixed(3)}s`;
  yield* out(`${show(cpuUs)} ${show(0)}\n${show(0)} ${show(0)}\n`);
  return 0;
};

export const flow: Readonly<Record<string, Builtin>> = {
  exit: leave('exit'), logout: leave('exit'), return: leave('return'), break: loop('break'), continue: loop('continue'), eval: evalBuiltin, source, '.': source,
  trap, kill: killBuiltin, wait, jobs: jobsBuiltin, fg: resume(true), bg: resume(false), suspend, disown, caller, times,
};
