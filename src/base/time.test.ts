import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as time from './time.ts';

const at = time.fromCivil(2026, 11, 22, 8, 19, 8, 602_085);
it('one moment in every spelling', () => {
  expect(time.rfc3339(at)).toBe('2026-11-22T08:19:08Z');
  expect(time.rfc3339Micro(at)).toBe('2026-11-22T08:19:08.602085Z');
  expect(time.rfc3339Nano(at, 806)).toBe('2026-11-22T08:19:08.602085806Z');
  expect(time.rfc3339Nano(time.fromCivil(2026, 1, 2, 3, 4, 5, 500_000))).toBe('2026-01-02T03:04:05.5Z');
  expect(time.klogTime(at)).toBe('1122 08:19:08.602085');
  expect(time.rfc1123z(at)).toBe('Sun, 22 Nov 2026 08:19:08 +0000');
  expect(time.syslogTime(at)).toBe('Nov 22 08:19:08');
  expect(time.goTime(at)).toBe('2026-11-22 08:19:08.602085 +0000 UTC');
});
it.each([['2026-11-22T08:19:08Z', 0], ['2026-11-22T09:19:08+01:00', 0], ['2026-11-22T08:19:08.6020859Z', 602_085]])('%s is read', (text, micros) => expect(time.parseRfc3339(text)).toBe(time.fromCivil(2026, 11, 22, 8, 19, 8, micros)));
it.each(['', '2026-11-22', '2026-11-22T08:19Z', 'now'])('%j is no time', (text) => expect(time.parseRfc3339(text)).toBeNull());
it('agrees with the engine, from 1900 to 2200', () => fc.assert(fc.property(fc.integer({ min: -2_208_988_800, max: 7_258_118_400 }), (seconds) => {
  const us = seconds * 1_000_000;
  expect(time.rfc3339(us)).toBe(new Date(seconds * 1000).toISOString().replace('.000', ''));
  expect(time.parseRfc3339(time.rfc3339(us))).toBe(us);
  expect(time.dayName(time.civil(us).weekday)).toBe(new Date(seconds * 1000).toUTCString().slice(0, 3));
}), { seed: 1 }));
