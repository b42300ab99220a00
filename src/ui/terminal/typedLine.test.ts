// Keys in, line out.
import { expect, test } from 'vitest';
import { follow } from './typedLine.ts';

test.each<[string[], string | null]>([
  [['l', 's'], 'ls'],
  [['l', 's', '\r'], ''],
  [['시', 'ㅏ', '\x7f'], '시'],
  [['\x7f'], ''],
  [['l', '\x1b[A'], null],
  [['l', '\t', 's'], null],
  [['l', '\t', '\x7f'], null],
  [['l', '\t', '\x03', 'p'], 'p'],
  [['ls', '\x15', 'p'], 'p'],
  [['\x1b[200~ls\x1b[201~'], null],
])('%j', (inputs, line) => expect(inputs.reduce<string | null>(follow, '')).toBe(line));
