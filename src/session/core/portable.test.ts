/** What of a sitting leaves the page, what comes back, and what is refused. */
import { describe, expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { ENV } from './node.ts';
import { readState, StateError, writeState } from './portable.ts';
import type { KeptInstant, KeptMoment, KeptSession, LogEntry, SavedSession } from './types.ts';

const lab = 'control-plane-failure';
const faults = labs.get(lab)!.definition.tasks.slice(1).flatMap(({ faults }) => faults.flatMap(({ run }) => run));

const keys = (step: number, bytes: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'keys', tty: 'pts/0', bytes } });
const fault = (step: number, command: string): LogEntry => ({ step, at: step * 1000, input: { kind: 'exec', host: 'controlplane', id: 10_000 + step, argv: ['/bin/bash', '-c', command], env: ENV, cwd: '/root' } });

const instant = (log: number, entries: number, at: number): KeptInstant => ({ log, entries, step: at, at: at * 1000, task: 0, hintsShown: 0, faults: 0 });
const moment = (id: number, parent: number | null, change: Partial<KeptMoment> = {}): KeptMoment => ({ id, parent, kind: 'command', label: 'ls', at: 0, marks: [], before: null, tip: null, next: null, ...change });

function saved(entries: readonly LogEntry[], change: Partial<SavedSession['log']> = {}): KeptSession {
  const left = [...entries.slice(0, 1), keys(7, 'left')];
  return {
    log: { version: 1, build: 'b', lab, task: 1, seed: 1, cols: 80, rows: 24, entries, end: { step: 100, at: 100_000 }, ...change }, task: 1, lang: 'ko', hintsShown: 2, world: '', entries: 1,
    timeline: {
      logs: [left, entries], current: 2, taskStart: instant(1, 0, 0), faults: 0, entries: entries.length,
      moments: [moment(0, null, { kind: 'start', next: 2 }), moment(1, 0, { before: instant(0, 1, 2), tip: instant(0, 2, 8), marks: [{ at: 5, kind: 'stuck', name: 'web', word: 'ErrImagePull' }] }), moment(2, 0, { before: instant(1, 1, 2) })],
    },
  };
}

test('comes back as it was', () => {
  const before = saved([keys(1, 'ls\r'), fault(2, faults[0]!), keys(3, '\x03')]);
  expect(readState(writeState(before), lab)).toEqual(before);
});

test('does not say what the lab broke', () => {
  expect(faults.length).toBeGreaterThan(0);
  const text = writeState(saved(faults.map((command, at) => fault(at + 1, command))));
  for (const command of faults) expect(text).not.toContain(JSON.stringify(command).slice(1, -1));
});

test('a branch is written as what it has beyond another', () => {
  const { timeline } = JSON.parse(writeState(saved([keys(1, 'a'), keys(2, 'b')]))) as { timeline: { branches: unknown } };
  expect(timeline.branches).toEqual([{ of: 0, count: 1, rest: [keys(7, 'left')] }, { of: 0, count: 2, rest: [] }]);
});

describe('a tree that is none is refused', () => {
  const state = JSON.parse(writeState(saved([keys(1, 'a')]))) as { timeline: { moments: KeptMoment[]; branches: object[] } };
  const [start, left, here] = state.timeline.moments as [KeptMoment, KeptMoment, KeptMoment];
  test.each<[string, object]>([
    ['no moments', { moments: [] }], ['moments that are none', { moments: [null] }], ['a current moment that is not there', { current: 9 }], ['a present that is not there', { now: 9 }],
    ['a parent that comes later', { moments: [start, { ...left, parent: 2 }, here] }], ['two of one name', { moments: [start, left, { ...here, id: 1 }] }],
    ['a way to somebody else’s child', { moments: [{ ...start, next: 1 }, left, { ...here, next: 1 }] }], ['a mark of no kind', { moments: [start, { ...left, marks: [{ at: 0, kind: 'x', name: '' }] }, here] }],
    ['an instant beyond its log', { moments: [start, { ...left, tip: instant(0, 3, 8) }, here] }], ['an instant before its log’s end', { moments: [start, { ...left, tip: instant(0, 2, 1) }, here] }],
    ['an instant years away', { moments: [start, { ...left, tip: { ...instant(0, 2, 8), at: 1e15 } }, here] }], ['a log that is not there', { taskStart: instant(4, 0, 0) }],
    ['branches that are none', { branches: {} }], ['a branch of a later one', { branches: [{ of: 2, count: 0, rest: [] }, ...state.timeline.branches] }],
    ['a branch of more than there is', { branches: [{ of: 0, count: 5, rest: [] }, ...state.timeline.branches] }], ['entries it cannot know of', { entries: 2 }],
  ])('%s', (_, change) => {
    expect(() => readState(JSON.stringify({ ...state, timeline: { ...state.timeline, ...change } }), lab)).toThrow('damaged');
  });
  test('as it stands it is one', () => expect(readState(JSON.stringify(state), lab).timeline.moments).toHaveLength(3));
});

describe('refused', () => {
  const with_ = (change: object) => JSON.stringify({ ...(JSON.parse(writeState(saved([keys(1, 'a')]))) as object), ...change });
  const log = saved([keys(1, 'a')]).log;
  test.each([
    ['', 'not a state'], ['null', 'not a state'], ['[]', 'not a state'], ['{"format":"other"}', 'not a state'], [with_({ log: null }), 'not a state'],
    [with_({ log: { ...log, lab: 'sandbox' } }), 'another lab'], [with_({ log: { ...log, build: 3 } }), 'damaged'],
    [with_({ log: { ...log, entries: {} } }), 'damaged'], [with_({ task: -1 }), 'damaged'], [with_({ log: { ...log, version: 2 } }), 'damaged'], [with_({ log: { ...log, cols: 1e9 } }), 'damaged'],
    [with_({ log: { ...log, entries: [keys(5, 'a'), keys(4, 'b')] } }), 'damaged'], [with_({ log: { ...log, entries: [null] } }), 'damaged'],
    [with_({ log: { ...log, entries: [{ ...keys(1, 'a'), input: { kind: 'rm' } }] } }), 'damaged'], [with_({ log: { ...log, end: { step: 200, at: 1e15 } } }), 'damaged'],
    [with_({ log: { ...log, entries: Array.from({ length: faults.length + 1 }, (_, at) => fault(at + 1, 'x')) } }), 'damaged'],
  ])('%s: %s', (text, why) => {
    expect(() => readState(text, lab)).toThrow(StateError);
    expect(() => readState(text, lab)).toThrow(why);
  });
});
