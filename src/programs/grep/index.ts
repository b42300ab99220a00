/** grep(1), GNU 3.8: basic, extended and fixed patterns on a linear-time engine. */
import { cpu, fstat, isatty, readDir, tick, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { compileRegex, RegexError } from '../../lib/regex/index.ts';
import { closeInput, complain, eachLine, openInput, quietly, readAll, reason } from '../../lib/tool/index.ts';
import { join, look } from '../../lib/tool/tree.ts';
import { Printer } from './printer.ts';
import type { Style } from './printer.ts';

const LONG = { 'extended-regexp': 'E', 'fixed-strings': 'F', 'basic-regexp': 'G', 'perl-regexp': 'P', regexp: 'e:', file: 'f:', 'ignore-case': 'i', 'no-ignore-case': 'no-i', 'word-regexp': 'w', 'line-regexp': 'x', 'no-messages': 's', 'invert-match': 'v',
  'max-count': 'm:', 'line-number': 'n', 'with-filename': 'H', 'no-filename': 'h', 'only-matching': 'o', quiet: 'q', silent: 'q', text: 'a', recursive: 'r', include: 'include:', exclude: 'exclude:', 'exclude-dir': 'exclude-dir:', 'files-without-match': 'L', 'files-with-matches': 'l', count: 'c',
  'before-context': 'B:', 'after-context': 'A:', context: 'C:', color: 'color::', colour: 'color::', 'line-buffered': 'line-buffered', version: 'V' };
const USAGE = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1500);
  const name = argv[0]!.replace(/^.*\//, '');
  const args = argv.slice(1).map((a) => (/^-\d+$/.test(a) ? `-C${a.slice(1)}` : a));
  const { options, operands, error } = getopt(args, 'EFGPe:f:iwxsvm:nHhoqarRLlcA:B:C:yVzbTU', LONG);
  if (error !== null) {
    yield* write(2, `${name}: ${error}\n${USAGE}`);
    return 2;
  }
  const on = (...letters: string[]): boolean => options.some((o) => letters.includes(o.name));
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const files = [...operands];
  const patterns = options.filter((o) => o.name === 'e').flatMap((o) => o.value!.split('\n'));
  if (patterns.length === 0) {
    const first = files.shift();
    if (first === undefined) {
      yield* write(2, USAGE);
      return 2;
    }
    patterns.push(...first.split('\n'));
  }
  if (on('P', 'z', 'b', 'T', 'f')) {
    yield* complain('grep', `-${['P', 'z', 'b', 'T', 'f'].find((l) => on(l))} is not available in this lab`);
    return 2;
  }
  const extended = on('E') || name === 'egrep';
  const fixed = on('F') || name === 'fgrep';
  let regexes;
  try {
    regexes = patterns.map((p) => compileRegex(p, { extended, fixed, ignoreCase: on('i', 'y'), wholeWord: on('w'), wholeLine: on('x') }));
  } catch (caught) {
    if (!(caught instanceof RegexError)) throw caught;
    yield* complain('grep', caught.message.startsWith('Unmatched [') ? 'Invalid regular expression' : caught.message);
    return 2;
  }
  const recursive = on('r', 'R');
  const number = (text: string | null): number => (text === null || !/^\d+$/.test(text) ? 0 : Number(text));
  const colour = options.findLast((o) => o.name === 'color');
  const style: Style = { regexes, text: on('a'), invert: on('v'), only: on('o'), numbers: on('n'), count: on('c'), names: on('l') ? 'with' : on('L') ? 'without' : null, quiet: on('q'), max: value('m') === null ? Infinity : number(value('m')),
    before: number(value('B') ?? value('C')), after: number(value('A') ?? value('C')), withFile: !on('h') && (on('H') || recursive || files.length > 1), colour: colour !== undefined && colour.value !== 'never' && (colour.value === 'always' || (yield* isatty(1))) };
  const printer = new Printer(style);
  const walk = { include: options.filter((o) => o.name === 'include').map((o) => o.value!), exclude: options.filter((o) => o.name === 'exclude').map((o) => o.value!) };
  const targets = files.length > 0 ? files : recursive ? ['.'] : ['-'];
  for (const path of targets) {
    yield* search(printer, path, recursive, walk, !on('s'), files.length === 0);
    if (style.quiet && printer.found) return 0;
  }
  return printer.failed && !(style.quiet && printer.found) ? 2 : printer.found ? 0 : 1;
}

interface Walk { readonly include: readonly string[]; readonly exclude: readonly string[] }
/** `*` and `?` of a file pattern, by way of a basic regular expression. */
const fits = (glob: string, name: string): boolean => compileRegex(glob.replace(/[.^$\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.'), { wholeLine: true }).find(name) !== null;

function* search(printer: Printer, path: string, recursive: boolean, walk: Walk, loud: boolean, implied: boolean): Coroutine<void> {
  try {
    if (path !== '-' && (yield* look(path))?.type === 'dir') {
      if (!recursive) {
        if (loud) yield* write(2, `grep: ${path}: Is a directory\n`);
        printer.failed = true;
        return;
      }
      for (const { name, type } of yield* readDir(path)) {
        const inner = implied && path === '.' ? name : join(path, name);
        if (type === 'dir') yield* search(printer, inner, true, walk, loud, false);
        else if (type === 'file' && (walk.include.length === 0 || walk.include.some((g) => fits(g, name))) && !walk.exclude.some((g) => fits(g, name))) yield* search(printer, inner, true, walk, loud, false);
      }
      return;
    }
    const input = yield* openInput(path);
    const shown = path === '-' ? '(standard input)' : path;
    const binary = path !== '-' && (yield* fstat(input.fd)).program !== null;
    printer.begin(shown);
    if (binary) yield* printer.binary(yield* readAll(input.fd));
    else yield* eachLine(input.fd, function* (line) {
      yield* tick();
      return yield* printer.line(line);
    });
    yield* printer.end();
    yield* closeInput(input);
  } catch (caught) {
    if (errnoOf(caught) === 'EPIPE') throw caught;
    const why = reason(caught);
    printer.failed = true;
    if (loud) yield* write(2, `grep: ${path}: ${why}\n`);
  }
}

export const program: Program = { name: 'grep', main: (argv) => quietly(body(argv)) };
