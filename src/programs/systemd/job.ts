/**
 * Jobs: what is to be started and stopped, in the order After= and Before= demand, and the lines the journal gets about it.
 * A transaction pulls in what a unit wants and requires. Models systemd's job.c and transaction.c.
 * Not modelled: job modes other than replace, isolate.
 */
import { del, get, now, put, view } from '../../kernel/sys.ts';
import type { Coroutine, TableView } from '../../kernel/sys.ts';
import type { JobResult, UnitRecord } from '../../lib/systemd/index.ts';
import { unmetCondition } from './condition.ts';
import { attachJournal, disconnectJournal, log, MESSAGE_ID } from './log.ts';
import { reloadService, startService, stopService } from './service.ts';
import { patch, unit, units } from './units.ts';

export interface Job { readonly id: number; readonly unit: string; readonly verb: 'start' | 'stop' | 'restart' | 'reload'; readonly running: boolean }

const JOBS = 'job';
const RESULTS = 'result';
export const jobs = (): Coroutine<TableView<Job>> => view<Job>(JOBS);

/** Results of jobs that ended since the last look, by job id. */
export function* takeResult(id: number): Coroutine<JobResult | null> {
  const result = yield* get<JobResult>(RESULTS, String(id));
  if (result === undefined) return null;
  yield* del(RESULTS, String(id));
  return result;
}

/** Forgets results nobody waited for. */
export function* dropResults(): Coroutine<void> {
  for (const id of (yield* view(RESULTS)).keys()) yield* del(RESULTS, id);
}

function* nextId(): Coroutine<number> {
  const id = ((yield* get<number>('counter', 'job')) ?? 0) + 1;
  yield* put('counter', 'job', id);
  return id;
}

const isOn = (u: UnitRecord) => u.active === 'active' || u.active === 'reloading';
const isOff = (u: UnitRecord) => u.active === 'inactive' || u.active === 'failed';

/** A job for the unit alone; an older one for the same unit gives way. */
function* add(name: string, verb: Job['verb']): Coroutine<number> {
  const old = yield* get<Job>(JOBS, name);
  if (old !== undefined) {
    if (old.verb === verb || (old.verb === 'restart' && verb === 'start')) return old.id;
    yield* put(RESULTS, String(old.id), 'canceled');
  }
  const id = yield* nextId();
  yield* put(JOBS, name, { id, unit: name, verb, running: false });
  return id;
}

/** Makes a start job for the unit and all it needs. `seen` breaks circles. */
function* addStart(u: UnitRecord, seen: Set<string>): Coroutine<void> {
  seen.add(u.name);
  for (const name of [...u.def.requires, ...u.def.bindsTo, ...u.def.wants]) {
    if (seen.has(name)) continue;
    seen.add(name);
    const other = yield* unit(name);
    if (other.def.loadState !== 'loaded' || isOn(other) || other.active === 'activating') continue;
    yield* addStart(other, seen);
  }
  for (const name of u.def.conflicts) {
    const other = yield* get<UnitRecord>('unit', name);
    if (other !== undefined && !isOff(other)) yield* add(name, 'stop');
  }
  yield* add(u.name, 'start');
}

/** Enqueues what was asked for; → the job's id, or null when there is nothing to do. */
export function* enqueue(u: UnitRecord, verb: Job['verb']): Coroutine<number | null> {
  switch (verb) {
    case 'start': {
      if (isOn(u)) return null;
      yield* addStart(u, new Set());
      return (yield* get<Job>(JOBS, u.name))!.id;
    }
    case 'restart': {
      for (const name of yield* dependents(u.name)) yield* add(name, 'restart');
      return yield* add(u.name, 'restart');
    }
    case 'stop': {
      if (isOff(u) && (yield* get(JOBS, u.name)) === undefined) return null;
      for (const name of yield* dependents(u.name)) yield* add(name, 'stop');
      return yield* add(u.name, 'stop');
    }
    case 'reload': return yield* add(u.name, 'reload');
  }
}

/** Units that go down with `name`: they require it, are bound to it or part of it. */
function* dependents(name: string): Coroutine<string[]> {
  const found: string[] = [];
  for (const [other, u] of (yield* units()).entries()) {
    if (!isOff(u) && [...u.def.requires, ...u.def.bindsTo, ...u.def.partOf].includes(name)) found.push(other);
  }
  return found;
}

// ---- running the queue ---------------------------------------------------------------------------------------
const runsAfter = (u: UnitRecord, other: UnitRecord) => u.def.after.includes(other.name) || other.def.before.includes(u.name);

/** Whether another job must be over first. Stops go in the opposite order, and before starts. */
function* mustWait(job: Job, u: UnitRecord, all: TableView<Job>): Coroutine<boolean> {
  for (const other of all.values()) {
    if (other.unit === job.unit) continue;
    const them = yield* get<UnitRecord>('unit', other.unit);
    if (them === undefined) continue;
    const [meStops, theyStop] = [job.verb === 'stop', other.verb === 'stop'];
    if (!meStops && runsAfter(u, them)) return true;
    if (meStops && theyStop && runsAfter(them, u)) return true;
    if (!meStops && theyStop && runsAfter(them, u)) return true;
  }
  return false;
}

const label = (u: UnitRecord): string => (u.def.description === u.name ? u.name : `${u.name} - ${u.def.description}`);
const kindOf = (name: string) => name.slice(name.lastIndexOf('.') + 1);
const STATES: Readonly<Record<string, string>> = { target: 'active', slice: 'active', socket: 'listening', mount: 'mounted', timer: 'waiting', path: 'waiting', swap: 'active', automount: 'waiting' };
const STARTED: Readonly<Record<string, string>> = { target: 'Reached target', slice: 'Created slice', socket: 'Listening on', mount: 'Mounted', timer: 'Started', path: 'Started', swap: 'Activated swap', automount: 'Set up automount' };
const STOPPED: Readonly<Record<string, string>> = { target: 'Stopped target', slice: 'Removed slice', socket: 'Closed', mount: 'Unmounted', swap: 'Deactivated swap', automount: 'Unset automount' };

function* finishJob(job: Job, result: JobResult): Coroutine<void> {
  yield* del(JOBS, job.unit);
  yield* put(RESULTS, String(job.id), result);
  const u = yield* unit(job.unit);
  const kind = kindOf(job.unit);
  const about = { unit: job.unit };
  if (result === 'dependency') yield* log(`Dependency failed for ${label(u)}.`, { ...about, priority: 4 });
  else if (job.verb === 'stop') yield* log(kind in STOPPED ? `${STOPPED[kind]} ${label(u)}.` : `Stopped ${label(u)}.`, { ...about, id: MESSAGE_ID.unitStopped });
  else if (job.verb === 'reload') yield* log(`Reloaded ${label(u)}.`, about);
  else if (result === 'done') yield* log(kind in STARTED ? `${STARTED[kind]} ${label(u)}.` : `${u.def.service?.type === 'oneshot' ? 'Finished' : 'Started'} ${label(u)}.`, { ...about, id: MESSAGE_ID.unitStarted });
  else if (result === 'failed' || result === 'timeout') yield* log(`Failed to start ${label(u)}.`, { ...about, priority: 3, id: MESSAGE_ID.unitFailed });
  yield* reportCpu(job.unit);
}

const seconds = (us: number): string => {
  const s = us / 1e6;
  if (s >= 60) return `${Math.floor(s / 60)}min ${(s % 60).toFixed(3)}s`;
  return `${s.toFixed(3)}s`;
};
/** `Consumed 5.1s CPU time.`, after the line that says the unit is down. */
export function* reportCpu(name: string): Coroutine<void> {
  const u = yield* unit(name);
  if (u.unreported === null) return;
  yield* log(`${name}: Consumed ${seconds(u.unreported)} CPU time.`, { unit: name, id: MESSAGE_ID.unitResources });
  yield* patch(name, { unreported: null });
}

/** How a running job stands; null while it goes on. */
function outcome(job: Job, u: UnitRecord): JobResult | null {
  if (job.verb === 'stop') return isOff(u) ? 'done' : null;
  if (job.verb === 'reload') return u.active === 'reloading' ? null : 'done';
  if (isOn(u)) return 'done';
  if (u.unmet !== null) return 'skipped';
  if (u.sub === 'auto-restart') return 'failed';
  if (isOff(u)) return u.result === 'success' ? 'done' : 'failed';
  return null;
}

function* begin(job: Job, u: UnitRecord): Coroutine<void> {
  yield* put(JOBS, job.unit, { ...job, running: true });
  if (job.verb === 'restart') return yield* beginRestart(job, u);
  if (u.def.service === null) {
    const on = job.verb === 'start';
    return void (yield* patch(job.unit, on ? { active: 'active', sub: STATES[kindOf(job.unit)] ?? 'active', result: 'success' } : { active: 'inactive', sub: 'dead' }));
  }
  if (job.verb === 'reload') {
    yield* log(`Reloading ${label(u)}...`, { unit: job.unit });
    return yield* reloadService(job.unit);
  }
  if (job.verb === 'stop') {
    if (isOff(u)) return;
    if (u.sub !== 'auto-restart') yield* log(`Stopping ${label(u)}...`, { unit: job.unit, id: MESSAGE_ID.unitStopping });
    return yield* stopService(job.unit);
  }
  const unmet = yield* unmetCondition(u.def);
  if (unmet !== null) {
    yield* patch(job.unit, { unmet: { text: unmet, at: yield* now() } });
    return yield* log(`${label(u)} was skipped because of an unmet condition check (${unmet}).`, { unit: job.unit });
  }
  yield* startService(job.unit);
  if ((yield* unit(job.unit)).active === 'activating' && (yield* unit(job.unit)).sub !== 'auto-restart') yield* log(`Starting ${label(u)}...`, { unit: job.unit, id: MESSAGE_ID.unitStarting });
}

/** A restart is a stop whose job becomes a start when it is done. */
function* beginRestart(job: Job, u: UnitRecord): Coroutine<void> {
  if (isOff(u) && u.restarts === 0) return void (yield* put(JOBS, job.unit, { ...job, verb: 'start', running: false }));
  if (u.active === 'activating' && u.sub === 'auto-restart') yield* patch(job.unit, { active: 'inactive', sub: 'dead', restartAt: null });
  else if (!isOff(u)) {
    yield* log(`Stopping ${label(u)}...`, { unit: job.unit, id: MESSAGE_ID.unitStopping });
    if (u.def.service === null) yield* patch(job.unit, { active: 'inactive', sub: 'dead' });
    else yield* stopService(job.unit);
  }
}

/** A restart whose stop is done goes on as a start. */
function* turnRestart(job: Job, u: UnitRecord): Coroutine<boolean> {
  if (!isOff(u)) return false;
  yield* log(`Stopped ${label(u)}.`, { unit: job.unit, id: MESSAGE_ID.unitStopped });
  yield* reportCpu(job.unit);
  yield* put(JOBS, job.unit, { ...job, verb: 'start', running: false });
  return true;
}

function* dependencyFailed(u: UnitRecord): Coroutine<boolean> {
  for (const name of [...u.def.requires, ...u.def.bindsTo]) {
    const other = yield* get<UnitRecord>('unit', name);
    if (other === undefined || !u.def.after.includes(name)) continue;
    if (isOff(other) && (yield* get(JOBS, name)) === undefined && other.unmet === null) return true;
  }
  return false;
}

/** One step of one job; true when something changed. */
function* step(job: Job, all: TableView<Job>): Coroutine<boolean> {
  const u = yield* unit(job.unit);
  if (job.running) {
    if (job.verb === 'restart') return yield* turnRestart(job, u);
    const result = outcome(job, u);
    if (result === null) return false;
    yield* finishJob(job, result);
    if (job.unit === 'systemd-journald.service') yield* (job.verb === 'start' ? attachJournal() : disconnectJournal());
    return true;
  }
  if (yield* mustWait(job, u, all)) return false;
  if (job.verb === 'start' && (yield* dependencyFailed(u))) yield* finishJob(job, 'dependency');
  else {
    yield* begin(job, u);
    // What is up at once is told at once, before it has said anything itself.
    const begun = yield* get<Job>(JOBS, job.unit);
    if (begun?.running === true && begun.verb === 'start') {
      const result = outcome(begun, yield* unit(job.unit));
      if (result !== null) yield* finishJob(begun, result);
    }
  }
  return true;
}

/** Runs all jobs that can run, until nothing more moves. */
export function* settleJobs(): Coroutine<void> {
  for (let moved = true; moved;) {
    moved = false;
    const all = yield* jobs();
    for (const job of [...all.values()].sort((a, b) => a.id - b.id)) {
      const current = yield* get<Job>(JOBS, job.unit);
      if (current !== undefined && current.id === job.id && (yield* step(current, yield* jobs()))) moved = true;
    }
  }
}
