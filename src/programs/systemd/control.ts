/** systemctl's requests: checked, turned into jobs, answered at once or when the jobs are over. */
import { errnoOf } from '../../kernel/errno.ts';
import { get, kill, now, stat, uname } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseSignal, unitName } from '../../lib/systemd/index.ts';
import type { JobOutcome, JobVerb, ManagerInfo, ManagerReply, ManagerRequest, UnitRecord, UnitView } from '../../lib/systemd/index.ts';
import { members } from './cgroup.ts';
import { enqueue, jobs, type Job } from './job.ts';
import { log } from './log.ts';
import { patch, reloadUnits, unit, units } from './units.ts';

/** An answer, or the jobs it waits for (job id by unit; null: nothing to do). */
export type Answer = { readonly reply: ManagerReply } | { readonly wait: readonly { readonly unit: string; readonly job: number | null; readonly error: string | null }[] };

/** Why a verb is refused for a unit, in D-Bus' words. */
function refused(u: UnitRecord, verb: JobVerb): string | null {
  const stops = verb === 'stop';
  switch (u.def.loadState) {
    case 'not-found': return stops || verb === 'reload' ? `Unit ${u.name} not loaded.` : `Unit ${u.name} not found.`;
    case 'masked': return stops ? null : `Unit ${u.name} is masked.`;
    case 'bad-setting': return stops ? null : `Unit ${u.name} has a bad unit file setting.`;
    default: break;
  }
  if ((stops ? u.def.refuseManualStop : u.def.refuseManualStart) || (verb === 'restart' && u.def.refuseManualStop)) {
    return `Operation refused, unit ${u.name} may be requested by dependency only (it is configured to refuse manual start/stop).`;
  }
  const reloads = (u.def.service?.execReload.length ?? 0) > 0;
  if (verb === 'reload' && !reloads) return `Job type reload is not applicable for unit ${u.name}.`;
  if (verb === 'reload' && u.active !== 'active') return `${u.name} is not active, cannot reload.`;
  return null;
}

function effective(u: UnitRecord, verb: JobVerb): Job['verb'] | null {
  const on = u.active === 'active' || u.active === 'reloading';
  switch (verb) {
    case 'try-restart': return on || u.active === 'activating' ? 'restart' : null;
    case 'reload-or-restart': return (u.def.service?.execReload.length ?? 0) > 0 && on ? 'reload' : 'restart';
    default: return verb;
  }
}

function* request(name: string, verb: JobVerb): Coroutine<{ unit: string; job: number | null; error: string | null }> {
  const u = yield* unit(unitName(name));
  const error = refused(u, verb);
  if (error !== null) return { unit: u.name, job: null, error };
  const job = effective(u, verb);
  if (job === 'start' || job === 'restart') yield* patch(u.name, { restarts: 0 });
  return { unit: u.name, job: job === null ? null : yield* enqueue(yield* unit(u.name), job), error: null };
}

/** Whether a file of the unit was changed, added or removed since it was read. */
function* needReload(u: UnitRecord): Coroutine<boolean> {
  for (const { path, mtime } of u.files) {
    try {
      if ((yield* stat(path)).mtime !== mtime) return true;
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      return true;
    }
  }
  return false;
}

function* viewOf(u: UnitRecord): Coroutine<UnitView> {
  const gone = u.cpuGone;
  const alive = (yield* members(u.name)).reduce((sum, p) => sum + p.cpuUs, 0);
  return { ...u, cpuGone: gone + alive, needReload: yield* needReload(u) };
}

function* managerInfo(): Coroutine<ManagerInfo> {
  const { bootedAt } = yield* uname();
  const all = [...(yield* units()).values()];
  const failed = all.filter((u) => u.active === 'failed').length;
  const finishedAt = (yield* get<number>('boot', 'finished')) ?? null;
  return { bootedAt, userspaceAt: (yield* get<number>('boot', 'userspace')) ?? bootedAt, finishedAt, state: finishedAt === null ? 'starting' : failed > 0 ? 'degraded' : 'running',
    jobs: (yield* jobs()).size, failed, units: all.length };
}

function* killUnit(name: string, signal: string, whom: 'main' | 'control' | 'all'): Coroutine<ManagerReply> {
  const u = yield* unit(unitName(name));
  const sig = parseSignal(signal);
  if (u.def.loadState === 'not-found') return { error: `Unit ${u.name} not loaded.` };
  if (sig === null) return { error: `Failed to parse signal string ${signal}.` };
  const pids = whom === 'main' ? [u.mainPid] : whom === 'control' ? [u.controlPid] : (yield* members(u.name)).map((p) => p.pid);
  for (const pid of pids) if (pid !== null) {
    try {
      yield* kill(pid, sig);
    } catch (caught) {
      if (errnoOf(caught) !== 'ESRCH') throw caught;
    }
  }
  return { ok: true };
}

/** Handles one request. */
export function* handle(asked: ManagerRequest): Coroutine<Answer> {
  switch (asked.method) {
    case 'job': {
      const wait = [];
      for (const name of asked.units) wait.push(yield* request(name, asked.verb));
      if (asked.block) return { wait };
      return { reply: { outcomes: wait.map((w): JobOutcome => ({ unit: w.unit, result: w.error === null ? 'done' : null, error: w.error })) } };
    }
    case 'units': {
      const names = asked.names?.map(unitName) ?? [...(yield* units()).keys()];
      const views: UnitView[] = [];
      for (const name of names) views.push(yield* viewOf(yield* unit(name)));
      return { reply: { units: views } };
    }
    case 'daemon-reload':
      yield* log('Reloading.');
      yield* reloadUnits();
      return { reply: { ok: true } };
    case 'reset-failed': {
      const names = asked.units.length > 0 ? asked.units.map(unitName) : [...(yield* units()).entries()].filter(([, u]) => u.active === 'failed').map(([name]) => name);
      for (const name of names) {
        const u = yield* unit(name);
        if (u.def.loadState === 'not-found') return { reply: { error: `Unit ${name} not loaded.` } };
        yield* patch(name, { starts: [], restarts: 0, ...(u.active === 'failed' ? { active: 'inactive' as const, sub: 'dead', result: 'success' as const } : {}) });
      }
      return { reply: { ok: true } };
    }
    case 'kill': return { reply: yield* killUnit(asked.unit, asked.signal, asked.whom) };
    case 'manager': return { reply: { manager: yield* managerInfo() } };
  }
}

/** µs until a unit's next deadline or restart; null when there is none. */
export function* nextDue(): Coroutine<number | null> {
  const at = yield* now();
  let due: number | null = null;
  for (const u of (yield* units()).values()) for (const t of [u.deadline, u.restartAt]) if (t !== null && (due === null || t < due)) due = t;
  return due === null ? null : Math.max(0, due - at);
}
