/** Signals as the shell counts and names them. */
import type { Signal, WaitStatus } from '../../kernel/sys.ts';

export const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, CHLD: 17, CONT: 18, STOP: 19, TSTP: 20, TTIN: 21, TTOU: 22, WINCH: 28 };
/** `$?` of a process that ended so. */
export const statusOf = (w: WaitStatus): number => (w.stopped ? 148 : w.signal !== null ? 128 + (SIGNALS[w.signal] ?? 0) : w.code ?? 0);

const WORDS: Readonly<Record<string, string>> = { HUP: 'Hangup', QUIT: 'Quit (core dumped)', KILL: 'Killed', USR1: 'User defined signal 1', USR2: 'User defined signal 2', ALRM: 'Alarm clock', TERM: 'Terminated' };
export const describeSignal = (signal: string): string => WORDS[signal] ?? signal;

/** A signal from `9`, `KILL` or `SIGKILL`; null when there is none of that name, 0 for `0`. */
export function signalNamed(text: string): Signal | 0 | null {
  if (text === '0') return 0;
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (Object.hasOwn(SIGNALS, name)) return name as Signal;
  return (Object.keys(SIGNALS).find((s) => String(SIGNALS[s]) === text) as Signal | undefined) ?? null;
}
