/** Names of users and groups, from the machine's own /etc/passwd and /etc/group. */
import { readFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

export interface Names { user(uid: number): string; group(gid: number): string; uid(name: string): number | null; gid(name: string): number | null; readonly groups: readonly { readonly name: string; readonly gid: number; readonly members: readonly string[] }[]; primary(name: string): number | null; /** What else /etc/passwd says of a user. */ entry(name: string): { readonly home: string; readonly shell: string } | null }

function* lines(path: string): Coroutine<string[][]> {
  try {
    return (yield* readFile(path)).split('\n').filter((l) => l !== '').map((l) => l.split(':'));
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return [];
  }
}

export function* names(): Coroutine<Names> {
  const users = yield* lines('/etc/passwd');
  const groups = yield* lines('/etc/group');
  const nameOf = (rows: readonly string[][], id: number): string => rows.find((r) => r[2] === String(id))?.[0] ?? (id === 0 ? 'root' : String(id));
  const idOf = (rows: readonly string[][], name: string): number | null => {
    const row = rows.find((r) => r[0] === name);
    return row !== undefined ? Number(row[2]) : name === 'root' ? 0 : null;
  };
  return { user: (uid) => nameOf(users, uid), group: (gid) => nameOf(groups, gid), uid: (name) => idOf(users, name), gid: (name) => idOf(groups, name),
    primary: (name) => { const row = users.find((r) => r[0] === name); return row === undefined ? null : Number(row[3]); },
    entry: (name) => { const row = users.find((r) => r[0] === name); return row === undefined ? null : { home: row[5] ?? '/', shell: row[6] || '/bin/sh' }; },
    groups: groups.map((r) => ({ name: r[0]!, gid: Number(r[2]), members: (r[3] ?? '').split(',').filter((m) => m !== '') })) };
}
