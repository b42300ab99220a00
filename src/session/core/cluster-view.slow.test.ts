// A real node, broken in the ways a learner breaks it: what the map says of it must follow from what is there.
import { describe, expect, test } from 'vitest';
import type { ClusterView, ComponentView, Session } from './index.ts';
import { openSession } from './index.ts';
import { runOnNode } from './node.ts';

const MANIFESTS = '/etc/kubernetes/manifests';
let ids = 50_000;

class Node {
  readonly session: Session = openSession({ lab: 'sandbox', cols: 80, rows: 24 });
  run(command: string, seconds = 0): void {
    const { code, stderr } = runOnNode(this.session.world, ids++, command, (input) => this.session.world.apply(input));
    expect(stderr + String(code)).toBe('0');
    this.pass(seconds);
  }
  pass(seconds: number): void { this.session.advance(this.session.world.now + seconds * 1e6, Infinity); }
  get view(): ClusterView { return this.session.cluster(); }
  of(label: string): ComponentView { return this.view.components.find((it) => it.label === label)!; }
  connected(from: string, to: string): number {
    const [a, b] = [this.of(from).id, this.of(to).id];
    return this.view.links.filter((it) => it.from === a && it.to === b).reduce((sum, it) => sum + it.count, 0);
  }
  object(name: string) { return this.view.objects.roots.find((it) => it.name === name); }
}

describe('a node', { timeout: 60_000 }, () => {
  test('that is well: everything runs, is connected, and two looks are one', () => {
    const node = new Node();
    const { components, objects } = node.view;
    expect(components.map((it) => it.label).slice(0, 7)).toEqual(['systemd', 'kubelet', 'containerd', 'kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler']);
    expect(components.filter((it) => it.health !== 'ok')).toEqual([]);
    for (const [from, to] of [['kubelet', 'containerd'], ['kubelet', 'kube-apiserver'], ['kube-scheduler', 'kube-apiserver'], ['kube-apiserver', 'etcd'], ['containerd', 'etcd']] as const) expect(node.connected(from, to), `${from} ${to}`).toBeGreaterThan(0);
    expect(node.connected('etcd', 'kube-apiserver')).toBe(0);
    expect(objects.served).toBe(true);
    expect(node.view).toBe(node.view);
  });

  test('whose scheduler cannot start: back-off, last exit, and a lost connection; then it heals', () => {
    const node = new Node();
    const proxy = node.of('kube-proxy');
    node.run(`sed -i 's/- kube-scheduler$/- kube-schedulerrr/' ${MANIFESTS}/kube-scheduler.yaml`, 45);
    const broken = node.of('kube-scheduler');
    expect(broken).toMatchObject({ health: 'backOff', word: 'CrashLoopBackOff', lastExit: { code: 128, reason: 'StartError' }, command: 'kubectl -n kube-system describe pod kube-scheduler-controlplane' });
    expect(broken.lastExit!.message).toContain('exec: "kube-schedulerrr": executable file not found in $PATH');
    expect(broken.restarts).toBeGreaterThan(0);
    expect(broken.backOff!.from).toBe(broken.lastExit!.at);
    expect(broken.backOff!.until).toBeGreaterThan(broken.backOff!.from);
    expect(node.connected('kube-scheduler', 'kube-apiserver')).toBe(0);
    expect(node.of('kube-proxy')).toBe(proxy);
    node.run(`sed -i 's/- kube-schedulerrr$/- kube-scheduler/' ${MANIFESTS}/kube-scheduler.yaml`, 45);
    expect(node.of('kube-scheduler')).toMatchObject({ health: 'ok', backOff: null });
    expect(node.connected('kube-scheduler', 'kube-apiserver')).toBeGreaterThan(0);
  });

  test('without an API server: the objects are what etcd kept, commands ask the runtime', () => {
    const node = new Node();
    node.run('kubectl create deployment web --image=nginx:alpine --replicas=2', 20);
    expect(node.object('web')).toMatchObject({ kind: 'Deployment', health: 'ok', ready: '2/2', children: [{ kind: 'ReplicaSet', children: [{ kind: 'Pod', word: 'Running' }, { kind: 'Pod' }] }] });
    node.run(`mv ${MANIFESTS}/kube-apiserver.yaml /root/`, 60);
    expect(node.of('kube-apiserver')).toMatchObject({ health: 'absent', role: 'static' });
    expect(node.view.objects.served).toBe(false);
    expect(node.object('web')).toBeDefined();
    expect(node.connected('kubelet', 'kube-apiserver')).toBe(0);
    expect(node.of('kube-scheduler')).toMatchObject({ health: 'unready', ready: '0/1' });
    expect(node.of('kube-scheduler').command).toMatch(/^crictl logs [0-9a-f]{13}$/);
  });

  test('whose services stop: containers live on, and nobody tells of them but the runtime', () => {
    const node = new Node();
    node.run('systemctl stop kubelet', 60);
    expect(node.of('kubelet')).toMatchObject({ health: 'stopped', word: 'inactive (dead)', command: 'systemctl status kubelet' });
    expect(node.of('etcd')).toMatchObject({ health: 'ok', word: 'Running' });
    expect(node.object('controlplane')).toMatchObject({ kind: 'Node', health: 'unready', word: 'NotReady' });
    node.run('crictl stop $(crictl ps -q --name etcd)', 5);
    expect(node.of('etcd')).toMatchObject({ health: 'failed', word: 'Exited', lastExit: { code: 137 } });
    node.run('systemctl start kubelet', 30);
    node.run('systemctl stop containerd', 10);
    expect(node.of('containerd').health).toBe('stopped');
    expect(node.connected('kubelet', 'containerd')).toBe(0);
    expect(node.of('kube-controller-manager').health).toBe('ok');
    node.run('pkill -9 kube-controller', 1);
    expect(node.of('kube-controller-manager')).toMatchObject({ health: 'failed', word: 'Unknown' });
    node.session.world.apply({ kind: 'power', host: 'controlplane', on: false });
    expect(node.view).toEqual({ components: [], links: [], objects: { served: false, roots: [] } });
  });

});

describe('a node in disorder', { timeout: 60_000 }, () => {
  test('whose files and keys are rubbish is looked at all the same', () => {
    const node = new Node();
    node.run('etcdctl --cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt --key /etc/kubernetes/pki/etcd/server.key put /registry/pods/default/evil "<img onerror=x>"', 1);
    expect(node.object('controlplane')).toMatchObject({ health: 'ok' });
    const journal = '$(ls /var/log/journal/*/system.journal)';
    node.run(`systemctl stop kubelet containerd; cp ${journal} /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db; mv ${MANIFESTS}/etcd.yaml /root/; pkill etcd; cp ${journal} /var/lib/etcd/member/snap/db; echo x > ${journal}`, 1);
    expect(node.of('etcd').health).toBe('absent');
    expect(node.of('kubelet')).toMatchObject({ health: 'stopped', lastLine: null });
    expect(node.view.objects).toEqual({ served: false, roots: [] });
  });

  test('whose kubelet cannot start: PID 1 counts down', () => {
    const node = new Node();
    node.run(`echo 'KUBELET_KUBEADM_ARGS="--nope"' > /var/lib/kubelet/kubeadm-flags.env; systemctl restart kubelet`, 3);
    const kubelet = node.of('kubelet');
    expect(kubelet).toMatchObject({ health: 'backOff', word: 'activating (auto-restart)', lastExit: { code: 1, reason: 'exit-code' } });
    expect(kubelet.backOff!.until - kubelet.backOff!.from).toBe(10e6);
    expect(kubelet.lastLine).toContain('unknown flag: --nope');
  });
});
