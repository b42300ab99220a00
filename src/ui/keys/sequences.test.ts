import { expect, test } from 'vitest';
import { controlOf, sequenceOf } from './sequences.ts';

test.each([
  ['Escape', false, '\x1b'], ['Tab', false, '\t'], ['ArrowUp', false, '\x1b[A'], ['ArrowUp', true, '\x1bOA'], ['ArrowLeft', false, '\x1b[D'], ['|', true, '|'],
] as const)('%s, application %s', (key, application, sent) => expect(sequenceOf(key, application)).toBe(sent));

test.each([['c', '\x03'], ['C', '\x03'], ['r', '\x12'], ['[', '\x1b'], [' ', '\0'], ['1', '1'], ['\x1b[A', '\x1b[A'], ['ㅊ', 'ㅊ']])('Ctrl and %j', (typed, sent) => expect(controlOf(typed)).toBe(sent));
