// Which commands have ended, by the timeline and the prompt.
import { expect, test } from 'vitest';
import type { Moment, TimelineView } from '../../session/host/index.ts';
import { commandsOf } from './commands.ts';

const moment = (id: number, label: string, kind: Moment['kind'] = 'command'): Moment => ({ id, parent: id - 1, kind, label, at: 0, marks: [] });

function setup() {
  const sitting = { view: { timeline: { moments: [moment(0, '', 'start'), moment(1, 'before')] } as unknown as TimelineView }, shellWaits: true, atRest: true, exitCode: 0 };
  const add = (...more: readonly Moment[]) => { sitting.view = { timeline: { ...sitting.view.timeline, moments: [...sitting.view.timeline.moments, ...more] } }; };
  return { sitting, add, ended: commandsOf(sitting as never) };
}

test('a command is told once, when the prompt is back', () => {
  const { sitting, add, ended } = setup();
  expect(ended()).toEqual([]);
  sitting.shellWaits = false;
  add(moment(2, 'false'));
  expect(ended()).toEqual([]);
  Object.assign(sitting, { shellWaits: true, exitCode: 1, atRest: false });
  expect(ended()).toEqual([]);
  sitting.atRest = true;
  expect(ended()).toEqual([{ command: 'false', exitCode: 1 }]);
  expect(ended()).toEqual([]);
});

test('saved files, tasks and empty lines are none', () => {
  const { add, ended } = setup();
  add(moment(2, '/etc/hosts', 'edit'), moment(3, 'manager', 'task'), moment(4, ' '));
  expect(ended()).toEqual([]);
});

test('of pasted lines the last exit code is known', () => {
  const { add, ended } = setup();
  add(moment(2, 'a'), moment(3, 'b'));
  expect(ended()).toEqual([{ command: 'a', exitCode: -1 }, { command: 'b', exitCode: 0 }]);
});
