import { expect, test } from 'vitest';
import { readRequest } from './settings.ts';

const request = (query: string) => readRequest(new URLSearchParams(query));

test('an address without a query asks for the home page, from where the first lab is live', () => {
  expect(request('')).toEqual({ home: true, lab: 'control-plane-failure', task: undefined, seed: undefined, clock: 'live', keep: true, size: undefined });
});

test('tasks are counted from 1 in the address', () => {
  expect(request('lab=sandbox&task=2&seed=7&clock=step&size=120x40')).toEqual({ home: false, lab: 'sandbox', task: 1, seed: 7, clock: 'step', keep: true, size: { cols: 120, rows: 40 } });
});

test('nonsense is ignored', () => {
  expect(request('task=-1&seed=x&clock=fast&size=12')).toMatchObject({ task: undefined, seed: undefined, clock: 'live', size: undefined });
});

test('who keeps the work is the address’s to say', () => {
  expect(['local', 'host', 'none', 'rubbish'].map((progress) => request(`progress=${progress}`).keep)).toEqual([true, false, false, true]);
});
