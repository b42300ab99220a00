import { expect, test } from 'vitest';
import type { Moment } from '../../session/host/index.ts';
import { rowsOf } from './branches.ts';

const moment = (id: number, parent: number | null): Moment => ({ id, parent, kind: 'command', label: `c${id}`, at: id, marks: [] });
const shown = (moments: readonly Moment[], current: number) =>
  rowsOf({ moments, line: [], current, now: current, lookingBack: false, canUndo: true, canRedo: false }).map(({ moment: { id }, depth, isOurs }) => `${'-'.repeat(depth)}${id}${isOurs ? '*' : ''}`);

test('one after another', () => expect(shown([moment(0, null), moment(1, 0), moment(2, 1)], 2)).toEqual(['0*', '1*', '2*']));
test('a branch that was left stands where it was left', () => {
  expect(shown([moment(0, null), moment(1, 0), moment(2, 1), moment(3, 2), moment(4, 1)], 4)).toEqual(['0*', '1*', '-2', '-3', '4*']);
});
test('what comes after the moment that is looked at stays in line', () => expect(shown([moment(0, null), moment(1, 0), moment(2, 1)], 1)).toEqual(['0*', '1*', '2']));
test('nothing at all', () => expect(shown([], 0)).toEqual([]));
