/** How ls lays names out: columns by the terminal's width, and the long listing. Pure. */
import type { Stat } from '../../kernel/sys.ts';
import { civil, monthName } from '../../base/time.ts';
import type { Names } from '../../lib/passwd/index.ts';
import { columnsOf } from './width.ts';

export interface Entry { readonly name: string; readonly stat: Stat; readonly target: string | null; readonly targetStat: Stat | null }
export interface Look { readonly human: boolean; readonly inode: boolean; readonly numeric: boolean; readonly classify: 'none' | 'dirs' | 'all'; readonly blocks: boolean; readonly noOwner: boolean; readonly noGroup: boolean; readonly fullTime: boolean; readonly colour: boolean; readonly quote: boolean; readonly now: number }

/** The C.UTF-8 locale's order: by bytes. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const COLOURS = (e: Entry): string | null => {
  const { type, mode, program } = e.stat;
  if (type === 'dir') return (mode & 0o1002) === 0o1002 ? '30;42' : (mode & 0o1000) !== 0 ? '37;44' : '01;34';
  if (type === 'link') return e.targetStat === null ? '40;31;01' : '01;36';
  if (type === 'sock') return '01;35';
  if (type === 'fifo') return '40;33';
  if (type === 'chr') return '40;33;01';
  if ((mode & 0o111) !== 0 || program !== null) return '01;32';
  return /\.(tar|tgz|gz|zip|xz|bz2|deb|zst)$/.test(e.name) ? '01;31' : null;
};
/** GNU quotes odd names on a terminal. */
const quoted = (name: string, quote: boolean): string => (quote && /[^\w@%+=:,./~\x80-\xff-]/.test(name) ? (name.includes("'") ? `"${name}"` : `'${name}'`) : name);
function painted(e: Entry, look: Look): { readonly text: string; readonly width: number } {
  const mark = look.classify === 'none' ? '' : e.stat.type === 'dir' ? '/' : look.classify === 'dirs' ? '' : e.stat.type === 'link' ? '@' : e.stat.type === 'sock' ? '=' : e.stat.type === 'fifo' ? '|' : (e.stat.mode & 0o111) !== 0 ? '*' : '';
  const name = quoted(e.name, look.quote);
  const colour = look.colour ? COLOURS(e) : null;
  const inode = look.inode ? `${e.stat.ino} ` : '';
  return { text: `${inode}${colour === null ? name : `\x1b[${colour}m${name}\x1b[0m`}${mark}`, width: inode.length + columnsOf(name) + mark.length };
}

/** Columns, down first; as many as fit. `width` 1: one a line. */
export function columns(entries: readonly Entry[], look: Look, width: number): string {
  const items = entries.map((e) => painted(e, look));
  let rows = items.length;
  let widths: number[] = [];
  for (let across = width === 1 ? 1 : Math.min(items.length, Math.floor(width / 3)); across >= 1; across--) {
    rows = Math.ceil(items.length / across);
    const used = Math.ceil(items.length / rows);
    widths = Array.from({ length: used }, (_, c) => Math.max(...items.slice(c * rows, (c + 1) * rows).map((i) => i.width)) + (c === used - 1 ? 0 : 2));
    if (across === 1 || widths.reduce((a, b) => a + b, 0) < width) break;
  }
  let out = '';
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c * rows + r < items.length; c++) {
      const item = items[c * rows + r]!;
      out += item.text + ((c + 1) * rows + r < items.length ? ' '.repeat(widths[c]! - item.width) : '');
    }
    out += '\n';
  }
  return out;
}

const TYPES: Readonly<Record<Stat['type'], string>> = { file: '-', dir: 'd', link: 'l', fifo: 'p', sock: 's', chr: 'c' };
/** `drwxr-xr-x` */
export function modeText({ type, mode }: Stat): string {
  const bits = (n: number, special: boolean, letter: string): string => `${n & 4 ? 'r' : '-'}${n & 2 ? 'w' : '-'}${special ? (n & 1 ? letter : letter.toUpperCase()) : n & 1 ? 'x' : '-'}`;
  return TYPES[type] + bits(mode >> 6, (mode & 0o4000) !== 0, 's') + bits(mode >> 3, (mode & 0o2000) !== 0, 's') + bits(mode, (mode & 0o1000) !== 0, 't');
}
/** 1.5K, 12M: rounded up, one decimal below ten. */
export function humanSize(size: number): string {
  if (size < 1024) return String(size);
  let n = size;
  let unit = -1;
  while (n >= 1024 && unit < 5) {
    n /= 1024;
    unit++;
  }
  const text = n < 10 ? (Math.ceil(n * 10) / 10).toFixed(1) : String(Math.ceil(n));
  return `${text}${'KMGTPE'[unit]}`;
}
/** Blocks of 1 KiB, on a filesystem of 4 KiB blocks. */
export const kilobytes = (stat: Stat): number => (stat.type === 'link' || stat.type === 'chr' || stat.type === 'sock' || stat.type === 'fifo' ? 0 : Math.ceil(stat.size / 4096) * 4);

function timeText(us: number, look: Look): string {
  const c = civil(us);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (look.fullTime) return `${c.year}-${two(c.month)}-${two(c.day)} ${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(c.micros).padStart(6, '0')}000 +0000`;
  const recent = us <= look.now && look.now - us < 15_778_476_000_000;   // half a Gregorian year
  return `${monthName(c.month)} ${String(c.day).padStart(2)} ${recent ? `${two(c.hour)}:${two(c.minute)}` : ` ${c.year}`}`;
}

export function longListing(entries: readonly Entry[], look: Look, who: Names, total: boolean): string {
  const rows = entries.map((e) => {
    const link = e.target === null || e.stat.type !== 'link' ? '' : ` -> ${e.target}`;
    const cells: string[] = [modeText(e.stat), String(e.stat.nlink)];
    if (!look.noOwner) cells.push(look.numeric ? String(e.stat.uid) : who.user(e.stat.uid));
    if (!look.noGroup) cells.push(look.numeric ? String(e.stat.gid) : who.group(e.stat.gid));
    cells.push(e.stat.type === 'chr' ? '1, 3' : look.human ? humanSize(e.stat.size) : String(e.stat.size), timeText(e.stat.mtime, look));
    const inode = look.inode ? String(e.stat.ino) : '';
    return { inode, cells, name: painted(e, { ...look, inode: false }).text + link, blocks: String(kilobytes(e.stat)) };
  });
  const count = rows[0]?.cells.length ?? 0;
  const widths = Array.from({ length: count }, (_, i) => Math.max(...rows.map((r) => r.cells[i]!.length)));
  const inodeWidth = Math.max(0, ...rows.map((r) => r.inode.length));
  const sizeAt = count - 2;
  const lines = rows.map((r) => `${look.inode ? `${r.inode.padStart(inodeWidth)} ` : ''}${look.blocks ? `${r.blocks} ` : ''}${r.cells.map((c, i) => (i === 1 || i === sizeAt ? c.padStart(widths[i]!) : i === count - 1 || i === 0 ? c : c.padEnd(widths[i]!))).join(' ')} ${r.name}\n`);
  const sum = entries.reduce((n, e) => n + kilobytes(e.stat), 0);
  return `${total ? `total ${look.human ? humanSize(sum * 1024) : sum}\n` : ''}${lines.join('')}`;
}
