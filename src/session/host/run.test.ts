// What a command printed, out of what the terminal showed until the next prompt.
import { expect, test } from 'vitest';
import { outputOf } from './run.ts';

const prompt = 'controlplane ~ ➜  ';
const failed = 'controlplane ~ ✖ ';

test.each([
  ['lines', `echo a\r\na\r\nb\r\n${prompt}`, 'a\nb\n'],
  ['nothing', `true\r\n${prompt}`, ''],
  ['a failure', `false\r\nno\r\n${prompt.replace('➜', '✖')}`, 'no\n'],
  ['no newline at the end', `printf a\r\na${prompt}`, 'a'],
  ['colours', `ls\r\n\x1b[01;34mdir\x1b[0m\r\n${prompt}`, 'dir\n'],
  ['another prompt', 'cd /etc\r\ncontrolplane /etc ➜  ', ''],
  ['an empty line', `echo\r\n\r\n${prompt}`, '\n'],
])('%s', (_, printed, output) => expect(outputOf(printed, prompt)).toBe(output));

test('after a failure', () => expect(outputOf(`printf a\r\na${failed.replace('✖', '➜')}`, failed)).toBe('a'));
