/** What of a sitting leaves the page, what comes back, and what is refused. */
import { describe, expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { readState, StateError, writeState } from './portable.ts';
import type { LogEntry, SavedSession } from './types.ts';

const lab = 'control-plane-failure';
const faults = labs.get(lab)!.definition.tasks.slice(1).flatMap(({ faults }) => faults.flatMap(({ run }) => run));

const keys = (step: number, bytes: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'keys', tty: 'pts/0', bytes } });
const fault = (step: number, command: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'exec', host: 'controlplane', id: 10_000 + step, argv: ['/bin/bash', '-c', command], env: {}, cwd: '/root' } });

const saved = (entries: readonly LogEntry[], change: Partial<SavedSession['log']> = {}): SavedSession => ({
  log: { version: 1, build: 'b', lab, task: 1, seed: 1, cols: 80, rows: 24, entries, end: { step: 100, at: 100_000 }, ...change }, task: 1, lang: 'ko', hintsShown: 2,
});

test('comes back as it was', () => {
  const before = saved([keys(1, 'ls\r'), fault(2, faults[0]!), keys(3, '\x03')]);
  expect(readState(writeState(before), lab, 'b')).toEqual(before);
});

test('does not say what the lab broke', () => {
  expect(faults.length).toBeGreaterThan(0);
  const text = writeState(saved(faults.map((command, at) => fault(at + 1, command))));
  for (const command of faults) expect(text).not.toContain(JSON.stringify(command).slice(1, -1));
});

describe('refused', () => {
  const with_ = (change: object) => JSON.stringify({ ...(JSON.parse(writeState(saved([keys(1, 'a')]))) as object), ...change });
  const log = saved([keys(1, 'a')]).log;
  test.each([
    ['', 'not a state'], ['null', 'not a state'], ['[]', 'not a state'], ['{"format":"other"}', 'not a state'], [with_({ log: null }), 'not a state'],
    [with_({ log: { ...log, lab: 'sandbox' } }), 'another lab'], [with_({ log: { ...log, build: 'older' } }), 'another build'],
    [with_({ log: { ...log, entries: {} } }), 'damaged'], [with_({ task: -1 }), 'damaged'], [with_({ log: { ...log, version: 2 } }), 'damaged'], [with_({ log: { ...log, cols: 1e9 } }), 'damaged'],
    [with_({ log: { ...log, entries: [keys(5, 'a'), keys(4, 'b')] } }), 'damaged'], [with_({ log: { ...log, entries: [null] } }), 'damaged'],
    [with_({ log: { ...log, entries: [{ ...keys(1, 'a'), input: { kind: 'rm' } }] } }), 'damaged'], [with_({ log: { ...log, end: { step: 200, at: 1e15 } } }), 'damaged'],
    [with_({ log: { ...log, entries: Array.from({ length: faults.length + 1 }, (_, at) => fault(at + 1, 'x')) } }), 'damaged'],
  ])('%s: %s', (text, why) => {
    expect(() => readState(text, lab, 'b')).toThrow(StateError);
    expect(() => readState(text, lab, 'b')).toThrow(why);
  });
});
