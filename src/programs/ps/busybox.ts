/** BusyBox' ps: every process, in four columns; -o chooses among those that procps has under the same name. Models busybox procps/ps.c. */
import type { ProcessInfo } from '../../kernel/sys.ts';
import { commandLine } from '../../lib/procps/index.ts';

/** `0:07`, `12h05` or `3d04`. */
function time(us: number): string {
  const seconds = Math.floor(us / 1e6);
  const minutes = Math.floor(seconds / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  if (minutes < 1000) return `${minutes}:${two(seconds % 60)}`;
  return minutes < 24 * 60 * 10 ? `${Math.floor(minutes / 60)}h${two(minutes % 60)}` : `${Math.floor(minutes / 1440)}d${two(Math.floor(minutes / 60) % 24)}`;
}

/** The whole table. */
export function busyboxTable(rows: readonly ProcessInfo[], users: ReadonlyMap<number, string>, width: number | null): string {
  const lines = rows.map((p) => `${String(p.pid).padStart(5)} ${(users.get(p.uid) ?? String(p.uid)).slice(0, 8).padEnd(8)} ${time(p.cpuUs).padStart(5)} ${commandLine(p)}`);
  return ['PID   USER     TIME  COMMAND', ...lines].map((line) => `${width === null ? line : line.slice(0, width)}\n`).join('');
}
