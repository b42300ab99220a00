// less and watch on a terminal: what keys do to the window, and that the terminal is given back.
import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { program as bash } from '../bash/index.ts';
import { program as cat } from '../cat/index.ts';
import { program as date } from '../date/index.ts';
import { program as watch } from '../watch/index.ts';
import { program as less } from './index.ts';

const lines = Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n');
const terminal = () => {
  const m = bootMachine({ programs: [bash, cat, less, watch, date], binaries: { '/bin/sh': 'bash' }, files: { '/root/f': `${lines}\n` } });
  m.login(['-bash'], { rows: 11, cols: 80 });
  m.screen();
  return m;
};
/** Types, and lets the little time pass that programs take. */
const press = (m: ReturnType<typeof terminal>, keys: string): string => {
  m.type(keys);
  m.pass(200_000);
  return m.screen();
};
/** The first and the last row (the prompt) of what was drawn. */
const edges = (text: string): string[] => {
  const rows = text.slice(text.lastIndexOf('\x1b[H')).replace(/\x1b[[=>?]?[\d;]*[A-Za-z]?/g, '').split('\r\n');
  return [rows[0]!, rows.at(-1)!.trim()];
};

test('keys move the window', () => {
  const m = terminal();
  expect(edges(press(m, 'less f\r'))).toEqual(['line 1', 'f']);
  for (const [keys, top, prompt] of [[' ', 'line 11', ':'], ['j', 'line 12', ':'], ['k', 'line 11', ':'], ['b', 'line 1', 'f'], ['G', 'line 91', '(END)'], ['g', 'line 1', 'f'], ['/9$\r', 'line 9', ':'], ['n', 'line 19', ':'], ['N', 'line 9', ':'], ['/xyz\r', 'line 9', 'Pattern not found  (press RETURN)'], ['\r', 'line 9', ':'], ['50g', 'line 50', ':']] as const) {
    expect([keys, ...edges(press(m, keys))]).toEqual([keys, top, prompt]);
  }
  expect(press(m, 'q')).toContain('\x1b[?1049l');
  expect(m.line('echo back')).toContain('back\r\n');
});
test('reads a pipe and the terminal at once', () => {
  const m = terminal();
  expect(edges(press(m, 'cat f | less +G\r'))).toEqual(['line 91', '(END)']);
  press(m, 'q');
  expect(m.line('echo back')).toContain('back\r\n');
});
test('is cat without a terminal', () => {
  const m = terminal();
  expect(m.run(['less', '/root/f']).stdout).toBe(`${lines}\n`);
  expect(m.run(['less', 'nope'])).toMatchObject({ stdout: '', stderr: 'nope: No such file or directory\n', code: 1 });
});
test('watch draws every two seconds until ^C', () => {
  const m = terminal();
  m.type('watch date +%s\r');
  m.pass(1_000_000);
  const first = m.screen();
  expect(first).toContain('\x1b[H\x1b[2JEvery 2.0s: date +%s' + ' '.repeat(22) + 'controlplane: Tue Aug 19 00:19:00 2025\r\n\r\n1755562740');
  m.pass(2_500_000);
  expect(m.screen()).toContain('1755562742');
  expect(press(m, '\x03')).toContain('\x1b[?1049l');
  expect(m.line('echo back')).toContain('back\r\n');
});
