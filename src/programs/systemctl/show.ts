/** `systemctl show`: a unit's properties as `Name=value` lines. The most asked-for of systemd's 300. */
import { now, processes } from '../../kernel/sys.ts';
import type { Coroutine, ProcessInfo } from '../../kernel/sys.ts';
import { cpuTime, rssKb, threadsOf } from '../../lib/accounting/index.ts';
import { fullTime } from '../../lib/journal/index.ts';
import { page } from '../../lib/pager/index.ts';
import { FOREVER, formatSpan, type ExecCommand } from '../../lib/unitfile/index.ts';
import { FEATURES, unitName, VERSION, type ExecRun, type UnitView } from '../../lib/systemd/index.ts';
import { ask, bytes, complain, unitViews, type Options } from './client.ts';
import { fileState, preset } from './state.ts';

type Property = readonly [name: string, value: string];
const yes = (b: boolean): string => (b ? 'yes' : 'no');
const stamp = (at: number | null): string => (at === null ? '' : fullTime(at));
const span = (us: number): string => (us >= FOREVER ? 'infinity' : formatSpan(us, 1));

/** `{ path=/usr/bin/kubelet ; argv[]=… ; ignore_errors=no ; start_time=[…] ; stop_time=[n/a] ; pid=1 ; code=(null) ; status=0/0 }`. */
function execText(c: ExecCommand, r: ExecRun | undefined): string {
  const bracket = (at: number | null | undefined) => (at === null || at === undefined ? '[n/a]' : `[${fullTime(at)}]`);
  return `{ path=${c.path} ; argv[]=${c.words.join(' ')} ; ignore_errors=${yes(c.ignoreFailure)} ; start_time=${bracket(r?.startedAt)} ; stop_time=${bracket(r?.exitedAt)} ; pid=${r?.pid ?? 0} ; code=${r?.code ?? '(null)'} ; status=${r?.code === undefined || r.code === null ? '0/0' : r.status} }`;
}

function serviceProperties(u: UnitView, group: readonly ProcessInfo[], at: number): Property[] {
  const s = u.def.service;
  if (s === null) return [];
  const main = u.runs.findLast((r) => r.kind === 'ExecStart');
  const lists: [ExecRun['kind'], readonly ExecCommand[]][] = [['ExecStartPre', s.execStartPre], ['ExecStart', s.execStart], ['ExecStartPost', s.execStartPost], ['ExecReload', s.execReload], ['ExecStop', s.execStop], ['ExecStopPost', s.execStopPost]];
  return [
    ['Type', s.type], ['ExitType', 'main'], ['Restart', s.restart], ['NotifyAccess', s.type === 'notify' ? 'main' : 'none'], ['RestartUSec', span(s.restartUs)], ['TimeoutStartUSec', span(s.timeoutStartUs)], ['TimeoutStopUSec', span(s.timeoutStopUs)],
    ['RemainAfterExit', yes(s.remainAfterExit)], ['MainPID', String(u.mainPid ?? 0)], ['ControlPID', String(u.controlPid ?? 0)], ['StatusText', u.statusText ?? ''], ['Result', u.result], ['NRestarts', String(u.restarts)],
    ['ExecMainStartTimestamp', stamp(main?.startedAt ?? null)], ['ExecMainExitTimestamp', stamp(main?.exitedAt ?? null)], ['ExecMainPID', String(main?.pid ?? 0)],
    ['ExecMainCode', main?.code === 'exited' ? '1' : main?.code === 'killed' ? '2' : '0'], ['ExecMainStatus', String(main?.code === null ? 0 : main?.status ?? 0)],
    ...lists.flatMap(([kind, commands]): Property[] => commands.map((c, i) => [kind, execText(c, u.runs.findLast((r) => r.kind === kind && r.index === i))])),
    ['Slice', u.def.slice], ['ControlGroup', group.length === 0 ? '' : `/system.slice/${u.name}`],
    ['MemoryCurrent', group.length === 0 ? '[not set]' : String(group.reduce((n, p) => n + rssKb(p, at), 0) * 1024)], ['CPUUsageNSec', String((u.cpuGone + group.reduce((n, p) => n + cpuTime(p, at) - p.cpuUs, 0)) * 1000)],
    ['TasksCurrent', group.length === 0 ? '[not set]' : String(group.reduce((n, p) => n + threadsOf(p), 0))], ['TasksMax', u.name === 'containerd.service' ? 'infinity' : '4674'], ['Delegate', yes(s.delegate)],
    ['Environment', s.environment.map(([k, v]) => (v.includes(' ') ? `"${k}=${v}"` : `${k}=${v}`)).join(' ')], ...s.environmentFiles.map((f): Property => ['EnvironmentFiles', `${f.path} (ignore_errors=${yes(f.optional)})`]),
    ['WorkingDirectory', s.workingDirectory?.path ?? ''], ['User', s.user ?? ''], ['Group', s.group ?? ''], ['StandardOutput', s.standardOutput], ['StandardError', s.standardError],
    ['KillMode', s.killMode], ['KillSignal', '15'], ['SendSIGKILL', yes(s.sendSigkill)],
  ];
}

function unitProperties(u: UnitView, state: string | null, statePreset: string): Property[] {
  const d = u.def;
  const implicit = u.name.endsWith('.service') && d.defaultDependencies;
  return [
    ['Id', u.name], ['Names', u.name], ['Requires', [...d.requires, ...(implicit ? ['system.slice'] : [])].join(' ')], ['Wants', d.wants.join(' ')], ['WantedBy', d.wantedBy.join(' ')],
    ['Conflicts', [...d.conflicts, ...(implicit ? ['shutdown.target'] : [])].join(' ')], ['Before', [...d.before, ...(implicit ? ['shutdown.target'] : [])].join(' ')], ['After', d.after.join(' ')], ['Documentation', d.documentation.map((x) => (x.includes(' ') ? `"${x}"` : x)).join(' ')],
    ['Description', d.description], ['LoadState', d.loadState], ['ActiveState', u.active], ['SubState', u.sub], ['FragmentPath', d.fragmentPath ?? ''], ['DropInPaths', d.dropInPaths.join(' ')],
    ['UnitFileState', state ?? ''], ['UnitFilePreset', statePreset], ['StateChangeTimestamp', stamp(u.stateChange)], ['InactiveExitTimestamp', stamp(u.inactiveExit)], ['ActiveEnterTimestamp', stamp(u.activeEnter)],
    ['ActiveExitTimestamp', stamp(u.activeExit)], ['InactiveEnterTimestamp', stamp(u.inactiveEnter)], ['CanStart', yes(d.loadState === 'loaded')], ['CanStop', yes(d.loadState === 'loaded')],
    ['CanReload', yes((d.service?.execReload.length ?? 0) > 0)], ['RefuseManualStart', yes(d.refuseManualStart)], ['NeedDaemonReload', yes(u.needReload)], ['StartLimitIntervalUSec', span(d.startLimitUs)], ['StartLimitBurst', String(d.startLimitBurst)],
    ...(d.loadState === 'not-found' ? [['LoadError', `org.freedesktop.systemd1.NoSuchUnit "Unit ${u.name} not found."`] as Property] : []),
    ['ConditionResult', yes(u.unmet === null && u.activeEnter !== null)], ['InvocationID', u.invocation],
  ];
}

function* managerProperties(): Coroutine<Property[]> {
  const reply = yield* ask({ method: 'manager' });
  if (reply === null || !('manager' in reply)) return [];
  const m = reply.manager;
  return [['Version', VERSION], ['Features', FEATURES], ['Virtualization', 'kvm'], ['Architecture', 'x86-64'], ['UserspaceTimestamp', stamp(m.userspaceAt)], ['FinishTimestamp', stamp(m.finishedAt)],
    ['NNames', String(m.units)], ['NFailedUnits', String(m.failed)], ['NJobs', String(m.jobs)], ['SystemState', m.state], ['DefaultTimeoutStartUSec', '1min 30s'], ['DefaultTimeoutStopUSec', '1min 30s']];
}

/** The verb: without units, the manager's own. */
export function* show(names: readonly string[], options: Options): Coroutine<number> {
  const at = yield* now();
  const all = yield* processes();
  const blocks: string[] = [];
  const select = (rows: readonly Property[]): string => {
    const wanted = options.properties.length === 0 ? rows.filter(([, v]) => v !== '' || options.all) : options.properties.flatMap((p) => rows.filter(([n]) => n === p));
    return wanted.map(([n, v]) => (options.value ? `${v}\n` : `${n}=${v}\n`)).join('');
  };
  if (names.length === 0) blocks.push(select(yield* managerProperties()));
  for (const u of names.length === 0 ? [] : (yield* unitViews(names)) ?? []) {
    const state = yield* fileState(u.name);
    const group = all.filter((p) => p.state !== 'Z' && p.cgroup === `/system.slice/${u.name}`);
    blocks.push(select([...serviceProperties(u, group, at), ...unitProperties(u, state, preset(state))]));
  }
  yield* page(bytes(blocks.join('\n')), options.pager);
  return 0;
}

/** is-active and is-failed. */
export function* isState(names: readonly string[], failed: boolean, options: Options, tell: (text: string) => Coroutine<null>): Coroutine<number> {
  let good = false;
  const views = yield* unitViews(names.map(unitName));
  if (views === null) {
    yield* complain('Failed to retrieve unit state: Host is down\n');
    return 1;
  }
  for (const u of views) {
    if (failed ? u.active === 'failed' : u.active === 'active' || u.active === 'reloading') good = true;
    if (!options.quiet) yield* tell(`${u.active}\n`);
  }
  return good ? 0 : failed ? 1 : 3;
}
