/** Terminal calls: mode, size, and the foreground group. */
import { SysError } from '../errno.ts';
import type { Handlers, Kernel } from '../kernel.ts';
import type { ProcessRecord, ThreadRecord, Tty } from '../state.ts';
import type { Syscalls } from '../sys.ts';
import { setMode } from '../tty.ts';

function ttyOf(k: Kernel, p: ProcessRecord, fd: number): Tty {
  const file = k.file(p, fd);
  const tty = file.kind === 'tty' ? k.state.ttys.get(file.tty) : undefined;
  if (tty === undefined) throw new SysError('ENOTTY');
  return tty;
}

export const ttyCalls: Handlers = {
  ttymode: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { fd, raw, echo }: Syscalls['ttymode'][0]) => {
    const tty = ttyOf(k, p, fd);
    setMode(k, tty, raw, echo);
    return { raw: tty.raw, echo: tty.echo };
  },
  ttysize: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, fd: number) => {
    const { cols, rows } = ttyOf(k, p, fd);
    return { cols, rows };
  },
  tcsetpgrp: (k: Kernel, p: ProcessRecord, _t: ThreadRecord, { fd, pgid }: Syscalls['tcsetpgrp'][0]) => {
    const tty = ttyOf(k, p, fd);
    if (tty.sid !== p.sid) throw new SysError('ENOTTY');
    tty.pgid = pgid;
    return null;
  },
};
