/** sed(1), GNU 4.9: a stream editor, and `-i` for files in place (by a temporary file and a rename, as GNU does). */
import { chmod, cpu, link, random, readFile, rename, stat, unlink, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, reason } from '../../lib/tool/index.ts';
import { Lines } from './lines.ts';
import { parseSed, SedError } from './parse.ts';
import type { Command } from './parse.ts';
import { SedRun } from './run.ts';
import { USAGE } from './usage.ts';

const LONG = { quiet: 'n', silent: 'n', expression: 'e:', file: 'f:', 'in-place': 'i::', 'regexp-extended': 'E', separate: 's', 'null-data': 'z', unbuffered: 'u', posix: 'posix', debug: 'debug', sandbox: 'sandbox', version: 'version', help: 'help' };

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

interface Job { readonly commands: readonly Command[]; readonly quiet: boolean; readonly separate: boolean; readonly end: string }

/** Lines edited as they come; → the status when the script ended early. */
function* edit(lines: Lines, job: Job, out: (piece: string) => Coroutine<void>): Coroutine<number | null> {
  const run = new SedRun(job.commands, job.quiet);
  const source = { next: () => lines.next(), last: () => lines.last(job.separate) };
  let files = 0;
  for (let line = yield* lines.next(); line !== null; line = yield* lines.next()) {
    if (job.separate && lines.files !== files) run.restart();
    files = lines.files;
    const { output, endsInSpace, quit } = yield* run.cycle(line, source);
    // A last line without a newline stays without one.
    const piece = endsInSpace && lines.bare ? output.slice(0, -1) : output;
    if (piece !== '') yield* out(job.end === '\n' ? piece : piece.replace(/\n$/, job.end));
    if (quit !== null) return quit;
  }
  return null;
}

function* inPlace(path: string, suffix: string, job: Job): Coroutine<number | null> {
  const before = yield* stat(path);
  if (before.type !== 'file') throw new SedError(`couldn't edit ${path}: not a regular file`);
  let result = '';
  // eslint-disable-next-line require-yield
  const quit = yield* edit(Lines.of(yield* readFile(path), job.end), job, function* (piece) { result += piece; });
  const slash = path.lastIndexOf('/');
  const temporary = `${path.slice(0, slash + 1)}sed${(yield* random('mkstemp', 6)).map((n) => LETTERS[n % LETTERS.length]).join('')}`;
  // The file is there before its contents are: who watches the directory finds it empty first.
  yield* writeFile(temporary, '', 0o600);
  yield* cpu(300);
  yield* writeFile(temporary, result, 0o600);
  yield* chmod(temporary, before.mode);
  if (suffix !== '') {
    const backup = suffix.includes('*') ? suffix.replaceAll('*', path.slice(slash + 1)) : `${path}${suffix}`;
    try {
      yield* unlink(backup);
    } catch (caught) {
      if (errnoOf(caught) !== 'ENOENT') throw caught;
    }
    yield* link(path, backup);
  }
  yield* rename(temporary, path);
  return quit;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1500);
  const { options, operands, error } = getopt(argv.slice(1), 'bsnrzuEe:f:i::l:V:', LONG);
  if (error !== null) {
    yield* write(2, `sed: ${error}\n${USAGE}`);
    return 1;
  }
  const refused = options.find((o) => ['l', 'posix', 'debug', 'sandbox'].includes(o.name));
  if (refused !== undefined) {
    yield* complain('sed', `${refused.name.length > 1 ? '--' : '-'}${refused.name} is not available in this lab`);
    return 1;
  }
  if (options.some((o) => o.name === 'help')) {
    yield* write(1, USAGE);
    return 0;
  }
  if (options.some((o) => o.name === 'version')) {
    yield* write(1, 'sed (GNU sed) 4.9\n');
    return 0;
  }
  const scripts: string[] = [];
  for (const o of options) {
    if (o.name === 'e') scripts.push(o.value!);
    if (o.name === 'f') {
      try {
        scripts.push((yield* readFile(o.value!)).replace(/\n$/, ''));
      } catch (caught) {
        yield* complain('sed', `couldn't open file ${o.value}: ${reason(caught)}`);
        return 1;
      }
    }
  }
  const files = [...operands];
  if (scripts.length === 0) {
    const script = files.shift();
    if (script === undefined) {
      yield* write(2, USAGE);
      return 1;
    }
    scripts.push(script);
  }
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  try {
    const commands = parseSed(scripts.join('\n'), on('E') || on('r'));
    const suffix = options.find((o) => o.name === 'i');
    const job: Job = { commands, quiet: on('n'), separate: on('s') || suffix !== undefined, end: on('z') ? '\0' : '\n' };
    return suffix !== undefined ? yield* allInPlace(files, suffix.value ?? '', job) : yield* stream(files, job);
  } catch (caught) {
    if (!(caught instanceof SedError)) throw caught;
    yield* complain('sed', caught.message);
    return caught.message.startsWith("couldn't") ? 4 : 1;
  }
}

function* allInPlace(files: readonly string[], suffix: string, job: Job): Coroutine<number> {
  if (files.length === 0) throw new SedError('no input files');
  let status = 0;
  for (const path of files) {
    try {
      const quit = yield* inPlace(path, suffix, job);
      if (quit !== null) return quit;
    } catch (caught) {
      if (caught instanceof SedError) throw caught;
      yield* complain('sed', `can't read ${path}: ${reason(caught)}`);
      status = 2;
    }
  }
  return status;
}
function* stream(files: readonly string[], job: Job): Coroutine<number> {
  let status = 0;
  const lines = new Lines(files.length === 0 ? ['-'] : files, job.end, function* (path, caught) {
    const why = reason(caught);
    yield* complain('sed', why === 'Is a directory' ? `couldn't edit ${path}: not a regular file` : `can't read ${path}: ${why}`);
    status = 2;
  });
  const quit = yield* edit(lines, job, function* (piece) { yield* write(1, piece); });
  return quit ?? status;
}

export const program: Program = { name: 'sed', main: (argv) => quietly(body(argv)) };
