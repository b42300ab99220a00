import { describe, expect, it } from 'vitest';
import { formatDuration, humanDuration, parseDuration, shortHumanDuration } from './duration.ts';

const S = 1_000_000;
const at = (days: number, hours = 0, minutes = 0, seconds = 0): number => (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * S;

describe('Go', () => {
  it.each([[0, '0s'], [1, '1µs'], [1500, '1.5ms'], [300_000, '300ms'], [1.5 * S, '1.5s'], [80 * S, '1m20s'], [3600 * S, '1h0m0s'], [-S, '-1s'], [at(1), '24h0m0s'], [15 * S + 1, '15.000001s']])('%i µs is %s', (us, text) => {
    expect(formatDuration(us)).toBe(text);
    expect(parseDuration(text)).toBe(us);
  });
  it.each([['90s', 90 * S], ['1.5h', 5400 * S], ['0', 0], ['+5s', 5 * S], ['.5s', S / 2], ['1h1m1s', 3661 * S], ['100us', 100], ['1ns', 0]])('%s', (text, us) => expect(parseDuration(text)).toBe(us));
  it.each(['', '5', 's', '1 s', '1d', '1s1', '--1s'])('%j is none', (text) => expect(parseDuration(text)).toBeNull());
});

it.each<[number, string, string]>([
  [-2 * S, '<invalid>', '<invalid>'], [-S / 2, '0s', '0s'], [0, '0s', '0s'], [59 * S, '59s', '59s'], [119 * S, '119s', '1m'], [120 * S, '2m', '2m'], [355 * S, '5m55s', '5m'], [600 * S, '10m', '10m'], [at(0, 2, 59), '179m', '2h'], [at(0, 3), '3h', '3h'],
  [at(0, 7, 59), '7h59m', '7h'], [at(0, 8, 1), '8h', '8h'], [at(0, 47, 59), '47h', '1d'], [at(2), '2d', '2d'], [at(3, 4), '3d4h', '3d'], [at(8, 5), '8d', '8d'], [at(729), '729d', '1y'], [at(730), '2y', '2y'], [at(760), '2y30d', '2y'], [at(8 * 365), '8y', '8y'],
])('%i µs ago is %s, in short %s', (us, long, short) => {
  expect(humanDuration(us)).toBe(long);
  expect(shortHumanDuration(us)).toBe(short);
});
