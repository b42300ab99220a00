// Time is faked: the clock moves only when the test says so.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../core/index.ts';
import { Glance } from './glance.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  let state = 'broken';
  const seen: string[] = [];
  const session = {
    task: 0,
    *looking() {
      yield;
      return [{ id: state, pass: false, seen: '' }];
    },
  } as unknown as Session;
  const host = { nowMs: () => Date.now(), onFrame: () => () => undefined, soon: (callback: () => void) => void setTimeout(callback, 1) };
  const glance = new Glance(session, host, 1, { seen: ([check]) => seen.push(check!.id), failed: (error) => { throw error; } });
  return { glance, seen, become: (next: string) => { state = next; glance.soon(); } };
}

test('the last change is looked at, also when nothing calls after it', async () => {
  const { become, seen } = setup();
  become('broken');
  await vi.advanceTimersByTimeAsync(100);
  become('mended');
  await vi.advanceTimersByTimeAsync(100);
  expect(seen).toEqual(['broken']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen).toEqual(['broken', 'mended']);
});

test('not more often than once a second', async () => {
  const { become, seen } = setup();
  for (let n = 0; n < 30; n++) {
    become(String(n));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(seen.length).toBeLessThanOrEqual(3);
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen.at(-1)).toBe('29');
});

test('what was about to be looked at is forgotten with the world it was of', async () => {
  const { glance, become, seen } = setup();
  become('here');
  await vi.advanceTimersByTimeAsync(100);
  become('elsewhere');
  glance.forget();
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen).toEqual(['here']);
});
