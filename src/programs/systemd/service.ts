/**
 * The life of a service: commands in order, readiness, exit, stop and kill, automatic restart. Each function reacts to
 * one event by changing the unit's record; jobs look at the record afterwards. Models systemd's service.c.
 * Not modelled: watchdog, PIDFile, bus names (Type=dbus is ready when it runs), sockets handed over.
 */
import { now } from '../../kernel/sys.ts';
import type { Coroutine, Signal } from '../../kernel/sys.ts';
import { exitText, type CommandKind, type ExecRun, type UnitRecord, type UnitResult } from '../../lib/systemd/index.ts';
import { commandsOf, randomId, run } from './exec.ts';
import { commOf, members, signalPid } from './cgroup.ts';
import { log, MESSAGE_ID } from './log.ts';
import { patch, unit, units } from './units.ts';
import { FOREVER } from '../../lib/unitfile/index.ts';

const CLEAN_SIGNALS: readonly number[] = [1, 2, 13, 15];
const settings = (u: UnitRecord) => u.def.service!;

function* deadline(us: number): Coroutine<number | null> {
  return us >= FOREVER ? null : (yield* now()) + us;
}

/** Whether an exit counts as success for the unit. */
function isClean(u: UnitRecord, r: ExecRun): boolean {
  const { successStatus, type } = settings(u);
  if (r.code === 'exited') return r.status === 0 || successStatus.includes(String(r.status));
  return (type !== 'oneshot' && CLEAN_SIGNALS.includes(r.status)) || successStatus.some((s) => s === `SIG${r.status}`);
}
const resultOf = (r: ExecRun): UnitResult => (r.code === 'exited' ? 'exit-code' : 'signal');

// ---- starting ------------------------------------------------------------------------------------------------
function* tooOften(u: UnitRecord): Coroutine<boolean> {
  const at = yield* now();
  const { startLimitUs, startLimitBurst } = u.def;
  if (startLimitUs === 0 || startLimitBurst === 0) return false;
  const recent = u.starts.filter((t) => t > at - startLimitUs);
  const over = recent.length >= startLimitBurst;
  yield* patch(u.name, { starts: over ? recent : [...recent, at] });
  return over;
}

/** Begins a start job's work. */
export function* startService(name: string): Coroutine<void> {
  const u = yield* unit(name);
  if (yield* tooOften(u)) {
    yield* log(`${name}: Start request repeated too quickly.`, { unit: name, priority: 4 });
    yield* patch(name, { stopping: true, runs: [] });
    return yield* enterDead(name, 'start-limit-hit');
  }
  for (const p of yield* members(name)) {
    yield* log(`${name}: Found left-over process ${p.pid} (${commOf(p)}) in control group while starting unit. Ignoring.`, { unit: name, priority: 4 });
    yield* log('This usually indicates unclean termination of a previous run, or service implementation deficiencies.', { unit: name, priority: 4 });
  }
  yield* patch(name, { runs: [], result: 'success', mainPid: null, controlPid: null, statusText: null, stopping: false, restartAt: null, cpuGone: 0, unreported: null, unmet: null, invocation: yield* randomId('invocation') });
  yield* runControl(name, 'ExecStartPre', 0);
}

const SUB: Readonly<Record<CommandKind, string>> = { ExecStartPre: 'start-pre', ExecStart: 'start', ExecStartPost: 'start-post', ExecReload: 'reload', ExecStop: 'stop', ExecStopPost: 'stop-post' };

/** Runs command `index` of a list, or goes on to what follows the list. */
function* runControl(name: string, kind: CommandKind, index: number): Coroutine<void> {
  const u = yield* unit(name);
  if (index >= commandsOf(u, kind).length) return yield* afterList(name, kind);
  const started = yield* run(u, kind, index);
  if (started === null) {
    if (kind === 'ExecStartPre' || kind === 'ExecStartPost') return yield* fail(name, 'resources');
    return yield* afterList(name, kind);
  }
  const stopping = kind === 'ExecStop' || kind === 'ExecStopPost';
  yield* patch(name, { active: kind === 'ExecReload' ? 'reloading' : stopping ? 'deactivating' : 'activating', sub: SUB[kind], controlPid: started.pid, runs: [...u.runs, started],
    deadline: yield* deadline(stopping ? settings(u).timeoutStopUs : settings(u).timeoutStartUs) });
}

function* afterList(name: string, kind: CommandKind): Coroutine<void> {
  switch (kind) {
    case 'ExecStartPre': return yield* startMain(name, 0);
    case 'ExecStart': return;
    case 'ExecStartPost': case 'ExecReload': return yield* enterRunning(name);
    case 'ExecStop': return yield* terminate(name, 'stop-sigterm');
    case 'ExecStopPost': return yield* afterStopPost(name);
  }
}

function* startMain(name: string, index: number): Coroutine<void> {
  const u = yield* unit(name);
  const { type, timeoutStartUs } = settings(u);
  if (index >= commandsOf(u, 'ExecStart').length) return yield* runControl(name, 'ExecStartPost', 0);
  const started = yield* run(u, 'ExecStart', index);
  if (started === null) return yield* fail(name, 'resources');
  const waits = type === 'notify' || type === 'forking' || type === 'oneshot';
  yield* patch(name, { active: 'activating', sub: 'start', mainPid: started.pid, controlPid: null, runs: [...u.runs, started], deadline: waits ? yield* deadline(timeoutStartUs) : null });
  if (!waits) yield* runControl(name, 'ExecStartPost', 0);
}

function* enterRunning(name: string): Coroutine<void> {
  const u = yield* unit(name);
  const main = u.runs.findLast((r) => r.kind === 'ExecStart');
  const alive = u.mainPid !== null && main?.exitedAt === null;
  if (alive) return void (yield* patch(name, { active: 'active', sub: 'running', controlPid: null, deadline: null }));
  if (settings(u).remainAfterExit) return void (yield* patch(name, { active: 'active', sub: 'exited', controlPid: null, mainPid: null, deadline: null }));
  yield* finish(name);
}

/** READY=1, STATUS=… from a process of the unit. */
export function* notified(name: string, text: string): Coroutine<void> {
  const u = yield* unit(name);
  for (const line of text.split('\n')) {
    if (line.startsWith('STATUS=')) yield* patch(name, { statusText: line.slice('STATUS='.length) });
    if (line === 'READY=1' && settings(u).type === 'notify' && u.sub === 'start') yield* runControl(name, 'ExecStartPost', 0);
  }
}

/** Begins a reload job's work. */
export function* reloadService(name: string): Coroutine<void> {
  yield* runControl(name, 'ExecReload', 0);
}

// ---- the end of processes ------------------------------------------------------------------------------------
/** A child of PID 1 ended. `cpu` is what it used, µs. */
export function* exited(name: string, pid: number, end: { readonly code: 'exited' | 'killed'; readonly status: number }, cpu: number): Coroutine<void> {
  const u = yield* unit(name);
  const at = yield* now();
  const r = u.runs.findLast((x) => x.pid === pid && x.exitedAt === null);
  if (r === undefined) return yield* memberGone(name);
  const ended: ExecRun = { ...r, exitedAt: at, ...end };
  const next = yield* patch(name, { runs: u.runs.map((x) => (x === r ? ended : x)), cpuGone: u.cpuGone + cpu });
  const good = isClean(next, ended);
  if (!good) {
    const whose = u.mainPid === pid ? 'Main process' : 'Control process';
    yield* log(`${name}: ${whose} exited, ${exitText(end.code, end.status)}`, { unit: name, priority: end.code === 'exited' ? 5 : 4, id: MESSAGE_ID.processExit });
  }
  const accepted = good || ended.ignoreFailure;
  if (u.mainPid === pid) yield* mainExited(name, ended, accepted);
  else if (u.controlPid === pid) yield* controlExited(name, ended, accepted);
}

function* mainExited(name: string, ended: ExecRun, accepted: boolean): Coroutine<void> {
  const u = yield* unit(name);
  const result = accepted ? 'success' : resultOf(ended);
  const worse = u.result === 'success' ? result : u.result;
  yield* patch(name, { result: worse });
  switch (u.sub) {
    case 'start':
      if (settings(u).type === 'oneshot' && accepted) return yield* startMain(name, ended.index + 1);
      if (settings(u).type === 'forking' && accepted) return yield* runControl(name, 'ExecStartPost', 0);
      return yield* terminateRest(name, accepted ? 'protocol' : worse);
    case 'start-post': return;   // noticed when the command is done
    case 'running': case 'reload': return yield* finish(name);
    case 'stop': return;
    case 'stop-sigterm': case 'stop-sigkill': return yield* memberGone(name);
    default: return;
  }
}

function* controlExited(name: string, ended: ExecRun, accepted: boolean): Coroutine<void> {
  yield* patch(name, { controlPid: null });
  const u = yield* unit(name);
  if (ended.kind === 'ExecReload' && !accepted) return yield* enterRunning(name);
  if (!accepted) {
    yield* patch(name, { result: u.result === 'success' ? resultOf(ended) : u.result });
    if (ended.kind === 'ExecStartPre') return yield* terminateRest(name, resultOf(ended));
    if (ended.kind === 'ExecStartPost') return yield* terminate(name, 'stop-sigterm');
    return yield* afterList(name, ended.kind);
  }
  yield* runControl(name, ended.kind, ended.index + 1);
}

/** The main process is done: stop-post commands, then what is left in the group is killed. */
function* finish(name: string): Coroutine<void> {
  yield* patch(name, { active: 'deactivating', sub: 'stop-post', mainPid: null });
  yield* runControl(name, 'ExecStopPost', 0);
}
function* afterStopPost(name: string): Coroutine<void> {
  yield* terminate(name, 'final-sigterm');
}
function* terminateRest(name: string, result: UnitResult): Coroutine<void> {
  yield* patch(name, { result, mainPid: null });
  yield* finish(name);
}
function* fail(name: string, result: UnitResult): Coroutine<void> {
  yield* patch(name, { result });
  yield* enterDead(name, result);
}

// ---- stopping and killing ------------------------------------------------------------------------------------
/** Begins a stop job's work. */
export function* stopService(name: string): Coroutine<void> {
  const u = yield* patch(name, { stopping: true, restartAt: null });
  if (u.sub === 'auto-restart') return void (yield* patch(name, { active: 'inactive', sub: 'dead', deadline: null }));
  if (u.active === 'active' && u.sub !== 'exited') return yield* runControl(name, 'ExecStop', 0);
  if (u.sub === 'exited') return yield* runControl(name, 'ExecStop', 0);
  if (u.active === 'activating' || u.active === 'reloading') return yield* terminate(name, 'stop-sigterm');
}

type KillState = 'stop-sigterm' | 'stop-sigkill' | 'final-sigterm' | 'final-sigkill';

/** Whom KillMode= lets die now. */
function* victims(u: UnitRecord, state: KillState): Coroutine<number[]> {
  const { killMode } = settings(u);
  const own = [u.mainPid, u.controlPid].filter((pid): pid is number => pid !== null);
  if (killMode === 'none') return [];
  if (killMode === 'process') return own;
  const all = (yield* members(u.name)).map((p) => p.pid);
  return killMode === 'mixed' && state === 'stop-sigterm' ? own : all;
}

function* terminate(name: string, state: KillState): Coroutine<void> {
  const u = yield* unit(name);
  const signal: Signal = state.endsWith('sigkill') ? 'KILL' : (settings(u).killSignal as Signal);
  let sent = 0;
  for (const pid of yield* victims(u, state)) if (yield* signalPid(pid, signal)) sent++;
  yield* patch(name, { active: 'deactivating', sub: state, deadline: yield* deadline(settings(u).timeoutStopUs) });
  if (sent === 0) yield* memberGone(name);
}

/** Something of the unit died while it is being killed: is that all of it? */
function* memberGone(name: string): Coroutine<void> {
  const u = yield* unit(name);
  if (!/^(stop|final)-sig/.test(u.sub)) return;
  const state = u.sub as KillState;
  const ended = new Set(u.runs.filter((r) => r.exitedAt !== null).map((r) => r.pid));
  const alive = (yield* victims(u, state)).filter((pid) => !ended.has(pid));
  if (alive.length > 0) return;
  yield* patch(name, { mainPid: null, controlPid: null });
  if (state.startsWith('stop')) return yield* runControl(name, 'ExecStopPost', 0);
  yield* enterDead(name, u.result);
}

/** A process that no command started is gone: units that wait for their group to empty look again. */
export function* groupChanged(): Coroutine<void> {
  for (const [name] of (yield* units()).entries()) yield* memberGone(name);
}

/** A deadline passed. */
export function* timedOut(name: string): Coroutine<void> {
  const u = yield* patch(name, { deadline: null });
  const say = (text: string) => log(`${name}: ${text}`, { unit: name, priority: 4 });
  switch (u.sub) {
    case 'start-pre': case 'start': case 'start-post':
      yield* say(u.sub === 'start' ? 'start operation timed out. Terminating.' : `${u.sub} operation timed out. Terminating.`);
      yield* patch(name, { result: 'timeout' });
      return yield* terminate(name, 'stop-sigterm');
    case 'stop': case 'stop-post':
      yield* say('Stopping timed out. Terminating.');
      yield* patch(name, { result: 'timeout' });
      return yield* terminate(name, u.sub === 'stop' ? 'stop-sigterm' : 'final-sigterm');
    case 'stop-sigterm': case 'final-sigterm': {
      yield* say(`State '${u.sub}' timed out. Killing.`);
      for (const p of yield* members(name)) yield* say(`Killing process ${p.pid} (${commOf(p)}) with signal SIGKILL.`);
      yield* patch(name, { result: 'timeout' });
      return yield* terminate(name, u.sub === 'stop-sigterm' ? 'stop-sigkill' : 'final-sigkill');
    }
    default: return;
  }
}

// ---- dead ----------------------------------------------------------------------------------------------------
const MENTIONWORTHY_CPU = 1_000_000;

function wantsRestart(u: UnitRecord, result: UnitResult): boolean {
  const { restart, restartPreventStatus } = settings(u);
  const main = u.runs.findLast((r) => r.kind === 'ExecStart');
  if (u.stopping || result === 'start-limit-hit') return false;
  if (main !== undefined && main.code === 'exited' && restartPreventStatus.includes(String(main.status))) return false;
  switch (restart) {
    case 'always': return true;
    case 'on-success': return result === 'success';
    case 'on-failure': return result !== 'success';
    case 'on-abnormal': return result !== 'success' && result !== 'exit-code';
    case 'on-abort': return result === 'signal';
    default: return false;
  }
}

function* enterDead(name: string, result: UnitResult): Coroutine<void> {
  const before = yield* unit(name);
  for (const p of yield* members(name)) yield* log(`${name}: Unit process ${p.pid} (${commOf(p)}) remains running after unit stopped.`, { unit: name, priority: 5 });
  if (result === 'success') yield* log(`${name}: Deactivated successfully.`, { unit: name, id: MESSAGE_ID.unitSuccess });
  else yield* log(`${name}: Failed with result '${result}'.`, { unit: name, priority: 4, id: MESSAGE_ID.unitFailureResult });
  const u = yield* patch(name, { active: result === 'success' ? 'inactive' : 'failed', sub: result === 'success' ? 'dead' : 'failed', result, mainPid: null, controlPid: null, deadline: null,
    unreported: before.cpuGone >= MENTIONWORTHY_CPU ? before.cpuGone : null });
  if (!wantsRestart(u, result)) return;
  const { restartUs } = settings(u);
  yield* patch(name, { active: 'activating', sub: 'auto-restart', restartAt: restartUs >= FOREVER ? null : (yield* now()) + restartUs });
}
