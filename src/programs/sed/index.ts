/** sed(1), GNU 4.9: a stream editor, and `-i` for files in place (by a temporary file and a rename, as GNU does). */
import { chmod, cpu, link, random, readFile, rename, stat, unlink, write, writeFile, tick } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { closeInput, complain, openInput, quietly, readAll, reason } from '../../lib/tool/index.ts';
import { parseSed, SedError } from './parse.ts';
import type { Command } from './parse.ts';
import { SedRun } from './run.ts';

const USAGE = 'Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n\n';
const LONG = { quiet: 'n', silent: 'n', expression: 'e:', file: 'f:', 'in-place': 'i::', 'regexp-extended': 'E', separate: 's', 'null-data': 'z', unbuffered: 'u', posix: 'posix', debug: 'debug', sandbox: 'sandbox', version: 'version', help: 'help' };

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A text edited; `quit` when the script ended early. */
function* edit(text: string, commands: readonly Command[], quiet: boolean, out: (piece: string) => Coroutine<void>): Coroutine<number | null> {
  const lines = text.split('\n');
  const whole = lines.at(-1) === '';
  if (whole) lines.pop();
  const run = new SedRun(commands, quiet);
  let at = 0;
  const isLast = (): boolean => at >= lines.length;
  while (at < lines.length) {
    yield* tick();
    const line = lines[at++]!;
    const { output, quit } = run.cycle(line, () => lines[at++] ?? null, isLast);
    // A last line without a newline stays without one.
    yield* out(!whole && isLast() && output.endsWith('\n') ? output.slice(0, -1) : output);
    if (quit !== null) return quit;
  }
  return null;
}

function* inPlace(path: string, suffix: string, commands: readonly Command[], quiet: boolean): Coroutine<number | null> {
  const before = yield* stat(path);
  if (before.type !== 'file') throw new SedError(`couldn't edit ${path}: not a regular file`);
  let result = '';
  // eslint-disable-next-line require-yield
  const quit = yield* edit(yield* readFile(path), commands, quiet, function* (piece) { result += piece; });
  const slash = path.lastIndexOf('/');
  const temporary = `${path.slice(0, slash + 1)}sed${(yield* random('mkstemp', 6)).map((n) => LETTERS[n % LETTERS.length]).join('')}`;
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
  const refused = options.find((o) => ['z', 'l', 'posix', 'debug', 'sandbox'].includes(o.name));
  if (refused !== undefined) {
    yield* complain('sed', `--${refused.name} is not available in this lab`);
    return 1;
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
    return suffix !== undefined ? yield* allInPlace(files, suffix.value ?? '', commands, on('n')) : yield* stream(files, commands, on('n'));
  } catch (caught) {
    if (!(caught instanceof SedError)) throw caught;
    yield* complain('sed', caught.message);
    return caught.message.startsWith("couldn't") ? 4 : 1;
  }
}

function* allInPlace(files: readonly string[], suffix: string, commands: readonly Command[], quiet: boolean): Coroutine<number> {
  if (files.length === 0) throw new SedError('no input files');
  let status = 0;
  for (const path of files) {
    try {
      const quit = yield* inPlace(path, suffix, commands, quiet);
      if (quit !== null) return quit;
    } catch (caught) {
      if (caught instanceof SedError) throw caught;
      yield* complain('sed', `can't read ${path}: ${reason(caught)}`);
      status = 2;
    }
  }
  return status;
}
function* stream(files: readonly string[], commands: readonly Command[], quiet: boolean): Coroutine<number> {
  let text = '';
  let status = 0;
  for (const path of files.length === 0 ? ['-'] : files) {
    try {
      const input = yield* openInput(path);
      if (text !== '' && !text.endsWith('\n')) text += '\n';
      text += yield* readAll(input.fd);
      yield* closeInput(input);
    } catch (caught) {
      yield* complain('sed', errnoOf(caught) === 'EISDIR' ? `couldn't edit ${path}: not a regular file` : `can't read ${path}: ${reason(caught)}`);
      status = 2;
    }
  }
  const quit = yield* edit(text, commands, quiet, function* (piece) { if (piece !== '') yield* write(1, piece); });
  return quit ?? status;
}

export const program: Program = { name: 'sed', main: (argv) => quietly(body(argv)) };
