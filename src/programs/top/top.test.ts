// top in batches and on a terminal.
import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { program as bash } from '../bash/index.ts';
import { program as sleep } from '../sleep/index.ts';
import { program as top } from './index.ts';

const machine = () => bootMachine({ programs: [bash, sleep, top], files: { '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n' } });

test('a batch: the summary, then a line for each process', () => {
  const m = machine();
  m.start(['sleep', '1000']);
  m.pass(600_000_000);
  const lines = m.run(['top', '-bn1']).stdout.split('\n');
  expect(lines[0]).toMatch(/^top - 00:29:00 up .*, {2}0 user, {2}load average: \d+\.\d\d, \d+\.\d\d, \d+\.\d\d$/);
  expect(lines[1]).toBe('Tasks:   2 total,   1 running,   1 sleeping,   0 stopped,   0 zombie');
  expect(lines[6]).toBe('    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND');
  expect(lines[7]).toMatch(/^ +\d+ root {6}20 {3}0 +\d+ +\d+ +\d+ [RS] +\d+\.\d +\d+\.\d +\d+:\d\d\.\d\d (top|sleep)$/);
});
test('several batches take their time, mistakes are told', () => {
  const m = machine();
  expect(m.run(['top', '-b', '-n', '2', '-d', '1']).tookUs).toBeGreaterThan(1_000_000);
  expect(m.run(['top', '-bn', 'x'])).toMatchObject({ code: 1, stderr: "top: bad iterations argument 'x'\n" });
  expect(m.run(['top'])).toMatchObject({ code: 1, stderr: 'top: failed tty get\n' });
});
test('on a terminal it draws again and q gives the terminal back', () => {
  const m = machine();
  m.login(['-bash'], { rows: 20, cols: 80 });
  m.type('top\r');
  m.pass(4_000_000);
  expect(m.screen().split('load average').length).toBe(3);
  m.type('q');
  m.pass(100_000);
  expect(m.line('echo back')).toContain('back\r\n');
});
