import { expect, test } from 'vitest';
import { FakeSession } from '../../testing/fakeSession.ts';
import type { Mark } from '../core/index.ts';
import type { Host } from './pacer.ts';
import { Skip, type SkipUntil } from './skip.ts';

/** A session in which `marks` happen, one a look; slices wait until they are asked for. */
function setup(marks: readonly Mark['kind'][] = []) {
  const session = new FakeSession({ lab: 'fake', cols: 80, rows: 24 });
  let looks = -1;
  session.observe = () => {
    const kind = marks[looks++];
    return kind ? [{ at: session.world.now, kind, name: 'web' }] as unknown as [] : [];
  };
  const slices: (() => void)[] = [];
  let nowMs = 0;
  const host: Host = { nowMs: () => (nowMs += 10), onFrame: () => () => undefined, soon: (callback) => void slices.push(callback) };
  const told: string[] = [];
  const skip = new Skip(session, host, 100, { begun: () => told.push('begun'), going: () => told.push('going'), over: () => told.push('over') });
  const run = async (until: SkipUntil) => {
    const outcome = skip.start(until);
    for (let slice = slices.shift(); slice; slice = slices.shift()) slice();
    return outcome;
  };
  return { session, skip, slices, told, run };
}

test.each<[SkipUntil, Mark['kind']]>([['anything', 'exited'], ['ready', 'started']])('until %s', async (until, kind) => {
  const { run } = setup(['passed', 'exited', 'restarted', 'started']);
  expect(await run(until)).toMatchObject({ kind: 'mark', mark: { kind, name: 'web' } });
});

test('until the command is done, whatever else happens', async () => {
  const { session, run } = setup(['exited', 'started']);
  session.send('sleep 30\r');
  const { now } = session.world;
  expect(await run('command')).toEqual({ kind: 'prompt' });
  expect(session.world.now).toBe(now + 30e6);
});

test('an editor that stands open already is nothing new; one that opens is', async () => {
  const { session, run } = setup();
  session.send('vi /etc/hosts\r');
  expect(await run('anything')).toEqual({ kind: 'nothing' });
});

test('nothing in ten minutes, told of while it lasts', async () => {
  const { session, told, run } = setup();
  const { now } = session.world;
  expect(await run('anything')).toEqual({ kind: 'nothing' });
  expect(session.world.now).toBe(now + 600e6);
  expect([told[0], told[1], told.at(-1)]).toEqual(['begun', 'going', 'over']);
});

test('it can be ended', async () => {
  const { session, skip, slices, told } = setup();
  const outcome = skip.start('anything');
  slices.shift()!();
  const { now } = session.world;
  skip.stop();
  expect(await outcome).toEqual({ kind: 'cancelled' });
  slices.shift()?.();
  expect(session.world.now).toBe(now);
  expect(told).toEqual(['begun', 'over']);
});
