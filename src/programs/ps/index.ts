/**
 * ps of procps-ng 4: UNIX, BSD and GNU options, the usual formats, -o, --sort and --forest; BusyBox' table where that is here.
 * Not modelled: threads (-L, -T), security labels, personalities.
 */
import { cpu, isatty, now, self, ttySize, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo, Program } from '../../kernel/sys.ts';
import { commOf } from '../../lib/accounting/index.ts';
import { busyboxHere } from '../../lib/busybox/index.ts';
import { groupNames, userNames, visibleProcesses } from '../../lib/procps/index.ts';
import { ALIASES, COLUMNS, HEADER_OVERRIDES, type Column, type Context } from './columns.ts';
import { busyboxTable } from './busybox.ts';

interface Shown { readonly column: Column; readonly header: string }
interface Settings {
  readonly all: boolean; readonly ttyOnly: boolean; readonly noTty: boolean; readonly pids: readonly number[]; readonly ppids: readonly number[]; readonly commands: readonly string[]; readonly users: readonly string[]; readonly ttys: readonly string[];
  readonly format: readonly string[]; readonly custom: boolean; readonly sort: readonly string[]; readonly headers: boolean; readonly forest: boolean; readonly wide: boolean; readonly negate: boolean;
}
const EMPTY: Settings = { all: false, ttyOnly: false, noTty: false, pids: [], ppids: [], commands: [], users: [], ttys: [], format: [], custom: false, sort: [], headers: true, forest: false, wide: false, negate: false };

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  plain: ['pid', 'tty=TTY', 'time', 'comm=CMD'], full: ['user=UID', 'pid', 'ppid', 'c', 'stime', 'tty=TTY', 'time', 'args=CMD'], extraFull: ['user=UID', 'pid', 'ppid', 'c', 'sz', 'rss', 'psr', 'stime', 'tty=TTY', 'time', 'args=CMD'],
  long: ['f', 's', 'uid', 'pid', 'ppid', 'c', 'pri', 'ni', 'addr', 'sz', 'wchan', 'tty=TTY', 'time', 'comm=CMD'], bsd: ['pid', 'tty=TTY', 'stat', 'bsdtime', 'args=COMMAND'],
  user: ['user=USER', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty=TTY', 'stat', 'bsdstart', 'bsdtime', 'args=COMMAND'], jobs: ['pid', 'pgid', 'sid', 'tty=TTY', 'time', 'comm=CMD'], bsdJobs: ['ppid', 'pid', 'pgid', 'sid', 'tty=TTY', 'tpgid', 'stat', 'uid', 'bsdtime', 'args=COMMAND'],
};
const USAGE = '\nUsage:\n ps [options]\n\n Try \'ps --help <simple|list|output|threads|misc|all>\'\n  or \'ps --help <s|l|o|t|m|a>\'\n for additional help text.\n\nFor more details see ps(1).\n';

class BadUsage { readonly message: string; constructor(message: string) { this.message = message; } }
const list = (text: string): string[] => text.split(/[\s,]+/).filter((w) => w !== '');
function numbers(text: string): number[] {
  return list(text).map((w) => {
    if (!/^\d+$/.test(w)) throw new BadUsage('error: process ID list syntax error');
    return Number(w);
  });
}

function longOption(s: Settings, name: string, value: string | null, next: () => string): Settings {
  const needed = () => value ?? next();
  switch (name) {
    case 'pid': return { ...s, pids: [...s.pids, ...numbers(needed())] };
    case 'ppid': return { ...s, ppids: [...s.ppids, ...numbers(needed())] };
    case 'sort': return { ...s, sort: [...s.sort, ...list(needed())] };
    case 'format': return { ...s, format: [...(s.custom ? s.format : []), ...formatList(needed())], custom: true };
    case 'user': case 'User': return { ...s, users: [...s.users, ...list(needed())] };
    case 'tty': return { ...s, ttys: [...s.ttys, ...list(needed())] };
    case 'forest': return { ...s, forest: true };
    case 'no-headers': case 'noheaders': case 'no-heading': case 'no-headings': return { ...s, headers: false };
    case 'headers': return s;
    case 'deselect': return { ...s, negate: true };
    case 'width': case 'cols': case 'columns': needed(); return s;
    default: throw new BadUsage(`error: unknown gnu long option`);
  }
}

/** `pid,user=WHO` → items; a header that is not empty takes the rest of its argument. */
function formatList(text: string): string[] {
  const items: string[] = [];
  let rest = text;
  while (rest !== '') {
    const item = /^[^,\s]*/.exec(rest)![0];
    const headed = /^[^=]*=./.test(item);
    if (item !== '') items.push(headed ? rest : item);
    rest = headed ? '' : rest.slice(item.length).replace(/^[,\s]+/, '');
  }
  return items;
}

function unixOptions(s: Settings, word: string, next: () => string): Settings {
  for (let i = 1; i < word.length; i++) {
    const needed = () => {
      const rest = word.slice(i + 1);
      i = word.length;
      return rest !== '' ? rest : next();
    };
    switch (word[i]!) {
      case 'e': case 'A': s = { ...s, all: true }; break;
      case 'a': s = { ...s, ttyOnly: true }; break;
      case 'd': s = { ...s, all: true }; break;
      case 'f': s = { ...s, format: s.custom ? s.format : FORMATS['full']! }; break;
      case 'F': s = { ...s, format: s.custom ? s.format : FORMATS['extraFull']! }; break;
      case 'l': s = { ...s, format: s.custom ? s.format : FORMATS['long']! }; break;
      case 'j': s = { ...s, format: s.custom ? s.format : FORMATS['jobs']! }; break;
      case 'y': break;
      case 'w': s = { ...s, wide: true }; break;
      case 'H': s = { ...s, forest: true }; break;
      case 'N': s = { ...s, negate: true }; break;
      case 'h': s = { ...s, headers: false }; break;
      case 'p': case 'q': s = { ...s, pids: [...s.pids, ...numbers(needed())] }; break;
      case 'C': s = { ...s, commands: [...s.commands, ...list(needed())] }; break;
      case 'u': case 'U': s = { ...s, users: [...s.users, ...list(needed())] }; break;
      case 't': s = { ...s, ttys: [...s.ttys, ...list(needed())] }; break;
      case 'o': case 'O': s = { ...s, format: [...(s.custom ? s.format : []), ...formatList(needed())], custom: true }; break;
      case 'L': case 'T': case 'm': case 'M': case 'Z': case 'P': case 'c': case 'g': case 'G': case 's': case 'n': throw new BadUsage(`-${word[i]} is not available in this lab`);
      default: throw new BadUsage('error: unsupported SysV option');
    }
  }
  return s;
}

function bsdOptions(s: Settings, word: string, next: () => string): Settings {
  for (let i = 0; i < word.length; i++) {
    const needed = () => {
      const rest = word.slice(i + 1);
      i = word.length;
      return rest !== '' ? rest : next();
    };
    const bsd = s.format.length === 0 ? { ...s, format: FORMATS['bsd']! } : s;
    switch (word[i]!) {
      case 'a': s = s.noTty ? { ...bsd, all: true } : { ...bsd, ttyOnly: true }; break;
      case 'x': s = s.ttyOnly ? { ...bsd, all: true, noTty: true } : { ...bsd, noTty: true }; break;
      case 'u': s = { ...s, format: s.custom ? s.format : FORMATS['user']! }; break;
      case 'j': s = { ...s, format: s.custom ? s.format : FORMATS['bsdJobs']! }; break;
      case 'f': s = { ...bsd, forest: true }; break;
      case 'w': s = { ...bsd, wide: true }; break;
      case 'h': s = { ...bsd, headers: false }; break;
      case 'e': s = bsd; break;
      case 'p': s = { ...bsd, pids: [...s.pids, ...numbers(needed())] }; break;
      case 'o': s = { ...s, format: [...(s.custom ? s.format : []), ...formatList(needed())], custom: true }; break;
      case 'k': s = { ...s, sort: [...s.sort, ...list(needed())] }; break;
      case 'U': s = { ...bsd, users: [...s.users, ...list(needed())] }; break;
      default: throw new BadUsage('error: unsupported option (BSD syntax)');
    }
  }
  return s;
}

function parse(argv: readonly string[]): Settings {
  const rest = argv.slice(1);
  let s = EMPTY;
  const next = (): string => {
    const word = rest.shift();
    if (word === undefined) throw new BadUsage('error: list of process IDs must follow -p');
    return word;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) {
      const [name = '', value] = word.slice(2).split(/=(.*)/s);
      s = longOption(s, name, value ?? null, next);
    } else if (word.startsWith('-') && word.length > 1) s = unixOptions(s, word, next);
    else if (/^\d/.test(word)) s = { ...s, pids: [...s.pids, ...numbers(word)], format: s.format.length === 0 ? FORMATS['bsd']! : s.format };
    else s = bsdOptions(s, word, next);
  }
  return s;
}

function columnsOf(format: readonly string[]): Shown[] {
  return format.map((item) => {
    const [name = '', header] = item.split(/=(.*)/s);
    const column = COLUMNS[ALIASES[name] ?? name];
    if (column === undefined) throw new BadUsage(`error: unknown user-defined format specifier "${name}"`);
    return { column, header: header ?? HEADER_OVERRIDES[name] ?? column.header };
  });
}

function select(s: Settings, all: readonly ProcessInfo[], myTty: string | null, myUid: number, users: ReadonlyMap<number, string>): ProcessInfo[] {
  const lists = s.pids.length + s.ppids.length + s.commands.length + s.users.length + s.ttys.length > 0;
  const picked = (p: ProcessInfo): boolean => {
    if (s.all) return true;
    if (s.pids.includes(p.pid) || s.ppids.includes(p.ppid) || s.commands.includes(commOf(p)) || s.users.some((u) => u === String(p.uid) || u === users.get(p.uid)) || s.ttys.some((t) => t.replace(/^\/dev\//, '') === p.tty)) return true;
    if (lists) return false;
    if (s.ttyOnly && s.noTty) return true;
    if (s.ttyOnly) return p.tty !== null && p.pid !== p.sid;
    if (s.noTty) return p.uid === myUid;
    return p.tty === myTty && p.uid === myUid && myTty !== null;
  };
  return all.filter((p) => picked(p) !== s.negate);
}

/** Orders processes as a tree and gives each its branch. */
function forest(rows: readonly ProcessInfo[], bsd: boolean): { rows: ProcessInfo[]; prefix: Map<number, string> } {
  const known = new Set(rows.map((p) => p.pid));
  const prefix = new Map<number, string>();
  const ordered: ProcessInfo[] = [];
  const walk = (p: ProcessInfo, branch: string, last: boolean, depth: number): void => {
    prefix.set(p.pid, depth === 0 ? '' : bsd ? `${branch}${' \\_ '}` : '  '.repeat(depth));
    ordered.push(p);
    const children = rows.filter((c) => c.ppid === p.pid);
    for (const [i, child] of children.entries()) walk(child, depth === 0 ? '' : `${branch}${last ? '    ' : ' |  '}`, i === children.length - 1, depth + 1);
  };
  for (const p of rows) if (!known.has(p.ppid) || p.ppid === p.pid) walk(p, '', true, 0);
  return { rows: ordered, prefix };
}

function sorted(rows: readonly ProcessInfo[], keys: readonly string[], c: Context): ProcessInfo[] {
  const rules = keys.map((key) => {
    const name = key.replace(/^[+-]/, '');
    const column = COLUMNS[ALIASES[name] ?? name];
    if (column?.key === undefined) throw new BadUsage('error: unknown sort specifier');
    return { get: column.key, sign: key.startsWith('-') ? -1 : 1 };
  });
  return [...rows].sort((a, b) => {
    for (const { get, sign } of rules) {
      const [x, y] = [get(a, c), get(b, c)];
      if (x !== y) return (x < y ? -1 : 1) * sign;
    }
    return a.pid - b.pid;
  });
}

/** Widths are minimal: a long value pushes what follows, as in procps. */
function render(rows: readonly ProcessInfo[], shown: readonly Shown[], c: Context, headers: boolean, width: number | null): string {
  const wide = shown.map((s) => ({ ...s, width: Math.max(s.column.width, s.header.length) }));
  const line = (cells: readonly string[]) => {
    let text = '';
    let owed = 0;
    for (const [i, cell] of cells.entries()) {
      const last = i === cells.length - 1;
      const { width: w, column } = wide[i]!;
      const room = Math.max(0, w - owed);
      const padded = column.left === true ? (last ? cell : cell.padEnd(room)) : cell.padStart(room);
      owed = Math.max(0, padded.length - room);
      text += `${i > 0 ? ' ' : ''}${padded}`;
    }
    return text;
  };
  const all = [...(headers && shown.some((s) => s.header !== '') ? [line(shown.map((s) => s.header))] : []), ...rows.map((p) => line(shown.map((s) => s.column.show(p, c))))];
  return all.map((l) => `${width === null ? l : l.slice(0, width)}\n`).join('');
}

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(6000);
  try {
    const s = parse(argv);
    const shown = columnsOf(s.format.length === 0 ? FORMATS['plain']! : s.format);
    const users = yield* userNames();
    // BusyBox takes the options of others, and shows everything all the same.
    if (!s.custom && (yield* busyboxHere()) !== null) {
      yield* write(1, busyboxTable(yield* visibleProcesses(), users, (yield* isatty(1)) && !s.wide ? (yield* ttySize(1)).cols : null));
      return 0;
    }
    const me = yield* self();
    const found = select(s, yield* visibleProcesses(), me.tty, me.uid, users);
    const base: Context = { now: yield* now(), memKb: (yield* uname()).memKb, users, groups: yield* groupNames(), prefix: new Map() };
    const ordered = sorted(found, s.sort, base);
    const tree = s.forest ? forest(ordered, true) : { rows: ordered, prefix: base.prefix };
    const width = !s.wide && (yield* isatty(1)) ? (yield* ttySize(1)).cols : null;
    yield* write(1, render(tree.rows, shown, { ...base, prefix: tree.prefix }, s.headers, width));
    return found.length > 0 ? 0 : 1;
  } catch (caught) {
    if (!(caught instanceof BadUsage)) throw caught;
    yield* write(2, caught.message.startsWith('-') ? `ps: ${caught.message}\n` : `${caught.message}\n${USAGE}`);
    return 1;
  }
}

export const program: Program = { name: 'ps', main };
