/** Small states of a sitting, as they leave the page: a log, a branch that was left, a fault that arrived. */
import { labs } from '../labs/index.ts';
import { ENV } from '../session/core/node.ts';
import type { KeptInstant, KeptMoment, KeptSession, LogEntry, SavedSession } from '../session/core/index.ts';

export const LAB = 'control-plane-failure';
/** Commands of the faults that arrive during a sitting, in their order. */
export const FAULTS = labs.get(LAB)!.definition.tasks.slice(1).flatMap(({ faults }) => faults.flatMap(({ run }) => run));

export const keys = (step: number, bytes: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'keys', tty: 'pts/0', bytes } });
export const fault = (step: number, command: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'exec', host: 'controlplane', id: 10_000 + step, argv: ['/bin/bash', '-c', command], env: ENV, cwd: '/root' } });

export const instant = (log: number, entries: number, at: number): KeptInstant => ({ log, entries, step: at, at: at * 1000, task: 0, hintsShown: 0, faults: 0 });
const moment = (id: number, parent: number | null, change: Partial<KeptMoment> = {}): KeptMoment => ({ id, parent, kind: 'command', label: 'ls', at: 0, marks: [], before: null, tip: null, next: null, ...change });

/** What was typed, and a branch that was left after its first entry. */
export function stateOf(entries: readonly LogEntry[], change: Partial<SavedSession['log']> = {}): KeptSession {
  const left = [...entries.slice(0, 1), keys(7, 'left')];
  return {
    log: { version: 1, build: 'b', lab: LAB, task: 1, seed: 1, cols: 80, rows: 24, entries, end: { step: 100, at: 100_000 }, ...change }, task: 1, lang: 'ko', hintsShown: 2, world: '', entries: 1,
    timeline: {
      logs: [left, entries], current: 2, taskStart: instant(1, 0, 0), faults: 0, entries: entries.length,
      moments: [moment(0, null, { kind: 'start', next: 2 }), moment(1, 0, { before: instant(0, 1, 2), tip: instant(0, 2, 8), marks: [{ at: 5, kind: 'stuck', name: 'web', word: 'ErrImagePull' }] }), moment(2, 0, { before: instant(1, 1, 2) })],
    },
  };
}
