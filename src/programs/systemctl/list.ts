/** list-units, list-unit-files, list-dependencies and their like. */
import { isatty } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { page } from '../../lib/pager/index.ts';
import { unitName, type UnitView } from '../../lib/systemd/index.ts';
import { ask, bytes, matcher, say, unitViews, type Options } from './client.ts';
import { PAINT, PLAIN } from './status.ts';
import { allUnitFiles, fileState, preset } from './state.ts';

const typeOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function chosen(views: readonly UnitView[], patterns: readonly string[], options: Options): UnitView[] {
  return views.filter((u) => {
    if (options.types.length > 0 && !options.types.includes(typeOf(u.name))) return false;
    if (options.states.length > 0 && !options.states.some((s) => s === u.active || s === u.sub || s === u.def.loadState)) return false;
    if (patterns.length > 0 && !patterns.some((p) => matcher(p)(u.name) || matcher(unitName(p))(u.name))) return false;
    return options.all || options.states.length > 0 || patterns.length > 0 || u.active !== 'inactive';
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A row is marked when its unit failed or could not be loaded. */
const mark = (u: UnitView): string => (u.active === 'failed' || u.def.loadState !== 'loaded' ? '●' : ' ');

export function* listUnits(patterns: readonly string[], options: Options): Coroutine<number> {
  const views = yield* unitViews(null);
  if (views === null) return 1;
  const rows = chosen(views, patterns, options);
  const paint = (yield* isatty(1)) ? PAINT : PLAIN;
  const head = ['UNIT', 'LOAD', 'ACTIVE', 'SUB'];
  const cells = rows.map((u) => [u.name, u.def.loadState, u.active, u.sub]);
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)));
  const line = (c: readonly string[]) => c.map((text, i) => text.padEnd(widths[i]!)).join(' ');
  const lines = rows.map((u, i) => {
    const marked = mark(u) === '●' ? `${paint.red('●')} ` : '  ';
    return `${options.plain ? '' : marked}${line(cells[i]!)} ${u.def.description}`.trimEnd();
  });
  const header = `${options.plain ? '' : '  '}${line(head)} DESCRIPTION`;
  const legend = rows.length === 0 ? ['0 loaded units listed.'] : ['', 'LOAD   = Reflects whether the unit definition was properly loaded.', 'ACTIVE = The high-level unit activation state, i.e. generalization of SUB.',
    'SUB    = The low-level unit activation state, values depend on unit type.', `${rows.length} loaded units listed.${options.all ? '' : ' Pass --all to see loaded but inactive units, too.'}`, "To show all installed unit files use 'systemctl list-unit-files'."];
  if (rows.length === 0 && !options.all) legend[0] += ' Pass --all to see loaded but inactive units, too.';
  if (rows.length === 0) legend.push("To show all installed unit files use 'systemctl list-unit-files'.");
  const text = [...(options.legend && rows.length > 0 ? [header] : []), ...lines, ...(options.legend ? legend : [])];
  yield* page(bytes(`${text.join('\n')}\n`), options.pager);
  return 0;
}

export function* listUnitFiles(patterns: readonly string[], options: Options): Coroutine<number> {
  const rows: string[][] = [];
  for (const name of yield* allUnitFiles()) {
    if (options.types.length > 0 && !options.types.includes(typeOf(name))) continue;
    if (patterns.length > 0 && !patterns.some((p) => matcher(p)(name) || matcher(unitName(p))(name))) continue;
    const state = yield* fileState(name);
    if (options.states.length > 0 && !options.states.includes(state ?? '')) continue;
    rows.push([name, state ?? 'bad', preset(state) || '-']);
  }
  const head = ['UNIT FILE', 'STATE', 'PRESET'];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]!.length)));
  const line = (r: readonly string[]) => r.map((c, i) => c.padEnd(widths[i]!)).join(' ').trimEnd();
  const text = [...(options.legend ? [line(head)] : []), ...rows.map(line), ...(options.legend ? ['', `${rows.length} unit files listed.`] : [])];
  yield* page(bytes(`${text.join('\n')}\n`), options.pager);
  return 0;
}

/** What a unit pulls in, as a tree. */
export function* listDependencies(names: readonly string[], options: Options): Coroutine<number> {
  const views = new Map(((yield* unitViews(null)) ?? []).map((u) => [u.name, u]));
  const paint = (yield* isatty(1)) ? PAINT : PLAIN;
  const lines: string[] = [];
  const top = unitName(names[0] ?? 'default.target');
  const root = views.get(top) ?? ((yield* unitViews([top])) ?? [])[0];
  if (root === undefined) return 1;
  const children = (u: UnitView) => [...new Set([...u.def.requires, ...u.def.wants])].sort().flatMap((n) => views.get(n) ?? []);
  const bullet = (u: UnitView) => (u.active === 'active' ? paint.green('●') : u.active === 'failed' ? paint.red('×') : '○');
  const walk = (u: UnitView, prefix: string, path: readonly string[]): void => {
    const kids = children(u).filter((c) => !path.includes(c.name));
    for (const [i, child] of kids.entries()) {
      const last = i === kids.length - 1;
      lines.push(`${bullet(child)} ${prefix}${last ? '└─' : '├─'}${child.name}`);
      if (options.all || child.name.endsWith('.target')) walk(child, `${prefix}${last ? '  ' : '│ '}`, [...path, child.name]);
    }
  };
  walk(root, '', [root.name]);
  yield* page(bytes([root.name, ...lines].map((l) => `${l}\n`).join('')), options.pager);
  return 0;
}

export function* listJobs(): Coroutine<number> {
  const reply = yield* ask({ method: 'manager' });
  if (reply === null || !('manager' in reply)) return 1;
  yield* say(reply.manager.jobs === 0 ? 'No jobs running.\n' : `${reply.manager.jobs} jobs listed.\n`);
  return 0;
}

export function* isSystemRunning(): Coroutine<number> {
  const reply = yield* ask({ method: 'manager' });
  if (reply === null || !('manager' in reply)) return 1;
  yield* say(`${reply.manager.state}\n`);
  return reply.manager.state === 'running' ? 0 : 1;
}
