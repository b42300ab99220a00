/**
 * How vim writes a file: it probes the directory with a file named 4913, moves the original aside, creates the
 * new one and drops the copy. Whoever watches the directory sees just that.
 */
import { chmod, chown, lstat, rename, stat, unlink, writeFile } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Stat } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';

function* tried<T>(body: Coroutine<T>): Coroutine<T | null> {
  try {
    return yield* body;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
}

/** Errors: SysError of the write itself. */
export function* writeAsVim(path: string, text: Bytes): Coroutine<void> {
  const old = yield* tried(stat(path));
  if (old === null) {
    yield* writeFile(path, text, 0o666);
    return;
  }
  const isLink = (yield* tried(lstat(path)))?.type === 'link';
  const slash = path.lastIndexOf('/');
  const probe = `${path.slice(0, slash + 1)}4913`;
  const movable = !isLink && old.nlink === 1 && (yield* probeDirectory(probe, old));
  if (!movable) {
    // Links and directories that cannot be written: over the original.
    yield* writeFile(path, text);
    return;
  }
  yield* rename(path, `${path}~`);
  yield* writeFile(path, text, old.mode);
  yield* tried(chmod(path, old.mode));
  yield* tried(unlink(`${path}~`));
}

/** Whether a file can be made here with the original's owner and mode. */
function* probeDirectory(path: string, like: Stat): Coroutine<boolean> {
  if ((yield* tried(stat(path))) !== null) return false;
  try {
    yield* writeFile(path, '', like.mode);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
  yield* tried(chown(path, like.uid, like.gid));
  yield* tried(unlink(path));
  return true;
}
