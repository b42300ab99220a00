/** `systemctl status`: what PID 1 knows of a unit, its processes, and its last journal lines. Layout of systemd 252. */
import { hostnameOf } from './common.ts';
import { isatty, now, processes } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo } from '../../kernel/sys.ts';
import { commOf, cpuTime, rssKb, threadsOf } from '../../lib/accounting/index.ts';
import { ellipsize, entriesOf, formatEntry, fullTime, readJournal, type Output } from '../../lib/journal/index.ts';
import { columns, page } from '../../lib/pager/index.ts';
import { formatAgo, formatSpan } from '../../lib/unitfile/index.ts';
import { exitName, signalName, unitName, type ExecRun, type UnitView } from '../../lib/systemd/index.ts';
import { bytes, changedOnDisk, complain, isFound, isGlob, matcher, unitViews, type Options } from './client.ts';
import { fileState, preset } from './state.ts';

const label = (name: string): string => `${name.padStart(11)}: `;
const INDENT = ' '.repeat(13);
/** Tasks PID 1 lets a unit have: 15 % of what the kernel allows on this machine. */
const TASKS_LIMIT = 4674;

interface Paint { readonly green: (t: string) => string; readonly red: (t: string) => string; readonly yellow: (t: string) => string; readonly grey: (t: string) => string }
const wrap = (code: string) => (t: string): string => `\x1b[0;${code}m${t}\x1b[0m`;
export const PAINT: Paint = { green: wrap('1;32'), red: wrap('1;31'), yellow: wrap('1;38;5;185'), grey: wrap('38;5;245') };
export const PLAIN: Paint = { green: (t) => t, red: (t) => t, yellow: (t) => t, grey: (t) => t };

function dot(u: UnitView, paint: Paint): string {
  if (u.def.loadState === 'masked' || u.def.loadState === 'bad-setting') return '○';
  switch (u.active) {
    case 'active': return paint.green('●');
    case 'reloading': return paint.green('↻');
    case 'failed': return paint.red('×');
    case 'activating': case 'deactivating': return '●';
    default: return '○';
  }
}

function loadedLine(u: UnitView, state: string | null, statePreset: string): string {
  const { loadState, fragmentPath } = u.def;
  if (loadState === 'masked') return `masked (Reason: Unit ${u.name} is masked.)`;
  if (loadState === 'bad-setting') return `bad-setting (Reason: Unit ${u.name} has a bad unit file setting.)`;
  if (fragmentPath === null) return 'loaded';
  return `loaded (${fragmentPath}; ${state ?? 'static'}${statePreset === '' ? '' : `; preset: ${statePreset}`})`;
}

function dropIns(u: UnitView): string[] {
  const byDir = new Map<string, string[]>();
  for (const path of u.def.dropInPaths) {
    const slash = path.lastIndexOf('/');
    byDir.set(path.slice(0, slash), [...(byDir.get(path.slice(0, slash)) ?? []), path.slice(slash + 1)]);
  }
  const lines: string[] = [];
  for (const [index, [dir, files]] of [...byDir].entries()) {
    lines.push(`${index === 0 ? label('Drop-In') : INDENT}${dir}`, `${INDENT}└─${files.join(', ')}`);
  }
  return lines;
}

function activeLine(u: UnitView, at: number, paint: Paint): string {
  const text = u.sub === u.active ? u.active : `${u.active} (${u.sub})`;
  const shown = u.active === 'active' || u.active === 'reloading' ? paint.green(text) : u.active === 'failed' ? paint.red(text) : u.active === 'activating' || u.active === 'deactivating' ? paint.yellow(text) : text;
  const why = u.result !== 'success' && u.active !== 'active' ? ` (Result: ${u.result})` : '';
  const since = u.active === 'active' || u.active === 'reloading' ? u.activeEnter : u.active === 'inactive' || u.active === 'failed' ? u.inactiveEnter : u.active === 'activating' ? u.inactiveExit : u.activeExit;
  return `${label('Active')}${shown}${why}${since === null ? '' : ` since ${fullTime(since)}; ${formatAgo(since, at)}`}`;
}

const exitOf = (r: ExecRun): string => (r.code === 'exited' ? `code=exited, status=${r.status}${exitName(r.status) === null ? '' : `/${exitName(r.status)}`}` : `code=killed, signal=${signalName(r.status)}`);

/** `Process:` lines of commands that ended, and `Main PID:`. */
function processLines(u: UnitView, running: readonly ProcessInfo[], paint: Paint): string[] {
  const lines: string[] = [];
  const main = u.runs.findLast((r) => r.kind === 'ExecStart');
  const mark = (r: ExecRun) => (r.code === 'exited' && r.status === 0 ? `(${exitOf(r)})` : `(${r.code === 'exited' ? 'code=exited, ' : 'code=killed, '}${r.code === 'exited' && !r.ignoreFailure ? paint.red(exitOf(r).replace(/^code=\w+, /, '')) : exitOf(r).replace(/^code=\w+, /, '')})`);
  for (const r of u.runs) if (r.exitedAt !== null) lines.push(`${label('Process')}${r.pid} ${r.kind}=${r.line} ${mark(r)}`);
  if (u.mainPid !== null) lines.push(`${label('Main PID')}${u.mainPid} (${commOf(running.find((p) => p.pid === u.mainPid) ?? { program: '', argv: [''] })})`);
  else if (main !== undefined && main.exitedAt !== null) lines.push(`${label('Main PID')}${main.pid} ${mark(main)}`);
  if (u.controlPid !== null) lines.push(`${(u.mainPid === null ? 'Cntrl PID' : 'Cntrl PID').padStart(11)}: ${u.controlPid} (${commOf(running.find((p) => p.pid === u.controlPid) ?? { program: '', argv: [''] })})`);
  return lines;
}

/** `45.2M`, one decimal. */
export function memoryText(kb: number): string {
  const units: readonly [number, string][] = [[1024 * 1024, 'G'], [1024, 'M'], [1, 'K']];
  const [size, unit] = units.find(([s]) => kb >= s) ?? [1, 'K'];
  return `${(Math.floor((kb * 10) / size) / 10).toFixed(1)}${unit}`;
}

function resourceLines(u: UnitView, group: readonly ProcessInfo[], at: number): string[] {
  const lines: string[] = [];
  const cpu = u.cpuGone + group.reduce((n, p) => n + cpuTime(p, at) - p.cpuUs, 0);
  if (group.length > 0) {
    const limit = u.name === 'containerd.service' ? '' : ` (limit: ${TASKS_LIMIT})`;
    lines.push(`${label('Tasks')}${group.reduce((n, p) => n + threadsOf(p), 0)}${limit}`, `${label('Memory')}${memoryText(group.reduce((n, p) => n + rssKb(p, at), 0))}`);
  }
  if (cpu > 0) lines.push(`${label('CPU')}${formatSpan(Math.max(1000, cpu), 1000)}`);
  return lines;
}

function cgroupLines(u: UnitView, group: readonly ProcessInfo[]): string[] {
  if (group.length === 0) return [];
  const sorted = [...group].sort((a, b) => a.pid - b.pid);
  const width = String(sorted.at(-1)!.pid).length;
  return [`${label('CGroup')}/system.slice/${u.name}`, ...sorted.map((p, i) => `${INDENT}${i === sorted.length - 1 ? '└─' : '├─'}${String(p.pid).padStart(width)} ${p.argv.join(' ')}`)];
}

function* logLines(u: UnitView, options: Options, width: number | null): Coroutine<string[]> {
  const found = yield* readJournal();
  if (found === null) return [];
  // While it waits for its restart, what led there is of interest.
  const since = (u.sub === 'auto-restart' ? u.runs.findLast((r) => r.kind === 'ExecStart')?.exitedAt : u.inactiveExit) ?? Infinity;
  const boot = found.journal.boots.length - 1;
  const mine = entriesOf(found.journal).filter((e) => e.boot === boot && e.at >= since && (e.systemdUnit === u.name || e.unit === u.name));
  const hostname = yield* hostnameOf();
  return mine.slice(options.lines > 0 ? -options.lines : mine.length).flatMap((e) => formatEntry(found.journal, e, options.output as Output, hostname).split('\n')).map((line) => (width === null || options.full ? line : ellipsize(line, width)));
}

/** Everything about one unit, as bytes. */
export function* statusText(u: UnitView, options: Options): Coroutine<string> {
  const at = yield* now();
  const tty = yield* isatty(1);
  const width = tty ? yield* columns() : null;
  const paint = tty ? PAINT : PLAIN;
  const all = yield* processes();
  const group = all.filter((p) => p.state !== 'Z' && (p.cgroup === `/system.slice/${u.name}` || p.cgroup.startsWith(`/system.slice/${u.name}/`)));
  const state = yield* fileState(u.name);
  const title = u.def.description === u.name || u.def.loadState === 'masked' ? u.name : `${u.name} - ${u.def.description}`;
  const lines = [`${dot(u, paint)} ${title}`, `${label('Loaded')}${loadedLine(u, state, preset(state))}`, ...dropIns(u), activeLine(u, at, paint)];
  if ((u.active === 'inactive' || u.active === 'failed') && u.activeEnter !== null && u.activeExit !== null && u.activeExit > u.activeEnter) lines.push(`${label('Duration')}${formatSpan(u.activeExit - u.activeEnter, 1000)}`);
  if (u.unmet !== null) lines.push(`${label('Condition')}start condition failed at ${fullTime(u.unmet.at)}; ${formatAgo(u.unmet.at, at)}`, `${INDENT}└─ ${u.unmet.text} was not met`);
  for (const [i, doc] of u.def.documentation.entries()) lines.push(`${i === 0 ? label('Docs') : INDENT}${doc}`);
  lines.push(...processLines(u, all, paint));
  if (u.statusText !== null) lines.push(`${label('Status')}"${u.statusText}"`);
  lines.push(...resourceLines(u, group, at), ...cgroupLines(u, group));
  const cut = lines.map((line) => (width === null || options.full ? bytes(line) : ellipsizeText(line, width)));
  const logs = options.lines === 0 ? [] : yield* logLines(u, options, width);
  return [...cut, ...(logs.length > 0 ? ['', ...logs] : [])].map((line) => `${line}\n`).join('');
}

/** Cuts a line of text that may hold colours; only process lines are ever that long, and they hold none. */
const ellipsizeText = (line: string, width: number): string => (line.length <= width || line.includes('\x1b') ? bytes(line) : bytes(`${line.slice(0, width - 1)}…`));

/** The verb. Exit status: 0 active, 3 not active, 4 no such unit. */
export function* status(names: readonly string[], options: Options): Coroutine<number> {
  const globs = names.filter(isGlob);
  const plain = names.filter((n) => !isGlob(n));
  const views = [...((yield* unitViews(plain)) ?? [])];
  if (globs.length > 0) views.push(...((yield* unitViews(null)) ?? []).filter((u) => globs.some((g) => matcher(g)(u.name) || matcher(unitName(g))(u.name))));
  let code = 0;
  const parts: string[] = [];
  for (const u of views) {
    if (!isFound(u)) {
      yield* complain(`Unit ${u.name} could not be found.\n`);
      code = 4;
      continue;
    }
    if (u.needReload) yield* complain(changedOnDisk(u.name));
    parts.push(yield* statusText(u, options));
    if (code === 0 && u.active !== 'active' && u.active !== 'reloading') code = 3;
  }
  if (parts.length > 0) yield* page(parts.join('\n'), options.pager);
  return code;
}
