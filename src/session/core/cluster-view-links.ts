/** Who is connected to whom: every open connection between two components, counted. A process belongs to a component by its cgroup. */
import type { ProcessRecord } from '../../kernel/state.ts';
import type { Address } from '../../kernel/sys.ts';
import type { World } from '../../kernel/world.ts';
import { INIT_ID, SERVICES, unitId } from './cluster-view-units.ts';
import type { LinkView } from './cluster-view-types.ts';
import { HOST } from './node.ts';

const spell = (at: Address): string => (at.net === 'unix' ? at.path : `${at.host}:${at.port}`);

function componentOf({ cgroup, ppid, program }: ProcessRecord, ofContainer: ReadonlyMap<string, string>): string | undefined {
  const container = /cri-containerd-([0-9a-f]+)\.scope$/.exec(cgroup)?.[1];
  if (container !== undefined) return ofContainer.get(container);
  const unit = SERVICES.find((name) => cgroup.endsWith(`/${name}`));
  // A shim lives in containerd's cgroup but stands for its pod.
  if (unit !== undefined) return program === 'containerd-shim-runc-v2' ? undefined : unitId(unit);
  return program === 'systemd' && ppid === 0 ? INIT_ID : undefined;
}

export function linksOf(world: World, ofContainer: ReadonlyMap<string, string>): readonly LinkView[] {
  const owner = new Map<number, string>();
  for (const p of world.processes(HOST)) {
    const id = p.status === null ? componentOf(p, ofContainer) : undefined;
    if (id !== undefined) owner.set(p.pid, id);
  }
  const links = new Map<string, LinkView>();
  for (const { from, to, at } of world.connections()) {
    const path = at.net === 'unix' ? at.path : '';
    // The shim's socket is named after the sandbox it keeps.
    const [a, b] = [owner.get(from), owner.get(to) ?? ofContainer.get(path.slice(path.lastIndexOf('/') + 1))];
    if (a === undefined || b === undefined || a === b) continue;
    const key = `${a} ${b} ${b.startsWith('pod/') && path !== '' ? 'shim' : spell(at)}`;
    links.set(key, { from: a, to: b, at: spell(at), count: (links.get(key)?.count ?? 0) + 1 });
  }
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}
