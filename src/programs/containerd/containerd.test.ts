import { describe, expect, it } from 'vitest';
import { imageRom } from '../../distro/images/index.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { exit, kill, poll, sigaction, sleep, write } from '../../kernel/sys.ts';
import { criCall, CriError } from '../../lib/cri/index.ts';
import type { ContainerConfig, PodSandboxConfig } from '../../lib/cri/index.ts';
import { bootMachine } from '../../testing/machine.ts';
import { program as shim } from '../containerd-shim-runc-v2/index.ts';
import { program as crictl } from '../crictl/index.ts';
import { program as pause } from '../pause/index.ts';
import { program as containerd } from './index.ts';

const ENDPOINT = 'unix:///run/containerd/containerd.sock';
const sandboxConfig: PodSandboxConfig = { metadata: { name: 'web', uid: 'u1', namespace: 'default', attempt: 0 }, hostname: 'web', logDirectory: '/var/log/pods/default_web_u1', dnsConfig: { servers: ['10.96.0.10'], searches: ['svc.cluster.local'], options: ['ndots:5'] },
  portMappings: [], labels: { 'io.kubernetes.pod.name': 'web', 'io.kubernetes.pod.namespace': 'default', 'io.kubernetes.pod.uid': 'u1' }, annotations: {}, cgroupParent: '/kubepods.slice', network: 'NODE', resources: { cpuShares: 2, cpuQuota: 0, cpuPeriod: 100_000, memoryLimit: 0 } };
const config = (command: readonly string[], attempt = 0): ContainerConfig => ({ metadata: { name: 'c', attempt }, image: 'nginx:alpine', userSpecifiedImage: 'nginx:alpine', command, args: [], workingDir: '', envs: [{ key: 'A', value: 'b' }],
  mounts: [{ containerPath: '/data', hostPath: '/srv/data', readOnly: true }], labels: { 'io.kubernetes.container.name': 'c', 'io.kubernetes.pod.name': 'web', 'io.kubernetes.pod.namespace': 'default' }, annotations: {}, logPath: `c/${attempt}.log`, stdin: false, tty: false, privileged: false,
  readOnlyRootfs: false, runAsUser: null, runAsGroup: null, resources: { cpuShares: 2, cpuQuota: 0, cpuPeriod: 100000, memoryLimit: 0, oomScoreAdj: 1000 } });

/** Stands in for a kubelet: `ask METHOD JSON` prints the answer. */
const ask: Program = { name: 'ask', *main(argv): Coroutine<number> {
  try {
    yield* write(1, JSON.stringify(yield* criCall(ENDPOINT, argv[1] as 'RunPodSandbox', JSON.parse(argv[2]!))));
    return 0;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* write(2, caught.message);
    return 1;
  }
} };
/** `nginx` of the image: prints, then ends with its argument, or waits for SIGTERM. */
const nginx: Program = { name: 'nginx', *main(argv, _saved?: Json): Coroutine<number> {
  yield* write(1, 'hello\nworld');
  yield* write(2, `oops\n`);
  if (argv[1] !== 'wait') return Number(argv[1] ?? 0);
  yield* sigaction('TERM', 'catch');
  yield* poll({ signals: true });
  yield* sleep(500_000);
  return yield* exit(0);
} };
const killer: Program = { name: 'killer', *main(argv): Coroutine<number> {
  yield* kill(Number(argv[1]), 'KILL');
  return 0;
} };
const boot = () => {
  const m = bootMachine({ programs: [containerd, shim, pause, crictl, ask, nginx, killer], rom: imageRom(), files: { '/srv/data/x': 'x', '/etc/containerd/config.toml': 'sandbox_image = "registry.k8s.io/pause:3.10"\n', '/etc/crictl.yaml': `runtime-endpoint: ${ENDPOINT}\n`, '/opt/cni/bin/flannel': '', '/opt/cni/bin/bridge': '' } });
  m.run(['/usr/bin/ask', 'Version', 'null']);   // takes pid 1, whose end would be everybody's
  m.start(['/usr/bin/containerd']);
  m.pass(1_000_000);
  const call = (method: string, request: unknown) => m.run(['/usr/bin/ask', method, JSON.stringify(request)]);
  return { m, call, crictl: (...argv: string[]) => m.run(['/usr/bin/crictl', ...argv]) };
};

describe('containerd', () => {
  it('runs a container to its end, with its output in a CRI log and its exit code', () => {
    const { m, call, crictl: cri } = boot();
    expect(call('PullImage', 'nginx:alpine').code).toBe(0);
    const sandbox = JSON.parse(call('RunPodSandbox', { config: sandboxConfig }).stdout) as string;
    const id = JSON.parse(call('CreateContainer', { podSandboxId: sandbox, config: config(['nginx', '7']), sandboxConfig }).stdout) as string;
    expect(call('StartContainer', id)).toMatchObject({ code: 0, stdout: 'null' });
    m.pass(100_000);
    const status = JSON.parse(call('ContainerStatus', id).stdout) as { state: string; exitCode: number; reason: string };
    expect(status).toMatchObject({ state: 'CONTAINER_EXITED', exitCode: 7, reason: 'Error' });
    expect(m.world.readFile('controlplane', '/var/log/pods/default_web_u1/c/0.log')!.replace(/^\S+/gm, 'T')).toBe('T stdout F hello\nT stdout P world\nT stderr F oops\n');
    const rows = cri('ps', '-a').stdout.split('\n');
    expect(rows[0]).toBe('CONTAINER           IMAGE               CREATED                  STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE');
    expect(rows[1]).toContain('Exited              c                   0');
    expect(cri('logs', id).stdout).toBe('hello\nworld');
    expect(cri('pods').stdout).toContain('Ready               web                 default             0                   (default)');
  });

  it('words a program that is not there as runc does, and remembers it as StartError 128', () => {
    const { call } = boot();
    call('PullImage', 'nginx:alpine');
    const sandbox = JSON.parse(call('RunPodSandbox', { config: sandboxConfig }).stdout) as string;
    const id = JSON.parse(call('CreateContainer', { podSandboxId: sandbox, config: config(['kube-schedulerrr']), sandboxConfig }).stdout) as string;
    const why = 'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "kube-schedulerrr": executable file not found in $PATH: unknown';
    expect(call('StartContainer', id)).toMatchObject({ code: 1, stderr: `rpc error: code = Unknown desc = ${why}` });
    expect(JSON.parse(call('ContainerStatus', id).stdout)).toMatchObject({ state: 'CONTAINER_EXITED', exitCode: 128, reason: 'StartError', message: why, startedAt: 0 });
  });

  it('leaves containers running when it ends, and finds them again', () => {
    const { m, call, crictl: cri } = boot();
    call('PullImage', 'nginx:alpine');
    const sandbox = JSON.parse(call('RunPodSandbox', { config: sandboxConfig }).stdout) as string;
    const id = JSON.parse(call('CreateContainer', { podSandboxId: sandbox, config: config(['nginx', 'wait']), sandboxConfig }).stdout) as string;
    call('StartContainer', id);
    const pid = m.world.processes('controlplane').find((p) => p.program === 'containerd' && p.status === null)!.pid;
    m.run(['/usr/bin/killer', String(pid)]);
    expect(cri('ps').stderr).toContain('connect: connection refused');
    m.start(['/usr/bin/containerd']);
    m.pass(1_000_000);
    expect(cri('ps').stdout).toContain('Running             c');
    const stop = m.run(['/usr/bin/crictl', 'stop', '-t', '10', id]);
    expect(stop).toMatchObject({ code: 0, stdout: `${id}\n` });
    expect(stop.tookUs).toBeGreaterThan(400_000);
    expect(stop.tookUs).toBeLessThan(2_000_000);
    expect(cri('rm', id).stdout).toBe(`${id}\n`);
    expect(cri('stopp', sandbox).stdout).toBe(`Stopped sandbox ${sandbox}\n`);
    expect(cri('rmp', sandbox).stdout).toBe(`Removed sandbox ${sandbox}\n`);
    m.pass(1_000_000);
    expect(m.world.processes('controlplane').filter((p) => p.program !== 'containerd' && p.status === null).map((p) => p.program)).toEqual([]);
  });

  it('has no pod network without flannel', () => {
    const { call } = boot();
    const pod = { ...sandboxConfig, network: 'POD' };
    expect(call('RunPodSandbox', { config: pod }).stderr).toMatch(/failed to setup network for sandbox "[0-9a-f]{64}": cni plugin not initialized$/);
    const conf = JSON.stringify({ name: 'cbr0', cniVersion: '0.3.1', plugins: [{ type: 'flannel', delegate: { isDefaultGateway: true } }] });
    const put = bootMachine({ programs: [containerd, shim, pause, ask], rom: imageRom(), files: { '/etc/cni/net.d/10-flannel.conflist': conf, '/opt/cni/bin/flannel': '', '/opt/cni/bin/bridge': '' } });
    put.start(['/usr/bin/containerd']);
    put.pass(1_000_000);
    expect(put.run(['/usr/bin/ask', 'RunPodSandbox', JSON.stringify({ config: pod })]).stderr).toMatch(/plugin type="flannel" failed \(add\): loadFlannelSubnetEnv failed: open \/run\/flannel\/subnet.env: no such file or directory$/);
  });
});
