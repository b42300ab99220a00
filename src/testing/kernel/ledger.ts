/** What must add up in any world at any instant: who holds what, and that nothing is held by nobody. Read from a snapshot. */
import type { KernelState, OpenFile, ProcessRecord } from '../../kernel/state.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';

const count = <T>(items: Iterable<T>, is: (item: T) => boolean): number => [...items].filter(is).length;

function* processes(state: KernelState): Generator<string> {
  for (const p of state.processes.values()) {
    if (p.status === null && !p.threads.has(1)) yield `process ${p.pid} lives without a main thread`;
    if (p.status !== null && p.threads.size + p.fds.size + p.tables.size > 0) yield `process ${p.pid} is dead and holds something`;
    if (p.status !== null && !waits(state, p)) yield `process ${p.pid} is dead and nobody will wait for it`;
    for (const [fd, id] of p.fds) if (!state.open.has(id)) yield `descriptor ${fd} of ${p.pid} leads nowhere`;
  }
}
const waits = (state: KernelState, p: ProcessRecord): boolean => state.processes.get(p.ppid)?.status === null;

function* files(state: KernelState): Generator<string> {
  const held = new Map<number, number>();
  for (const p of state.processes.values()) for (const id of p.fds.values()) held.set(id, (held.get(id) ?? 0) + 1);
  for (const file of state.open.values()) if (file.refs !== (held.get(file.id) ?? 0)) yield `a ${file.kind} counts ${file.refs} holders and has ${held.get(file.id) ?? 0}`;
  const open = [...state.open.values()];
  const ends = (pipe: number, end: 'r' | 'w') => count(open, (f: OpenFile) => f.kind === 'pipe' && f.pipe === pipe && f.end === end);
  for (const pipe of state.pipes.values()) if (pipe.readers !== ends(pipe.id, 'r') || pipe.writers !== ends(pipe.id, 'w')) yield `pipe ${pipe.id} counts ${pipe.readers} readers and ${pipe.writers} writers`;
  for (const fs of state.filesystems.values()) {
    const names = new Map<number, number>();
    for (const inode of fs.inodes.values()) for (const ino of inode.entries?.values() ?? []) names.set(ino, (names.get(ino) ?? 0) + 1);
    for (const inode of fs.inodes.values()) {
      const known = names.get(inode.ino) ?? 0;
      if (inode.type !== 'dir' && inode.nlink !== known) yield `inode ${inode.ino} counts ${inode.nlink} names and has ${known}`;
      if (known === 0 && inode.ino !== 2 && !open.some((f) => 'at' in f && f.at.fs === fs.id && f.at.ino === inode.ino)) yield `inode ${inode.ino} has no name and nobody holds it`;
    }
  }
}

function* sockets(state: KernelState): Generator<string> {
  const open = [...state.open.values()];
  const queued = new Set([...state.listeners.values()].flatMap((l) => l.queue));
  for (const s of state.sockets.values()) {
    if (!queued.has(s.id) && !open.some((f) => f.kind === 'socket' && f.socket === s.id)) yield `socket ${s.id} is held by nobody`;
    if (s.other !== null && state.sockets.get(s.other)?.other !== s.id) yield `socket ${s.id} has a peer that does not know it`;
  }
  for (const l of state.listeners.values()) if (!open.some((f) => f.kind === 'listener' && f.listener === l.id)) yield `listener ${l.id} is held by nobody`;
  for (const w of state.watches.values()) if (!open.some((f) => f.kind === 'watch' && f.watch === w.id)) yield `watch ${w.id} is held by nobody`;
}

/** All that does not add up, in words. */
export function discrepancies({ state }: WorldSnapshot): string[] {
  return [...processes(state), ...files(state), ...sockets(state)];
}
