/** When a descriptor has something for a reader (data, a connection, end of file), and which object says so. */
import type { Kernel } from '../kernel.ts';
import type { OpenFile } from '../state.ts';

export function readable(k: Kernel, file: OpenFile): boolean {
  switch (file.kind) {
    case 'pipe': {
      const pipe = k.state.pipes.get(file.pipe)!;
      return pipe.buffer.length > 0 || pipe.writers === 0;
    }
    case 'tty': {
      const tty = k.state.ttys.get(file.tty);
      return tty === undefined || tty.ready.length > 0 || tty.eofs > 0;
    }
    case 'ptmx': {
      const tty = k.state.ttys.get(file.tty);
      return tty === undefined || tty.out !== '';
    }
    case 'socket': {
      const socket = k.state.sockets.get(file.socket);
      return socket === undefined || socket.inbox.length > 0 || socket.eof || socket.reset;
    }
    case 'listener': return (k.state.listeners.get(file.listener)?.queue.length ?? 0) > 0;
    case 'watch': return (k.state.watches.get(file.watch)?.queue.length ?? 0) > 0;
    default: return true;
  }
}

/** The object that wakes a reader of this file; 0 (nothing ever) for files that are always ready. */
export function waitObject(k: Kernel, file: OpenFile): number {
  switch (file.kind) {
    case 'pipe': return file.pipe;
    case 'tty': case 'ptmx': return k.state.ttys.get(file.tty)?.object ?? 0;
    case 'socket': return file.socket;
    case 'listener': return file.listener;
    case 'watch': return file.watch;
    default: return 0;
  }
}
