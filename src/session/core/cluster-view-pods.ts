/** The pods of the node as components: what kubectl would say of each, and what the runtime knows besides. */
import { CONFIG_SOURCE } from '../../distro/records.ts';
import type { ContainerRecord } from '../../distro/records.ts';
import type { World } from '../../kernel/world.ts';
import { backOffOf } from './cluster-view-backoff.ts';
import { commandLine } from './cluster-view-command.ts';
import { podWords } from './cluster-view-health.ts';
import type { PodWords } from './cluster-view-health.ts';
import { containerName, lastWords } from './cluster-view-logs.ts';
import type { LogTails } from './cluster-view-logs.ts';
import { runtimeOf } from './cluster-view-runtime.ts';
import type { NodePod } from './cluster-view-runtime.ts';
import type { ComponentView, ExitView, Role } from './cluster-view-types.ts';
import { HOST } from './node.ts';

/** What kubeadm makes of a machine: these have their place in the map even when they are not there. */
const CONTROL_PLANE = ['kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler'] as const;
/** Longest message of the runtime that is handed on. */
const MESSAGE = 600;

export const podId = (namespace: string, name: string): string => `pod/${namespace}/${name}`;
const staticId = (label: string): string => podId('kube-system', `${label}-${HOST}`);

function roleOf({ pod, sandboxes, namespace }: NodePod): Role {
  const source = (pod?.metadata.annotations ?? sandboxes[0]?.config.annotations)?.[CONFIG_SOURCE];
  if (source === 'file') return 'static';
  return namespace.startsWith('kube-') ? 'addOn' : 'workload';
}

/** The name without what makes it unique among nodes and versions: `kube-scheduler`, `coredns-9hcp4`, `kube-proxy`. */
function labelOf({ pod, sandboxes, name }: NodePod, role: Role): string {
  if (role === 'static' && name.endsWith(`-${HOST}`)) return name.slice(0, -HOST.length - 1);
  const labels = pod?.metadata.labels ?? sandboxes[0]?.config.labels ?? {};
  // A daemon set has one pod on a node.
  if (labels['pod-template-generation'] !== undefined) return name.slice(0, name.lastIndexOf('-'));
  const hash = labels['pod-template-hash'];
  return hash === undefined ? name : name.replace(`-${hash}-`, '-');
}

/** An init container that did its work is no exit to tell of. */
function lastExit(containers: readonly ContainerRecord[], inits: readonly string[]): ExitView | null {
  const ended = containers.filter((it) => it.finishedAt > 0 && !(it.exitCode === 0 && inits.includes(containerName(it))));
  const [last] = ended.sort((a, b) => b.finishedAt - a.finishedAt);
  return last === undefined ? null : { code: last.exitCode, signal: null, reason: last.reason, at: last.finishedAt, message: last.message.slice(0, MESSAGE) };
}

/** Without the kubelet only the runtime knows: whether processes run, and how they ended. */
function runtimeWords({ containers }: NodePod): PodWords {
  const newest = new Map<string, ContainerRecord>();
  for (const it of containers) if (!newest.has(containerName(it))) newest.set(containerName(it), it);
  const main = [...newest.values()].filter((it) => !(it.finishedAt > 0 && it.exitCode === 0 && newest.size > 1));
  const running = main.filter((it) => it.startedAt > 0 && it.finishedAt === 0);
  const restarts = main.reduce((sum, it) => sum + it.config.metadata.attempt, 0);
  const ready = `${running.length}/${main.length}`;
  if (running.length > 0) return { word: 'Running', ready, restarts, health: running.length === main.length ? 'ok' : 'unready' };
  const ended = main.find((it) => it.finishedAt > 0);
  if (ended === undefined) return { word: 'Created', ready, restarts, health: 'stopped' };
  return { word: 'Exited', ready, restarts, health: ended.exitCode === 0 ? 'stopped' : 'failed' };
}

function wordsOf(it: NodePod): PodWords {
  const words = it.pod === null ? runtimeWords(it) : podWords(it.pod);
  return it.lost ? { ...words, word: 'Unknown', health: 'failed' } : words;
}

/** With an API that answers, kubectl; without, the runtime's own client. */
function commandOf({ namespace, name, pod }: NodePod, words: PodWords, speaker: ContainerRecord | undefined, served: boolean): string {
  if (!served || pod === null) return speaker === undefined ? 'crictl ps -a' : commandLine('crictl', 'logs', speaker.id.slice(0, 13));
  if (words.health === 'ok' || words.health === 'stopped') return commandLine('kubectl', '-n', namespace, 'get', 'pod', name);
  return commandLine('kubectl', '-n', namespace, 'describe', 'pod', name);
}

function absent(label: string, leftovers: readonly ContainerRecord[], world: World, tails: LogTails): ComponentView {
  const mine = leftovers.filter((it) => containerName(it) === label);
  return { id: staticId(label), role: 'static', label, name: `${label}-${HOST}`, namespace: 'kube-system', health: 'absent', word: '', ready: null, restarts: 0, backOff: null,
    lastExit: lastExit(mine, []), lastLine: lastWords(world, tails, mine)?.line ?? null, command: 'ls -l /etc/kubernetes/manifests' };
}

const ROLES: readonly Role[] = ['static', 'addOn', 'workload'];
const place = ({ role, label, name }: ComponentView): string => {
  const slot = CONTROL_PLANE.indexOf(label as (typeof CONTROL_PLANE)[number]);
  return `${ROLES.indexOf(role)} ${role === 'static' && slot >= 0 ? slot : 9} ${name}`;
};

export interface PodComponents { readonly components: readonly ComponentView[]; /** Container or sandbox id → component id. */ readonly ofContainer: ReadonlyMap<string, string> }

export function podComponents(world: World, tails: LogTails): PodComponents {
  const { pods, leftovers, kubelet } = runtimeOf(world);
  const ofContainer = new Map<string, string>();
  const words = new Map(pods.map((it) => [it, wordsOf(it)]));
  const api = pods.find((it) => labelOf(it, roleOf(it)) === 'kube-apiserver');
  const served = api !== undefined && words.get(api)!.health === 'ok';
  const components = pods.map((it): ComponentView => {
    const id = podId(it.namespace, it.name);
    for (const { id: own } of [...it.containers, ...it.sandboxes]) ofContainer.set(own, id);
    const role = roleOf(it);
    const said = words.get(it)!;
    const last = lastWords(world, tails, it.containers);
    return { id, role, label: labelOf(it, role), name: it.name, namespace: it.namespace, ...said, backOff: kubelet === null ? null : backOffOf(world, kubelet.pid, it),
      lastExit: lastExit(it.containers, (it.pod?.spec.initContainers ?? []).map((c) => c.name)), lastLine: last?.line ?? null, command: commandOf(it, said, last?.by, served) };
  });
  const missing = CONTROL_PLANE.filter((label) => !components.some((it) => it.role === 'static' && it.label === label));
  const all = [...components, ...missing.map((label) => absent(label, leftovers, world, tails))];
  return { components: all.sort((a, b) => (place(a) < place(b) ? -1 : 1)), ofContainer };
}
