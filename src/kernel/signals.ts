/** Signals: default actions, catching, stopping, and what the parent hears. */
import type { Kernel } from './kernel.ts';
import type { ProcessRecord } from './state.ts';
import type { Signal } from './sys.ts';

const DEFAULT_IGNORED: ReadonlySet<Signal> = new Set(['CHLD', 'WINCH', 'CONT']);
const STOPPING: ReadonlySet<Signal> = new Set(['STOP', 'TSTP', 'TTIN', 'TTOU']);
export function deliver(k: Kernel, p: ProcessRecord, signal: Signal): void {
  if (p.status !== null) return;
  if (signal === 'KILL') return k.endProcess(p, { code: null, signal, stopped: false });
  if (signal === 'CONT') proceed(k, p);
  const action = p.actions.get(signal);
  if (signal === 'STOP' || (action === undefined && STOPPING.has(signal))) return stop(k, p);
  if (action === 'ignore') return;
  if (action === 'catch') {
    if (p.pending.length < 64) p.pending = [...p.pending, { signal, seen: false }];
    const main = p.threads.get(1);
    if (main !== undefined) k.wakeThread(main);
    return;
  }
  if (DEFAULT_IGNORED.has(signal)) return;
  if (p.nspid === 1) return;   // the first process of a pid namespace ignores what it has no handler for
  k.endProcess(p, { code: null, signal, stopped: false });
}
export function deliverGroup(k: Kernel, pgid: number, signal: Signal): boolean {
  const members = [...k.state.processes.values()].filter((p) => p.pgid === pgid && p.status === null);
  for (const p of members) k.signal(p, signal);
  return members.length > 0;
}
function stop(k: Kernel, p: ProcessRecord): void {
  if (p.stopped) return;
  p.stopped = true;
  p.stopReported = false;
  tellParent(k, p);
}
function proceed(k: Kernel, p: ProcessRecord): void {
  if (!p.stopped) return;
  p.stopped = false;
  for (const t of p.threads.values()) {
    if (t.status === 'ready' || t.status === 'new') k.state.ready.push({ pid: t.pid, tid: t.tid, token: t.token });
    else if (t.status === 'delayed') k.timer(t, k.state.now);
    else k.wakeThread(t);
  }
}
export function tellParent(k: Kernel, p: ProcessRecord): void {
  const parent = k.state.processes.get(p.ppid);
  if (parent === undefined) return;
  k.wake(parent.object);
  k.signal(parent, 'CHLD');
}
