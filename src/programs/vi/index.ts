/**
 * vim 9.0 as a guest: decides what file it is and how it is written; the editing itself happens in the page's
 * editor, reached through the device `editor`. One file at a time: further file arguments are refused plainly.
 */
import { device, getcwd, isatty, readFile, stat, write, access, cpu } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program, Stat } from '../../kernel/sys.ts';
import { errnoOf, SysError } from '../../kernel/errno.ts';
import { writeAsVim } from './write.ts';

const ENTER = '\x1b[?1049h\x1b[2J\x1b[H';
const LEAVE = '\x1b[?1049l';
const VERSION = 'VIM - Vi IMproved 9.0 (2022 Jun 28, compiled Oct 01 2021 00:00:00)\n';

interface Options { readonly files: readonly string[]; readonly readOnly: boolean; readonly refused: string | null }

function options(argv: readonly string[]): Options {
  const files: string[] = [];
  let readOnly = argv[0]!.endsWith('view');
  let refused: string | null = null;
  let plain = false;
  for (const arg of argv.slice(1)) {
    if (plain || arg === '-' || !/^[-+]/.test(arg)) files.push(arg);
    else if (arg === '--') plain = true;
    else if (arg === '-R') readOnly = true;
    else if (!/^(?:-[NvEsnXy]|\+\d*|-u|NONE)$/.test(arg)) refused ??= arg;
  }
  return { files, readOnly, refused };
}

type Reply = { readonly event: 'save'; readonly text: string } | { readonly event: 'quit'; readonly code: number };

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(20_000);
  if (argv[1] === '--version') {
    yield* write(1, VERSION);
    return 0;
  }
  const { files, readOnly, refused } = options(argv);
  if (refused !== null || files.length !== 1) {
    yield* write(2, refused !== null ? `vim: ${refused} is not available in this lab\n` : 'vim: one file at a time is available in this lab\n');
    return 1;
  }
  if (!(yield* isatty(0)) || !(yield* isatty(1))) {
    yield* write(2, 'Vim: Warning: Output is not to a terminal\n');
    return 1;
  }
  return yield* edit(files[0]!, argv[0]!.endsWith('vim') ? 'vim' : 'vi', readOnly);
}

function* edit(path: string, program: 'vi' | 'vim', readOnly: boolean): Coroutine<number> {
  const found = yield* info(path);
  if (found?.type === 'dir') {
    yield* write(2, `"${path}" is a directory: not available in this lab\n`);
    return 1;
  }
  let text = '';
  try {
    if (found !== null) text = yield* readFile(path);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    readOnly = true;   // vim shows an empty buffer and [Permission Denied]
  }
  const writable = found === null || (yield* access(path, 'w'));
  yield* write(1, ENTER);
  let request: Json = { program, path: path.startsWith('/') ? path : yield* absolute(path), text, readOnly: readOnly || !writable, isNew: found === null };
  for (;;) {
    const reply = (yield* device('editor', request)) as unknown as Reply;
    request = { resume: true };
    if (reply.event === 'quit') {
      yield* write(1, LEAVE);
      return reply.code;
    }
    const problem = yield* save(path, reply.text);
    if (problem !== null) yield* write(1, problem);
  }
}

function* save(path: string, text: string): Coroutine<string | null> {
  try {
    yield* writeAsVim(path, text);
    return null;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return `"${path}" E212: Can't open file for writing\r\n`;
  }
}

function* info(path: string): Coroutine<Stat | null> {
  try {
    return yield* stat(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}
function* absolute(path: string): Coroutine<string> {
  const here = yield* getcwd();
  return `${here === '/' ? '' : here}/${path.replace(/^\.\//, '')}`;
}

export const program: Program = { name: 'vi', main };
