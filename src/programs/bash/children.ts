/** Processes a shell starts: programs, subshells, substitutions. A subshell is this same program with the shell's state as data. */
import { close, cpu, dup, fdinfo, pipe, spawn, stat, waitpid } from '../../kernel/sys.ts';
import type { Coroutine, SpawnSpec } from '../../kernel/sys.ts';
import { errnoOf, strerror, SysError } from '../../kernel/errno.ts';
import { NotFound, ShellError } from './errors.ts';
import { closeQuietly, readAll } from './io.ts';
import { reapStrays } from './jobs.ts';
import { Redirections } from './redirect.ts';
import type { Shell } from './shell.ts';
import { statusOf } from './signals.ts';
import { environmentOf, keep } from './state.ts';
import type { SubshellStart } from './state.ts';

function* fds(shell: Shell): Coroutine<Record<number, number>> {
  const fds: Record<number, number> = {};
  for (const fd of [0, 1, 2, ...shell.state.fds]) if ((yield* fdinfo(fd)) !== null) fds[fd] = fd;
  return fds;
}
/** A child shell with this one's state, running `source` or one node of it. → pid */
export function* subshell(shell: Shell, source: string, node: SubshellStart['node'], pgid: number | null): Coroutine<number> {
  const start: SubshellStart = { kind: 'subshell', source, node, state: keep({ ...shell.state, interactive: false, subshell: shell.state.subshell + 1, jobs: [], strays: [], tty: null, name: shell.state.name }) };
  try {
    return yield* spawn({ path: null, argv: [shell.state.name], env: environmentOf(shell.state), fds: yield* fds(shell), saved: start as never, ...group(shell, pgid) });
  } catch (caught) {
    if (errnoOf(caught) !== 'EAGAIN') throw caught;
    throw new ShellError('fork: Resource temporarily unavailable', 254);
  }
}
function group(shell: Shell, pgid: number | null): Pick<SpawnSpec, 'pgid'> {
  return shell.state.interactive && pgid !== null ? { pgid } : {};
}
/** Starts a program. Errors: ShellError 127 (not found) or 126. */
export function* spawnExternal(shell: Shell, words: readonly string[], env: Readonly<Record<string, string>>, pgid: number | null): Coroutine<number> {
  const name = words[0]!;
  yield* cpu(1000);
  try {
    return yield* spawn({ path: name, argv: words, env: environmentOf(shell.state, env), fds: yield* fds(shell), ...group(shell, pgid) });
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    if (code === 'EAGAIN') throw new ShellError('fork: Resource temporarily unavailable', 254);
    if (code === 'ENOEXEC') return yield* textFile(shell, words, pgid);
    throw yield* refusal(shell, name, code);
  }
}
/** A file without `#!` is a script for this shell. */
function* textFile(shell: Shell, words: readonly string[], pgid: number | null): Coroutine<number> {
  return yield* spawn({ path: null, argv: [shell.state.dialect === 'bash' ? 'bash' : shell.state.name, ...words], env: environmentOf(shell.state), fds: yield* fds(shell), ...group(shell, pgid) });
}
function* refusal(shell: Shell, name: string, code: string): Coroutine<ShellError> {
  if (!name.includes('/')) return code === 'ENOENT' ? new NotFound(`${name}: ${shell.state.dialect === 'bash' ? 'command not found' : 'not found'}`) : new NotFound(`${name}: ${strerror(code as never)}`, 126);
  if (code === 'ENOENT') return new NotFound(`${name}: No such file or directory`);
  const type = yield* typeOf(name);
  return new NotFound(`${name}: ${type === 'dir' ? 'Is a directory' : code === 'ENOSYS' ? 'not available in this lab' : strerror(code as never)}`, 126);
}

/** Output of a command substitution. */
export function* substitute(shell: Shell, source: string): Coroutine<string> {
  const file = /^\s*<\s*([^\s;&|<>()]+)\s*$/.exec(source);
  const [r, w] = yield* pipe();
  const wiring = new Redirections();
  yield* wiring.point(1, w);
  yield* close(w);
  const pid = yield* subshell(shell, file === null ? source : `cat < ${file[1]}`, null, null);
  yield* wiring.undo();
  const text = yield* readAll(r);
  yield* close(r);
  yield* reap(shell, pid);
  return text.replaceAll('\0', '').replace(/\n+$/, '');
}
function* reap(shell: Shell, pid: number): Coroutine<void> {
  for (;;) {
    try {
      const done = yield* waitpid({ pid, nohang: false, untraced: false });
      if (done !== null) shell.state.status = statusOf(done.status);
      return;
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === 'ECHILD') return;
      if (code !== 'EINTR') throw caught;
    }
  }
}
export function* processSubstitution(shell: Shell, source: string, operator: '<' | '>'): Coroutine<string> {
  const [r, w] = yield* pipe();
  const mine = operator === '<' ? r : w;
  const wiring = new Redirections();
  yield* wiring.point(operator === '<' ? 1 : 0, operator === '<' ? w : r);
  yield* close(operator === '<' ? w : r);
  const pid = yield* subshell(shell, source, null, null);
  shell.state.strays = [...shell.state.strays, pid];
  yield* wiring.undo();
  let high = 63;
  while ((yield* fdinfo(high)) !== null) high--;
  yield* dup(mine, high);
  yield* close(mine);
  shell.state.fds = [...shell.state.fds, high];
  shell.substitutions.push(high);
  return `/dev/fd/${high}`;
}
export function* closeSubstitutions(shell: Shell, from: number): Coroutine<void> {
  for (const fd of shell.substitutions.splice(from)) {
    yield* closeQuietly(fd);
    shell.state.fds = shell.state.fds.filter((f) => f !== fd);
  }
  yield* reapStrays(shell);
}

function* typeOf(path: string): Coroutine<string> {
  try {
    return (yield* stat(path)).type;
  } catch (caught) {
    if (caught instanceof SysError) return '';
    throw caught;
  }
}
