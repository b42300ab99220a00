/** Descriptors: opening, reading and writing files, pipes, terminals and devices; change notification. */
import { SysError } from '../errno.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import { assertRoom } from '../descriptors.ts';
import type { OpenFile, ProcessRecord, ThreadRecord } from '../state.ts';
import type { Bytes, Syscalls } from '../sys.ts';
import type { Resolved } from '../vfs.ts';
import { readable, waitObject } from './readable.ts';
import { readTty, typeInto } from '../tty.ts';
import { readMaster, ttyLabel } from './pty.ts';

type Arg<K extends keyof Syscalls> = Syscalls[K][0];
type P = ProcessRecord;
type T = ThreadRecord;

const PIPE_CAPACITY = 65_536;
export const FILE_LIMIT = 64 * 1024 * 1024;
/** Bytes that cost as much as one call (law C1): a terminal takes 1.3 MB/s of a flood, a pipe or a device 40 MB/s. */
const TTY_BYTES_PER_CALL = 128;
const BYTES_PER_CALL = 4096;

/** The `n` of /dev/fd/n and /proc/self/fd/n, or of a stdin/stdout/stderr device. */
export function aliasedFd(k: Kernel, p: P, path: string, found: Resolved | null): number | null {
  const match = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path);
  if (match !== null) return Number(match[1]);
  const device = found?.inode.device;
  const index = device === undefined ? -1 : ['stdin', 'stdout', 'stderr'].indexOf(device);
  return index < 0 || !p.fds.has(index) ? null : index;
}

export function lookup(k: Kernel, p: P, path: string): Resolved | null {
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
  if (to === null) {
    const lowest = k.openFile(p, file);
    file.refs++;
    return lowest;
  }
  file.refs++;
  if (p.fds.has(to)) k.closeFile(p.fds.get(to)!);
  p.fds.set(to, file.id);
  return to;
}

/** Of what is there, as much as was asked for: at most `max`, and not past the first `until`. */
function portion(data: Bytes, from: number, max: number, until: Bytes | undefined): Bytes {
  const end = until === undefined ? -1 : data.indexOf(until, from);
  return data.slice(from, end < 0 ? from + max : Math.min(end + 1, from + max));
}
function read(k: Kernel, p: P, t: T, { fd, max, until }: Arg<'read'>): unknown {
  const file = k.file(p, fd);
  switch (file.kind) {
    case 'file': {
      if (!file.readable) throw new SysError('EBADF');
      const data = portion(k.vfs.readBytes(k.vfs.inode(file.at)), file.pos, max, until);
      file.pos += data.length;
      return data;
    }
    case 'dir': throw new SysError('EISDIR');
    case 'null':
      if (file.device !== 'null') p.allowance -= Math.min(max, 65536) / BYTES_PER_CALL;
      return file.device === 'zero' || file.device === 'full' ? '\0'.repeat(Math.min(max, 65536)) : file.device === 'urandom' ? noise(k, p, Math.min(max, 4096)) : '';
    case 'pipe': {
      if (file.end !== 'r') throw new SysError('EBADF');
      if (!readable(k, file)) return k.block(t, [file.pipe]);
      const pipe = k.state.pipes.get(file.pipe)!;
      const data = portion(pipe.buffer, 0, max, until);
      pipe.buffer = pipe.buffer.slice(data.length);
      if (data !== '') k.wake(pipe.id);
      return data;
    }
    case 'tty': return readTty(k, p, t, file.tty, max);
    case 'ptmx': return readMaster(k, t, file.tty, max);
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
        p.allowance -= Math.min(room, data.length - t.progress) / BYTES_PER_CALL;
        t.progress = Math.min(data.length, t.progress + room);
        k.wake(pipe.id);
      }
      return t.progress >= data.length ? null : k.block(t, [pipe.id]);
    }
    case 'tty':
      p.allowance -= data.length / TTY_BYTES_PER_CALL;
      k.ttyOutput(file.tty, data);
      k.wake(waitObject(k, file));   // a pseudo-terminal's master may be waiting
      return null;
    case 'ptmx': {
      const tty = k.state.ttys.get(file.tty);
      if (tty === undefined) throw new SysError('EIO');
      typeInto(k, tty, data);
      return null;
    }
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
  const path = file.kind === 'file' || file.kind === 'dir' ? file.path : file.kind === 'tty' ? `/dev/${ttyLabel(file.tty)}` : file.kind === 'ptmx' ? '/dev/ptmx' : null;
  const writable = file.kind === 'file' ? file.writable : file.kind === 'pipe' ? file.end === 'w' : file.kind !== 'dir';
  return { kind: file.kind, path, writable };
}

function fstat(k: Kernel, p: P, _t: T, fd: number): unknown {
  const file = k.file(p, fd);
  if (file.kind === 'file' || file.kind === 'dir') return k.vfs.stat(file.at);
  const type = file.kind === 'pipe' ? 'fifo' : file.kind === 'tty' || file.kind === 'ptmx' || file.kind === 'null' ? 'chr' : 'sock';
  return { type, mode: 0o620, uid: 0, gid: 0, size: 0, mtime: k.now, ctime: k.now, atime: k.now, nlink: 1, ino: file.id, dev: 0, program: null };
}

/** A descriptor's alias shows what it stands for: `diff <(a) <(b)` asks. */
function stat(k: Kernel, p: P, t: T, { path, follow }: Arg<'stat'>): unknown {
  const alias = follow ? /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path) : null;
  if (alias !== null && p.fds.has(Number(alias[1]))) return fstat(k, p, t, Number(alias[1]));
  return k.vfs.stat(k.vfs.resolve(p, path, follow).at);
}

function watch(k: Kernel, p: P, _t: T, path: string): number {
  const { at } = k.vfs.resolve(p, path);
  assertRoom(p, 1);
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

export const ioCalls: Handlers = {
  open, read, write, seek, fdinfo, stat, fstat, watch, readwatch,
  close: (k: Kernel, p: P, _t: T, fd: number) => {
    const id = p.fds.get(fd);
    if (id === undefined) throw new SysError('EBADF');
    p.fds.delete(fd);
    k.closeFile(id);
    return null;
  },
  dup: (k: Kernel, p: P, _t: T, { fd, to }: Arg<'dup'>) => dup(k, p, fd, to),
  pipe: (k: Kernel, p: P) => {
    assertRoom(p, 2);
    const id = k.newId();
    k.state.pipes.set(id, { id, buffer: '', readers: 1, writers: 1 });
    const r = k.openFile(p, { id: k.newId(), refs: 1, kind: 'pipe', pipe: id, end: 'r' });
    const w = k.openFile(p, { id: k.newId(), refs: 1, kind: 'pipe', pipe: id, end: 'w' });
    return [r, w];
  },
};
