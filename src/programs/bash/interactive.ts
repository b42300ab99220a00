/**
 * The interactive shell: prompt, line, history, command, and again. Its whole state is kept between them, so that each begins where a
 * restart leads.
 */
import { appendFile, checkpoint, dup, environ, now, readFile, self, sigaction, tcsetpgrp, poll } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
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
import { typing } from './typing.ts';
import type { InteractiveState, Typed } from './typing.ts';

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
  for (const signal of ['INT', 'TSTP', 'TTIN', 'TTOU', 'QUIT', 'TERM'] as const) yield* sigaction(signal, 'catch');
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

/** From one stage to the next until the shell ends; what there is between two is kept. → exit status */
export function* loop(first: InteractiveState): Coroutine<number> {
  let kept = first;
  while (!kept.ended) {
    kept = yield* stage(kept);
    yield* checkpoint(kept);
  }
  return kept.state.status;
}

function* stage(kept: InteractiveState): Coroutine<InteractiveState> {
  const { pending, source, prompt, typed, rest } = kept;
  const shell = new Shell(keep(kept.state));
  if (rest !== undefined) return after(shell, yield* perform(shell, shell.goOn(rest), pending));
  if (typed !== undefined) return after(shell, yield* take(shell, kept, typed));
  if (prompt !== undefined) return yield* typing({ ...kept, prompt }, (text, cursor) => completeLine(shell, text, cursor));
  return after(shell, { pending, source, ended: false, prompt: yield* prompting(shell, source !== undefined) });
}
const after = ({ state }: Shell, next: Next): InteractiveState => ({ kind: 'interactive', status: state.status, state: keep(state), ...next });

/** What a shell does before it reads a line, and its prompt. */
function* prompting(shell: Shell, more: boolean): Coroutine<string> {
  if (more) return yield* promptOf(shell, 'PS2');
  yield* shell.notifyJobs();
  const before = scalar(shell.state, 'PROMPT_COMMAND');
  if (before !== undefined && before !== '') yield* quietly(shell, before);
  return yield* promptOf(shell, 'PS1');
}
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

type Next = Omit<InteractiveState, 'kind' | 'status' | 'state'>;

/** What comes of a line: a command, or another line of one. */
function* take(shell: Shell, { pending, source: before }: InteractiveState, typed: Typed): Coroutine<Next> {
  const { state } = shell;
  const none: Next = { pending, ended: false };
  if (typed.kind === 'interrupt') {
    yield* drainSignals();
    state.status = 130;
    return none;
  }
  if (typed.kind === 'eof') {
    if (before === undefined) {
      yield* err(state.dialect !== 'bash' ? '\n' : state.name === '-bash' ? 'logout\n' : 'exit\n');
      return yield* end(shell);
    }
    const parsed = parseSource(before);
    yield* err(`bash: ${parsed.kind === 'ok' ? 'syntax error: unexpected end of file' : parsed.message}\n`);
    state.status = 2;
    return none;
  }
  const { text } = typed;
  let source = before === undefined ? text : `${before}\n${text}`;
  if (before === undefined) {
    const expanded = expandHistory(text, state.history);
    if ('missing' in expanded) {
      yield* err(`bash: ${expanded.missing}\n`);
      return none;
    }
    if (expanded.changed) {
      source = expanded.text;
      yield* out(`${source}\n`);
    }
  }
  return parseSource(source).kind === 'incomplete' ? { ...none, source } : yield* execute(shell, source, pending);
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
  shell.rest = new Rest((rest) => checkpoint(after(shell, { pending, ended: false, rest })));
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
