import { describe, expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { CONTROLLER_MANAGER, pkiFiles, SCHEDULER } from '../../testing/controlplane.ts';
import { program as scheduler } from '../kube-scheduler/index.ts';
import { program } from './index.ts';

const body = (log: string) => log.split('\n').filter((line) => line !== '').map((line) => line.replace(/^(.)\d{4} [\d:.]+ +\d+ /, '$1 ').replace(/^(. [a-z_]+\.go):\d+/, '$1'));
const swap = (argv: readonly string[], flag: string, value: string) => argv.map((one) => (one.startsWith(`--${flag}=`) ? `--${flag}=${value}` : one));
const machine = (without: readonly string[] = []) => bootMachine({ programs: [program, scheduler], files: { ...Object.fromEntries(Object.entries(pkiFiles).filter(([path]) => !without.includes(path))), '/etc/empty.conf': '' } });
const run = (argv: readonly string[], m = machine()) => {
  const { stderr, code } = m.run(argv, { limitUs: 30e6 });
  return { lines: body(stderr), code };
};
const SELF = 'I serving.go] Generated self-signed cert in-memory';

describe('kube-controller-manager ends as the real one does', () => {
  test('C01: the kubeconfig is not there', () => {
    expect(run(swap(CONTROLLER_MANAGER, 'kubeconfig', '/etc/kubernetes/controller-manager-XXXX.conf'))).toEqual({ code: 1, lines: [SELF, 'E run.go] "command failed" err="stat /etc/kubernetes/controller-manager-XXXX.conf: no such file or directory"'] });
  });
  test('C02: the pki directory is empty', () => {
    const gone = Object.keys(pkiFiles).filter((path) => path.startsWith('/etc/kubernetes/pki/'));
    expect(run(CONTROLLER_MANAGER, machine(gone))).toEqual({ code: 1, lines: [SELF, 'E run.go] "command failed" err="unable to load client CA provider: open /etc/kubernetes/pki/ca.crt: no such file or directory"'] });
  });
  test('other files and values', () => {
    const last = (argv: readonly string[]) => run(argv).lines.at(-1);
    expect(last(swap(CONTROLLER_MANAGER, 'kubeconfig', '/etc/empty.conf'))).toBe('E run.go] "command failed" err="invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable"');
    expect(last(swap(CONTROLLER_MANAGER, 'authentication-kubeconfig', '/nope'))).toBe('E run.go] "command failed" err="failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: stat /nope: no such file or directory"');
    expect(last(swap(CONTROLLER_MANAGER, 'requestheader-client-ca-file', '/nope'))).toBe('E run.go] "command failed" err="unable to create request header authentication config: open /nope: no such file or directory"');
    expect(last([...CONTROLLER_MANAGER, '--controllers=foo'])).toBe('E run.go] "command failed" err="\\"foo\\" is not in the list of known controllers"');
    expect(last([...CONTROLLER_MANAGER, '--feature-gates=Foo=true'])).toBe('E run.go] "command failed" err="unrecognized feature gate: Foo"');
  });
  test('flags it does not know come with the usage', () => {
    const { lines, code } = run([...CONTROLLER_MANAGER, '--xyz=1']);
    expect(code).toBe(1);
    expect(lines[0]).toBe('Usage:');
    expect(lines.at(-1)).toBe('Error: unknown flag: --xyz');
    expect(run([...CONTROLLER_MANAGER, '--secure-port=abc']).lines.at(-1)).toBe('Error: invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax');
    expect(run(['kube-controller-manager', 'foo']).lines).toEqual(['Error: "kube-controller-manager" does not take any arguments, got ["foo"]']);
  });
  test('without a server it stays and tries', () => {
    const m = machine();
    const id = m.start(CONTROLLER_MANAGER);
    m.pass(20e6);
    const lines = body(m.result(id).stderr);
    expect(m.result(id).code).toBe(-1);
    expect(lines.filter((line) => line === 'E leaderelection.go] error retrieving resource lock kube-system/kube-controller-manager: Get "https://172.30.1.2:6443/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-controller-manager?timeout=5s": dial tcp 172.30.1.2:6443: connect: connection refused').length).toBeGreaterThan(4);
  });
});

describe('kube-scheduler ends as the real one does', () => {
  test('S: the kubeconfig is not there', () => {
    expect(run(swap(SCHEDULER, 'kubeconfig', '/etc/kubernetes/scheduler.conff')).lines.at(-1)).toBe('E run.go] "command failed" err="stat /etc/kubernetes/scheduler.conff: no such file or directory"');
    expect(run([...SCHEDULER, '--config=/etc/kubernetes/sched.yaml']).lines.at(-1)).toBe('E run.go] "command failed" err="open /etc/kubernetes/sched.yaml: no such file or directory"');
    expect(run([...SCHEDULER, '--leader-elekt=true']).lines.at(-1)).toBe('Error: unknown flag: --leader-elekt');
  });
  test('without a server it stays, and says that its caches do not fill', () => {
    const m = machine();
    const id = m.start(SCHEDULER);
    m.pass(20e6);
    const lines = body(m.result(id).stderr);
    expect(m.result(id).code).toBe(-1);
    expect(lines).toContain('W authentication.go] Error looking up in-cluster authentication configuration: Get "https://172.30.1.2:6443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 172.30.1.2:6443: connect: connection refused');
    expect(lines).toContain('E reflector.go] "Failed to watch" err="failed to list *v1.Node: Get \\"https://172.30.1.2:6443/api/v1/nodes?limit=500&resourceVersion=0\\": dial tcp 172.30.1.2:6443: connect: connection refused" logger="UnhandledError" reflector="k8s.io/client-go/informers/factory.go:160" type="*v1.Node"');
    expect(lines.some((line) => line.includes('leaderelection'))).toBe(false);
  });
});
