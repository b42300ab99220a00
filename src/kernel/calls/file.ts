/** Files, directories, descriptors, pipes and change notification. */
import { SysError } from '../errno.ts';
import { Filesystem } from '../fs.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { OpenFile, ProcessRecord, ThreadRecord } from '../state.ts';
import type { FileSpec } from '../spec.ts';
import type { Bytes, Document, Syscalls } from '../sys.ts';
import type { Resolved } from '../vfs.ts';
import { readable, waitObject } from './readable.ts';
import { readTty } from '../tty.ts';

type Arg<K extends keyof Syscalls> = Syscalls[K][0];
type P = ProcessRecord;
type T = ThreadRecord;

const PIPE_CAPACITY = 65_536;
const FILE_LIMIT = 64 * 1024 * 1024;

/** The `n` of /dev/fd/n and /proc/self/fd/n, or of a stdin/stdout/stderr device. */
function aliasedFd(k: Kernel, p: P, path: string, found: Resolved | null): number | null {
  const match = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path);
  if (match !== null) return Number(match[1]);
  const device = found?.inode.device;
  const index = device === undefined ? -1 : ['stdin', 'stdout', 'stderr'].indexOf(device);
  return index < 0 || !p.fds.has(index) ? null : index;
}

function lookup(k: Kernel, p: P, path: string): Resolved | null {
  return /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path) ? null : k.vfs.tryResolve(p, path);
}

function open(k: Kernel, p: P, _t: T, { path, mode, perm }: Arg<'open'>): number {
  let found = lookup(k, p, path);
  const alias = aliasedFd(k, p, path, found);
  if (alias !== null) return dup(k, p, alias, null);
  const writes = mode !== 'r';
  if (found === null) {
    if (mode === 'r' || mode === 'r+') throw new SysError('ENOENT');
    const at = k.vfs.create(p, path, { type: 'file', mode: perm, data: '' });
    found = { at, inode: k.vfs.inode(at), path: k.vfs.resolve(p, path).path, readOnly: false };
  } else if (mode === 'wx') {
    throw new SysError('EEXIST');
  } else {
    if (found.inode.type === 'dir') {
      if (writes) throw new SysError('EISDIR');
      k.vfs.permit(p, found, 4);
      return k.openFile(p, { id: k.newId(), refs: 1, kind: 'dir', at: found.at, path: found.path });
    }
    if (found.inode.type === 'sock') throw new SysError('ENOENT');
    if (mode !== 'w' && mode !== 'a') k.vfs.permit(p, found, 4);
    if (writes) k.vfs.permit(p, found, 2);
    if (found.inode.type === 'chr') return openDevice(k, p, found.inode.device ?? 'null');
    if (found.inode.type === 'fifo') throw new SysError('ENOSYS');
    if (mode === 'w' || mode === 'w+') k.vfs.setContent(found.at, found.path, { data: '' }, false);
  }
  return k.openFile(p, { id: k.newId(), refs: 1, kind: 'file', at: found.at, path: found.path, pos: 0,
    readable: mode !== 'w' && mode !== 'a' && mode !== 'wx', writable: writes, append: mode === 'a' || mode === 'a+' });
}

function openDevice(k: Kernel, p: P, device: string): number {
  if (device === 'tty') {
    if (p.tty === null) throw new SysError('ENOENT');
    return k.openFile(p, { id: k.newId(), refs: 1, kind: 'tty', tty: p.tty });
  }
  return k.openFile(p, { id: k.newId(), refs: 1, kind: 'null', device });
}

function dup(k: Kernel, p: P, fd: number, to: number | null): number {
  const file = k.file(p, fd);
  if (to === fd) return fd;
  file.refs++;
  if (to !== null && p.fds.has(to)) k.closeFile(p.fds.get(to)!);
  if (to !== null) {
    p.fds.set(to, file.id);
    return to;
  }
  return k.openFile(p, file);
}

function read(k: Kernel, p: P, t: T, { fd, max }: Arg<'read'>): unknown {
  const file = k.file(p, fd);
  switch (file.kind) {
    case 'file': {
      if (!file.readable) throw new SysError('EBADF');
      const data = k.vfs.readBytes(k.vfs.inode(file.at)).slice(file.pos, file.pos + max);
      file.pos += data.length;
      return data;
    }
    case 'dir': throw new SysError('EISDIR');
    case 'null': return file.device === 'zero' || file.device === 'full' ? '\0'.repeat(Math.min(max, 65536)) : file.device === 'urandom' ? noise(k, p, Math.min(max, 4096)) : '';
    case 'pipe': {
      if (file.end !== 'r') throw new SysError('EBADF');
      if (!readable(k, file)) return k.block(t, [file.pipe]);
      const pipe = k.state.pipes.get(file.pipe)!;
      const data = pipe.buffer.slice(0, max);
      pipe.buffer = pipe.buffer.slice(max);
      if (data !== '') k.wake(pipe.id);
      return data;
    }
    case 'tty': return readTty(k, p, t, file.tty, max);
    case 'socket': case 'listener': case 'watch': throw new SysError('EINVAL');
    case 'capture': throw new SysError('EBADF');
  }
}

/** /dev/urandom: the host's own stream, 4 bytes a word. */
function noise(k: Kernel, p: P, count: number): Bytes {
  const { randoms } = k.state.hosts.get(p.host)!;
  let s = randoms.get('/dev/urandom') ?? k.state.seed | 0;
  let out = '';
  while (out.length < count) {
    s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const z = Math.imul(s ^ (s >>> 13), 0x297a2d39);
    out += String.fromCharCode(z & 255, (z >>> 8) & 255, (z >>> 16) & 255, (z >>> 24) & 255);
  }
  randoms.set('/dev/urandom', s);
  return out.slice(0, count);
}

function write(k: Kernel, p: P, t: T, { fd, data }: Arg<'write'>): unknown {
  const file = k.file(p, fd);
  switch (file.kind) {
    case 'file': return writeAt(k, file, data);
    case 'dir': throw new SysError('EBADF');
    case 'null':
      if (file.device === 'full') throw new SysError('ENOSPC');
      return null;
    case 'pipe': {
      const pipe = k.state.pipes.get(file.pipe);
      if (file.end !== 'w') throw new SysError('EBADF');
      if (pipe === undefined || pipe.readers === 0) {
        k.signal(p, 'PIPE');
        throw new SysError('EPIPE');
      }
      const room = PIPE_CAPACITY - pipe.buffer.length;
      if (room > 0 && t.progress < data.length) {
        pipe.buffer += data.slice(t.progress, t.progress + room);
        t.progress = Math.min(data.length, t.progress + room);
        k.wake(pipe.id);
      }
      return t.progress >= data.length ? null : k.block(t, [pipe.id]);
    }
    case 'tty':
      k.ttyOutput(file.tty, data);
      return null;
    case 'capture':
      k.emit(file, data);
      return null;
    case 'socket': case 'listener': case 'watch': throw new SysError('EINVAL');
  }
}

function writeAt(k: Kernel, file: OpenFile & { kind: 'file' }, data: Bytes): null {
  if (!file.writable) throw new SysError('EBADF');
  const old = k.vfs.readBytes(k.vfs.inode(file.at));
  const pos = file.append ? old.length : file.pos;
  if (pos + data.length > FILE_LIMIT) throw new SysError('EFBIG');
  const whole = pos === old.length ? old + data : old.slice(0, pos).padEnd(pos, '\0') + data + old.slice(pos + data.length);
  k.vfs.setContent(file.at, file.path, { data: whole }, false);
  file.pos = pos + data.length;
  return null;
}

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

function seek(k: Kernel, p: P, _t: T, { fd, offset, from }: Arg<'seek'>): number {
  const file = k.file(p, fd);
  if (file.kind !== 'file') throw new SysError('ESPIPE');
  const base = from === 'start' ? 0 : from === 'current' ? file.pos : k.vfs.size(file.at);
  if (base + offset < 0) throw new SysError('EINVAL');
  file.pos = base + offset;
  return file.pos;
}

function fdinfo(k: Kernel, p: P, _t: T, fd: number): Syscalls['fdinfo'][1] {
  const id = p.fds.get(fd);
  const file = id === undefined ? undefined : k.state.open.get(id);
  if (file === undefined) return null;
  const path = file.kind === 'file' || file.kind === 'dir' ? file.path : file.kind === 'tty' ? `/dev/${file.tty}` : null;
  const writable = file.kind === 'file' ? file.writable : file.kind === 'pipe' ? file.end === 'w' : file.kind !== 'dir';
  return { kind: file.kind, path, writable };
}

function fstat(k: Kernel, p: P, _t: T, fd: number): unknown {
  const file = k.file(p, fd);
  if (file.kind === 'file' || file.kind === 'dir') return k.vfs.stat(file.at);
  const type = file.kind === 'pipe' ? 'fifo' : file.kind === 'tty' || file.kind === 'null' ? 'chr' : 'sock';
  return { type, mode: 0o620, uid: 0, gid: 0, size: 0, mtime: k.now, ctime: k.now, atime: k.now, nlink: 1, ino: file.id, dev: 0, program: null };
}

function watch(k: Kernel, p: P, _t: T, path: string): number {
  const { at } = k.vfs.resolve(p, path);
  const id = k.newId();
  k.state.watches.set(id, { id, at: `${at.fs}:${at.ino}`, queue: [] });
  return k.openFile(p, { id: k.newId(), refs: 1, kind: 'watch', watch: id });
}

function readwatch(k: Kernel, p: P, t: T, fd: number): unknown {
  const file = k.file(p, fd);
  if (file.kind !== 'watch') throw new SysError('EINVAL');
  if (!readable(k, file)) return k.block(t, [waitObject(k, file)]);
  const it = k.state.watches.get(file.watch)!;
  const events = it.queue;
  it.queue = [];
  return events;
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
  open, read, write, readfile, writefile, writedoc, seek, fdinfo, fstat, watch, readwatch, newfs,
  dropfs: (k: Kernel, _p: P, _t: T, id: number) => (k.state.filesystems.delete(id), null),
  close: (k: Kernel, p: P, _t: T, fd: number) => {
    const id = p.fds.get(fd);
    if (id === undefined) throw new SysError('EBADF');
    p.fds.delete(fd);
    k.closeFile(id);
    return null;
  },
  dup: (k: Kernel, p: P, _t: T, { fd, to }: Arg<'dup'>) => dup(k, p, fd, to),
  pipe: (k: Kernel, p: P) => {
    const id = k.newId();
    k.state.pipes.set(id, { id, buffer: '', readers: 1, writers: 1 });
    const r = k.openFile(p, { id: k.newId(), refs: 1, kind: 'pipe', pipe: id, end: 'r' });
    const w = k.openFile(p, { id: k.newId(), refs: 1, kind: 'pipe', pipe: id, end: 'w' });
    return [r, w];
  },
  readdoc: (k: Kernel, p: P, _t: T, path: string) => {
    const found = k.vfs.resolve(p, path);
    if (found.inode.type === 'dir') throw new SysError('EISDIR');
    k.vfs.permit(p, found, 4);
    return found.inode.doc ?? null;
  },
  stat: (k: Kernel, p: P, _t: T, { path, follow }: Arg<'stat'>) => k.vfs.stat(k.vfs.resolve(p, path, follow).at),
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
