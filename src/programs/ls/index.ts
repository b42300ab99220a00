/** ls(1), GNU coreutils 9.1. */
import { cpu, isatty, lstat, now, readDir, readLink, stat, ttySize, write } from '../../kernel/sys.ts';
import type { Coroutine, Program, Stat } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { names } from '../../lib/passwd/index.ts';
import type { Names } from '../../lib/passwd/index.ts';
import { busyboxHere } from '../../lib/busybox/index.ts';
import { complain, quietly, quotePath, reason, usageError } from '../../lib/tool/index.ts';
import { join } from '../../lib/tool/tree.ts';
import { byName, columns, longListing } from './layout.ts';
import type { Entry, Look } from './layout.ts';

const LONG = { all: 'a', 'almost-all': 'A', 'human-readable': 'h', inode: 'i', reverse: 'r', recursive: 'R', directory: 'd', 'numeric-uid-gid': 'n', classify: 'F', 'file-type': 'p', color: 'color::', 'full-time': 'full-time', 'no-group': 'G', size: 's', dereference: 'L', 'time-style': 'time-style:', sort: 'sort:', 'group-directories-first': 'dirs-first', version: 'version' };
const KNOWN = '1aAdFghiklLnopqrRsStuUX';

interface Options { readonly all: 'none' | 'almost' | 'all'; readonly long: boolean; readonly one: boolean; readonly directory: boolean; readonly recursive: boolean; readonly follow: boolean; readonly sort: 'name' | 'time' | 'size' | 'none' | 'extension'; readonly reverse: boolean; readonly dirsFirst: boolean; readonly look: Look }

function* read(argv: readonly string[]): Coroutine<{ options: Options; operands: readonly string[] } | number> {
  const { options, operands, error } = getopt(argv.slice(1), `${KNOWN}Cx`, LONG);
  if (error !== null) return yield* usageError('ls', error, 2);
  const on = (...letters: string[]): boolean => options.some((o) => letters.includes(o.name));
  const refused = options.find((o) => ['q', 'u', 'x', 'time-style', 'version'].includes(o.name));
  if (refused !== undefined) {
    yield* complain('ls', `${refused.name.length > 1 ? '--' : '-'}${refused.name} is not available in this lab`);
    return 2;
  }
  const tty = yield* isatty(1);
  const colour = options.findLast((o) => o.name === 'color');
  const sort = options.findLast((o) => ['t', 'S', 'U', 'X', 'sort'].includes(o.name));
  const kind = sort === undefined ? 'name' : sort.name === 't' || sort.value === 'time' ? 'time' : sort.name === 'S' || sort.value === 'size' ? 'size' : sort.name === 'X' || sort.value === 'extension' ? 'extension' : sort.value === 'name' ? 'name' : 'none';
  const long = on('l', 'n', 'g', 'o', 'full-time');
  return { operands, options: { all: ({ a: 'all', A: 'almost' } as const)[options.findLast((o) => o.name === 'a' || o.name === 'A')?.name as 'a' | 'A'] ?? 'none', long, one: on('1') || (!tty && !on('C')), directory: on('d'), recursive: on('R'), follow: on('L'), sort: kind, reverse: on('r'), dirsFirst: on('dirs-first'),
    look: { human: on('h'), inode: on('i'), numeric: on('n'), classify: on('F') ? 'all' : on('p') ? 'dirs' : 'none', blocks: on('s'), noOwner: on('g'), noGroup: on('o', 'G'), fullTime: on('full-time'), colour: colour !== undefined && colour.value !== 'never' && (colour.value === null || colour.value === 'always' || tty), quote: tty, now: yield* now() } } };
}

function* entry(path: string, name: string, follow: boolean): Coroutine<Entry> {
  let it: Stat = yield* lstat(path);
  let target: string | null = null;
  let targetStat: Stat | null = null;
  if (it.type === 'link') {
    target = yield* readLink(path);
    try {
      targetStat = yield* stat(path);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
    }
    if (follow && targetStat !== null) it = targetStat;
  }
  return { name, stat: it, target, targetStat };
}

function sorted(entries: readonly Entry[], o: Options): Entry[] {
  const by = { name: byName, time: (a: Entry, b: Entry) => b.stat.mtime - a.stat.mtime || byName(a, b), size: (a: Entry, b: Entry) => b.stat.size - a.stat.size || byName(a, b), none: () => 0, extension: (a: Entry, b: Entry) => { const e = (x: Entry): string => /\.[^.]*$/.exec(x.name)?.[0] ?? ''; return e(a) < e(b) ? -1 : e(a) > e(b) ? 1 : byName(a, b); } }[o.sort];
  const list = [...entries].sort(by);
  if (o.reverse) list.reverse();
  return o.dirsFirst ? [...list.filter((e) => e.stat.type === 'dir'), ...list.filter((e) => e.stat.type !== 'dir')] : list;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(2000);
  const parsed = yield* read(argv);
  if (typeof parsed === 'number') return parsed;
  const { options, operands } = parsed;
  const who = yield* names();
  let status = 0;
  const files: Entry[] = [];
  const dirs: string[] = [];
  for (const path of operands.length === 0 ? ['.'] : operands) {
    try {
      const it = yield* entry(path, path, options.follow);
      const isDir = it.stat.type === 'dir' || (it.targetStat?.type === 'dir' && !options.long);
      if (isDir && !options.directory) dirs.push(path);
      else files.push(it);
    } catch (caught) {
      yield* complain('ls', `cannot access ${quotePath(path)}: ${reason(caught)}`);
      status = (yield* busyboxHere()) === null ? 2 : 1;
    }
  }
  if (files.length > 0) yield* show(sorted(files, options), options, who, false);
  const titled = operands.length > 1 || options.recursive;
  let first = files.length === 0;
  const queue = [...dirs].sort((a, b) => (options.sort === 'none' ? 0 : byName({ name: a }, { name: b }) * (options.reverse ? -1 : 1)));
  while (queue.length > 0) {
    const path = queue.shift()!;
    if (titled) yield* write(1, `${first ? '' : '\n'}${path}:\n`);
    first = false;
    const listed = yield* directory(path, options);
    if (listed === null) {
      status = Math.max(status, operands.includes(path) ? 2 : 1);
      continue;
    }
    yield* show(listed, options, who, true);
    if (options.recursive) queue.unshift(...listed.filter((e) => e.stat.type === 'dir' && e.name !== '.' && e.name !== '..').map((e) => join(path, e.name)));
  }
  return status;
}

function* directory(path: string, o: Options): Coroutine<Entry[] | null> {
  try {
    const found = (yield* readDir(path)).map((e) => e.name).filter((n) => o.all !== 'none' || !n.startsWith('.'));
    if (o.all === 'all') found.push('.', '..');
    const entries: Entry[] = [];
    for (const name of found) entries.push(yield* entry(join(path, name), name, o.follow));
    return sorted(entries, o);
  } catch (caught) {
    yield* complain('ls', `cannot open directory ${quotePath(path)}: ${reason(caught)}`);
    return null;
  }
}

function* show(entries: readonly Entry[], o: Options, who: Names, total: boolean): Coroutine<void> {
  if (o.long) {
    yield* write(1, longListing(entries, o.look, who, total));
    return;
  }
  const width = (yield* isatty(1)) ? (yield* ttySize(1)).cols : 80;
  if (entries.length > 0) yield* write(1, columns(entries, o.look, o.one ? 1 : width));
}

export const program: Program = { name: 'ls', main: (argv) => quietly(body(argv)) };
