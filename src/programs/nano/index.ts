/**
 * nano 7.2 as a guest: the editing happens in the page's editor, reached through the device `editor`; this program reads
 * the file and writes it in place, as nano does (so who watches the file sees it modified, not replaced).
 */
import { access, cpu, device, getcwd, isatty, readFile, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { reason } from '../../lib/tool/index.ts';
import { look } from '../../lib/tool/tree.ts';

const ENTER = '\x1b[?1049h\x1b[22;0;0t\x1b[2J\x1b[H';
const LEAVE = '\x1b[?1049l\x1b[23;0;0t';
const LONG = { view: 'v', version: 'V', help: 'h', linenumbers: 'l', mouse: 'm', nowrap: 'w', softwrap: 'S', autoindent: 'i', tabsize: 'T:', tabstospaces: 'E', backup: 'B', syntax: 'Y:', restricted: 'R', constantshow: 'c' };
/** How the editor looks and feels is the page's matter. */
const HARMLESS = 'lmwSiETYc';

type Reply = { readonly event: 'save'; readonly text: string } | { readonly event: 'quit'; readonly code: number };

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(12_000);
  const { options, operands, error } = getopt(argv.slice(1).filter((a) => !/^\+\d+(,\d+)?$/.test(a)), 'vVhlmwSiT:EBY:Rc', LONG);
  if (error !== null) {
    yield* write(2, `${argv[0]}: ${error}\nType '${argv[0]} -h' for a list of available options.\n`);
    return 1;
  }
  if (options.some((o) => o.name === 'V')) {
    yield* write(1, ' GNU nano, version 7.2\n (C) 1999-2011, 2013-2023 Free Software Foundation, Inc.\n');
    return 0;
  }
  const refused = options.find((o) => o.name !== 'v' && !HARMLESS.includes(o.name));
  if (refused !== undefined || operands.length !== 1) {
    yield* write(2, `nano: ${refused !== undefined ? `-${refused.name}` : operands.length === 0 ? 'a buffer without a file name' : 'more than one file'} is not available in this lab\n`);
    return 1;
  }
  if (!(yield* isatty(0)) || !(yield* isatty(1))) {
    yield* write(2, 'Standard input is not a terminal\n');
    return 1;
  }
  return yield* edit(operands[0]!, options.some((o) => o.name === 'v'));
}

function* edit(path: string, view: boolean): Coroutine<number> {
  const found = yield* look(path);
  if (found?.type === 'dir') {
    yield* write(2, `"${path}" is a directory\n`);
    return 1;
  }
  let text = '';
  try {
    if (found !== null) text = yield* readFile(path);
  } catch (caught) {
    yield* write(2, `Error reading ${path}: ${reason(caught)}\n`);
    return 1;
  }
  const readOnly = view || (found !== null && !(yield* access(path, 'w')));
  const here = yield* getcwd();
  yield* write(1, ENTER);
  let request: Json = { program: 'nano', path: path.startsWith('/') ? path : `${here === '/' ? '' : here}/${path.replace(/^\.\//, '')}`, text, readOnly, isNew: found === null };
  for (;;) {
    const reply = (yield* device('editor', request)) as unknown as Reply;
    request = { resume: true };
    if (reply.event === 'quit') {
      yield* write(1, LEAVE);
      return reply.code;
    }
    try {
      yield* writeFile(path, reply.text, 0o666);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      yield* write(1, `Error writing ${path}: ${reason(caught)}\r\n`);
    }
  }
}

export const program: Program = { name: 'nano', main };
