// Where the components stand and how the lines between them run, for a given width. Two columns with a gutter: the machine's services on
// top, the API server and etcd below them, and everything that speaks to the API on both sides of a spine that runs down the gutter.
import type { ClusterView, ComponentView, Health } from '../../session/host/index.ts';

export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export interface Placed { readonly component: ComponentView; readonly box: Box }
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** Where to mark that it is not open: the piece that is this line's alone. */
  readonly at: readonly [x: number, y: number];
  /** Open connections; 0 for one that should be there. Null: not a connection but a parent and its child. */
  readonly count: number | null;
  readonly open: boolean;
  /** Not open although both ends run: that is worth a look. A line whose end is down says no more than its end does. */
  readonly odd: boolean;
}
/** Components that belong together, in reading order; the services of the machine need no heading. */
export interface Group { readonly name: 'services' | 'static' | 'addOns'; readonly headingY: number | null; readonly placed: readonly Placed[] }
export interface MapLayout { readonly width: number; readonly height: number; readonly groups: readonly Group[]; readonly lines: readonly Line[] }

const edge = 12;
const gutter = 30;
const row = { init: 42, gap: 12, heading: 26 };
/** In a narrow column names take three lines. */
const cardHeight = (column: number) => (column < 150 ? 76 : 60);
const widest = 620;
const corner = 7;

type At = Map<string, Box>;
type Route = Pick<Line, 'path' | 'at'>;

/** Cards in pairs from `y` on, left and right of the gutter; returns where the next thing may stand. */
function inPairs(components: readonly ComponentView[], at: At, y: number, width: number): number {
  const column = (width - 2 * edge - gutter) / 2;
  const height = cardHeight(column);
  components.forEach(({ id }, i) => at.set(id, { x: edge + (i % 2) * (column + gutter), y: y + Math.floor(i / 2) * (height + row.gap), width: column, height }));
  return y + Math.ceil(components.length / 2) * (height + row.gap);
}

const runs = (health: Health) => health === 'ok' || health === 'unready';
const middle = ({ y, height }: Box) => y + height / 2;
const isLeft = (box: Box, width: number) => box.x < width / 2;
const inner = (box: Box, width: number) => (isLeft(box, width) ? box.x + box.width : box.x);

/** From the server's foot to the spine, down it, and out to the client's inner edge. */
function alongSpine(server: Box, client: Box, width: number): Route {
  const spine = width / 2;
  const foot = server.x + server.width - 20;
  const bend = server.y + server.height + row.gap / 2;
  const out = inner(client, width);
  const side = out < spine ? -1 : 1;
  const path = `M${foot} ${server.y + server.height}V${bend - 4}q0 4 4 4H${spine - corner}q${corner} 0 ${corner} ${corner}V${middle(client) - corner}q0 ${corner} ${side * corner} ${corner}H${out}`;
  return { path, at: [spine + side * (gutter / 2 - 5), middle(client)] };
}

function straight(a: Box, b: Box): Route {
  if (a.y === b.y) return { path: `M${Math.min(a.x, b.x) + a.width} ${middle(a)}H${Math.max(a.x, b.x)}`, at: [(Math.min(a.x, b.x) + a.width + Math.max(a.x, b.x)) / 2, middle(a)] };
  // Off the middle, where the heading between them ends.
  const x = a.x + a.width * 0.75;
  return { path: `M${x} ${a.y + a.height}V${b.y}`, at: [x, (a.y + a.height + b.y) / 2] };
}

/** Who ought to be connected on a node that kubeadm made; whether they are is for the sockets to say. */
function expected(components: readonly ComponentView[]): readonly (readonly [from: ComponentView, to: ComponentView])[] {
  const find = (label: string) => components.find((it) => it.label === label && it.role !== 'workload');
  const [api, etcd, kubelet, containerd] = ['kube-apiserver', 'etcd', 'kubelet', 'containerd'].map(find);
  const clients = components.filter((it) => it.role === 'addOn' || it.label === 'kube-controller-manager' || it.label === 'kube-scheduler');
  const pairs = [[kubelet, containerd], [kubelet, api], [api, etcd], ...clients.map((it) => [it, api])];
  return pairs.filter((pair): pair is [ComponentView, ComponentView] => pair[0] !== undefined && pair[1] !== undefined);
}

/** The lines of parents and of expected connections; the open ones last, so that where lines share a way it is an open one. */
function linesOf({ components, links }: ClusterView, at: At, width: number): readonly Line[] {
  const [init, ...services] = components.filter((it) => it.role === 'init' || it.role === 'service');
  const lines: Line[] = services.map(({ id, health }) => {
    const box = at.get(id)!;
    const x = box.x + box.width / 2;
    return { from: init!.id, to: id, at: [x, box.y - row.gap / 2], path: `M${x} ${edge + row.init}V${box.y}`, count: null, open: runs(health), odd: false };
  });
  for (const [from, to] of expected(components)) {
    const count = links.filter((it) => it.from === from.id && it.to === to.id).reduce((sum, it) => sum + it.count, 0);
    const [a, b] = [at.get(from.id)!, at.get(to.id)!];
    const isClient = to.label === 'kube-apiserver' && from.label !== 'kubelet';
    lines.push({ from: from.id, to: to.id, ...(isClient ? alongSpine(b, a, width) : straight(a, b)), count, open: count > 0, odd: count === 0 && runs(from.health) && runs(to.health) });
  }
  return lines.sort((a, b) => Number(a.open) - Number(b.open));
}

export function layOut(cluster: ClusterView, available: number): MapLayout {
  const width = Math.min(Math.max(available, 280), widest);
  const at: At = new Map();
  const of = (role: ComponentView['role']) => cluster.components.filter((it) => it.role === role);
  const place = (components: readonly ComponentView[]) => components.map((component) => ({ component, box: at.get(component.id)! }));
  for (const { id } of of('init')) at.set(id, { x: edge, y: edge, width: width - 2 * edge, height: row.init });
  let y = inPairs(of('service'), at, edge + row.init + row.gap, width);
  const groups: Group[] = [{ name: 'services', headingY: null, placed: place([...of('init'), ...of('service')]) }];
  for (const [name, role] of [['static', 'static'], ['addOns', 'addOn']] as const) {
    if (of(role).length === 0) continue;
    const headingY = y;
    y = inPairs(of(role), at, y + row.heading, width);
    groups.push({ name, headingY, placed: place(of(role)) });
  }
  return { width, height: y, groups, lines: linesOf(cluster, at, width) };
}
