// Where things stand on the map, and what is said of them.
import { describe, expect, test } from 'vitest';
import type { ClusterView, ComponentView } from '../../session/host/index.ts';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { layOut, type Box } from './layout.ts';
import { ending, nameOf, objectName, partLeft } from './words.ts';

const component = (label: string, more: Partial<ComponentView> = {}): ComponentView => ({
  id: label, role: 'static', label, name: label, namespace: 'kube-system', health: 'ok', word: 'Running', ready: '1/1', restarts: 0, backOff: null, lastExit: null, lastLine: null, command: '', ...more,
});
const cluster: ClusterView = {
  components: [
    component('systemd', { role: 'init' }), component('kubelet', { role: 'service' }), component('containerd', { role: 'service' }),
    ...['kube-apiserver', 'etcd', 'kube-controller-manager'].map((it) => component(it)), component('kube-scheduler', { health: 'backOff', word: 'CrashLoopBackOff' }),
    component('kube-proxy', { role: 'addOn' }), component('web', { role: 'workload' }),
  ],
  links: [{ from: 'kubelet', to: 'kube-apiserver', at: '172.30.1.2:6443', count: 9 }, { from: 'kube-apiserver', to: 'etcd', at: '127.0.0.1:2379', count: 18 }],
  objects: { served: true, roots: [] },
};
const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each([320, 390, 560, 1200])('at a width of %i', (width) => {
  const { groups, lines, height, width: drawn } = layOut(cluster, width);
  const placed = groups.flatMap((it) => it.placed);
  test('components do not overlap, stand inside, and in reading order; workloads are elsewhere', () => {
    const boxes = placed.map((it) => it.box);
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      expect(a.x >= 0 && a.x + a.width <= drawn && a.y + a.height <= height && a.height >= 42).toBe(true);
    }
    expect(placed.map((it) => it.component.label)).toEqual(['systemd', 'kubelet', 'containerd', 'kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy']);
    expect(drawn).toBeLessThanOrEqual(width);
  });
  test('a line is open when sockets are, and odd when they are not although both ends run', () => {
    const line = (from: string, to: string) => lines.find((it) => it.from === from && it.to === to);
    expect(line('kubelet', 'kube-apiserver')).toMatchObject({ open: true, odd: false, count: 9 });
    expect(line('kube-scheduler', 'kube-apiserver')).toMatchObject({ open: false, odd: false });
    expect(line('kube-controller-manager', 'kube-apiserver')).toMatchObject({ open: false, odd: true });
    expect(line('systemd', 'kubelet')).toMatchObject({ open: true, count: null });
  });
});

describe('words', () => {
  const waiting = component('kube-scheduler', { health: 'backOff', word: 'CrashLoopBackOff', ready: '0/1', restarts: 4, backOff: { from: 1000e6, until: 1160e6 } });
  test('an accessible name tells state, restarts and the next try', () => {
    expect(nameOf(waiting, 1088, en)).toBe('kube-scheduler, CrashLoopBackOff, restarts 4, next try in 1m12s');
    expect(nameOf(waiting, 1200, en)).toBe('kube-scheduler, CrashLoopBackOff, restarts 4, next try any moment');
    expect(nameOf(waiting, 1088, ko)).toBe('kube-scheduler, CrashLoopBackOff, 재시작 4회, 1m12s 뒤 재시도');
    expect(nameOf(component('etcd', { health: 'absent', word: '', ready: null }), 0, en)).toBe('etcd, not there');
    expect(nameOf(component('etcd', { health: 'unready', ready: '0/1' }), 0, en)).toBe('etcd, Running, ready 0/1');
  });
  test('an object is told with its namespace and count', () => {
    const object = { id: '', kind: 'Deployment', namespace: 'default', name: 'web', health: 'unready', word: '', ready: '0/2', note: '', children: [], more: 0, command: '' } as const;
    expect(objectName(object, '', en)).toBe('Deployment web, default, ready 0/2, not ready');
  });
  test('the ring empties with the wait', () => {
    expect([1000, 1080, 1160, 1999].map((second) => partLeft(waiting, second))).toEqual([1, 0.5, 0, 0]);
  });
  test('of a long chain of errors the end is shown', () => {
    expect(ending('short: message')).toBe('short: message');
    expect(ending(`${'outer: '.repeat(30)}exec: "x": not found`)).toMatch(/^… (outer: )+exec: "x": not found$/);
  });
});
