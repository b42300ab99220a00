import { describe, expect, test } from 'vitest';
import { poll, type Program } from '../../kernel/sys.ts';
import { bootMachine } from '../../testing/machine.ts';
import { program as kill } from '../kill/index.ts';
import { program as pgrep } from '../pgrep/index.ts';
import { program as ps } from './index.ts';

const idle: Program = { name: 'idle', *main() {
  yield* poll({ signals: true });
  return 0;
} };
function machine() {
  const m = bootMachine({ programs: [ps, pgrep, kill, idle], binaries: { '/usr/bin/pkill': 'pgrep' }, files: { '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n' } });
  m.start(['/usr/bin/idle']);   // pid 1, whose death would end all
  m.start(['/usr/bin/idle', '--flag=1']);
  m.pass(65_000_000);
  return m;
}

describe('ps and its kin', () => {
  test('the usual formats', () => {
    const m = machine();
    expect(m.run(['ps', '-ef']).stdout.split('\n').slice(0, 2)).toEqual(['UID          PID    PPID  C STIME TTY          TIME CMD', 'root           1       0  0 00:19 ?        00:00:00 /usr/bin/idle']);
    expect(m.run(['ps', 'aux']).stdout.split('\n')[0]).toBe('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND');
    expect(m.run(['ps', '-o', 'pid=,comm=,etime=,args', '-p', '2']).stdout).toBe('                                    COMMAND\n      2 idle                  01:05 /usr/bin/idle --flag=1\n');
  });
  test('mistakes and nothing found', () => {
    const m = machine();
    expect(m.run(['ps', '-p', '999']).code).toBe(1);
    expect(m.run(['ps', '--nope'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: unknown gnu long option\n/) });
    expect(m.run(['ps', '-o', 'nope'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: unknown user-defined format specifier "nope"\n/) });
  });
  test('pgrep, pkill and kill', () => {
    const m = machine();
    expect(m.run(['pgrep', '-a', 'idle']).stdout).toBe('1 /usr/bin/idle\n2 /usr/bin/idle --flag=1\n');
    expect(m.run(['pgrep', 'nothing']).code).toBe(1);
    expect(m.run(['kill', '999'])).toMatchObject({ code: 1, stderr: 'kill: (999): No such process\n' });
    expect(m.run(['pkill', '-9', '-f', 'flag=1']).code).toBe(0);
    expect(m.run(['pgrep', '-f', 'flag']).code).toBe(1);
  });
});
