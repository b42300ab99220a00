/** Shells without a terminal: `bash -c`, scripts, standard input, and subshells of another shell. */
import { checkpoint, environ, now, read, readFile, self, sigaction } from '../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../kernel/sys.ts';
import { errnoOf, strerror, SysError } from '../../kernel/errno.ts';
import { dialectOf } from './dialect.ts';
import { Interrupted, Leave, ShellError } from './errors.ts';
import { err } from './io.ts';
import { loopOf, Rest } from './rest.ts';
import { Shell } from './shell.ts';
import { BASH_VERSINFO, keep, newState } from './state.ts';
import type { ShellState, SubshellStart } from './state.ts';
import { setOption } from './state.ts';
import { parseSource } from './syntax.ts';

/** Runs `body` to the shell's end: exit, uncaught errors, the EXIT trap. → exit status */
export function* toTheEnd(shell: Shell, body: () => Coroutine<number>): Coroutine<number> {
  let status: number;
  try {
    status = yield* body();
  } catch (caught) {
    if (caught instanceof Leave) ({ status } = caught);
    else if (caught instanceof Interrupted) status = 130;
    else if (caught instanceof ShellError) {
      yield* err(`${shell.label()}${caught.message}\n`);
      ({ status } = caught);
    } else throw caught;
  }
  const trap = shell.state.traps['EXIT'];
  if (trap !== undefined) {
    delete shell.state.traps['EXIT'];
    try {
      yield* shell.run(trap);
    } catch (caught) {
      if (!(caught instanceof Leave)) throw caught;
      ({ status } = caught);
    }
  }
  return status & 255;
}

export function* subshell(start: SubshellStart): Coroutine<number> {
  const state = JSON.parse(JSON.stringify(start.state)) as ShellState;
  if (start.rested !== true) state.traps = Object.fromEntries(Object.entries(state.traps).filter(([, action]) => action === ''));
  if (start.rested !== true) for (const signal of Object.keys(state.traps)) if (signal !== 'EXIT') yield* sigaction(signal as Signal, 'ignore');
  const shell = new Shell(state);
  restful(shell);
  return yield* toTheEnd(shell, function* () {
    if (start.rested === true) return yield* shell.goOn(start.source);
    if (start.node === null) return yield* shell.run(start.source);
    const parsed = parseSource(start.source);
    const node = parsed.kind === 'ok' ? find(parsed.script.commands, start.node) : null;
    if (node === null) throw new ShellError('subshell: the command is not there any more');
    shell.source = start.source;
    shell.rest.enter(loopOf(node as never, start.source), start.source, '');
    return node.type === 'CompoundList' ? yield* shell.list(node as never) : yield* shell.node(node as never);
  });
}
/** Lets a shell without a terminal rest: it goes on as a subshell does. */
function restful(shell: Shell): void {
  shell.rest = new Rest((source) => checkpoint({ kind: 'subshell', state: keep(shell.state), source, node: null, rested: true } satisfies SubshellStart));
}
/** The node of that type and place. */
function find(within: unknown, [type, pos, end]: readonly [string, number, number]): { readonly type: string } | null {
  if (typeof within !== 'object' || within === null) return null;
  const n = within as { type?: string; pos?: number; end?: number };
  if (n.type === type && n.pos === pos && n.end === end) return n as { type: string };
  for (const value of Object.values(within)) {
    const found = find(value, [type, pos, end]);
    if (found !== null) return found;
  }
  return null;
}

const USAGE = 'Usage:\tbash [GNU long option] [option] ...\n\tbash [GNU long option] [option] script-file ...\n';

export function* nonInteractive(argv: readonly string[]): Coroutine<number> {
  const me = yield* self();
  const state = newState(argv[0]!.replace(/^-/, ''), me.nspid, me.ppid, yield* dialectOf(argv[0]!));
  for (const [name, value] of Object.entries(yield* environ())) state.vars[name] = { value, exported: true };
  state.vars['IFS'] = { value: ' \t\n' };
  state.vars['OPTIND'] = { value: '1' };
  state.vars['PS4'] ??= { value: '+ ' };
  state.vars['UID'] = { value: String(me.uid) };
  state.vars['HOSTNAME'] ??= { value: me.hostname };
  state.seconds = Math.floor((yield* now()) / 1e6);
  if (state.dialect !== 'dash') state.vars['SHLVL'] = { value: String(Number(state.vars['SHLVL']?.value ?? 0) + 1), exported: true };
  if (state.dialect === 'bash') state.vars['BASH_VERSINFO'] = { value: '', items: { ...BASH_VERSINFO } };
  state.vars['BASH_VERSION'] = { value: '5.2.15(1)-release' };
  const shell = new Shell(state);
  restful(shell);
  let i = 1;
  let command = false;
  let onlyRead = false;
  for (; i < argv.length && /^[-+]./.test(argv[i]!); i++) {
    const arg = argv[i]!;
    if (arg === '--version') {
      yield* err('');
      return yield* shell.run("echo 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)'");
    }
    if (arg === '--' || arg === '-') {
      i++;
      break;
    }
    if (arg.startsWith('--')) {
      if (['--norc', '--noprofile', '--login', '--posix'].includes(arg)) continue;
      yield* err(`bash: ${arg}: invalid option\n${USAGE}`);
      return 2;
    }
    for (const letter of arg.slice(1)) {
      const option = ({ e: 'errexit', u: 'nounset', x: 'xtrace', f: 'noglob', C: 'noclobber' } as Record<string, string>)[letter];
      if (letter === 'c') command = true;
      else if (letter === 'o') setOption(state, argv[++i] ?? '', true);
      else if (option !== undefined) setOption(state, option, arg.startsWith('-'));
      else if (letter === 'n') onlyRead = true;
      else if (!'lis'.includes(letter)) {
        yield* err(`bash: -${letter}: invalid option\n${USAGE}`);
        return 2;
      }
    }
  }
  const rest = argv.slice(i);
  if (command) {
    if (rest[0] === undefined) {
      yield* err('bash: -c: option requires an argument\n');
      return 2;
    }
    state.commandString = true;
    state.name = rest[1] ?? state.name;
    state.positional = rest.slice(2);
    return yield* toTheEnd(shell, () => shell.run(rest[0]!, '-c: '));
  }
  if (rest[0] !== undefined) return yield* scriptFile(shell, rest[0], rest.slice(1), onlyRead);
  return yield* toTheEnd(shell, () => fromInput(shell));
}

function* scriptFile(shell: Shell, path: string, args: readonly string[], onlyRead: boolean): Coroutine<number> {
  let text: string;
  try {
    text = yield* readFile(path);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* err(`bash: ${path}: ${strerror(code)}\n`);
    return code === 'ENOENT' ? 127 : 126;
  }
  if (text.startsWith('\x7fELF')) {
    yield* err(`${path}: ${path}: cannot execute binary file\n`);
    return 126;
  }
  shell.state.name = path;
  shell.state.positional = args;
  return onlyRead ? yield* shell.check(text) : yield* toTheEnd(shell, () => shell.run(text));
}

/** Commands from standard input, one complete command at a time, so that they may read the rest. */
function* fromInput(shell: Shell): Coroutine<number> {
  // What it has read ahead is not in its state.
  shell.rest = new Rest(null);
  let source = '';
  for (;;) {
    const { text, ended } = yield* inputLine();
    source += text;
    if (source.trim() !== '' && (ended || parseSource(source.replace(/\n$/, '')).kind !== 'incomplete')) {
      yield* shell.run(source.replace(/\n$/, ''));
      source = '';
    }
    if (ended) return shell.state.status;
  }
}
function* inputLine(): Coroutine<{ text: string; ended: boolean }> {
  let text = '';
  for (;;) {
    let c: string;
    try {
      c = yield* read(0, 1);
    } catch (caught) {
      if (caught instanceof SysError && caught.code === 'EISDIR') return { text, ended: true };
      throw caught;
    }
    if (c === '') return { text, ended: true };
    text += c;
    if (c === '\n') return { text, ended: false };
  }
}
