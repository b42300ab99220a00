import { expect, test } from 'vitest';
import { lineOnScreen } from './cells.ts';

test.each([
  ['plain', 'abc', 'abc'],
  ['colours and titles are not there', '\x1b]0;title\x07\x1b[1;32mab\x1b[0mc', 'abc'],
  ['rubbed out', 'abc\b \b', 'ab '],
  ['drawn anew, shorter', '$ longish\r\x1b[J$ ls', '$ ls'],
  ['a character put in front', '$ bc\r\x1b[J$ abc\r\x1b[3C', '$ abc'],
  ['wrapped at the right edge', 'abcdefghij \rkl', 'abcdefghijkl'],
  ['wrapped, and drawn anew from the first row', 'abcdefghij \rkl\x1b[1A\r\x1b[Jxy', 'xy'],
  ['two lines', '> a\r\n> b', '> a\n> b'],
  ['Hangul takes two columns', '가나다라마 \rx', '가나다라마x'],
  ['a cleared screen', 'old\x1b[H\x1b[2J$ new', '$ new'],
])('%s', (_, stream, seen) => expect(lineOnScreen(stream, 10)).toBe(seen));
