import { expect, it } from 'vitest';
import { tabulate } from './tabwriter.ts';

const stops = { minWidth: 0, padding: 2 };

it.each([
  ['a column is as wide as its widest cell', 'a\tb\nccc\td\n', 'a    b\nccc  d\n'],
  ['a line without the column ends it', 'long name:\tx\nplain\nn:\tx\n', 'long name:  x\nplain\nn:  x\n'],
  ['an empty cell keeps its place', 'Port:\t<unset>\t80/TCP\nTargetPort:\t80/TCP\n', 'Port:        <unset>  80/TCP\nTargetPort:  80/TCP\n'],
  ['a cell that a tab ends is padded even at the end of a line', 'IP:\t\nIPs:\t<none>\n', 'IP:   \nIPs:  <none>\n'],
  ['inner columns align only within a block of the outer one', 'a\tb\tc\na\tbbbb\tc\na\tb\na\tbb\tc\n', 'a  b     c\na  bbbb  c\na  b\na  bb  c\n'],
  ['characters count, not code units', 'é\u{1f600}\tb\nccc\td\n', 'é\u{1f600}   b\nccc  d\n'],
])('%s', (_, text, laid) => expect(tabulate(text, stops)).toBe(laid));

it('has a least width', () => expect(tabulate('a\tb\n', { minWidth: 6, padding: 3 })).toBe('a     b\n'));
