/**
 * Pseudo-terminals: a terminal whose far end is a descriptor of a program (a shim's, for `exec -t`) rather than the learner's screen.
 * What the session prints is read from the master, what is written to the master is typed. Laws Y3, Y4.
 */
import { assertRoom } from '../descriptors.ts';
import { SysError } from '../errno.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { ProcessRecord, ThreadRecord, Tty } from '../state.ts';
import type { Syscalls } from '../sys.ts';
import { newTty, resize } from '../tty.ts';

/** Each container numbers its own from 0; the rest of the key keeps them apart. */
export const ttyLabel = (name: string): string => name.replace(/@.*$/, '');

export function readMaster(k: Kernel, t: ThreadRecord, name: string, max: number): unknown {
  const tty = k.state.ttys.get(name);
  if (tty === undefined) return '';
  if (tty.out === '') return k.block(t, [tty.object]);
  const data = tty.out.slice(0, max);
  tty.out = tty.out.slice(data.length);
  tty.outBase += data.length;
  return data;
}

/** Gives a session leader its terminal, as Setctty does. */
export function takeTerminal(k: Kernel, p: ProcessRecord, fd: number): void {
  const file = k.file(p, fd);
  const tty = file.kind === 'tty' ? k.state.ttys.get(file.tty) : undefined;
  if (tty === undefined || p.sid !== p.pid) throw new SysError('ENOTTY');
  p.tty = tty.name;
  tty.sid = p.sid;
  tty.pgid = p.pgid;
}

function masterOf(k: Kernel, p: ProcessRecord, fd: number): Tty {
  const file = k.file(p, fd);
  const tty = file.kind === 'ptmx' ? k.state.ttys.get(file.tty) : undefined;
  if (tty === undefined) throw new SysError('ENOTTY');
  return tty;
}

export const ptyCalls: Handlers = {
  openpty: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { cols, rows }: Syscalls['openpty'][0]) => {
    assertRoom(p, 2);
    const object = k.newId();
    const name = `pts/0@${object}`;
    k.state.ttys.set(name, newTty(name, p.host, object, cols, rows));
    return { master: k.openFile(p, { id: k.newId(), refs: 1, kind: 'ptmx', tty: name }), slave: k.openFile(p, { id: k.newId(), refs: 1, kind: 'tty', tty: name }) };
  },
  ttyresize: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { fd, cols, rows }: Syscalls['ttyresize'][0]) => {
    resize(k, masterOf(k, p, fd), cols, rows);
    return null;
  },
};
