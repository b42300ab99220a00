// Words and exit codes of real/01-baseline-node.txt and N01.txt, on a machine with one service.
import { describe, expect, test } from 'vitest';
import { decodeUtf8 } from '../../base/utf8.ts';
import { poll, sigaction, write, type Program } from '../../kernel/sys.ts';
import { bootMachine, type Machine } from '../../testing/machine.ts';
import { program as journalctl } from '../journalctl/index.ts';
import { program as journald } from '../journald/index.ts';
import { program as systemd } from '../systemd/index.ts';
import { program as systemctl } from './index.ts';

const daemon: Program = { name: 'daemon', *main(argv, saved) {
  if (saved === undefined) {
    yield* sigaction('TERM', 'catch');
    yield* write(1, `up with ${argv.slice(1).join(' ')}\n`);
  }
  yield* poll({ signals: true });
  return 0;
} };
const UNIT = '[Unit]\nDescription=A Test Daemon\nDocumentation=https://example.org/\n\n[Service]\nEnvironment="ARGS=--a --b"\nExecStart=/usr/bin/daemon $ARGS\nRestart=always\nRestartSec=10\n\n[Install]\nWantedBy=multi-user.target\n';

function boot(): Machine {
  const link = (target: string) => ({ type: 'link' as const, target });
  const m = bootMachine({ programs: [systemd, journald, systemctl, journalctl, daemon], binaries: { '/lib/systemd/systemd': 'systemd' }, init: { path: '/usr/bin/systemd', argv: ['/sbin/init'] }, files: {
    '/etc/machine-id': '371ba4d2cf144fa6804395d70fcf2632\n', '/lib/systemd/system/test.service': UNIT, '/lib/systemd/system/default.target': link('multi-user.target'),
    '/lib/systemd/system/multi-user.target': '[Unit]\nDescription=Multi-User System\n', '/etc/systemd/system/multi-user.target.wants/test.service': link('/lib/systemd/system/test.service'),
    '/lib/systemd/system/multi-user.target.wants/systemd-journald.service': link('../systemd-journald.service'),
    '/lib/systemd/system/systemd-journald.service': '[Unit]\nDescription=Journal Service\nDefaultDependencies=no\n[Service]\nType=notify\nExecStart=/usr/bin/systemd-journald\n' } });
  m.pass(5_000_000);
  return m;
}
const run = (m: Machine, line: string): string => {
  const { stdout, stderr, code } = m.run(line.split(' '));
  return decodeUtf8(stdout + stderr) + (code === 0 ? '' : `[exit ${code}]`);
};

describe('systemctl', () => {
  test('status of a running and of a stopped unit', () => {
    const m = boot();
    expect(run(m, 'systemctl status test').replace(/ {8}CPU: .*\n/, '')).toMatch(/^● test\.service - A Test Daemon\n {5}Loaded: loaded \(\/lib\/systemd\/system\/test\.service; enabled; preset: enabled\)\n {5}Active: active \(running\) since Tue 2025-08-19 00:19:00 UTC; (4|5)s ago\n {7}Docs: https:\/\/example\.org\/\n {3}Main PID: (\d+) \(daemon\)\n {6}Tasks: 1 \(limit: 4674\)\n {5}Memory: [\d.]+M\n {5}CGroup: \/system\.slice\/test\.service\n {13}└─\2 \/usr\/bin\/daemon --a --b\n\nAug 19 00:19:00 controlplane systemd\[1\]: Started test\.service - A Test Daemon\.\nAug 19 00:19:00 controlplane daemon\[\2\]: up with --a --b\n$/);
    expect(run(m, 'systemctl stop test')).toBe('');
    m.pass(3_000_000);
    expect(run(m, 'systemctl status test').replace(/ {8}CPU: .*\n/, '')).toMatch(/^○ test\.service - A Test Daemon\n.*\n {5}Active: inactive \(dead\) since Tue 2025-08-19 00:19:05 UTC; 3s ago\n {3}Duration: [\d.]+s\n {7}Docs: .*\n {4}Process: (\d+) ExecStart=\/usr\/bin\/daemon \$ARGS \(code=exited, status=0\/SUCCESS\)\n {3}Main PID: \1 \(code=exited, status=0\/SUCCESS\)\n\n[^]*systemd\[1\]: Stopping test\.service - A Test Daemon\.\.\.\n.*test\.service: Deactivated successfully\.\n.*Stopped test\.service - A Test Daemon\.\n\[exit 3\]$/);
  });
  test('states and unknown units', () => {
    const m = boot();
    expect(run(m, 'systemctl is-active test')).toBe('active\n');
    expect(run(m, 'systemctl is-enabled test')).toBe('enabled\n');
    expect(run(m, 'systemctl status nosuch')).toBe('Unit nosuch.service could not be found.\n[exit 4]');
    expect(run(m, 'systemctl restart nosuch')).toBe('Failed to restart nosuch.service: Unit nosuch.service not found.\n[exit 5]');
    expect(run(m, 'systemctl foo')).toBe('Unknown command verb foo.\n[exit 1]');
    expect(run(m, 'systemctl disable test')).toBe('Removed "/etc/systemd/system/multi-user.target.wants/test.service".\n');
    expect(run(m, 'systemctl is-enabled test')).toBe('disabled\n[exit 1]');
    expect(run(m, 'systemctl enable test')).toBe('Created symlink /etc/systemd/system/multi-user.target.wants/test.service → /lib/systemd/system/test.service.\n');
    expect(run(m, 'systemctl mask test')).toBe('Created symlink /etc/systemd/system/test.service → /dev/null.\n');
    expect(run(m, 'systemctl restart test')).toBe('Failed to restart test.service: Unit test.service is masked.\n[exit 1]');
  });
  test('a changed unit counts only after daemon-reload', () => {
    const m = boot();
    m.world.apply({ kind: 'file', host: 'controlplane', path: '/lib/systemd/system/test.service', data: UNIT.replace('/usr/bin/daemon', '/usr/bin/daemonn') });
    const warning = "Warning: The unit file, source configuration file or drop-ins of test.service changed on disk. Run 'systemctl daemon-reload' to reload units.\n";
    expect(run(m, 'systemctl restart test')).toBe(warning);
    expect(run(m, 'systemctl is-active test')).toBe('active\n');
    expect(run(m, 'systemctl daemon-reload')).toBe('');
    expect(run(m, 'systemctl restart test')).toBe('');
    m.pass(1_000_000);
    expect(run(m, 'systemctl status test')).toMatch(/Active: activating \(auto-restart\) \(Result: exit-code\)[^]*\(code=exited, status=203\/EXEC\)[^]*\[exit 3\]$/);
    m.pass(10_000_000);
    expect(run(m, 'systemctl show test -p NRestarts --value')).toBe('1\n');
  });
  test('journalctl asks for what the unit said', () => {
    const m = boot();
    expect(run(m, 'journalctl -u test -o cat')).toBe('Started test.service - A Test Daemon.\nup with --a --b\n');
    expect(run(m, 'journalctl -u nosuch')).toBe('-- No entries --\n');
    expect(run(m, 'journalctl -u test -n 1 -r --no-hostname -g UP')).toBe('-- No entries --\n');
    expect(run(m, 'journalctl -u test -p err')).toBe('-- No entries --\n');
    expect(run(m, 'journalctl --since soon')).toBe('Failed to parse timestamp: soon\n[exit 1]');
  });
  test('journalctl -f prints what comes and dies of ^C', () => {
    const m = boot();
    m.world.apply({ kind: 'login', host: 'controlplane', tty: 'pts/0', cols: 120, rows: 40, argv: ['/usr/bin/journalctl', '-fu', 'test', '-n', '0', '-o', 'cat'], env: { PATH: '/usr/bin' }, cwd: '/' });
    m.pass(100_000);
    run(m, 'systemctl restart test');
    m.pass(1_000_000);
    expect(m.screen().split('\r\n')).toEqual(['Stopping test.service - A Test Daemon...', 'test.service: Deactivated successfully.', 'Stopped test.service - A Test Daemon.', 'Started test.service - A Test Daemon.', 'up with --a --b', '']);
    m.type('\x03');
    expect(m.world.processes('controlplane').some((p) => p.program === 'journalctl')).toBe(false);
  });
});
