// What an address holds is somebody else's: none, a state, or more than any state of ours.
import { afterEach, expect, test, vi } from 'vitest';
import { linkedState, longestLink } from './link.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['', null],
  ['#task', null],
  ['#s=', ''],
  ['#s=abc-_', 'abc-_'],
  [`#s=${'x'.repeat(longestLink)}`, 'x'.repeat(longestLink)],
  [`#s=${'x'.repeat(longestLink + 1)}`, 'refused'],
  [`#s=${'x'.repeat(5 << 20)}`, 'refused'],
])('%.12s', (hash, state) => {
  vi.stubGlobal('location', { hash });
  expect(linkedState()).toBe(state);
});
