/**
 * Laws S1, S2 and S4 on the real cluster: each lab and task is played twice, once straight on and once torn down at random instants
 * (also between two calls of one instant) and brought back from its snapshot, or from the snapshot's text. Both must print the same
 * and end as the same world. At the same instants a fork runs ahead and a grading looks, and the world they left must not notice.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rom } from '../distro/index.ts';
import { programs } from '../distro/programs.ts';
import { decodeSnapshot, encodeSnapshot, worldHash } from '../kernel/codec/index.ts';
import { World } from '../kernel/world.ts';
import type { WorldSnapshot } from '../kernel/world.ts';
import { labs } from '../labs/index.ts';
import { openSession } from '../session/core/index.ts';
import { grading } from '../session/core/grade.ts';
import { TTY, toEnd } from '../session/core/node.ts';

/** What is typed, and for how long the world then runs (µs). */
type Scene = readonly (readonly [keys: string, us: number])[];
const MANIFEST = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const SCENES: Readonly<Record<string, Scene>> = {
  'a component in its back-off': [['kubectl get po -A\r', 20e6], ['', 90e6], [`sed -i s/schedulerrr/scheduler/ ${MANIFEST}\r`, 60e6], ['k get po -A; crictl ps -a\r', 5e6]],
  'a component that is broken by hand': [[`sed -i 's/--leader-elect/--leader-elekt/' ${MANIFEST}\r`, 100e6], ['k -n kube-system get events | tail\r', 5e6]],
  'a pipeline in the foreground': [['for i in 1 2 3; do kubectl get po -A; sleep 1; done | grep -v xyz | tee /root/out | sort -r | head -20\r', 8e6], ['wc -l < /root/out\r', 1e6]],
  'vi open': [['vi /root/x\r', 3e6], ['', 30e6]],
  'kubectl edit open': [['kubectl -n kube-system edit ds kube-proxy\r', 3e6], ['', 15e6]],
  'kubectl get -w': [['kubectl get po -A -w\r', 5e6], ['', 40e6], ['\x03', 1e6], ['echo $?\r', 1e6]],
  'kubectl exec -it': [['kubectl exec -it deploy/app -- sh\r', 4e6], ['hostname; ls /\r', 2e6], ['cat /etc/resolv.conf | while read a; do echo $a; done\r', 2e6], ['exit\r', 2e6]],
  'logs that are followed': [['kubectl -n kube-system logs -f etcd-controlplane | cut -c1-60\r', 10e6], ['\x03', 1e6], ['journalctl -fu kubelet\r', 10e6], ['\x1a', 1e6], ['jobs; bg\r', 1e6], ['kill %1\r', 1e6]],
  'half a line, history and completion': [['ech', 1e6], ['o one\r', 1e6], ['\x1b[A\x1b[D\x1b[D', 1e6], ['\x12ech', 1e6], ['\r', 1e6], ['kubectl get p\t\t', 3e6], ['\x03', 1e6]],
  'rollouts': [['k create deploy web --image=nginx:alpine --replicas=3; k rollout status deploy web\r', 20e6], ['k set image deploy web nginx=nope:1; k rollout status deploy web --timeout=10s\r', 30e6], ['k delete deploy web\r', 30e6]],
  'services that stop': [['systemctl stop kubelet; systemctl restart containerd; systemctl status containerd --no-pager | head -3\r', 15e6], ['systemctl start kubelet\r', 60e6]],
  'functions, traps and heredocs': [['trap "echo bye" EXIT; f() { local i; for i in 1 2 3; do echo $i $(hostname); sleep 0.3; done; }; f | cat\r', 3e6], ['cat <<E | tr a-z A-Z\r', 1e6], ['here\rE\r', 1e6], ['exit\r', 1e6], ['\r', 2e6]],
  'the API away': [['mv /etc/kubernetes/manifests/kube-apiserver.yaml /root\r', 40e6], ['kubectl get no\r', 10e6], ['mv /root/kube-apiserver.yaml /etc/kubernetes/manifests\r', 80e6], ['kubectl get no\r', 5e6]],
};

const worldOf = (snapshot: WorldSnapshot): World => new World(snapshot, programs, rom);
const hashOf = (world: World): string => worldHash(world.snapshot());
const keys = (bytes: string) => ({ kind: 'keys', tty: TTY, bytes }) as const;
const shown = (world: World): string => world.output(TTY, 0).data;

/** A place to tear the world down: after that share of a scene's time, so many system calls further on. */
interface Cut { readonly share: number; readonly steps: number; readonly how: 'memory' | 'text' | 'beside' | 'fork' | 'grading' }
const cut = fc.record({ share: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100), steps: fc.nat(3000), how: fc.constantFrom<Cut['how']>('memory', 'memory', 'text', 'beside', 'fork', 'grading') });

function torn(world: World, how: Cut['how'], base: WorldSnapshot, lab: string, task: number): World {
  if (how === 'memory') return worldOf(world.snapshot());
  if (how === 'text') return worldOf(decodeSnapshot(encodeSnapshot(world.snapshot())));
  if (how === 'beside') return worldOf(decodeSnapshot(encodeSnapshot(world.snapshot(), base), base));
  const before = hashOf(world);
  if (how === 'fork') {
    const fork = world.fork();
    fork.apply(keys('\x03\rrm -rf /etc/kubernetes /var/lib/etcd; pkill kubelet\r'));
    fork.advance(fork.now + 30e6);
    expect(hashOf(fork)).not.toBe(before);
  } else toEnd(grading(world, labs.get(lab)!.definition.tasks[task]?.checks ?? [], 5000));
  expect(hashOf(world), `the world after a ${how}`).toBe(before);
  return world;
}

function play(start: WorldSnapshot, scene: Scene, cuts: readonly Cut[], lab: string, task: number): void {
  const straight = worldOf(start);
  let broken = worldOf(start);
  for (const [bytes, us] of scene) {
    const end = straight.now + us;
    straight.apply(keys(bytes));
    broken.apply(keys(bytes));
    for (const { share, steps, how } of [...cuts].sort((a, b) => a.share - b.share)) {
      broken.advance(Math.max(broken.now, Math.round(end - us * (1 - share))));
      broken.advance(end, steps);
      broken = torn(broken, how, start, lab, task);
    }
    straight.advance(end);
    broken.advance(end);
    expect(shown(broken)).toBe(shown(straight));
  }
  expect(hashOf(broken)).toBe(hashOf(straight));
  expect([...straight.crashes, ...broken.crashes]).toEqual([]);
}

const PLACES: readonly (readonly [lab: string, task: number])[] = [...labs].flatMap(([id, { definition }]) => Array.from({ length: Math.max(1, definition.tasks.length) }, (_, task) => [id, task] as const));

describe.each(PLACES)('%s, task %i', (lab, task) => {
  const opened = new Map<number, WorldSnapshot>();
  const opening = (seed: number): WorldSnapshot => {
    const known = opened.get(seed) ?? openSession({ lab, task, seed, cols: 120, rows: 40 }).world.snapshot();
    opened.set(seed, known);
    return known;
  };
  test.each(Object.entries(SCENES))('%s', (name, scene) => {
    fc.assert(fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => play(opening(1), scene, cuts, lab, task)), { numRuns: 1, seed: task * 100 + name.length, endOnFailure: true });
  }, 120_000);
});
