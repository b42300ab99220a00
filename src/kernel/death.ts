/** How processes and threads end, and who reaps them. */
import type { Kernel } from './kernel.ts';
import type { ProcessRecord, ThreadRecord } from './state.ts';
import { lend } from './sys.ts';
import type { Coroutine, WaitStatus } from './sys.ts';
import { tellParent } from './signals.ts';
/** What its finally blocks ask for is not done: the thread is gone. */
function close(gen: Coroutine<unknown>): void {
  const before = lend(null);
  try { gen.return(undefined); } catch { /* a running or failing finally: the thread is gone all the same */ } finally { lend(before); }
}

/** What is left to do for a thread that waits on nothing any more. */
export function forgetThread(k: Kernel, p: ProcessRecord, t: ThreadRecord): void {
  p.threads.delete(t.tid);
  for (const [id, request] of k.state.devices) if (request.pid === p.pid && request.tid === t.tid) k.state.devices.delete(id);
  const gen = t.gen;
  t.gen = null;
  t.token++;
  if (gen !== null) close(gen);
}

export function endProcess(k: Kernel, p: ProcessRecord, status: WaitStatus): void {
  if (p.status !== null) return;
  p.status = status;
  p.stopped = false;
  for (const t of [...p.threads.values()]) k.dropThread(p, t);
  for (const id of p.fds.values()) k.closeFile(id);
  p.fds.clear();
  p.tables.clear();
  for (const child of k.state.processes.values()) {
    if (child.ppid === p.pid) {
      child.ppid = reaper(k, p);
      if (child.status !== null) reapIfOrphan(k, child);
    }
    if (p.nspid === 1 && child.pidns === p.pidns && child.pid !== p.pid && child.status === null) k.endProcess(child, { code: null, signal: 'KILL', stopped: false });
  }
  if (p.exec !== null) {
    const exec = k.state.execs.get(p.exec);
    if (exec !== undefined) exec.status = status;
  }
  for (const tty of k.state.ttys.values()) if (tty.sid === p.pid) hangUp(k, tty.name, p.pid);
  k.wake(p.object);
  tellParent(k, p);
  reapIfOrphan(k, p);
}
function hangUp(k: Kernel, name: string, sid: number): void {
  for (const p of k.state.processes.values()) if (p.tty === name && p.sid === sid && p.status === null) k.signal(p, 'HUP');
}
function reaper(k: Kernel, p: ProcessRecord): number {
  for (const q of k.state.processes.values()) if (q.host === p.host && q.ppid === 0 && q.pid !== p.pid && q.status === null && q.exec === null) return q.pid;
  return 0;
}
/** Nobody will ever wait for a process whose parent is gone or ignores its children. */
function reapIfOrphan(k: Kernel, p: ProcessRecord): void {
  const parent = k.state.processes.get(p.ppid);
  if (p.ppid === 0 || parent === undefined || parent.status !== null || parent.actions.get('CHLD') === 'ignore') k.reap(p);
}
