/** Asking PID 1, and what is common to systemctl's verbs: options and messages. */
import { errnoOf } from '../../kernel/errno.ts';
import { close, connect, recv, send, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Json } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { CONTROL_SOCKET, type ManagerReply, type ManagerRequest, type UnitView } from '../../lib/systemd/index.ts';

export interface Options {
  readonly all: boolean; readonly full: boolean; readonly pager: boolean; readonly legend: boolean; readonly quiet: boolean; readonly now: boolean; readonly force: boolean; readonly block: boolean;
  readonly value: boolean; readonly runtime: boolean; readonly plain: boolean; readonly lines: number; readonly output: string; readonly types: readonly string[]; readonly states: readonly string[]; readonly properties: readonly string[];
  readonly signal: string; readonly whom: 'main' | 'control' | 'all';
}

/** Text with UTF-8 in it, to standard output or error. */
export const say = (text: string) => write(1, encodeUtf8(text));
export const complain = (text: string) => write(2, encodeUtf8(text));
export const bytes = (text: string): Bytes => encodeUtf8(text);

/** One request; null when PID 1 cannot be reached (a container, say). */
export function* ask(request: ManagerRequest): Coroutine<ManagerReply | null> {
  let fd: number;
  try {
    fd = yield* connect({ net: 'unix', path: CONTROL_SOCKET });
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    yield* complain("System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n");
    return null;
  }
  yield* send(fd, request as unknown as Json);
  const reply = (yield* recv(fd)) as unknown as ManagerReply | null;
  yield* close(fd);
  return reply;
}

/** Views of units, null when PID 1 did not answer. */
export function* unitViews(names: readonly string[] | null): Coroutine<readonly UnitView[] | null> {
  const reply = yield* ask({ method: 'units', names });
  return reply !== null && 'units' in reply ? reply.units : null;
}

export const isFound = (u: UnitView): boolean => u.def.loadState !== 'not-found';

/** A shell pattern of a unit name as a test (`*` and `?`). */
export function matcher(pattern: string): (name: string) => boolean {
  const matches = (p: string, n: string): boolean => {
    if (p === '') return n === '';
    if (p[0] === '*') return matches(p.slice(1), n) || (n !== '' && matches(p, n.slice(1)));
    return n !== '' && (p[0] === '?' || p[0] === n[0]) && matches(p.slice(1), n.slice(1));
  };
  return (name) => matches(pattern, name);
}
export const isGlob = (name: string): boolean => /[*?]/.test(name);

/** Told on standard error by every verb that meets a unit whose files changed. */
export const changedOnDisk = (name: string): string => `Warning: The unit file, source configuration file or drop-ins of ${name} changed on disk. Run 'systemctl daemon-reload' to reload units.\n`;
