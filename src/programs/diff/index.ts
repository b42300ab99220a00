/** diff(1) of diffutils 3.8: files and trees; normal, unified (-u), context (-c) and side by side (-y). Scripts for ed and merging are not modelled. */
import { cpu, isatty, readDir, stat, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { closeInput, complain, openInput, quietly, quotePath, readAll, reason } from '../../lib/tool/index.ts';
import { changesBetween } from '../../lib/tool/lcs.ts';
import { baseName, join } from '../../lib/tool/tree.ts';
import { contextual, normal, sideBySide, unified } from './formats.ts';
import type { Pair, Paint, Side } from './formats.ts';

const LONG = { normal: 'normal', brief: 'q', 'report-identical-files': 's', context: 'C::', unified: 'U::', 'side-by-side': 'y', recursive: 'r', 'new-file': 'N', 'ignore-case': 'i', 'ignore-all-space': 'w', 'ignore-space-change': 'b', 'ignore-blank-lines': 'B', 'ignore-trailing-space': 'Z', label: 'label:', width: 'W:',
  'suppress-common-lines': 'suppress', color: 'color::', exclude: 'x:', text: 'a', 'strip-trailing-cr': 'strip-cr', 'no-dereference': 'no-deref', ed: 'e', help: 'help', version: 'v', 'show-c-function': 'p', minimal: 'd' };

interface Options {
  readonly form: 'normal' | 'unified' | 'context' | 'side' | 'brief'; readonly context: number; readonly same: boolean; readonly recursive: boolean; readonly newFile: boolean; readonly width: number; readonly onlyChanges: boolean;
  readonly key: (line: string) => string; readonly skipBlank: boolean; readonly labels: readonly string[]; readonly paint: Paint; readonly words: readonly string[]; readonly exclude: readonly string[]; readonly text: boolean;
}
/** An error about another path than the operand. */
class Missing extends SysError {
  readonly path: string;
  constructor(code: SysError['code'], path: string) {
    super(code);
    this.path = path;
  }
}
interface File { readonly name: string; readonly it: Stat | null; readonly text: Bytes }

const CODES = { head: '1', hunk: '36', gone: '31', come: '32' } as const;

function keyOf(on: (name: string) => boolean): (line: string) => string {
  return (line) => {
    let text = on('w') ? line.replace(/\s+/g, '') : on('b') ? line.replace(/\s+/g, ' ').replace(/ $/, '') : on('Z') ? line.replace(/\s+$/, '') : line;
    if (on('strip-cr')) text = text.replace(/\r$/, '');
    return on('i') ? text.toLowerCase() : text;
  };
}
function sideOf(text: Bytes): Side {
  const lines = text.split('\n');
  const bare = lines.at(-1) !== '';
  if (!bare) lines.pop();
  return { lines, bare };
}

/** Read through a descriptor: it may be a pipe (`diff <(a) <(b)`). */
function* content(path: string): Coroutine<Bytes> {
  const input = yield* openInput(path);
  const text = yield* readAll(input.fd);
  yield* closeInput(input);
  return text;
}
function* open(path: string, other: string, newFile: boolean): Coroutine<File> {
  if (path === '-') return { name: '-', it: null, text: yield* readAll(0) };
  let it: Stat;
  try {
    it = yield* stat(path);
  } catch (caught) {
    if (newFile && reason(caught) === 'No such file or directory') return { name: path, it: null, text: '' };
    throw caught;
  }
  // A file against a directory: the file of that name in it.
  const name = it.type === 'dir' && (yield* stat(other)).type !== 'dir' ? join(path, baseName(other)) : path;
  if (name !== path) {
    try {
      return { name, it: yield* stat(name), text: yield* content(name) };
    } catch (caught) {
      if (caught instanceof SysError) throw new Missing(caught.code, name);
      throw caught;
    }
  }
  return { name, it, text: it.type === 'dir' ? '' : yield* content(path) };
}

function headline(mark: string, file: File, label: string | undefined, paint: Paint): string {
  const at = file.it === null ? 0 : file.it.mtime;
  return `${paint('head', `${mark} ${label ?? `${file.name}\t${strftime('%F %T.%N +0000', at)}`}`)}\n`;
}

/** → whether they differ. */
function* compare(a: File, b: File, o: Options, nested: boolean): Coroutine<boolean> {
  const [left, right] = [sideOf(a.text), sideOf(b.text)];
  const isBinary = !o.text && (a.text.slice(0, 4096).includes('\0') || b.text.slice(0, 4096).includes('\0') || (a.it?.program ?? b.it?.program ?? null) !== null);
  // A missing newline at the end is a difference by itself.
  const keys = (side: Side): string[] => side.lines.map((line, i) => o.key(line) + (side.bare && i === side.lines.length - 1 ? '\0' : ''));
  const all = a.text === b.text ? [] : changesBetween(keys(left), keys(right));
  const blank = (side: Side, from: number, to: number): boolean => side.lines.slice(from, to).every((line) => line === '');
  const changes = o.skipBlank ? all.filter((c) => !(blank(left, c.from, c.to) && blank(right, c.inFrom, c.inTo))) : all;
  const differ = isBinary ? a.text !== b.text : changes.length > 0;
  if (!differ && o.form !== 'side') {
    if (o.same) yield* write(1, `Files ${a.name} and ${b.name} are identical\n`);
    return false;
  }
  if (o.form === 'brief') yield* write(1, `Files ${a.name} and ${b.name} differ\n`);
  else {
    if (nested) yield* write(1, `diff ${o.words.join(' ')} ${a.name} ${b.name}\n`.replace('  ', ' '));
    if (isBinary) yield* write(1, `Binary files ${a.name} and ${b.name} differ\n`);
    else yield* write(1, shown({ a: left, b: right, changes }, a, b, o));
  }
  return differ;
}
function shown(pair: Pair, a: File, b: File, o: Options): string {
  switch (o.form) {
    case 'unified': return headline('---', a, o.labels[0], o.paint) + headline('+++', b, o.labels[1], o.paint) + unified(pair, o.context, o.paint);
    case 'context': return headline('***', a, o.labels[0], o.paint) + headline('---', b, o.labels[1], o.paint) + contextual(pair, o.context, o.paint);
    case 'side': return sideBySide(pair, o.width, o.onlyChanges);
    default: return normal(pair, o.paint);
  }
}

function* directories(a: string, b: string, o: Options): Coroutine<number> {
  const names = function* (dir: string): Coroutine<string[]> { return (yield* readDir(dir)).map((e) => e.name).filter((n) => !o.exclude.includes(n)); };
  const [left, right] = [yield* names(a), yield* names(b)];
  let status = 0;
  for (const name of [...new Set([...left, ...right])].sort()) {
    const only = !left.includes(name) ? b : !right.includes(name) ? a : null;
    if (only !== null && !o.newFile) {
      yield* write(1, `Only in ${only.replace(/(?<=.)\/$/, '')}: ${name}\n`);
      status = Math.max(status, 1);
    } else status = Math.max(status, yield* two(join(a, name), join(b, name), o, true));
  }
  return status;
}
/** → diff's status: 0 same, 1 different, 2 trouble. */
function* two(pathA: string, pathB: string, o: Options, nested: boolean): Coroutine<number> {
  const files: File[] = [];
  let status = 0;
  for (const [path, other] of [[pathA, pathB], [pathB, pathA]] as const) {
    try {
      files.push(yield* open(path, other, o.newFile));
    } catch (caught) {
      yield* complain('diff', `${caught instanceof Missing ? caught.path : path}: ${reason(caught)}`);
      status = 2;
    }
  }
  if (status !== 0) return status;
  const [a, b] = files as [File, File];
  const [dirA, dirB] = [a.it?.type === 'dir', b.it?.type === 'dir'];
  if (dirA && dirB) {
    if (!nested || o.recursive) return yield* directories(pathA, pathB, o);
    yield* write(1, `Common subdirectories: ${pathA} and ${pathB}\n`);
    return 0;
  }
  if (dirA !== dirB && a.it !== null && b.it !== null) {
    const kind = (f: File): string => (f.it!.type === 'dir' ? 'directory' : f.text === '' ? 'regular empty file' : 'regular file');
    yield* write(1, `File ${a.name} is a ${kind(a)} while file ${b.name} is a ${kind(b)}\n`);
    return 1;
  }
  return (yield* compare(a, b, o, nested)) ? 1 : 0;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  // -u3 and -c3 are the old forms of -U 3 and -C 3.
  const words = argv.slice(1).map((a) => a.replace(/^-([uc])(\d+)$/, (_, letter: string, n: string) => `-${letter.toUpperCase()}${n}`));
  const { options, operands, error } = getopt(words, 'uU:cC:yqsrNiwbBZW:x:aepdtv', LONG);
  const fail = function* (message: string): Coroutine<number> {
    yield* write(2, `diff: ${message}\ndiff: Try 'diff --help' for more information.\n`);
    return 2;
  };
  if (error !== null) return yield* fail(error);
  const on = (name: string): boolean => options.some((o) => o.name === name);
  const value = (name: string): string | null => options.findLast((o) => o.name === name)?.value ?? null;
  const refused = options.find((o) => ['e', 'p', 'd', 't', 'help', 'v'].includes(o.name));
  if (refused !== undefined) {
    yield* complain('diff', `${refused.name.length > 1 ? '--' : '-'}${refused.name} is not available in this lab`);
    return 2;
  }
  if (operands.length < 2) return yield* fail(`missing operand after '${operands[0] ?? 'diff'}'`);
  if (operands.length > 2) return yield* fail(`extra operand '${operands[2]}'`);
  const context = value('U') ?? value('C') ?? '3';
  if (!/^\d+$/.test(context)) return yield* fail(`invalid context length '${context}'`);
  const colour = options.findLast((o) => o.name === 'color');
  const coloured = colour !== undefined && colour.value !== 'never' && (colour.value === 'always' || (yield* isatty(1)));
  const form = on('q') ? 'brief' : on('y') ? 'side' : on('u') || on('U') ? 'unified' : on('c') || on('C') ? 'context' : 'normal';
  return yield* two(operands[0]!, operands[1]!, { form, context: Number(context), same: on('s'), recursive: on('r'), newFile: on('N'), width: Number(value('W') ?? 130), onlyChanges: on('suppress'), key: keyOf(on), skipBlank: on('B'), labels: options.filter((o) => o.name === 'label').map((o) => o.value!),
    paint: (kind, text) => (coloured ? `\x1b[${CODES[kind]}m${text}\x1b[0m` : text), words: words.filter((w) => !operands.includes(w)).map(quoted), exclude: options.filter((o) => o.name === 'x').map((o) => o.value!), text: on('a') }, false);
}
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : quotePath(word));

export const program: Program = { name: 'diff', main: (argv) => quietly(body(argv)) };
