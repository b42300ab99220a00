/** The interactive shell: prompt, line, history, command, and again. Its whole state is kept at each prompt. */
import { appendFile, checkpoint, dup, environ, now, readFile, self, sigaction, tcsetpgrp, poll } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { readLine } from '../../lib/readline/index.ts';
import { completeLine } from './complete.ts';
import { Interrupted, Leave } from './errors.ts';
import { expandHistory } from './history.ts';
import { err, out } from './io.ts';
import { dialectOf } from './dialect.ts';
import { promptOf } from './prompt.ts';
import { Rest } from './rest.ts';
import { Shell } from './shell.ts';
import { BASH_VERSINFO, keep, lookup, newState, scalar } from './state.ts';
import type { ShellState } from './state.ts';
import { parseSource } from './syntax.ts';

export interface InteractiveState { readonly kind: 'interactive'; readonly status: number; readonly state: ShellState; readonly pending: string; readonly ended: boolean;
  /** What is left to do of a command that rests (see rest.ts). */ readonly rest?: string }
const TTY_FD = 255;
const HISTORY_LIMIT = 1000;

/** A login shell (argv[0] begins with `-`) reads profile and .bashrc; both begin with the environment. */
export function* begin(argv: readonly string[]): Coroutine<InteractiveState> {
  const me = yield* self();
  const dialect = yield* dialectOf(argv[0]!);
  const state = newState(dialect !== 'bash' ? argv[0]! : argv[0]!.startsWith('-') ? '-bash' : 'bash', me.nspid, me.ppid, dialect);
  for (const [name, value] of Object.entries(yield* environ())) state.vars[name] = { value, exported: true };
  state.interactive = true;
  state.shopts = [...new Set([...state.shopts, 'expand_aliases'])].sort();
  state.options = [...state.options, 'emacs', 'histexpand', 'history', 'monitor'].sort();
  // Caught, not ignored: what is ignored would be ignored by every child too.
  for (const signal of ['INT', 'WINCH', 'TSTP', 'TTIN', 'TTOU', 'QUIT', 'TERM'] as const) yield* sigaction(signal, 'catch');
  yield* dup(0, TTY_FD);
  state.tty = TTY_FD;
  yield* tcsetpgrp(TTY_FD, me.pgid);
  const shell = new Shell(state);
  const defaults: Record<string, string> = { IFS: ' \t\n', OPTIND: '1', BASH: '/bin/bash', BASH_VERSION: '5.2.15(1)-release', HOSTNAME: me.hostname, HISTFILE: `${scalar(state, 'HOME') ?? ''}/.bash_history`, HISTSIZE: '1000', HISTFILESIZE: '2000', SHLVL: String(Number(scalar(state, 'SHLVL') ?? 0) + 1), UID: String(me.uid), EUID: String(me.uid), PS2: '> ', PS4: '+ ', MACHTYPE: 'x86_64-pc-linux-gnu', OSTYPE: 'linux-gnu', HOSTTYPE: 'x86_64' };
  delete state.vars['SHLVL'];
  state.vars['BASH_VERSINFO'] = { value: '', items: { ...BASH_VERSINFO } };
  state.seconds = Math.floor((yield* now()) / 1e6);
  for (const [name, value] of Object.entries(defaults)) state.vars[name] ??= { value, exported: name === 'SHLVL' };
  const files = argv[0]!.startsWith('-') || argv.includes('-l') || argv.includes('--login') ? ['/etc/profile', `${scalar(state, 'HOME') ?? ''}/.bash_profile`, `${scalar(state, 'HOME') ?? ''}/.profile`] : dialect === 'bash' ? ['/etc/bash.bashrc', `${scalar(state, 'HOME') ?? ''}/.bashrc`] : [];
  for (const file of files) yield* startup(shell, file);
  state.history = yield* savedHistory(state);
  state.historySaved = state.history.length;
  state.status = 0;
  return { kind: 'interactive', status: 0, state, pending: '', ended: false };
}
function* startup(shell: Shell, file: string): Coroutine<void> {
  try {
    yield* shell.run(yield* readFile(file), `${file}: `);
  } catch (caught) {
    if (!(caught instanceof SysError) && !(caught instanceof Leave)) throw caught;
  }
}
function* savedHistory(state: ShellState): Coroutine<readonly string[]> {
  try {
    return (yield* readFile(scalar(state, 'HISTFILE') ?? '')).split('\n').filter((l) => l !== '').slice(-HISTORY_LIMIT);
  } catch (caught) {
    if (caught instanceof SysError) return [];
    throw caught;
  }
}

/** One prompt's worth; checkpoints itself and so never returns normally until the shell ends. → exit status */
export function* loop(kept: InteractiveState): Coroutine<number> {
  const shell = new Shell(keep(kept.state));
  const { state } = shell;
  if (kept.ended) return state.status;
  let next: Next;
  if (kept.rest !== undefined) next = yield* perform(shell, shell.goOn(kept.rest), kept.pending);
  else {
    yield* shell.notifyJobs();
    const before = scalar(state, 'PROMPT_COMMAND');
    if (before !== undefined && before !== '') yield* quietly(shell, before);
    next = yield* line(shell, kept.pending);
  }
  yield* store(state, next);
  return 0;
}
const store = (state: ShellState, next: Next) => checkpoint({ kind: 'interactive', status: state.status, state: keep(state), ...next } satisfies InteractiveState);
function* quietly(shell: Shell, source: string): Coroutine<void> {
  const { status, pipeStatus } = shell.state;
  try {
    yield* shell.run(source);
  } catch (caught) {
    if (!(caught instanceof Leave) && !(caught instanceof Interrupted)) throw caught;
  }
  shell.state.status = status;
  shell.state.pipeStatus = pipeStatus;
}

interface Next { readonly pending: string; readonly ended: boolean; readonly rest?: string }

function* line(shell: Shell, pendingBefore: string): Coroutine<Next> {
  const { state } = shell;
  let source = '';
  let pending = pendingBefore;
  for (let more = false; ; more = true) {
    const prompt = yield* promptOf(shell, more ? 'PS2' : 'PS1');
    const outcome = yield* readLine(prompt, state.history, (text, cursor) => completeLine(shell, text, cursor), pending);
    pending = outcome.rest;
    if (outcome.kind === 'interrupt') {
      yield* drainSignals();
      state.status = 130;
      return { pending, ended: false };
    }
    if (outcome.kind !== 'line') {
      if (!more) {
        yield* err(state.dialect !== 'bash' ? '\n' : state.name === '-bash' ? 'logout\n' : 'exit\n');
        return yield* end(shell);
      }
      const parsed = parseSource(source);
      yield* err(`bash: ${parsed.kind === 'ok' ? 'syntax error: unexpected end of file' : parsed.message}\n`);
      state.status = 2;
      return { pending, ended: false };
    }
    source = more ? `${source}\n${outcome.text}` : outcome.text;
    const expanded = expandHistory(outcome.text, state.history);
    if (!more && 'missing' in expanded) {
      yield* err(`bash: ${expanded.missing}\n`);
      return { pending, ended: false };
    }
    if (!more && 'text' in expanded && expanded.changed) {
      source = expanded.text;
      yield* out(`${source}\n`);
    }
    if (parseSource(source).kind !== 'incomplete') break;
  }
  return yield* execute(shell, source, pending);
}

function* execute(shell: Shell, source: string, pending: string): Coroutine<Next> {
  const { state } = shell;
  remember(state, source);
  if (source.trim() === '') return { pending, ended: false };
  state.commandNumber++;
  return yield* perform(shell, shell.run(source), pending);
}
/** Runs a command, or what is left of one; may rest in it. */
function* perform(shell: Shell, command: Coroutine<number>, pending: string): Coroutine<Next> {
  const { state } = shell;
  shell.rest = new Rest((rest) => store(state, { pending, ended: false, rest }));
  try {
    yield* command;
  } catch (caught) {
    if (caught instanceof Interrupted) {
      yield* drainSignals();
      yield* err('\n');
      state.status = 130;
    } else if (caught instanceof Leave) {
      state.status = caught.how === 'exit' || caught.how === 'line' ? caught.status : 0;
      if (caught.how === 'exit') return yield* end(shell);
    } else if (errnoOf(caught) === 'EINTR') {
      yield* drainSignals();
      state.status = 130;
    } else throw caught;
  }
  return { pending, ended: false };
}

/** Takes note of signals that have interrupted something already. */
function* drainSignals(): Coroutine<void> {
  for (;;) if ((yield* poll({ signals: true, timeout: 0 })).signal === null) return;
}

function remember(state: ShellState, source: string): void {
  const text = source.trimEnd();
  const control = lookup(state, 'HISTCONTROL')?.value ?? '';
  if (text.trim() === '' || (/ignorespace|ignoreboth/.test(control) && text.startsWith(' ')) || (/ignoredups|ignoreboth/.test(control) && state.history.at(-1) === text)) return;
  state.history = [...state.history, text].slice(-HISTORY_LIMIT);
}

function* end(shell: Shell): Coroutine<Next> {
  const { state } = shell;
  const trap = state.traps['EXIT'];
  if (trap !== undefined) yield* quietly(shell, trap);
  const fresh = state.history.slice(Math.min(state.historySaved, state.history.length));
  const file = scalar(state, 'HISTFILE');
  if (file !== undefined && fresh.length > 0) {
    try {
      yield* appendFile(file, fresh.map((l) => `${l}\n`).join(''), 0o600);
    } catch (caught) {
      if (!(caught instanceof SysError)) throw caught;
    }
  }
  return { pending: '', ended: true };
}
