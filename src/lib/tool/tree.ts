/** Trees of files: walking, copying and removing, as cp, mv, rm and find need them. */
import { chmod, chown, cpu, lstat, mkdir, readDir, readDoc, readFile, readLink, rmdir, stat, symlink, unlink, utimes, writeDoc, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Stat } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

/** The file's attributes, or null when it is not there. */
export function* look(path: string, follow = true): Coroutine<Stat | null> {
  try {
    return yield* follow ? stat(path) : lstat(path);
  } catch (caught) {
    const code = errnoOf(caught);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw caught;
    return null;
  }
}
export const join = (dir: string, name: string): string => (dir.endsWith('/') ? dir + name : `${dir}/${name}`);
export const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || '/';

export interface CopyOptions { readonly preserve: boolean; readonly follow: boolean }

/** Copies one file (not a directory) to `to`. Errors: SysError. */
export function* copyFile(from: string, to: string, options: CopyOptions): Coroutine<void> {
  const it = yield* options.follow ? stat(from) : lstat(from);
  if (it.type === 'link') {
    if ((yield* look(to, false)) !== null) yield* unlink(to);
    yield* symlink(yield* readLink(from), to);
    return;
  }
  const mode = it.mode & 0o777;
  const doc = it.program === null ? yield* readDoc(from) : { kind: 'binary', value: it.program, size: it.size };
  if (doc !== null) yield* writeDoc(to, doc, mode);
  else {
    // The target is empty for a moment, which those who watch it see.
    yield* writeFile(to, '', mode);
    yield* cpu(200);
    yield* writeFile(to, yield* readFile(from), mode);
  }
  if (options.preserve) yield* copyAttributes(it, to);
}
export function* copyAttributes(it: Stat, to: string): Coroutine<void> {
  yield* chown(to, it.uid, it.gid, false);
  yield* chmod(to, it.mode);
  yield* utimes(to, it.mtime);
}
/** Copies a directory and all in it. */
export function* copyTree(from: string, to: string, options: CopyOptions, told: (from: string, to: string) => Coroutine<void>): Coroutine<void> {
  const it = yield* lstat(from);
  if (it.type !== 'dir') {
    yield* copyFile(from, to, options);
    yield* told(from, to);
    return;
  }
  if ((yield* look(to)) === null) yield* mkdir(to, it.mode & 0o777);
  yield* told(from, to);
  for (const { name } of yield* readDir(from)) yield* copyTree(join(from, name), join(to, name), options, told);
  if (options.preserve) yield* copyAttributes(it, to);
}
/** Removes a file or a whole tree. */
export function* removeTree(path: string, told: (path: string, dir: boolean) => Coroutine<void>): Coroutine<void> {
  const it = yield* lstat(path);
  if (it.type !== 'dir') {
    yield* unlink(path);
    yield* told(path, false);
    return;
  }
  for (const { name } of yield* readDir(path)) yield* removeTree(join(path, name), told);
  yield* rmdir(path);
  yield* told(path, true);
}
