/**
 * The cluster as the map draws it: the node's components with their state, back-off, last exit and last words, who is
 * connected to whom, and the objects that etcd holds. It reads the world from outside, runs nothing in it and changes
 * nothing; what it cannot see in processes, sockets, tables and files it does not say.
 */
import { deepEqual } from '../../base/json.ts';
import type { World } from '../../kernel/world.ts';
import { linksOf } from './cluster-view-links.ts';
import { ObjectReader } from './cluster-view-objects.ts';
import { podComponents } from './cluster-view-pods.ts';
import { NOTHING } from './cluster-view-types.ts';
import type { ClusterView, ComponentView, LinkView } from './cluster-view-types.ts';
import { unitComponents } from './cluster-view-units.ts';
import { LogTails } from './cluster-view-logs.ts';
import { HOST } from './node.ts';

export type * from './cluster-view-types.ts';

/** Every part of `next` that equals its counterpart in `before` is that counterpart, so that who draws it can tell by identity. */
function keep<T>(before: readonly T[], next: readonly T[], id: (one: T) => string): readonly T[] {
  const known = new Map(before.map((one) => [id(one), one]));
  const kept = next.map((one) => {
    const old = known.get(id(one));
    return old !== undefined && deepEqual(old, one) ? old : one;
  });
  return kept.length === before.length && kept.every((one, i) => one === before[i]) ? before : kept;
}

/** An API server that has lost its etcd runs on for a while and answers nothing. */
function isServed(components: readonly ComponentView[], links: readonly LinkView[]): boolean {
  const [api, etcd] = ['kube-apiserver', 'etcd'].map((label) => components.find((it) => it.role === 'static' && it.label === label)?.id);
  return links.some((it) => it.from === api && it.to === etcd);
}

/**
 * Looks at one world again and again (or at another after an undo): the same world gives an equal view, and what has
 * not changed since the last look is the same object.
 */
export class ClusterViewer {
  #last = NOTHING;
  readonly #tails = new LogTails();
  readonly #objects = new ObjectReader();

  look(world: World): ClusterView {
    if (!world.processes(HOST).some((p) => p.status === null)) return (this.#last = NOTHING);
    const units = unitComponents(world);
    const pods = podComponents(world, this.#tails);
    const components: readonly ComponentView[] = [...units, ...pods.components];
    const last = this.#last;
    const roots = keep(last.objects.roots, this.#objects.read(world), (it) => it.id);
    const links = keep(last.links, linksOf(world, pods.ofContainer), (it) => `${it.from} ${it.to} ${it.at}`);
    const served = isServed(components, links);
    const next: ClusterView = {
      components: keep(last.components, components, (it) => it.id),
      links,
      objects: last.objects.served === served && last.objects.roots === roots ? last.objects : { served, roots },
    };
    if (next.components !== last.components || next.links !== last.links || next.objects !== last.objects) this.#last = next;
    return this.#last;
  }
}
