// A pasted text cannot press keys.
import { expect, test } from 'vitest';
import { pasteable, pasteLimit } from './paste.ts';

test.each([
  ['ls\n', 'ls\n'],
  ['a\tb\r\nc', 'a\tb\r\nc'],
  ['x\x1b[201~rm -rf /\r', 'x[201~rm -rf /\r'],
  ['x\x03\x04\x9b201~y', 'x201~y'],
  ['한글', '한글'],
])('%j becomes %j', (text, clean) => expect(pasteable(text)).toBe(clean));

test('the limit', () => {
  expect(pasteable('x'.repeat(pasteLimit))).toHaveLength(pasteLimit);
  expect(pasteable('x'.repeat(pasteLimit + 1))).toBeNull();
});
