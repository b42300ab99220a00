/** The units PID 1 knows: loading them on first use, changing their records, and reading them again on daemon-reload. */
import { get, now, put, readFile, uname, view } from '../../kernel/sys.ts';
import type { Coroutine, TableView } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { defineUnit, type UnitDefinition } from '../../lib/unitfile/index.ts';
import { findUnit, type ActiveState, type FoundUnit, type UnitRecord } from '../../lib/systemd/index.ts';
import { log } from './log.ts';

const UNITS = 'unit';
const ALIASES = 'alias';

export const units = (): Coroutine<TableView<UnitRecord>> => view<UnitRecord>(UNITS);
const unique = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];

/** Adds what every service and target gets without saying so (DefaultDependencies=yes). */
function withImplicit(def: UnitDefinition, found: FoundUnit): UnitDefinition {
  const wants = unique(def.wants, found.wants);
  const requires = unique(def.requires, found.requires);
  if (!def.defaultDependencies) return { ...def, wants, requires };
  if (def.name.endsWith('.target')) return { ...def, wants, requires, after: unique(def.after, [...wants, ...requires].filter((n) => !def.before.includes(n))) };
  if (def.service !== null) return { ...def, wants, requires: unique(requires, ['sysinit.target']), after: unique(def.after, ['sysinit.target', 'basic.target']) };
  return { ...def, wants, requires };
}

function* readId(path: string): Coroutine<string> {
  try {
    return (yield* readFile(path)).trim();
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return '0'.repeat(32);
  }
}

interface Loaded { readonly def: UnitDefinition; readonly files: UnitRecord['files'] }

function* load(name: string): Coroutine<Loaded> {
  const found = yield* findUnit(name);
  const { hostname, release } = yield* uname();
  const specifiers = { unit: name, hostname, release, machineId: yield* readId('/etc/machine-id'), bootId: (yield* readId('/proc/sys/kernel/random/boot_id')).replaceAll('-', '') };
  const { unit, warnings } = defineUnit(found.realName, found.fragment, found.dropIns, specifiers);
  for (const warning of warnings) yield* log(warning, { unit: found.realName, priority: 4 });
  const loadState = found.masked ? 'masked' : found.fragment === null && unit.loadState === 'loaded' && !isBuiltIn(name) ? 'not-found' : unit.loadState;
  return { def: withImplicit({ ...unit, loadState, ...(found.masked ? { description: name } : {}) }, found), files: found.files };
}

/** Units that exist without a file: slices, scopes, devices. */
const isBuiltIn = (name: string): boolean => /\.(slice|scope|device)$/.test(name);

const FRESH = {
  active: 'inactive', sub: 'dead', result: 'success', mainPid: null, controlPid: null, runs: [], activeEnter: null, activeExit: null, inactiveEnter: null, inactiveExit: null, stateChange: null,
  restarts: 0, restartAt: null, deadline: null, starts: [], invocation: '', statusText: null, unmet: null, cpuGone: 0, stopping: false, unreported: null,
} as const;

/** The record of a unit, read from disk the first time; `loadState` says whether there is one. */
export function* unit(name: string): Coroutine<UnitRecord> {
  const known = yield* get<UnitRecord>(UNITS, (yield* get<string>(ALIASES, name)) ?? name);
  if (known !== undefined) return known;
  const { def, files } = yield* load(name);
  const record: UnitRecord = { name: def.name, def, files, ...FRESH };
  if (def.loadState === 'not-found') return record;
  if (def.name !== name) {
    yield* put(ALIASES, name, def.name);
    const real = yield* get<UnitRecord>(UNITS, def.name);
    if (real !== undefined) return real;
  }
  yield* put(UNITS, def.name, record);
  return record;
}

const isOn = (state: ActiveState) => state === 'active' || state === 'reloading';
const isOff = (state: ActiveState) => state === 'inactive' || state === 'failed';

/** Changes a record and keeps the times of its transitions. */
export function* patch(name: string, change: Partial<UnitRecord>): Coroutine<UnitRecord> {
  const old = (yield* get<UnitRecord>(UNITS, name))!;
  let next: UnitRecord = { ...old, ...change };
  if (next.active !== old.active || next.sub !== old.sub) {
    const at = yield* now();
    next = {
      ...next, stateChange: at,
      activeEnter: isOn(next.active) && !isOn(old.active) ? at : next.activeEnter, activeExit: !isOn(next.active) && isOn(old.active) ? at : next.activeExit,
      inactiveEnter: isOff(next.active) && !isOff(old.active) ? at : next.inactiveEnter, inactiveExit: !isOff(next.active) && isOff(old.active) ? at : next.inactiveExit,
    };
  }
  yield* put(UNITS, name, next);
  return next;
}

/** daemon-reload: reads all units again; what runs, runs on. */
export function* reloadUnits(): Coroutine<void> {
  for (const [name, record] of (yield* units()).entries()) {
    const { def, files } = yield* load(name);
    yield* put(UNITS, name, { ...record, def: { ...def, name }, files });
  }
}
