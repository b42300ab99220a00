/** Names of exit codes and numbers of signals, as systemd shows them (`status=203/EXEC`, `status=9/KILL`). */
import type { Signal, WaitStatus } from '../../kernel/sys.ts';

const EXIT_NAMES: Readonly<Record<number, string>> = {
  0: 'SUCCESS', 1: 'FAILURE', 2: 'INVALIDARGUMENT', 3: 'NOTIMPLEMENTED', 4: 'NOPERMISSION', 5: 'NOTINSTALLED', 6: 'NOTCONFIGURED', 7: 'NOTRUNNING',
  64: 'USAGE', 65: 'DATAERR', 66: 'NOINPUT', 67: 'NOUSER', 68: 'NOHOST', 69: 'UNAVAILABLE', 70: 'SOFTWARE', 71: 'OSERR', 72: 'OSFILE', 73: 'CANTCREAT',
  74: 'IOERR', 75: 'TEMPFAIL', 76: 'PROTOCOL', 77: 'NOPERM', 78: 'CONFIG',
  200: 'CHDIR', 201: 'NICE', 202: 'FDS', 203: 'EXEC', 204: 'MEMORY', 205: 'LIMITS', 206: 'OOM_ADJUST', 207: 'SIGNAL_MASK', 208: 'STDIN', 209: 'STDOUT',
  210: 'CHROOT', 211: 'IOPRIO', 216: 'GROUP', 217: 'USER', 218: 'CAPABILITIES', 219: 'CGROUP', 226: 'NAMESPACE', 255: 'EXCEPTION',
};
const SIGNAL_NUMBERS: Readonly<Record<Signal, number>> = {
  HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, CHLD: 17, CONT: 18, STOP: 19, TSTP: 20, TTIN: 21, TTOU: 22, WINCH: 28,
};

/** `FAILURE` for 1, null for a code without a name. */
export const exitName = (code: number): string | null => EXIT_NAMES[code] ?? null;
export const signalNumber = (signal: Signal): number => SIGNAL_NUMBERS[signal];
export const signalName = (number: number): string => Object.entries(SIGNAL_NUMBERS).find(([, n]) => n === number)?.[0] ?? String(number);

/** `TERM`, `SIGTERM` or `15` → the signal's name; null when there is none. */
export function parseSignal(text: string): Signal | null {
  if (/^\d+$/.test(text)) {
    const name = signalName(Number(text));
    return name === text ? null : (name as Signal);
  }
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name in SIGNAL_NUMBERS ? (name as Signal) : null;
}

/** A wait status as systemd's code and number. */
export function exitOf(status: WaitStatus): { readonly code: 'exited' | 'killed'; readonly status: number } {
  return status.signal === null ? { code: 'exited', status: status.code ?? 0 } : { code: 'killed', status: signalNumber(status.signal) };
}

/** `code=exited, status=1/FAILURE` (journal). */
export function exitText(code: 'exited' | 'killed', status: number): string {
  const name = code === 'exited' ? exitName(status) : signalName(status);
  return `code=${code}, status=${status}/${name ?? 'n/a'}`;
}
