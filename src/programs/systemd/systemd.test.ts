import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { sleep, write, poll, sigaction } from '../../kernel/sys.ts';
import type { Program } from '../../kernel/sys.ts';
import { entriesOf, journalOf } from '../../lib/journal/index.ts';
import { program as systemd } from './index.ts';
import { program as systemctl } from '../systemctl/index.ts';
import { program as journald } from '../journald/index.ts';

const daemon: Program = { name: 'daemon', *main(argv) {
  yield* write(1, `hello ${argv.slice(1).join(' ')}\n`);
  yield* sigaction('TERM', 'catch');
  if (argv.includes('--bad')) {
    yield* sleep(100_000);
    yield* write(2, 'broken\n');
    return 1;
  }
  yield* poll({ signals: true });
  return 0;
} };
const stubborn: Program = { name: 'stubborn', *main() {
  yield* sigaction('TERM', 'ignore');
  yield* poll({ signals: true });
  return 0;
} };
const unit = (body: string, rest = '') => `[Unit]\nDescription=Test Daemon\n${rest}\n[Service]\n${body}\n`;
const files = (service: string) => ({
  '/etc/machine-id': '371ba4d2cf144fa6804395d70fcf2632\n',
  '/lib/systemd/system/default.target': '[Unit]\nDescription=Default\n',
  '/lib/systemd/system/default.target.wants/systemd-journald.service': { type: 'link', target: '../systemd-journald.service' } as const,
  '/lib/systemd/system/default.target.wants/test.service': { type: 'link', target: '../test.service' } as const,
  '/lib/systemd/system/systemd-journald.service': '[Unit]\nDescription=Journal Service\nDefaultDependencies=no\n[Service]\nType=notify\nExecStart=/usr/bin/systemd-journald\n',
  '/lib/systemd/system/test.service': service,
});
function machine(service: string) {
  const m = bootMachine({ programs: [systemd, journald, systemctl, daemon, stubborn], files: files(service), binaries: { '/lib/systemd/systemd': 'systemd' }, init: { path: '/usr/bin/systemd', argv: ['/sbin/init'] } });
  m.world.settle();
  return m;
}
const lines = (m: ReturnType<typeof machine>, filter = /test\.service|Test Daemon|hello|broken/): string[] =>
  entriesOf(journalOf({ kind: 'journal', size: 0, value: m.world.readDoc('controlplane', '/var/log/journal/371ba4d2cf144fa6804395d70fcf2632/system.journal') })!)
    .map((e) => `${e.identifier}: ${e.message}`).filter((line) => filter.test(line));

describe('systemd', () => {
  test('a simple service is started and its output is in the journal', () => {
    const m = machine(unit('Environment="A=x y" B=z\nExecStart=/usr/bin/daemon $A ${B}'));
    m.pass(1_000_000);
    expect(lines(m)).toEqual(['systemd: Started test.service - Test Daemon.', 'daemon: hello x y z']);
  });
  test('Restart=always starts a failed service again after RestartSec', () => {
    const m = machine(unit('ExecStart=/usr/bin/daemon --bad\nRestart=always\nRestartSec=10\nStartLimitInterval=0'));
    m.pass(11_000_000);
    expect(lines(m)).toEqual([
      'systemd: Started test.service - Test Daemon.', 'daemon: hello --bad', 'daemon: broken',
      'systemd: test.service: Main process exited, code=exited, status=1/FAILURE', "systemd: test.service: Failed with result 'exit-code'.",
      'systemd: test.service: Scheduled restart job, restart counter is at 1.', 'systemd: Stopped test.service - Test Daemon.',
      'systemd: Started test.service - Test Daemon.', 'daemon: hello --bad', 'daemon: broken',
      'systemd: test.service: Main process exited, code=exited, status=1/FAILURE', "systemd: test.service: Failed with result 'exit-code'.",
    ]);
  });
  test('too many starts are refused', () => {
    const m = machine(unit('ExecStart=/usr/bin/daemon --bad\nRestart=always'));
    m.pass(60_000_000);
    expect(lines(m).slice(-3)).toEqual(['systemd: test.service: Start request repeated too quickly.', "systemd: test.service: Failed with result 'exit-code'.", 'systemd: Failed to start test.service - Test Daemon.'].map((l, i) => (i === 1 ? "systemd: test.service: Failed with result 'start-limit-hit'." : l)));
  });
  test('a missing program is 203/EXEC', () => {
    const m = machine(unit('ExecStart=/usr/bin/nothing --x'));
    m.pass(1_000_000);
    expect(lines(m, /test\.service|Test/)).toEqual(['systemd: Started test.service - Test Daemon.',
      '(nothing): test.service: Failed to locate executable /usr/bin/nothing: No such file or directory', '(nothing): test.service: Failed at step EXEC spawning /usr/bin/nothing: No such file or directory',
      'systemd: test.service: Main process exited, code=exited, status=203/EXEC', "systemd: test.service: Failed with result 'exit-code'."]);
  });
  test('what ignores SIGTERM is killed when its time is over', () => {
    const m = machine(unit('ExecStart=/usr/bin/stubborn\nTimeoutStopSec=20'));
    m.pass(1_000_000);
    m.start(['/usr/bin/systemctl', 'stop', 'test']);
    m.pass(15_000_000);
    expect(lines(m).at(-1)).toBe('systemd: Stopping test.service - Test Daemon...');
    m.pass(10_000_000);
    expect(lines(m).slice(-5).map((l) => l.replace(/\d+ \(/, 'N ('))).toEqual(["systemd: test.service: State 'stop-sigterm' timed out. Killing.", 'systemd: test.service: Killing process N (stubborn) with signal SIGKILL.',
      'systemd: test.service: Main process exited, code=killed, status=9/KILL', "systemd: test.service: Failed with result 'timeout'.", 'systemd: Stopped test.service - Test Daemon.']);
  });
  test('a notify service that never says READY fails', () => {
    const m = machine(unit('Type=notify\nExecStart=/usr/bin/daemon\nTimeoutStartSec=5'));
    m.pass(10_000_000);
    expect(lines(m)).toEqual(['systemd: Starting test.service - Test Daemon...', 'daemon: hello ', 'systemd: test.service: start operation timed out. Terminating.',
      "systemd: test.service: Failed with result 'timeout'.", 'systemd: Failed to start test.service - Test Daemon.']);
  });
  test('a command before the start that fails stops it, unless it may fail', () => {
    const m = machine(unit('ExecStartPre=-/usr/bin/daemon --bad\nExecStartPre=/usr/bin/daemon --bad\nExecStart=/usr/bin/daemon'));
    m.pass(5_000_000);
    expect(lines(m).filter((l) => !/hello|broken/.test(l))).toEqual(['systemd: Starting test.service - Test Daemon...', 'systemd: test.service: Control process exited, code=exited, status=1/FAILURE', 'systemd: test.service: Control process exited, code=exited, status=1/FAILURE',
      "systemd: test.service: Failed with result 'exit-code'.", 'systemd: Failed to start test.service - Test Daemon.']);
  });
  test('files that are missing: 200/CHDIR, and an environment file', () => {
    const chdir = machine(unit('ExecStart=/usr/bin/daemon\nWorkingDirectory=/nowhere'));
    chdir.pass(1_000_000);
    expect(lines(chdir, /test\.service:/)).toEqual(['(daemon): test.service: Changing to the requested working directory failed: No such file or directory', '(daemon): test.service: Failed at step CHDIR spawning /usr/bin/daemon: No such file or directory',
      'systemd: test.service: Main process exited, code=exited, status=200/CHDIR', "systemd: test.service: Failed with result 'exit-code'."]);
    const file = machine(unit('ExecStart=/usr/bin/daemon\nEnvironmentFile=/nowhere'));
    file.pass(1_000_000);
    expect(lines(file)).toEqual(['systemd: test.service: Failed to load environment files: No such file or directory', "systemd: test.service: Failed to run 'start' task: No such file or directory", "systemd: test.service: Failed with result 'resources'.", 'systemd: Failed to start test.service - Test Daemon.']);
  });
  test('a world restored at any time goes on alike', () => {
    const m = machine(unit('ExecStart=/usr/bin/daemon --bad\nRestart=always\nRestartSec=1\nStartLimitInterval=0'));
    m.pass(2_500_000);
    const other = m.world.fork();
    m.restore();
    m.pass(5_000_000);
    other.advance(other.now + 5_000_000);
    expect(m.world.readDoc('controlplane', '/var/log/journal/371ba4d2cf144fa6804395d70fcf2632/system.journal')).toEqual(other.readDoc('controlplane', '/var/log/journal/371ba4d2cf144fa6804395d70fcf2632/system.journal'));
  });
});
