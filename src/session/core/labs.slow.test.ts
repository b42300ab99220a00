import { describe, expect, it } from 'vitest';
import { labs } from '../../labs/index.ts';
import { openSession } from './index.ts';
import { openingOf } from './opening.ts';
import { playSolution } from './solution.ts';

const SEEDS = [1, 2, 3];

describe.each([...labs].filter(([, lab]) => lab.definition.tasks.length > 0))('%s', (id, { definition }) => {
  it.each(SEEDS)('each task is red after its fault and green after its solution, seed %i', (seed) => {
    const session = openSession({ lab: id, seed, cols: 120, rows: 40, opening: openingOf(definition, seed) });
    for (const task of definition.tasks) {
      expect(session.look().some(({ seen }) => seen !== ''), `${task.id} begins red`).toBe(true);
      expect(playSolution(session).filter((check) => !check.pass)).toEqual([]);
    }
    expect(session.task).toBe(definition.tasks.length);
    expect(session.world.crashes).toEqual([]);
  }, 120_000);

  it('stays red for an hour when nobody does anything', () => {
    const session = openSession({ lab: id, cols: 120, rows: 40, opening: openingOf(definition, 1) });
    for (let minute = 0; minute < 60; minute += 10) {
      expect(session.look().some(({ seen }) => seen !== '')).toBe(true);
      session.advance(session.world.now + 600_000_000, Infinity);
    }
    expect(session.look().some(({ seen }) => seen !== '')).toBe(true);
  }, 120_000);

  it('a component in its back-off is not called steady because it waits just now', () => {
    const session = openSession({ lab: id, cols: 120, rows: 40, opening: openingOf(definition, 1) });
    const steady = session.check().find((check) => check.id.endsWith('-steady'))!;
    expect(steady).toMatchObject({ pass: false, seen: expect.stringMatching(/^after \d+s: .*restartCount is \d+, was \d+$/) });
  });
});
