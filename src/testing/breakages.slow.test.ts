/**
 * Ten breakages that no lab uses, each played on a healthy node: what a learner sees, as a transcript (normalised;
 * `npx vitest -u` rewrites it), and the words that upstream would say, which no rewriting changes.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../kernel/world.ts';
import { newWorld } from '../session/core/opening.ts';
import { normalise } from './normalise.ts';
import { shell } from './replay.ts';

const MANIFESTS = '/etc/kubernetes/manifests';
const SCHEDULER = `${MANIFESTS}/kube-scheduler.yaml`;
const APISERVER = `${MANIFESTS}/kube-apiserver.yaml`;

interface Breakage { readonly name: string; readonly fault: string; /** Seconds after the fault, command. */ readonly looks: readonly (readonly [number, string])[]; readonly says: readonly string[] }

const BREAKAGES: readonly Breakage[] = [
  { name: 'unknown flag', fault: `sed -i 's/- --authorization-mode=/- --authorization-modus=/' ${APISERVER}`,
    looks: [[20, 'kubectl get no'], [41, 'crictl logs $(crictl ps -a --name kube-apiserver -q | head -1)']], says: ['The connection to the server controlplane:6443 was refused - did you specify the right host or port?', 'Error: unknown flag: --authorization-modus'] },
  { name: 'wrong image', fault: `sed -i 's#kube-scheduler:v1.33.0#kube-scheduler:v1.99.0#' ${SCHEDULER}`,
    looks: [[41, 'kubectl -n kube-system describe po kube-scheduler-controlplane | tail -6']], says: ['failed to resolve reference "registry.k8s.io/kube-scheduler:v1.99.0": registry.k8s.io/kube-scheduler:v1.99.0: not found', 'Error: ImagePullBackOff'] },
  { name: 'TAB in YAML', fault: `printf '\\tfoo: bar\\n' >> ${SCHEDULER}`,
    looks: [[30, 'kubectl get po -n kube-system'], [31, "journalctl -u kubelet --no-pager -o cat | grep 'manifest file' | tail -1"]], says: ['kube-scheduler.yaml: couldn\'t parse as pod(yaml: line ', 'found character that cannot start any token), please check config file'] },
  { name: 'manifest moved away', fault: `mv ${SCHEDULER} /root/`, looks: [[10, 'kubectl get po -n kube-system'], [12, 'crictl ps | grep -c kube-scheduler']], says: ['kube-controller-manager-controlplane'] },
  { name: 'bak copy', fault: `cp ${SCHEDULER} ${SCHEDULER}.bak; sed -i 's/- kube-scheduler$/- kube-schedulerrr/' ${SCHEDULER}`, looks: [[45, 'kubectl get po -n kube-system kube-scheduler-controlplane']], says: ['1/1     Running'] },
  { name: 'wrong probe port', fault: `sed -i 's/port: 10259/port: 10260/' ${SCHEDULER}`,
    looks: [[60, 'kubectl get po -n kube-system kube-scheduler-controlplane'], [281, 'kubectl -n kube-system describe po kube-scheduler-controlplane | tail -5']], says: ['Container kube-scheduler failed startup probe, will be restarted', 'Startup probe failed: Get "https://127.0.0.1:10260/livez": dial tcp 127.0.0.1:10260: connect: connection refused'] },
  { name: 'wrong etcd port', fault: `sed -i 's#etcd-servers=https://127.0.0.1:2379#etcd-servers=https://127.0.0.1:2380#' ${APISERVER}`,
    looks: [[25, 'kubectl get no'], [60, 'cat $(ls -d /var/log/pods/kube-system_kube-apiserver-controlplane_*/kube-apiserver/0.log | tail -1) | tail -2']], says: ['was refused - did you specify the right host or port?', 'Error creating leases: error creating storage factory: context deadline exceeded'] },
  { name: 'kubelet stopped', fault: 'systemctl stop kubelet', looks: [[70, 'kubectl get no'], [71, 'systemctl is-active kubelet'], [72, "kubectl describe no | grep 'Kubelet stopped'"]], says: ['NotReady', 'inactive', 'Kubelet stopped posting node status.'] },
  { name: 'kubelet CA file wrong', fault: "sed -i 's#clientCAFile: /etc/kubernetes/pki/ca.crt#clientCAFile: /etc/kubernetes/pki/WRONG.crt#' /var/lib/kubelet/config.yaml; systemctl restart kubelet",
    looks: [[15, 'systemctl status kubelet --no-pager | head -8'], [16, 'journalctl -u kubelet --no-pager -n 3 -o cat']], says: ['activating (auto-restart) (Result: exit-code)', 'unable to load client CA file /etc/kubernetes/pki/WRONG.crt: open /etc/kubernetes/pki/WRONG.crt: no such file or directory'] },
  { name: 'containerd stopped', fault: 'systemctl stop containerd', looks: [[60, 'kubectl get no'], [61, 'crictl ps']], says: ['NotReady', 'rpc error: code = Unavailable desc = connection error'] },
];

let healthy: World;
beforeAll(() => {
  healthy = newWorld(1);
  healthy.advance(healthy.birth + 300_000_000);
}, 120_000);

describe('breakages', () => {
  it.each(BREAKAGES.map((b) => [b.name, b] as const))('%s', async (name, { fault, looks, says }) => {
    const world = healthy.fork();
    shell(world, fault);
    const begin = world.now;
    let raw = '';
    let transcript = `$ ${fault}\n`;
    for (const [second, command] of looks) {
      world.advance(Math.max(world.now, begin + second * 1_000_000));
      const { output } = shell(world, command);
      raw += output;
      transcript += `\n# +${second}s\n$ ${command}\n${normalise(output)}\n`;
    }
    for (const words of says) expect(raw).toContain(words);
    expect(world.crashes).toEqual([]);
    await expect(transcript).toMatchFileSnapshot(`transcripts/${name.replaceAll(' ', '-')}.txt`);
  }, 60_000);
});
