import { expect, test } from 'vitest';
import { bytesOf } from '../../session/host/index.ts';
import { castOf } from './cast.ts';

const sizes = [{ at: 4_000_000, cols: 120, rows: 40 }];
const linesOf = (cast: string) => cast.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);

test('a header, then what was printed when; a character cut in two comes whole', () => {
  const arrow = bytesOf('➜');
  const printed = [{ at: 5_000_000, bytes: `a\x1b[1m${arrow.slice(0, 1)}` }, { at: 6_500_000, bytes: `${arrow.slice(1)}"` }];
  const [about, ...events] = linesOf(castOf({ sizes, printed }, 'A lab'));
  expect(about).toMatchObject({ version: 2, width: 120, height: 40, timestamp: 5, title: 'A lab' });
  expect(events).toEqual([[0, 'o', 'a\x1b[1m'], [1.5, 'o', '➜"']]);
});

test('it begins with the size the terminal had then, and follows it', () => {
  const changed = [...sizes, { at: 4_500_000, cols: 100, rows: 30 }, { at: 6_000_000, cols: 80, rows: 24 }];
  const [about, ...events] = linesOf(castOf({ sizes: changed, printed: [{ at: 5_000_000, bytes: 'a' }, { at: 6_000_000, bytes: 'b' }] }, ''));
  expect(about).toMatchObject({ width: 100, height: 30 });
  expect(events).toEqual([[0, 'o', 'a'], [1, 'r', '80x24'], [1, 'o', 'b']]);
});

test('nothing printed is a recording, too', () => expect(linesOf(castOf({ sizes, printed: [] }, ''))).toHaveLength(1));
