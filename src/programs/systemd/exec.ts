/**
 * Starting a unit's commands: environment, working directory, user, output to the journal, cgroup. What fails
 * between fork and exec fails in the child, so that it has a pid, its own journal lines and an exit status (203/EXEC).
 */
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { close, environ, now, open, pipe, put, random, readFile, spawn, stat, thread } from '../../kernel/sys.ts';
import type { Coroutine, Json, SpawnSpec } from '../../kernel/sys.ts';
import { expandArgv, missingVariables, parseEnvironmentFile, type ExecCommand } from '../../lib/unitfile/index.ts';
import { NOTIFY_SOCKET, type CommandKind, type ExecRun, type UnitRecord } from '../../lib/systemd/index.ts';
import { deliver, log } from './log.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const LISTS = { ExecStartPre: 'execStartPre', ExecStart: 'execStart', ExecStartPost: 'execStartPost', ExecReload: 'execReload', ExecStop: 'execStop', ExecStopPost: 'execStopPost' } as const;

export const commandsOf = (u: UnitRecord, kind: CommandKind): readonly ExecCommand[] => u.def.service?.[LISTS[kind]] ?? [];
export const cgroupOf = (name: string): string => `/system.slice/${name}`;

/** 32 hexadecimal digits. */
export function* randomId(stream: string): Coroutine<string> {
  return (yield* random(stream, 4)).map((n) => n.toString(16).padStart(8, '0')).join('');
}

/** The environment of the unit's processes, or the errno text of an environment file that could not be read. */
function* environmentOf(u: UnitRecord): Coroutine<Record<string, string> | { readonly failed: string }> {
  const service = u.def.service!;
  const env: Record<string, string> = { LANG: (yield* environ())['LANG'] ?? 'C.UTF-8', PATH, INVOCATION_ID: u.invocation };
  for (const [name, value] of service.environment) env[name] = value;
  for (const { path, optional } of service.environmentFiles) {
    try {
      for (const [name, value] of parseEnvironmentFile(yield* readFile(path))) env[name] = value;
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      if (!optional) return { failed: strerror(code) };
    }
  }
  if (service.type === 'notify') env['NOTIFY_SOCKET'] = NOTIFY_SOCKET;
  return env;
}

interface Failure { readonly step: string; readonly status: number; readonly lead: string | null; readonly error: string }

function* credentials(user: string | null, group: string | null): Coroutine<{ uid?: number; gid?: number; home?: string } | Failure> {
  if (user === null && group === null) return {};
  const fail = (step: string, status: number, lead: string): Failure => ({ step, status, lead, error: 'No such process' });
  const rows = function* (path: string): Coroutine<string[][]> { return (yield* readFile(path)).split('\n').map((l) => l.split(':')); };
  const found: { uid?: number; gid?: number; home?: string } = {};
  if (user !== null) {
    const row = (yield* rows('/etc/passwd')).find((r) => r[0] === user || r[2] === user);
    if (row === undefined) return fail('USER', 217, 'Failed to determine user credentials: No such process');
    Object.assign(found, { uid: Number(row[2]), gid: Number(row[3]), home: row[5] });
  }
  if (group !== null) {
    const row = (yield* rows('/etc/group')).find((r) => r[0] === group || r[2] === group);
    if (row === undefined) return fail('GROUP', 216, 'Failed to determine group credentials: No such process');
    found.gid = Number(row[2]);
  }
  return found;
}

const isFailure = (value: object): value is Failure => 'step' in value;

function* workingDirectory(u: UnitRecord): Coroutine<string | Failure> {
  const wanted = u.def.service!.workingDirectory;
  if (wanted === null) return '/';
  const path = wanted.path === '~' ? '/root' : wanted.path;
  try {
    if ((yield* stat(path)).type === 'dir') return path;
    return wanted.optional ? '/' : { step: 'CHDIR', status: 200, lead: 'Changing to the requested working directory failed: Not a directory', error: 'Not a directory' };
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    return wanted.optional ? '/' : { step: 'CHDIR', status: 200, lead: `Changing to the requested working directory failed: ${strerror(code)}`, error: strerror(code) };
  }
}

/** The descriptor a process writes to and what is to be done with it: 1 is PID 1's own null device. */
function* outputOf(setting: string): Coroutine<{ readonly fd: number; readonly reader: number | null }> {
  if (setting === 'null') return { fd: 1, reader: null };
  const file = /^(append|file|truncate):(.+)$/.exec(setting);
  if (file !== null) return { fd: yield* open(file[2]!, file[1] === 'append' ? 'a' : 'w', 0o644), reader: null };
  const [reader, writer] = yield* pipe();
  return { fd: writer, reader };
}

/** How the process name of a child reads before it executes: `(kubelet)`, at most eight letters. */
const childName = (path: string): string => `(${path.slice(path.lastIndexOf('/') + 1).slice(-8)})`;

/** A process that does nothing but say why the command could not be run. Null: systemd's own binary is gone, too. */
function* spawnFailed(u: UnitRecord, path: string, { step, status, lead, error }: Failure, spec: Pick<SpawnSpec, 'env' | 'fds' | 'cgroup'>): Coroutine<number | null> {
  const lines = [...(lead === null ? [] : [lead]), `Failed at step ${step} spawning ${path}: ${error}`];
  try {
    return yield* spawn({ ...spec, path: '/lib/systemd/systemd', argv: [childName(path), u.name, String(status), ...lines], cwd: '/', newSession: true });
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    yield* log(`${u.name}: ${lines.at(-1)!}`, { unit: u.name, priority: 3 });
    return null;
  }
}

/** → the process, null when there is none. */
function* launch(u: UnitRecord, command: ExecCommand, env: Record<string, string>): Coroutine<number | null> {
  const service = u.def.service!;
  const out = yield* outputOf(service.standardOutput === 'inherit' ? 'journal' : service.standardOutput);
  const err = service.standardError === 'inherit' || service.standardError === 'journal' ? out : yield* outputOf(service.standardError);
  const who = yield* credentials(service.user, service.group);
  const cwd = yield* workingDirectory(u);
  const fds = { 0: 0, 1: out.fd, 2: err.fd };
  const cgroup = cgroupOf(u.name);
  const argv = expandArgv(command, env);
  let pid: number | null = null;
  let failure: Failure | null = isFailure(who) ? who : typeof cwd === 'string' ? null : cwd;
  if (failure === null && !isFailure(who)) {
    const spec: SpawnSpec = { path: command.path, argv, env: who.home === undefined ? env : { ...env, HOME: who.home, USER: service.user!, LOGNAME: service.user!, SHELL: '/bin/sh' }, cwd: cwd as string, fds, newSession: true, cgroup,
      ...(who.uid === undefined ? {} : { uid: who.uid }), ...(who.gid === undefined ? {} : { gid: who.gid }) };
    try {
      pid = yield* spawn(spec);
    } catch (caught) {
      const code = errnoOf(caught);
      if (code === null) throw caught;
      const error = strerror(code === 'ENOSYS' ? 'ENOEXEC' : code);
      failure = { step: 'EXEC', status: 203, lead: code === 'ENOENT' ? `Failed to locate executable ${command.path}: ${error}` : null, error };
    }
  }
  if (pid === null) pid = yield* spawnFailed(u, command.path, failure!, { env, fds, cgroup });
  const identifier = service.syslogIdentifier ?? command.path.slice(command.path.lastIndexOf('/') + 1);
  for (const end of err === out ? [out] : [out, err]) {
    if (end.reader !== null && pid === null) yield* close(end.reader);
    else if (end.reader !== null) yield* thread('stdout', { fd: end.reader, unit: u.name, pid, identifier, exe: command.path, cmdline: argv.join(' ') } as unknown as Json);
    if (end.fd > 2) yield* close(end.fd);
  }
  return pid;
}

/** Starts command `index` of a list. Null: it could not even be forked, the journal says why (result `resources`). */
export function* run(u: UnitRecord, kind: CommandKind, index: number): Coroutine<ExecRun | null> {
  const command = commandsOf(u, kind)[index]!;
  const env = yield* environmentOf(u);
  if ('failed' in env && typeof env['failed'] === 'string' && Object.keys(env).length === 1) {
    yield* log(`${u.name}: Failed to load environment files: ${env['failed']}`, { unit: u.name, priority: 3 });
    yield* log(`${u.name}: Failed to run '${kind === 'ExecStartPre' ? 'start-pre' : kind === 'ExecStart' ? 'start' : kind === 'ExecReload' ? 'reload' : 'stop'}' task: ${env['failed']}`, { unit: u.name, priority: 4 });
    return null;
  }
  const variables = env as Record<string, string>;
  if (kind === 'ExecReload' || kind === 'ExecStop') if (u.mainPid !== null) variables['MAINPID'] = String(u.mainPid);
  const pid = yield* launch(u, command, variables);
  if (pid === null) return null;
  yield* put('pid', String(pid), u.name);
  const missing = missingVariables(command, variables);
  if (missing.length > 0) {
    yield* deliver([{ message: `${u.name}: Referenced but unset environment variable evaluates to an empty string: ${missing.join(', ')}`, priority: 4, transport: 'journal',
      identifier: childName(command.path), pid, systemdUnit: u.name, unit: u.name, comm: childName(command.path), exe: '/usr/lib/systemd/systemd', cmdline: childName(command.path) }]);
  }
  return { kind, index, line: command.line, pid, startedAt: yield* now(), exitedAt: null, code: null, status: 0, ignoreFailure: command.ignoreFailure };
}
