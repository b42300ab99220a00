import { describe, expect, test } from 'vitest';
import { defineUnit, expandArgv, FOREVER, formatAgo, formatSpan, parseEnvironmentFile, parseExec, parseSpan } from './index.ts';

const specifiers = { unit: 'kubelet.service', hostname: 'controlplane', machineId: 'm', bootId: 'b', release: '6.1' };
const KUBELET = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;
const DROPIN = `# Note
[Service]
Environment="A=--kubeconfig=/x --y" B=1
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $A $C --n=\${B}
`;

describe('unit files', () => {
  const define = (fragment: string, ...dropIns: string[]) => defineUnit('kubelet.service', { path: '/lib/systemd/system/kubelet.service', text: fragment }, dropIns.map((text, i) => ({ path: `/d/${i}.conf`, text })), specifiers);

  test('a drop-in resets and replaces ExecStart', () => {
    const { unit, warnings } = define(KUBELET, DROPIN);
    expect(warnings).toEqual([]);
    expect(unit.service!.execStart.map((c) => c.line)).toEqual(['/usr/bin/kubelet $A $C --n=${B}']);
    expect(unit.service).toMatchObject({ type: 'simple', restart: 'always', restartUs: 10_000_000, environmentFiles: [{ path: '/etc/default/kubelet', optional: true }] });
    expect(unit).toMatchObject({ startLimitUs: 0, wantedBy: ['multi-user.target'], loadState: 'loaded' });
    expect(expandArgv(unit.service!.execStart[0]!, { A: '--kubeconfig=/x --y', B: '1' })).toEqual(['/usr/bin/kubelet', '--kubeconfig=/x', '--y', '--n=1']);
  });
  test('two ExecStart are refused', () => {
    const { unit, warnings } = define(KUBELET, '[Service]\nExecStart=/bin/true\n');
    expect(unit.loadState).toBe('bad-setting');
    expect(warnings.at(-1)).toBe('kubelet.service: Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.');
  });
  test('skipped lines are complained about', () => {
    const { warnings } = define(`${KUBELET}\n[Service]\nFoo=1\nnonsense\n[Bar]\nA=1\n[Service]\nRestart=sometimes\n`);
    expect(warnings.map((w) => w.replace(/^.*service:/, ''))).toEqual([
      "17: Missing '=', ignoring line.", "16: Unknown key name 'Foo' in section 'Service', ignoring.", "19: Unknown section 'Bar'. Ignoring.", '21: Failed to parse service restart specifier, ignoring: sometimes']);
  });
  test('continuation lines and comments', () => {
    const { unit } = define('[Service]\nExecStart=/bin/a \\\n# no\n  b \\\n  c\n');
    expect(unit.service!.execStart[0]!.words).toEqual(['/bin/a', 'b', 'c']);
  });
  test('command lines', () => {
    expect(parseExec('-/bin/sh -c "echo \'a b\'; x" ; /bin/b').commands).toMatchObject([{ words: ['/bin/sh', '-c', "echo 'a b'; x"], ignoreFailure: true }, { words: ['/bin/b'] }]);
    expect(parseExec('bin/x').error).toBe('Neither a valid executable name nor an absolute path: bin/x');
  });
  test('environment files', () => {
    expect(parseEnvironmentFile('# c\nKUBELET_KUBEADM_ARGS="--a=b --c"\nX=\'1 2\'\nY=z\nbroken\n')).toEqual([['KUBELET_KUBEADM_ARGS', '--a=b --c'], ['X', '1 2'], ['Y', 'z']]);
  });
  test('time spans', () => {
    expect([parseSpan('10'), parseSpan('5min 20s'), parseSpan('infinity'), parseSpan('1.5h'), parseSpan('x')]).toEqual([10e6, 320e6, FOREVER, 5400e6, null]);
    expect([formatSpan(504_451_000, 1000), formatSpan(5_123_000, 1000), formatSpan(10_000_000, 1), formatSpan(43_000, 1000), formatSpan(90e6, 1)]).toEqual(['8min 24.451s', '5.123s', '10s', '43ms', '1min 30s']);
    expect([formatAgo(0, 43e6), formatAgo(0, 55e6 + 60e6), formatAgo(0, 302e6), formatAgo(0, 3720e6), formatAgo(0, 7 * 3600e6)]).toEqual(['43s ago', '1min 55s ago', '5min ago', '1h 2min ago', '7h ago']);
  });
});
