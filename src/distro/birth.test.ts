// The birth of the recorded cluster: every part of the node at work together, from power on.
import { describe, expect, test } from 'vitest';
import { bornWorld } from '../session/core/opening.ts';

describe('a world is born', () => {
  const world = bornWorld(7);
  world.advance(world.birth + 40_000_000);
  let id = 5000;
  const sh = (command: string) => {
    id++;
    world.apply({ kind: 'exec', host: 'controlplane', id, argv: command.split(' '), env: { PATH: '/usr/local/bin:/usr/sbin:/usr/bin', HOME: '/root' }, cwd: '/root' });
    world.settle();
    for (let i = 0; i < 10_000 && (world.exec(id)?.status ?? null) === null && world.nextTimer !== null; i++) world.advance(world.nextTimer);
    return world.exec(id)!.stdout;
  };
  test('kubeadm and kubectl did their part', () => {
    for (const id of [900, 901]) expect(world.exec(id)).toMatchObject({ status: { code: 0 }, stderr: '' });
    expect(world.crashes).toEqual([]);
  });
  test('the recorded pods are there', () => {
    const pods = sh('kubectl get pods -A --no-headers').split('\n').map((l) => l.split(/\s+/)[1]?.replace(/-[a-z0-9]{5}$/, ''));
    expect(pods).toEqual(expect.arrayContaining(['coredns-7484cd47db', 'etcd-controlplane', 'kube-apiserver-controlplane', 'kube-controller-manager-controlplane', 'kube-proxy', 'kube-scheduler-controlplane', 'kube-flannel-ds']));
  });
  test('the node is an untainted control plane', () => {
    expect(sh('kubectl get nodes --no-headers')).toMatch(/^controlplane +\w+ +control-plane +\d+s +v1\.33\.0\n$/);
    expect(sh('kubectl get node controlplane -o jsonpath={.metadata.annotations}')).toContain('unix:///run/containerd/containerd.sock');
  });
  test('the bootstrap token is listed', () => {
    expect(sh('kubeadm token list')).toMatch(/^TOKEN {21}TTL {9}EXPIRES {16}USAGES {19}DESCRIPTION {48}EXTRA GROUPS\n[a-z0-9]{6}\.[a-z0-9]{16} {3}23h {9}2025-08-20T00:19:\d\dZ {3}authentication,signing {3}<none> {53}system:bootstrappers:kubeadm:default-node-token\n$/);
  });
});
