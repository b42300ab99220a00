/** tail(1), with -f: follows by watching the file (by name with -F, through rotation). */
import { checkpoint, close, cpu, fstat, open, poll, read, readWatch, seek, stat, watch, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, quote, quotePath, readAll, reason, usageError } from '../../lib/tool/index.ts';

/** `fd` is null while the file is not there. */
interface Followed { readonly path: string; readonly fd: number | null; readonly ino: number }
interface State { readonly files: readonly Followed[]; readonly byName: boolean; readonly titled: boolean; readonly last: string }

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved !== undefined) return yield* follow(saved as unknown as State);
  yield* cpu(1000);
  // The old form `-5f` stands first.
  const args = argv.slice(1).map((a, i) => (i === 0 && /^-\d+f?$/.test(a) ? `-n${a.slice(1).replace('f', '')}` : a));
  const { options, operands, error } = getopt(args, 'c:fFn:qs:v', { bytes: 'c:', follow: 'f::', lines: 'n:', quiet: 'q', silent: 'q', retry: 'retry', 'sleep-interval': 's:', verbose: 'v', pid: 'pid:' });
  if (error !== null) return yield* usageError('tail', error);
  const chosen = options.findLast((o) => o.name === 'n' || o.name === 'c') ?? { name: 'n', value: '10' };
  const m = /^([-+]?)(\d+)$/.exec(chosen.value ?? '');
  if (m === null) {
    yield* complain('tail', `invalid number of ${chosen.name === 'n' ? 'lines' : 'bytes'}: ${quote(chosen.value ?? '')}`);
    return 1;
  }
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const following = on('f') || on('F') || argv.slice(1).some((a) => /^-\d+f$/.test(a));
  const keepsTrying = on('F') || on('retry');
  const paths = operands.length === 0 ? ['-'] : operands;
  const titled = on('v') || (paths.length > 1 && !on('q'));
  let status = 0;
  let last = '';
  const files: Followed[] = [];
  for (const path of paths) {
    try {
      const input = yield* openInput(path);
      if (titled) yield* write(1, `${last !== '' ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`);
      last = path;
      yield* write(1, ending(yield* readAll(input.fd), chosen.name === 'n', m[1] === '+', Number(m[2])));
      if (following && path !== '-') files.push({ path, fd: input.fd, ino: (yield* fstat(input.fd)).ino });
      else yield* closeInput(input);
    } catch (caught) {
      const why = reason(caught);
      yield* complain('tail', why === 'Is a directory' ? `error reading ${quotePath(path)}: ${why}` : `cannot open ${quotePath(path)} for reading: ${why}`);
      status = 1;
      if (keepsTrying && path !== '-') files.push({ path, fd: null, ino: 0 });
    }
  }
  if (!following) return status;
  if (files.length === 0) {
    yield* complain('tail', 'no files remaining');
    return 1;
  }
  yield* checkpoint({ files, byName: keepsTrying || options.some((o) => o.name === 'f' && o.value === 'name'), titled, last } satisfies State);
  return 0;
}

function ending(text: string, lines: boolean, from: boolean, count: number): string {
  if (!lines) return from ? text.slice(Math.max(0, count - 1)) : count === 0 ? '' : text.slice(-count);
  const all = text.split('\n');
  const whole = all.at(-1) === '';
  if (whole) all.pop();
  const kept = from ? all.slice(Math.max(0, count - 1)) : count === 0 ? [] : all.slice(-count);
  return kept.length === 0 ? '' : kept.join('\n') + (whole ? '\n' : '');
}

/** Waits for changes, one turn; checkpoints itself. */
function* follow(state: State): Coroutine<number> {
  const watches: number[] = [];
  for (const { path } of state.files) {
    try {
      watches.push(yield* watch(path));
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
  }
  let { last } = state;
  const files: Followed[] = [];
  for (const file of state.files) {
    let now = file;
    if (state.byName) now = yield* reopened(file);
    else if (file.fd !== null && (yield* fstat(file.fd)).size < (yield* seek(file.fd, 0, 'current'))) {
      yield* complain('tail', `${file.path}: file truncated`);
      yield* seek(file.fd, 0);
    }
    for (let data = now.fd === null ? '' : yield* read(now.fd); now.fd !== null && data !== ''; data = yield* read(now.fd)) {
      if (state.titled && last !== file.path) yield* write(1, `\n==> ${file.path} <==\n`);
      last = file.path;
      yield* write(1, data);
    }
    files.push(now);
  }
  yield* poll({ fds: watches, ...(state.byName || watches.length === 0 ? { timeout: 1_000_000 } : {}) });
  for (const fd of watches) {
    if ((yield* poll({ fds: [fd], timeout: 0 })).fds.length > 0) yield* readWatch(fd);
    yield* close(fd);
  }
  yield* checkpoint({ ...state, files, last } satisfies State);
  return 0;
}
function* reopened(file: Followed): Coroutine<Followed> {
  try {
    const it = yield* stat(file.path);
    if (it.ino === file.ino) return file;
    if (file.fd !== null) yield* close(file.fd);
    yield* complain('tail', `${quotePath(file.path)} has ${file.fd === null ? 'appeared' : 'been replaced'};  following new file`);
    return { path: file.path, fd: yield* open(file.path, 'r'), ino: it.ino };
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return file;
  }
}

export const program: Program = { name: 'tail', main: (argv, saved) => quietly(body(argv, saved)) };
