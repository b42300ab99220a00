/** `systemctl status` without units: the state of the whole system and the tree of control groups. */
import { isatty, now, processes } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo } from '../../kernel/sys.ts';
import { fullTime } from '../../lib/journal/index.ts';
import { columns, page } from '../../lib/pager/index.ts';
import { VERSION } from '../../lib/systemd/index.ts';
import { formatAgo } from '../../lib/unitfile/index.ts';
import { ask, bytes, type Options } from './client.ts';
import { hostnameOf } from './common.ts';
import { PAINT, PLAIN } from './status.ts';

interface Group { readonly name: string; readonly children: Map<string, Group>; readonly members: ProcessInfo[] }
const group = (name: string): Group => ({ name, children: new Map(), members: [] });

/** PID 1 stands in init.scope; a login outside any unit in the user's session. */
function pathOf(p: ProcessInfo): string {
  if (p.cgroup !== '/') return p.cgroup;
  return p.pid === 1 ? '/init.scope' : '/user.slice/user-0.slice/session-1.scope';
}

function treeOf(all: readonly ProcessInfo[]): Group {
  const root = group('');
  for (const p of all) {
    let here = root;
    for (const name of pathOf(p).split('/').filter((n) => n !== '')) {
      let next = here.children.get(name);
      if (next === undefined) here.children.set(name, (next = group(name)));
      here = next;
    }
    here.members.push(p);
  }
  return root;
}

function draw(g: Group, prefix: string, lines: string[]): void {
  const members = [...g.members].sort((a, b) => a.pid - b.pid);
  const width = Math.max(0, ...members.map((p) => String(p.pid).length));
  const children = [...g.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const last = (i: number) => i === members.length + children.length - 1;
  for (const [i, p] of members.entries()) lines.push(`${prefix}${last(i) ? '└─' : '├─'}${String(p.pid).padStart(width)} ${p.argv.join(' ')}`);
  for (const [i, child] of children.entries()) {
    const end = last(members.length + i);
    lines.push(`${prefix}${end ? '└─' : '├─'}${child.name}`);
    draw(child, `${prefix}${end ? '  ' : '│ '}`, lines);
  }
}

export function* overview(options: Options): Coroutine<number> {
  const reply = yield* ask({ method: 'manager' });
  if (reply === null || !('manager' in reply)) return 1;
  const m = reply.manager;
  const tty = yield* isatty(1);
  const paint = tty ? PAINT : PLAIN;
  const good = m.state === 'running';
  const at = yield* now();
  const label = (name: string) => `${name.padStart(9)}: `;
  const lines = [`${good ? paint.green('●') : paint.red('●')} ${yield* hostnameOf()}`, `${label('State')}${good ? paint.green(m.state) : m.state === 'degraded' ? paint.red(m.state) : m.state}`, `${label('Units')}${m.units} loaded (incl. loaded aliases)`,
    `${label('Jobs')}${m.jobs} queued`, `${label('Failed')}${m.failed} units`, `${label('Since')}${fullTime(m.bootedAt)}; ${formatAgo(m.bootedAt, at)}`, `${label('systemd')}${VERSION}`, `${label('CGroup')}/`];
  draw(treeOf((yield* processes()).filter((p) => p.state !== 'Z')), ' '.repeat(11), lines);
  const width = tty && !options.full ? yield* columns() : null;
  const cut = lines.map((line) => (width === null || line.length <= width || line.includes('\x1b') ? line : `${line.slice(0, width - 1)}…`));
  yield* page(bytes(cut.map((l) => `${l}\n`).join('')), options.pager);
  return 0;
}
