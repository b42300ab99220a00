/** crictl logs and exec. */
import { attempt, checkpoint, fdinfo, isatty, now, open, poll, read, readFile, readWatch, seek, send, sigaction, watch, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseDuration } from '../../base/duration.ts';
import { parseRfc3339 } from '../../base/time.ts';
import { CriError, dial, enterRaw, leaveRaw, nextFrame, readLog, sizeFrame, tailOffset } from '../../lib/cri/index.ts';
import type { ContainerStatus, ExecOutput, LogLine, LogOptions } from '../../lib/cri/index.ts';
import { ask, Fatal } from './context.ts';
import type { Context } from './context.ts';
import type { Parsed } from './options.ts';

function* options(flags: Parsed): Coroutine<LogOptions> {
  const since = flags.values['since'] ?? '';
  const ago = parseDuration(since);
  return { tail: Number(flags.values['tail'] ?? -1), timestamps: flags.switches.has('timestamps'), limitBytes: Number(flags.values['limit-bytes'] ?? -1),
    since: since === '' ? 0 : ago !== null ? (yield* now()) - ago : parseRfc3339(since) ?? 0 };
}

function* show(lines: readonly LogLine[]): Coroutine<void> {
  let [stream, text]: [LogLine['stream'] | null, string] = [null, ''];
  for (const line of [...lines, null]) {
    if (line !== null && line.stream === stream) { text += line.text; continue; }
    if (stream !== null) yield* write(stream === 'stdout' ? 1 : 2, text);
    [stream, text] = line === null ? [null, ''] : [line.stream, line.text];
  }
}

function* previous(context: Context, status: ContainerStatus): Coroutine<ContainerStatus> {
  const missing = new Fatal(`previous terminated container ${status.metadata.name} not found`);
  if (status.metadata.attempt === 0) throw missing;
  const same = yield* ask(context, 'ListContainers', { podSandboxId: status.podSandboxId });
  const found = same.find((it) => it.metadata.name === status.metadata.name && it.metadata.attempt === status.metadata.attempt - 1);
  if (found === undefined) throw missing;
  return yield* ask(context, 'ContainerStatus', found.id);
}

interface Following { readonly id: string; readonly fd: number; readonly watch: number; readonly options: LogOptions; readonly held: string }

/** Prints what is added until the container is done. */
export function* follow(context: Context, from: Following): Coroutine<number> {
  let held = from.held;
  for (;;) {
    yield* checkpoint({ context, following: { ...from, held } });
    const data = held + (yield* read(from.fd, 1_000_000));
    const { lines, consumed } = readLog(data, from.options);
    yield* show(lines);
    const idle = data.length === held.length;
    held = data.slice(consumed);
    if (!idle) continue;
    const { state } = yield* ask(context, 'ContainerStatus', from.id);
    if (state !== 'CONTAINER_RUNNING') return 0;
    const ready = yield* poll({ fds: [from.watch], timeout: 1_000_000 });
    if (ready.fds.length > 0) yield* readWatch(from.watch);
  }
}

export function* logs(context: Context, flags: Parsed): Coroutine<number> {
  const id = flags.args[0];
  if (id === undefined || id === '') throw new Fatal('ID cannot be empty');
  const opts = yield* options(flags);
  let status = yield* ask(context, 'ContainerStatus', id);
  if (flags.switches.has('previous')) status = yield* previous(context, status);
  if (status.logPath === '') throw new Fatal('the container has not set log path');
  const data = yield* attempt(readFile(status.logPath), 'ENOENT', 'ENOTDIR');
  if (typeof data !== 'string') throw new Fatal(`failed to try resolving symlinks in path "${status.logPath}": lstat ${status.logPath}: no such file or directory`);
  const begin = tailOffset(data, opts.tail);
  const { lines, consumed } = readLog(data.slice(begin), opts);
  yield* show(lines);
  if (!flags.switches.has('follow')) return 0;
  const fd = yield* open(status.logPath, 'r');
  yield* seek(fd, begin + consumed);
  return yield* follow(context, { id: status.id, fd, watch: yield* watch(status.logPath), options: opts, held: '' });
}

interface Executing { readonly conn: number; readonly input: boolean; readonly tty: boolean }

function* streamed(context: Context, conn: number): Coroutine<ExecOutput | null> {
  try {
    return yield* nextFrame<ExecOutput>(context.endpoint, conn);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    throw new Fatal(`execing command in container: ${caught.message}`);
  }
}

/** Stands between the terminal and the process until it ends. → its exit status. Throws Fatal. */
export function* attach(context: Context, from: Executing): Coroutine<number> {
  try {
    const status = yield* copy(context, from);
    if (from.tty) yield* leaveRaw();
    return status;
  } catch (caught) {
    if (from.tty && caught instanceof Fatal) yield* leaveRaw();
    throw caught;
  }
}

function* copy(context: Context, from: Executing): Coroutine<number> {
  let { input } = from;
  for (;;) {
    yield* checkpoint({ context, executing: { ...from, input } });
    const { fds, signal } = yield* poll({ fds: input ? [from.conn, 0] : [from.conn], ...(from.tty ? { signals: true } : {}) });
    if (signal === 'WINCH') yield* send(from.conn, yield* sizeFrame());
    if (fds.length === 0) continue;
    if (!fds.includes(from.conn)) {
      const data = yield* read(0);
      input = data !== '';
      yield* attempt(send(from.conn, input ? { stdin: data } : { eof: true }), 'EPIPE', 'ECONNRESET');   // said by what is read next
      continue;
    }
    const frame = yield* streamed(context, from.conn);
    if (frame === null) throw new Fatal('execing command in container: connection closed');
    if ('error' in frame) throw new Fatal(`execing command in container: ${new CriError(frame.error.code, frame.error.desc).message}`);
    if ('exit' in frame) {
      if (frame.exit !== 0) throw new Fatal(`execing command in container: command terminated with exit code ${frame.exit}`);
      return 0;
    }
    yield* write('stdout' in frame ? 1 : 2, 'stdout' in frame ? frame.stdout : frame.stderr);
  }
}

export function* exec(context: Context, flags: Parsed): Coroutine<number> {
  const [id, ...cmd] = flags.args;
  if (id === undefined) throw new Fatal('ID cannot be empty');
  if (cmd.length === 0) throw new Fatal('command to exec cannot be empty');
  if (flags.switches.has('sync')) {
    const result = yield* ask(context, 'ExecSync', { id, cmd, timeout: Number(flags.values['timeout'] ?? 0) }, 'execing command in container synchronously');
    yield* write(1, result.stdout);
    yield* write(2, result.stderr);
    if (result.exitCode !== 0) throw new Fatal(`execing command in container synchronously: exit code ${result.exitCode}`);
    return 0;
  }
  yield* sigaction('PIPE', 'ignore');
  const input = flags.switches.has('interactive') && (yield* fdinfo(0)) !== null;
  let conn: number;
  try {
    conn = yield* dial(context.endpoint);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    throw new Fatal(`execing command in container: ${caught.message}`);
  }
  yield* send(conn, { method: 'Exec', request: { id, cmd, stdin: input, tty: flags.switches.has('tty') } });
  if (!input) yield* send(conn, { eof: true });
  const tty = flags.switches.has('tty') && input && (yield* isatty(0));
  if (!tty) return yield* attach(context, { conn, input, tty });
  yield* enterRaw();
  yield* send(conn, yield* sizeFrame());
  return yield* attach(context, { conn, input, tty });
}
