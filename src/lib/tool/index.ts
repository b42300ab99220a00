/** What small C tools share: complaining, reading operands or standard input, and ending quietly when nobody reads. */
import { close, open, processes, read, self, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { errnoOf, strerror, SysError } from '../../kernel/errno.ts';
import { appletUsage, busyboxHere, busyboxWords } from '../busybox/index.ts';

/** `name: message` on standard error, in BusyBox' words where the tool is its applet. */
export function* complain(name: string, message: string): Coroutine<void> {
  yield* write(2, `${name}: ${(yield* busyboxHere()) === null ? message : busyboxWords(name, message)}\n`);
}
/** A word in the quotation marks of GNU tools, which are curly in the node's UTF-8 locale. */
export const quote = (word: string): string => `\xe2\x80\x98${word}\xe2\x80\x99`;
/** A path as GNU tools quote it for a shell: in apostrophes, unless it holds one. */
export const quotePath = (path: string): string => (path.includes("'") && !/["$`\\]/.test(path) ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`);
/** getopt's complaint and the hint that GNU tools add. → the status (2 for some tools). */
export function* usageError(name: string, message: string, status = 1): Coroutine<number> {
  const build = yield* busyboxHere();
  if (build !== null) return yield* appletUsage(build, name, message);
  if (/^unrecognized option '--(help|version)'$/.test(message)) {
    yield* complain(name, `${message.slice(21, -1)} is not available in this lab`);
    return 1;
  }
  yield* write(2, `${name}: ${message}\nTry '${name} --help' for more information.\n`);
  return status;
}
/** glibc's words for a caught error; rethrows what is none. */
export function reason(caught: unknown): string {
  const code = errnoOf(caught);
  if (code === null) throw caught;
  return strerror(code);
}

/** A source of bytes: a descriptor that is closed at its end unless it is standard input. */
export interface Input { readonly name: string; readonly fd: number }

/** Opens `-` or a path. Errors: SysError. */
export function* openInput(path: string): Coroutine<Input> {
  return path === '-' ? { name: '-', fd: 0 } : { name: path, fd: yield* open(path, 'r') };
}
export function* closeInput(input: Input): Coroutine<void> {
  if (input.fd !== 0) yield* close(input.fd);
}

/** What a program may hold of its input, bytes. */
export const MEMORY = 64 * 1024 * 1024;

/** Reads lines as they come; `line` is without its newline, `ended` tells that it had none. Stop by returning false. */
export function* eachLine(fd: number, use: (line: Bytes, ended: boolean) => Coroutine<boolean>): Coroutine<void> {
  let rest = '';
  for (;;) {
    const data = yield* read(fd);
    if (data === '') break;
    rest += data;
    if (rest.length > MEMORY) throw new SysError('ENOMEM');
    if (!data.includes('\n')) continue;
    let from = 0;
    for (let at = rest.indexOf('\n'); at >= 0; at = rest.indexOf('\n', from)) {
      if (!(yield* use(rest.slice(from, at), false))) return;
      from = at + 1;
    }
    rest = rest.slice(from);
  }
  if (rest !== '') yield* use(rest, true);
}
/** Everything from a descriptor. Errors: ENOMEM when it is endless. */
export function* readAll(fd: number): Coroutine<Bytes> {
  let text = '';
  for (;;) {
    const data = yield* read(fd);
    if (data === '') return text;
    text += data;
    if (text.length > MEMORY) throw new SysError('ENOMEM');
  }
}

/** Runs a tool's body. A write that nobody reads ends it as SIGPIPE would (141), without a word; too much input ends it with one. */
export function* quietly(body: Coroutine<number>): Coroutine<number> {
  try {
    return yield* body;
  } catch (caught) {
    if (caught instanceof SysError && caught.code === 'EPIPE') return 141;
    if (caught instanceof SysError && caught.code === 'ENOMEM') return yield* exhausted();
    throw caught;
  }
}
/** What GNU tools say when memory is over. */
function* exhausted(): Coroutine<number> {
  const { pid } = yield* self();
  const name = (yield* processes()).find((p) => p.pid === pid)?.argv[0] ?? '';
  yield* complain(name.replace(/^.*\//, ''), 'memory exhausted');
  return 2;
}
