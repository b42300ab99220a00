/** Files and directories by path. */
import { SysError } from '../errno.ts';
import { Filesystem } from '../fs.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { ProcessRecord, ThreadRecord } from '../state.ts';
import type { FileSpec } from '../spec.ts';
import type { Bytes, Document, Syscalls } from '../sys.ts';
import { aliasedFd, FILE_LIMIT, lookup } from './io.ts';

type Arg<K extends keyof Syscalls> = Syscalls[K][0];
type P = ProcessRecord;
type T = ThreadRecord;

function writefile(k: Kernel, p: P, _t: T, { path, data, perm, append }: Arg<'writefile'>): unknown {
  const found = lookup(k, p, path);
  const fd = aliasedFd(k, p, path, found);
  if (fd !== null) return k.emit(k.file(p, fd), data), null;
  if (found === null) {
    const at = k.vfs.create(p, path, { type: 'file', mode: perm, data: '' });
    k.vfs.setContent(at, path, { data }, true);
    return null;
  }
  if (found.inode.type === 'dir') throw new SysError('EISDIR');
  k.vfs.permit(p, found, 2);
  if (found.inode.type === 'chr') return null;
  const whole = append ? k.vfs.readBytes(found.inode) + data : data;
  if (whole.length > FILE_LIMIT) throw new SysError('EFBIG');
  k.vfs.setContent(found.at, found.path, { data: whole }, true);
  return null;
}

function readfile(k: Kernel, p: P, _t: T, path: string): Bytes {
  const found = k.vfs.resolve(p, path);
  if (found.inode.type === 'dir') throw new SysError('EISDIR');
  if (found.inode.type === 'sock') throw new SysError('ENOENT');
  k.vfs.permit(p, found, 4);
  return k.vfs.readBytes(found.inode);
}

function writedoc(k: Kernel, p: P, _t: T, { path, doc, perm }: { path: string; doc: Document; perm: number }): null {
  const found = k.vfs.tryResolve(p, path);
  if (found === null) {
    k.vfs.create(p, path, { type: 'file', mode: perm, doc });
    return null;
  }
  if (found.inode.type !== 'file') throw new SysError('EISDIR');
  k.vfs.permit(p, found, 2);
  k.vfs.setContent(found.at, found.path, { doc }, true);
  return null;
}

/** Image filesystems as built from the rom, per rom: a cache of immutable trees, not state. */
const imageCache = new WeakMap<object, Filesystem>();
function newfs(k: Kernel, _p: P, _t: T, { image }: Arg<'newfs'>): number {
  const id = k.newId();
  if (image === null) {
    k.state.filesystems.set(id, Filesystem.empty(id, k.now));
    return id;
  }
  const spec = k.rom.get(image) as { files: FileSpec } | undefined;
  if (spec === undefined) throw new SysError('ENOENT');
  let fs = imageCache.get(spec);
  if (fs === undefined) {
    fs = Filesystem.from(0, spec.files, k.state.birth);
    imageCache.set(spec, fs);
  }
  k.state.filesystems.set(id, fs.clone(id));
  return id;
}

export const fileCalls: Handlers = {
  readfile, writefile, writedoc, newfs,
  dropfs: (k: Kernel, _p: P, _t: T, id: number) => (k.state.filesystems.delete(id), null),
  readdoc: (k: Kernel, p: P, _t: T, path: string) => {
    const found = k.vfs.resolve(p, path);
    if (found.inode.type === 'dir') throw new SysError('EISDIR');
    k.vfs.permit(p, found, 4);
    return found.inode.doc ?? null;
  },
  readdir: (k: Kernel, p: P, _t: T, path: string) => {
    const found = k.vfs.resolve(p, path);
    if (found.inode.type !== 'dir') throw new SysError('ENOTDIR');
    k.vfs.permit(p, found, 4);
    const fs = k.vfs.fs(found.at.fs);
    return [...found.inode.entries!].map(([name, ino]) => ({ name, type: fs.get(ino).type, ino }));
  },
  mkdir: (k: Kernel, p: P, _t: T, { path, perm }: Arg<'mkdir'>) => (k.vfs.create(p, path, { type: 'dir', mode: perm, entries: new Map() }), null),
  rmdir: (k: Kernel, p: P, _t: T, path: string) => (k.vfs.rmdir(p, path), null),
  unlink: (k: Kernel, p: P, _t: T, path: string) => (k.vfs.unlink(p, path), null),
  rename: (k: Kernel, p: P, _t: T, { from, to }: Arg<'rename'>) => (k.vfs.rename(p, from, to), null),
  link: (k: Kernel, p: P, _t: T, { from, to }: Arg<'link'>) => (k.vfs.link(p, from, to), null),
  symlink: (k: Kernel, p: P, _t: T, { target, path }: Arg<'symlink'>) => (k.vfs.create({ ...p, umaskBits: 0 }, path, { type: 'link', mode: 0o777, target }), null),
  readlink: (k: Kernel, p: P, _t: T, path: string) => {
    const { inode } = k.vfs.resolve(p, path, false);
    if (inode.type !== 'link') throw new SysError('EINVAL');
    return inode.target;
  },
  chmod: (k: Kernel, p: P, _t: T, { path, mode }: Arg<'chmod'>) => {
    const found = k.vfs.resolve(p, path);
    if (p.uid !== 0 && p.uid !== found.inode.uid) throw new SysError('EPERM');
    k.vfs.setAttributes(found, { mode: mode & 0o7777 });
    return null;
  },
  chown: (k: Kernel, p: P, _t: T, { path, uid, gid, follow }: Arg<'chown'>) => {
    const found = k.vfs.resolve(p, path, follow);
    if (p.uid !== 0) throw new SysError('EPERM');
    k.vfs.setAttributes(found, { uid: uid < 0 ? found.inode.uid : uid, gid: gid < 0 ? found.inode.gid : gid });
    return null;
  },
  utimes: (k: Kernel, p: P, _t: T, { path, mtime }: Arg<'utimes'>) => {
    const found = k.vfs.resolve(p, path);
    k.vfs.permit(p, found, 2);
    k.vfs.setAttributes(found, { mtime: mtime ?? k.now, atime: mtime ?? k.now });
    return null;
  },
  truncate: (k: Kernel, p: P, _t: T, { path, size }: Arg<'truncate'>) => {
    const found = k.vfs.resolve(p, path);
    if (found.inode.type === 'dir') throw new SysError('EISDIR');
    if (size > FILE_LIMIT) throw new SysError('EFBIG');
    k.vfs.permit(p, found, 2);
    k.vfs.setContent(found.at, found.path, { data: k.vfs.readBytes(found.inode).slice(0, size).padEnd(size, '\0') }, true);
    return null;
  },
  mkfifo: (k: Kernel, p: P, _t: T, { path, perm }: Arg<'mkfifo'>) => (k.vfs.create(p, path, { type: 'fifo', mode: perm }), null),
  realpath: (k: Kernel, p: P, _t: T, path: string) => k.vfs.resolve(p, path).path,
  access: (k: Kernel, p: P, _t: T, { path, mode }: Arg<'access'>) => {
    try {
      const found = k.vfs.tryResolve(p, path);
      if (found === null) return false;
      if (mode !== 'f') k.vfs.permit(p, found, mode === 'r' ? 4 : mode === 'w' ? 2 : 1);
      return true;
    } catch (caught) {
      if (caught instanceof SysError) return false;
      throw caught;
    }
  },
  mounts: (_k: Kernel, p: P) => [...p.mounts.values()].map(({ target, source, readOnly }) => ({ target, source, readOnly })),
};
