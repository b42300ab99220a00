/** The exit status that the login shell will show as `$?`. */
import { TTY, HOST } from './node.ts';
import type { Session } from './types.ts';

/** Bash keeps its whole state in its checkpoint; `status` there is `$?`. Null while no shell is there. */
export function lastExitCode(session: Session): number | null {
  const shell = session.world.processes(HOST).find((p) => p.tty === TTY && p.pid === p.sid && p.status === null);
  const saved = shell?.threads.get(1)?.saved as { readonly status?: number } | undefined;
  return saved?.status ?? null;
}
