/** hostPath volumes: what each type demands of the host, and makes on it. Models pkg/volume/hostpath/host_path.go. */
import { attempt, mkdir, stat, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Stat } from '../../kernel/sys.ts';
import { goErrno, SysError } from '../../kernel/errno.ts';
import { VolumeError } from './payload.ts';

/** mkdir -p with 0755. */
export function* makeDirs(path: string, perm = 0o755): Coroutine<void> {
  let at = '';
  for (const part of path.split('/').filter((it) => it !== '')) {
    at += `/${part}`;
    yield* attempt(mkdir(at, perm), 'EEXIST');
  }
}

const failed = (path: string, what: string): VolumeError => new VolumeError(`hostPath type check failed: ${path} is not ${what}`);

function* create(path: string, type: string): Coroutine<void> {
  try {
    if (type === 'DirectoryOrCreate') yield* makeDirs(path);
    else yield* writeFile(path, '', 0o644);
  } catch (caught) {
    if (!(caught instanceof SysError)) throw caught;
    throw new VolumeError(type === 'DirectoryOrCreate' ? `mkdir ${path}: ${goErrno(caught.code)}` : `open ${path}: ${goErrno(caught.code)}`);
  }
}

const WANTED: Readonly<Record<string, readonly [Stat['type'], string]>> = {
  Directory: ['dir', 'a directory'], DirectoryOrCreate: ['dir', 'a directory'], File: ['file', 'a file'], FileOrCreate: ['file', 'a file'],
  Socket: ['sock', 'a socket file'], CharDevice: ['chr', 'a character device'], BlockDevice: ['chr', 'a block device'],
};

/** Checks, and for the …OrCreate types creates. Throws VolumeError in upstream's words. */
export function* checkHostPath(path: string, type: string): Coroutine<void> {
  const wanted = WANTED[type];
  if (wanted === undefined) return;
  const found = yield* attempt(stat(path), 'ENOENT', 'ENOTDIR');
  if ('errno' in found) {
    if (!type.endsWith('OrCreate')) throw failed(path, wanted[1]);
    return yield* create(path, type);
  }
  if (found.type !== wanted[0]) throw failed(path, wanted[1]);
}
