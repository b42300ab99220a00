/** What of a sitting leaves the page, what comes back, and what is refused. */
import { describe, expect, test } from 'vitest';
import { fault, FAULTS, instant, keys, LAB, stateOf } from '../../testing/states.ts';
import { readState, StateError, writeState } from './portable.ts';
import type { KeptMoment } from './types.ts';

test('comes back as it was', () => {
  const before = stateOf([keys(1, 'ls\r'), fault(2, FAULTS[0]!), keys(3, '\x03')]);
  expect(readState(writeState(before), LAB)).toEqual(before);
});

test('does not say what the lab broke', () => {
  expect(FAULTS.length).toBeGreaterThan(0);
  const text = writeState(stateOf(FAULTS.map((command, at) => fault(at + 1, command))));
  for (const command of FAULTS) expect(text).not.toContain(JSON.stringify(command).slice(1, -1));
});

test('a branch is written as what it has beyond another', () => {
  const { timeline } = JSON.parse(writeState(stateOf([keys(1, 'a'), keys(2, 'b')]))) as { timeline: { branches: unknown } };
  expect(timeline.branches).toEqual([{ of: 0, count: 1, rest: [keys(7, 'left')] }, { of: 0, count: 2, rest: [] }]);
});

describe('a tree that is none is refused', () => {
  const state = JSON.parse(writeState(stateOf([keys(1, 'a')]))) as { timeline: { moments: KeptMoment[]; branches: object[] } };
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
    expect(() => readState(JSON.stringify({ ...state, timeline: { ...state.timeline, ...change } }), LAB)).toThrow('damaged');
  });
  test('as it stands it is one', () => expect(readState(JSON.stringify(state), LAB).timeline.moments).toHaveLength(3));
});

describe('refused', () => {
  const with_ = (change: object) => JSON.stringify({ ...(JSON.parse(writeState(stateOf([keys(1, 'a')]))) as object), ...change });
  const log = stateOf([keys(1, 'a')]).log;
  test.each([
    ['', 'not a state'], ['null', 'not a state'], ['[]', 'not a state'], ['{"format":"other"}', 'not a state'], [with_({ log: null }), 'not a state'],
    [with_({ log: { ...log, lab: 'sandbox' } }), 'another lab'], [with_({ log: { ...log, build: 3 } }), 'damaged'],
    [with_({ log: { ...log, entries: {} } }), 'damaged'], [with_({ task: -1 }), 'damaged'], [with_({ log: { ...log, version: 2 } }), 'damaged'], [with_({ log: { ...log, cols: 1e9 } }), 'damaged'],
    [with_({ log: { ...log, entries: [keys(5, 'a'), keys(4, 'b')] } }), 'damaged'], [with_({ log: { ...log, entries: [null] } }), 'damaged'],
    [with_({ log: { ...log, entries: [{ ...keys(1, 'a'), input: { kind: 'rm' } }] } }), 'damaged'], [with_({ log: { ...log, end: { step: 200, at: 1e15 } } }), 'damaged'],
    [with_({ log: { ...log, entries: Array.from({ length: FAULTS.length + 1 }, (_, at) => fault(at + 1, 'x')) } }), 'damaged'],
  ])('%s: %s', (text, why) => {
    expect(() => readState(text, LAB)).toThrow(StateError);
    expect(() => readState(text, LAB)).toThrow(why);
  });
});
