/** The node's files as the editor and its tree read them. Changes nothing. */
import type { World } from '../../kernel/world.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { HOST } from './node.ts';
import type { FileEntry } from './types.ts';

/** A file's text; null when there is no such file. */
export function textOf(world: World, path: string): string | null {
  const data = world.readFile(HOST, path);
  return data === null ? null : decodeUtf8(data);
}

/** A directory's entries by name; empty when there is no such directory. */
export function entriesOf(world: World, path: string): readonly FileEntry[] {
  return (world.readDir(HOST, path) ?? []).map(({ name, stat: { type, mode, uid, gid, size, mtime } }) => ({ name, type, mode, uid, gid, size, mtime }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
