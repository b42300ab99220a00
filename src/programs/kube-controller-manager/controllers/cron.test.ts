import { expect, test } from 'vitest';
import { rfc3339 } from '../../../base/time.ts';
import { nextTime, parseCron } from './cron.ts';

const START = 1_755_562_740_000_000;
const next = (text: string, count = 1) => {
  const schedule = parseCron(text);
  if (!schedule) return null;
  let at = START;
  for (let i = 0; i < count; i++) at = nextTime(schedule, at)!;
  return rfc3339(at);
};

test('schedules name their instants', () => {
  expect(next('*/5 * * * *')).toBe('2025-08-19T00:20:00Z');
  expect(next('* * * * *', 3)).toBe('2025-08-19T00:22:00Z');
  expect(next('0 4 * * mon-fri')).toBe('2025-08-19T04:00:00Z');
  expect(next('30 2 1 jan *')).toBe('2026-01-01T02:30:00Z');
  expect(next('@weekly')).toBe('2025-08-24T00:00:00Z');
  expect(next('0 0 13 * 5')).toBe('2025-08-22T00:00:00Z');
  expect(next('61 * * * *')).toBeNull();
  expect(next('* * * *')).toBeNull();
});
