import { describe, expect, it } from 'vitest';
import { containerdState, CONTAINERD_STATE, imageRom } from '../../distro/images/index.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { poll, sigaction, write } from '../../kernel/sys.ts';
import { bootMachine } from '../../testing/machine.ts';
import { program as containerd } from '../containerd/index.ts';
import { program as shim } from '../containerd-shim-runc-v2/index.ts';
import { program as crictl } from '../crictl/index.ts';
import { program as pause } from '../pause/index.ts';
import { program as kubelet } from './index.ts';

const MANIFEST = '/etc/kubernetes/manifests/web.yaml';
const manifest = (command: string) => `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
  - name: web
    image: registry.k8s.io/kube-scheduler:v1.33.0
    command: [${command}]
    volumeMounts:
    - {name: conf, mountPath: /etc/conf, readOnly: true}
  volumes:
  - name: conf
    hostPath: {path: /etc/kubernetes/web.conf, type: FileOrCreate}
`;
/** Stands in for the image's program: ends with its argument, or serves until SIGTERM. */
const scheduler: Program = { name: 'kube-scheduler', *main(argv): Coroutine<number> {
  yield* write(2, `args ${argv.slice(1).join(' ')}\n`);
  if (argv[1] !== 'serve') return Number(argv[1] ?? 0);
  yield* sigaction('TERM', 'catch');
  yield* poll({ signals: true });
  return 0;
} };
const idle: Program = { name: 'idle', *main(): Coroutine<number> {
  yield* poll({});
  return 0;
} };

const boot = (command: string) => {
  const m = bootMachine({ programs: [idle, containerd, shim, pause, crictl, kubelet, scheduler], rom: imageRom(), files: {
    '/etc/containerd/config.toml': 'sandbox_image = "registry.k8s.io/pause:3.10"\n', '/etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\n', [CONTAINERD_STATE]: { type: 'doc', doc: containerdState() },
    [MANIFEST]: manifest(command), '/var/lib/kubelet/pki/kubelet.crt': 'x', '/var/lib/kubelet/pki/kubelet.key': 'x', '/var/lib/kubelet/config.yaml': 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nstaticPodPath: /etc/kubernetes/manifests\n',
  } });
  m.start(['/usr/bin/idle']);
  m.start(['/usr/bin/containerd']);
  m.pass(1_000_000);
  const id = m.start(['/usr/bin/kubelet', '--config=/var/lib/kubelet/config.yaml']);
  return { m, journal: () => m.result(id).stderr, ps: () => m.run(['/usr/bin/crictl', 'ps', '-a']).stdout, write: (text: string) => m.world.apply({ kind: 'file', host: 'controlplane', path: MANIFEST, data: text }) };
};

describe('static pods without an API server', () => {
  it('run, and run again with a growing back-off', () => {
    const { m, journal, ps } = boot('kube-scheduler, "1"');
    m.pass(60_000_000);
    expect(ps()).toMatch(/Exited\s+web\s+3 /);
    expect(journal()).toContain('with CrashLoopBackOff: \\"back-off 40s restarting failed container=web');
    expect(m.world.stat('controlplane', '/etc/kubernetes/web.conf')?.size).toBe(0);
    // Two ended containers are not kept, nor are their logs.
    expect(m.world.readDir('controlplane', '/var/log/containers')!.map((it) => it.name)).toHaveLength(1);
  });

  it('end when the manifest goes, and a changed one takes the place of the old after 10 to 15 s', () => {
    const { m, ps, write: edit } = boot('kube-scheduler, serve');
    m.pass(5_000_000);
    expect(ps()).toMatch(/Running\s+web\s+0 /);
    edit(manifest('kube-scheduler, serve, "--v=2"'));
    m.pass(8_000_000);
    expect(ps()).not.toContain('Running');
    m.pass(10_000_000);
    expect(ps()).toMatch(/Running\s+web\s+0 /);
    // Comments and space say nothing new.
    edit(`# hello\n${manifest('kube-scheduler,   serve, "--v=2"')}`);
    m.pass(30_000_000);
    expect(ps().match(/Running/g)).toHaveLength(1);
    m.run(['/usr/bin/crictl', 'ps']);
  });

  it('live on after a bad edit until the next relist', () => {
    const { m, journal, ps, write: edit } = boot('kube-scheduler, serve');
    m.pass(5_000_000);
    edit(`${manifest('kube-scheduler, serve')}\n  bad`);
    m.pass(2_000_000);
    expect(journal()).toContain('"Unable to process watch event" err="can\'t process config file \\"/etc/kubernetes/manifests/web.yaml\\": /etc/kubernetes/manifests/web.yaml: couldn\'t parse as pod(yaml: line ');
    expect(ps()).toContain('Running');
    m.pass(20_000_000);
    expect(journal()).toContain('"Could not process manifest file"');
    expect(ps()).not.toContain('Running');
  });

  it('keep running while containerd and the kubelet are restarted', () => {
    const { m, ps } = boot('kube-scheduler, serve');
    m.pass(5_000_000);
    const before = ps();
    m.restore();
    m.pass(5_000_000);
    expect(ps().slice(0, 400).replace(/\d+ seconds? ago/, 'x')).toBe(before.slice(0, 400).replace(/\d+ seconds? ago/, 'x'));
  });
});

describe('a kubelet that cannot start', () => {
  const fails = (argv: readonly string[], files: Record<string, string> = {}) => {
    const m = bootMachine({ programs: [idle, containerd, shim, pause, kubelet], rom: imageRom(), files });
    return m.run(['/usr/bin/kubelet', ...argv]);
  };
  it.each([
    [['--xyz'], 'failed to parse kubelet flag: unknown flag: --xyz'],
    [['foo'], 'unknown command foo'],
    [['--config=/var/lib/kubelet/config.yaml'], 'failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/config.yaml\\", error: open /var/lib/kubelet/config.yaml: no such file or directory'],
    [['--client-ca-file=/etc/kubernetes/pki/WRONG-CA.crt'], 'failed to construct kubelet dependencies: unable to load client CA file /etc/kubernetes/pki/WRONG-CA.crt: open /etc/kubernetes/pki/WRONG-CA.crt: no such file or directory'],
    [['--kubeconfig=/etc/kubernetes/kubelet.conf', '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf'], 'failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory'],
  ])('says why: %j', (argv, why) => {
    const { code, stderr } = fails(argv as string[]);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n').pop()).toContain(`run.go:72] "command failed" err="${why}"`);
  });
  it('needs a runtime', () => {
    const { stderr } = fails([], { '/var/lib/kubelet/pki/kubelet.crt': 'x', '/var/lib/kubelet/pki/kubelet.key': 'x' });
    expect(stderr).toContain('err="failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory\\""');
  });
});
