/** What find's tests ask of a file. */
import { access, readDir, readLink } from '../../kernel/sys.ts';
import type { Coroutine, Stat, VTime } from '../../kernel/sys.ts';
import { compileRegex } from '../../lib/regex/index.ts';
import { globMatcher } from '../../lib/tool/glob.ts';
import { baseName, look } from '../../lib/tool/tree.ts';
import { applyMode } from '../../lib/tool/mode.ts';
import type { Names } from '../../lib/passwd/index.ts';

export interface Found { readonly path: string; readonly it: Stat; readonly depth: number; /** The operand it was reached from. */ readonly start: string }
/** What the tests were told once: the time, the names of users, the files to compare with. */
export interface Facts { readonly now: VTime; readonly who: Names; readonly stats: ReadonlyMap<string, Stat>; readonly times: ReadonlyMap<string, VTime> }

const LETTER: Readonly<Record<Stat['type'], string>> = { file: 'f', dir: 'd', link: 'l', fifo: 'p', sock: 's', chr: 'c' };
const UNITS: Readonly<Record<string, number>> = { b: 512, c: 1, w: 2, k: 1024, M: 1_048_576, G: 1_073_741_824 };

/** `+n`, `-n`, `n`. */
function compares(spec: string, value: number): boolean {
  const n = Number(spec.replace(/^[-+]/, ''));
  return spec.startsWith('+') ? value > n : spec.startsWith('-') ? value < n : value === n;
}
function permits(spec: string, mode: number): boolean {
  const wanted = applyMode(spec.replace(/^[-/]/, ''), 0, false, 0) ?? 0;
  if (spec.startsWith('-')) return (mode & wanted) === wanted;
  if (spec.startsWith('/')) return wanted === 0 || (mode & wanted) !== 0;
  return (mode & 0o7777) === wanted;
}
const shownName = (path: string): string => (path === '/' ? '/' : baseName(path));

/** Answers one test. */
export function* answers(name: string, value: string, f: Found, facts: Facts): Coroutine<boolean> {
  const { it, path } = f;
  switch (name) {
    case 'empty': return it.type === 'dir' ? (yield* readDir(path)).length === 0 : it.type === 'file' && it.size === 0;
    case 'readable': case 'writable': case 'executable': return yield* access(path, name === 'readable' ? 'r' : name === 'writable' ? 'w' : 'x');
    case 'lname': case 'ilname': return it.type === 'link' && globMatcher(value, name === 'ilname')(yield* readLink(path));
    case 'xtype': return value.split(',').includes(LETTER[((yield* look(path)) ?? it).type]);
    default: return known(name, value, f, facts);
  }
}
function known(name: string, value: string, { it, path }: Found, facts: Facts): boolean {
  const age = (us: number): number => facts.now - us;
  const days = (us: number): number => Math.floor(age(us) / 86_400e6);
  const minutes = (us: number): number => Math.ceil(age(us) / 60e6);
  switch (name) {
    case 'name': case 'iname': return globMatcher(value, name === 'iname')(shownName(path));
    case 'path': case 'ipath': case 'wholename': case 'iwholename': return globMatcher(value, name.startsWith('i'))(path);
    case 'regex': case 'iregex': return compileRegex(value, { extended: false, wholeLine: true, ignoreCase: name === 'iregex' }).find(path) !== null;
    case 'type': return value.split(',').includes(LETTER[it.type]);
    case 'mtime': return compares(value, days(it.mtime));
    case 'ctime': return compares(value, days(it.ctime));
    case 'atime': return compares(value, days(it.atime));
    case 'mmin': return compares(value, minutes(it.mtime));
    case 'cmin': return compares(value, minutes(it.ctime));
    case 'amin': return compares(value, minutes(it.atime));
    case 'size': return compares(value.replace(/[bcwkMG]$/, ''), Math.ceil(it.size / UNITS[/[bcwkMG]$/.exec(value)?.[0] ?? 'b']!));
    case 'newer': case 'cnewer': case 'anewer': return it.mtime > facts.stats.get(value)!.mtime;
    case 'newermt': return it.mtime > facts.times.get(value)!;
    case 'samefile': return it.ino === facts.stats.get(value)!.ino && it.dev === facts.stats.get(value)!.dev;
    case 'user': return it.uid === (facts.who.uid(value) ?? Number(value));
    case 'group': return it.gid === (facts.who.gid(value) ?? Number(value));
    case 'uid': return compares(value, it.uid);
    case 'gid': return compares(value, it.gid);
    case 'nouser': return /^\d+$/.test(facts.who.user(it.uid));
    case 'nogroup': return /^\d+$/.test(facts.who.group(it.gid));
    case 'perm': return permits(value, it.mode);
    case 'inum': return compares(value, it.ino);
    case 'links': return compares(value, it.nlink);
    default: return false;
  }
}
