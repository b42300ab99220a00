/** Descriptors and what closing the last one of a file, pipe, socket or listener means. */
import { SysError } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { OpenFile, ProcessRecord } from './state.ts';
import { hangUp } from './tty.ts';
const MOST = 1024;
/** For calls that make something before they hand out its descriptors. Errors: EMFILE. */
export function assertRoom(p: ProcessRecord, descriptors: number): void {
  if (p.fds.size + descriptors > MOST) throw new SysError('EMFILE');
}
export function openFile(k: Kernel, p: ProcessRecord, file: OpenFile, at: number | null = null): number {
  assertRoom(p, 1);
  let fd = at ?? 0;
  if (at === null) while (p.fds.has(fd)) fd++;
  k.state.open.set(file.id, file);
  p.fds.set(fd, file.id);
  return fd;
}
export function fileOf(k: Kernel, p: ProcessRecord, fd: number): OpenFile {
  const id = p.fds.get(fd);
  const file = id === undefined ? undefined : k.state.open.get(id);
  if (file === undefined) throw new SysError('EBADF');
  return file;
}
export function closeFile(k: Kernel, id: number): void {
  const file = k.state.open.get(id);
  if (file === undefined || --file.refs > 0) return;
  k.state.open.delete(id);
  switch (file.kind) {
    case 'file':
      if (file.writable) k.vfs.changed(file.at, file.path, ['close_write']);
      k.vfs.forget(file.at);
      break;
    case 'dir': k.vfs.forget(file.at); break;
    case 'pipe': closePipe(k, file.pipe, file.end); break;
    case 'socket': k.closeSocket(file.socket, false); break;
    case 'listener': closeListener(k, file.listener); break;
    case 'watch': k.state.watches.delete(file.watch); break;
    case 'ptmx': hangUp(k, file.tty); break;
    default: break;
  }
}
function closePipe(k: Kernel, id: number, end: 'r' | 'w'): void {
  const pipe = k.state.pipes.get(id);
  if (pipe === undefined) return;
  if (end === 'r') pipe.readers--;
  else pipe.writers--;
  k.wake(id);
  if (pipe.readers === 0 && pipe.writers === 0) k.state.pipes.delete(id);
}
/** Closing with unread frames, or by `reset`, resets the peer; otherwise it reads what was sent, then EOF. */
export function closeSocket(k: Kernel, id: number, reset: boolean): void {
  const socket = k.state.sockets.get(id);
  if (socket === undefined) return;
  k.state.sockets.delete(id);
  const other = socket.other === null ? undefined : k.state.sockets.get(socket.other);
  if (other === undefined) return;
  other.other = null;
  if (reset || socket.inbox.length > 0) other.reset = true;
  other.eof = true;
  k.wake(other.id, 100);
}
function closeListener(k: Kernel, id: number): void {
  const listener = k.state.listeners.get(id);
  if (listener === undefined) return;
  k.state.listeners.delete(id);
  for (const queued of listener.queue) k.closeSocket(queued, true);
}
