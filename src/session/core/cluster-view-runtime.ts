/**
 * The node's pods from both who know them: containerd by the state it keeps on disk (so also while it is stopped) and
 * the kubelet by its tables (gone when it is). A static pod whose manifest changed is two pods of one name for a while;
 * the one the kubelet still wants, else the newer, is the one that is meant.
 */
import { CONTAINERD_STATE, CRI_LABEL } from '../../distro/records.ts';
import type { ContainerdState, ContainerRecord, SandboxRecord, StatusRecord } from '../../distro/records.ts';
import type { Pod } from '../../api/types.ts';
import type { TableView } from '../../kernel/sys.ts';
import type { World } from '../../kernel/world.ts';
import { HOST } from './node.ts';

export interface NodePod {
  readonly uid: string; readonly name: string; readonly namespace: string;
  /** With the status the kubelet would report; null when the kubelet does not run or does not want it. */ readonly pod: Pod | null;
  /** The runtime believes that something runs of which there is no process: containerd was down when it ended. */ readonly lost: boolean;
  /** Newest first. */ readonly sandboxes: readonly SandboxRecord[]; readonly containers: readonly ContainerRecord[];
}
export interface Runtime {
  readonly pods: readonly NodePod[];
  /** Containers of pods that nobody wants any more, newest first. */ readonly leftovers: readonly ContainerRecord[];
  readonly kubelet: { readonly pid: number } | null;
}

const newestFirst = (a: { readonly createdAt: number }, b: { readonly createdAt: number }): number => b.createdAt - a.createdAt;

const runs = ({ startedAt, finishedAt }: ContainerRecord): boolean => startedAt > 0 && finishedAt === 0;

function byUid(state: ContainerdState, alive: ReadonlySet<number>, wanted: TableView<unknown> | null, statuses: TableView<unknown> | null): NodePod[] {
  const uids = new Set([...(wanted?.keys() ?? []), ...state.sandboxes.map((it) => it.config.metadata.uid)]);
  return [...uids].map((uid) => {
    const sandboxes = state.sandboxes.filter((it) => it.config.metadata.uid === uid).sort(newestFirst);
    const spec = wanted?.get(uid) as Pod | undefined;
    const status = (statuses?.get(uid) as StatusRecord | undefined)?.status;
    const { name, namespace = '' } = spec?.metadata ?? sandboxes[0]!.config.metadata;
    const containers = state.containers.filter((it) => it.config.labels[CRI_LABEL.podUid] === uid).sort(newestFirst);
    return { uid, name, namespace, sandboxes, containers, lost: containers.some((it) => runs(it) && !alive.has(it.pid)), pod: spec === undefined ? null : { ...spec, ...(status === undefined ? {} : { status }) } };
  });
}

/** Another file in its place is an empty state to containerd too. */
function containerdState(world: World): ContainerdState {
  const value = world.readDoc(HOST, CONTAINERD_STATE) as ContainerdState | null;
  return Array.isArray(value?.sandboxes) && Array.isArray(value.containers) ? value : { sandboxes: [], containers: [], images: [] };
}

export function runtimeOf(world: World): Runtime {
  const state = containerdState(world);
  const kubelet = world.processes(HOST).find((p) => p.program === 'kubelet' && p.status === null) ?? null;
  const table = (name: string): TableView<unknown> | null => (kubelet === null ? null : world.table(kubelet.pid, name));
  const wanted = table('pods');
  const alive = new Set(world.processes(HOST).filter((p) => p.status === null).map((p) => p.pid));
  const all = byUid(state, alive, wanted, table('statuses'));
  const chosen = new Map<string, NodePod>();
  for (const it of all) {
    const key = `${it.namespace}/${it.name}`;
    const other = chosen.get(key);
    const rank = (p: NodePod): number => (p.pod === null ? 0 : 1e18) + (p.sandboxes[0]?.createdAt ?? 0);
    if (other === undefined || rank(it) > rank(other)) chosen.set(key, it);
  }
  // What the kubelet does not want is only there as long as it runs.
  const pods = [...chosen.values()].filter((it) => it.pod !== null || wanted === null || it.containers.some(runs));
  const kept = new Set(pods.map((it) => it.uid));
  return { pods, kubelet, leftovers: state.containers.filter((it) => !kept.has(it.config.labels[CRI_LABEL.podUid] ?? '')).sort(newestFirst) };
}
