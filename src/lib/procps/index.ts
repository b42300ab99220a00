/** Processes and users as procps' tools see them. */
import { errnoOf } from '../../kernel/errno.ts';
import { processes, readFile, self } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, ProcessInfo } from '../../kernel/sys.ts';

/** Pids as seen inside the caller's own pid namespace. */
export function* visibleProcesses(): Coroutine<ProcessInfo[]> {
  const me = yield* self();
  const all = yield* processes();
  if (me.pid === me.nspid) return [...all].sort((a, b) => a.pid - b.pid);
  const inner = new Map(all.map((p) => [p.pid, p.nspid]));
  return all.map((p) => ({ ...p, pid: p.nspid, ppid: inner.get(p.ppid) ?? 0, pgid: inner.get(p.pgid) ?? 0, sid: inner.get(p.sid) ?? 0, tpgid: inner.get(p.tpgid) ?? -1 })).sort((a, b) => a.pid - b.pid);
}

function* table(path: string): Coroutine<Map<number, string>> {
  let text = '';
  try {
    text = yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
  }
  return new Map(text.split('\n').map((l) => l.split(':')).filter((r) => r.length > 2).map((r) => [Number(r[2]), r[0]!]));
}
/** uid → name, from /etc/passwd. */
export const userNames = () => table('/etc/passwd');
export const groupNames = () => table('/etc/group');

/** What a command line looks like: words joined by blanks; a zombie is `[name] <defunct>`. */
export const commandLine = (p: ProcessInfo): Bytes => (p.state === 'Z' ? `[${(p.argv[0] ?? p.program).replace(/^.*\//, '').slice(0, 15)}] <defunct>` : p.argv.join(' '));
