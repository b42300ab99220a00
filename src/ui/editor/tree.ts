// The file list's arithmetic: which rows are visible, in which order, and what is said about each.
import type { FileEntry } from '../../session/host/index.ts';
import type { Words } from '../i18n/en.ts';

export interface Row {
  readonly path: string;
  readonly entry: FileEntry;
  /** 1 for what lies in the root. */
  readonly depth: number;
}

/** Joins a path and a name; `..` goes up. */
export function join(path: string, name: string): string {
  if (name === '..') return path.slice(0, path.lastIndexOf('/')) || '/';
  return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** The directories a file lies in, from the root down. */
export function foldersOf(path: string): string[] {
  const names = path.split('/').slice(1, -1);
  return ['/', ...names.map((_, at) => `/${names.slice(0, at + 1).join('/')}`)];
}

/** Directories first, then by name. */
export function inOrder(entries: readonly FileEntry[]): FileEntry[] {
  const rank = ({ type }: FileEntry) => Number(type !== 'dir');
  return entries
    .filter(({ name }) => name !== '.' && name !== '..')
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** What lies in the open directories, from the root down. */
export function visibleRows(list: (path: string) => readonly FileEntry[], open: ReadonlySet<string>, path = '/', depth = 1): Row[] {
  return list(path).flatMap((entry) => {
    const row = { path: join(path, entry.name), entry, depth };
    return entry.type === 'dir' && open.has(row.path) ? [row, ...visibleRows(list, open, row.path, depth + 1)] : [row];
  });
}

const bits = 'rwxrwxrwx';

/** `-rw-r--r--`. */
export function modeString(type: string, mode: number): string {
  const kind = { dir: 'd', link: 'l', sock: 's', fifo: 'p', chr: 'c' }[type] ?? '-';
  return kind + [...bits].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-')).join('');
}

/** Mode, owner and size, as `ls -l` has them. */
export function detailsOf({ type, mode, uid, gid, size }: FileEntry, words: Words['tree']): string {
  const name = (id: number) => (id === 0 ? 'root' : String(id));
  return words.details(modeString(type, mode), `${name(uid)} ${name(gid)}`, String(size));
}
