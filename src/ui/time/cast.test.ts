import { expect, test } from 'vitest';
import { bytesOf } from '../../session/host/index.ts';
import { castOf } from './cast.ts';

test('a header, then what was printed when; a character cut in two comes whole', () => {
  const arrow = bytesOf('➜');
  const printed = [{ at: 5_000_000, bytes: `a\x1b[1m${arrow.slice(0, 1)}` }, { at: 6_500_000, bytes: `${arrow.slice(1)}"` }];
  const [about, ...events] = castOf({ cols: 120, rows: 40, printed }, 'A lab').trimEnd().split('\n').map((line) => JSON.parse(line));
  expect(about).toMatchObject({ version: 2, width: 120, height: 40, timestamp: 5, title: 'A lab' });
  expect(events).toEqual([[0, 'o', 'a\x1b[1m'], [1.5, 'o', '➜"']]);
});

test('nothing printed is a recording, too', () => expect(castOf({ cols: 80, rows: 24, printed: [] }, '').split('\n')).toHaveLength(2));
