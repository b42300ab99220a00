/**
 * A unit as loaded: its fragment, drop-ins and what they say, in the shape the service manager works with.
 * Later assignments win; an empty one resets a list. Not modelled: resource control, sandboxing and sockets
 * (their settings are accepted and shown by `systemctl cat`, nothing more).
 */
import { parseEnvironment, parseExec, type ExecCommand } from './exec.ts';
import { parseUnitText, type Assignment } from './parse.ts';
import { expandSpecifiers, type Specifiers } from './specifier.ts';
import { isKnownKey } from './keys.ts';
import { FOREVER, parseSpan } from './time.ts';

export type ServiceType = 'simple' | 'exec' | 'forking' | 'oneshot' | 'dbus' | 'notify' | 'idle';
export type RestartPolicy = 'no' | 'on-success' | 'on-failure' | 'on-abnormal' | 'on-watchdog' | 'on-abort' | 'always';
export type KillMode = 'control-group' | 'mixed' | 'process' | 'none';

export interface ServiceSettings {
  readonly type: ServiceType; readonly remainAfterExit: boolean;
  readonly execStartPre: readonly ExecCommand[]; readonly execStart: readonly ExecCommand[]; readonly execStartPost: readonly ExecCommand[];
  readonly execReload: readonly ExecCommand[]; readonly execStop: readonly ExecCommand[]; readonly execStopPost: readonly ExecCommand[];
  readonly restart: RestartPolicy; /** µs */ readonly restartUs: number; readonly timeoutStartUs: number; readonly timeoutStopUs: number;
  readonly environment: readonly (readonly [string, string])[];
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  readonly workingDirectory: { readonly path: string; readonly optional: boolean } | null;
  readonly user: string | null; readonly group: string | null;
  readonly killMode: KillMode; readonly killSignal: string; readonly sendSigkill: boolean;
  readonly successStatus: readonly string[]; readonly restartPreventStatus: readonly string[];
  readonly standardOutput: string; readonly standardError: string; readonly syslogIdentifier: string | null;
  readonly delegate: boolean;
}

export interface UnitDefinition {
  readonly name: string; readonly description: string; readonly documentation: readonly string[];
  readonly loadState: 'loaded' | 'not-found' | 'bad-setting' | 'masked';
  readonly fragmentPath: string | null; readonly dropInPaths: readonly string[];
  readonly wants: readonly string[]; readonly requires: readonly string[]; readonly bindsTo: readonly string[]; readonly partOf: readonly string[];
  readonly conflicts: readonly string[]; readonly before: readonly string[]; readonly after: readonly string[];
  readonly defaultDependencies: boolean;
  readonly conditions: readonly { readonly kind: string; readonly value: string }[];
  readonly startLimitUs: number; readonly startLimitBurst: number;
  readonly refuseManualStart: boolean; readonly refuseManualStop: boolean;
  readonly wantedBy: readonly string[]; readonly requiredBy: readonly string[]; readonly alias: readonly string[]; readonly also: readonly string[];
  readonly service: ServiceSettings | null;
  readonly slice: string;
}

/** A file that went into a unit. */
export interface UnitSource { readonly path: string; readonly text: string }
export interface Definition { readonly unit: UnitDefinition; /** Journal lines about what was skipped or refused. */ readonly warnings: readonly string[] }

const DEFAULT_TIMEOUT = 90_000_000;
const RESTARTS: readonly string[] = ['no', 'on-success', 'on-failure', 'on-abnormal', 'on-watchdog', 'on-abort', 'always'];
const TYPES: readonly string[] = ['simple', 'exec', 'forking', 'oneshot', 'dbus', 'notify', 'idle'];
const BOOLEANS: Readonly<Record<string, boolean>> = { '1': true, yes: true, y: true, true: true, t: true, on: true, '0': false, no: false, n: false, false: false, f: false, off: false };

interface Sourced extends Assignment { readonly path: string }

/** Reads values by key, last wins, with the warnings systemd writes when one cannot be parsed. */
class Settings {
  readonly #rows: readonly Sourced[];
  readonly warnings: string[];
  constructor(rows: readonly Sourced[], warnings: string[]) {
    this.#rows = rows;
    this.warnings = warnings;
  }
  rows(section: string, ...keys: string[]): readonly Sourced[] { return this.#rows.filter((r) => r.section === section && keys.includes(r.key)); }
  warn(row: Sourced, text: string): void { this.warnings.push(`${row.path}:${row.line}: ${text}`); }
  text(section: string, ...keys: string[]): string | null { return this.rows(section, ...keys).at(-1)?.value || null; }
  parsed<T>(section: string, keys: readonly string[], fallback: T, parse: (value: string) => T | null, complaint: (value: string) => string): T {
    let value = fallback;
    for (const row of this.rows(section, ...keys)) {
      if (row.value === '') value = fallback;
      else {
        const found = parse(row.value);
        if (found === null) this.warn(row, complaint(row.value));
        else value = found;
      }
    }
    return value;
  }
  span(section: string, keys: readonly string[], fallback: number): number {
    return this.parsed(section, keys, fallback, parseSpan, (value) => `Failed to parse ${keys[0]}= parameter, ignoring: ${value}`);
  }
  bool(section: string, key: string, fallback: boolean): boolean {
    return this.parsed<boolean>(section, [key], fallback, (v) => BOOLEANS[v.toLowerCase()] ?? null, (v) => `Failed to parse boolean value, ignoring: ${v}`);
  }
  choice<T extends string>(section: string, key: string, fallback: T, choices: readonly string[], noun: string): T {
    return this.parsed<T>(section, [key], fallback, (v) => (choices.includes(v) ? (v as T) : null), (v) => `Failed to parse ${noun}, ignoring: ${v}`);
  }
  /** Blank-separated words of all assignments since the last empty one. */
  words(section: string, ...keys: string[]): string[] {
    let all: string[] = [];
    for (const row of this.rows(section, ...keys)) all = row.value === '' ? [] : [...all, ...row.value.split(/\s+/)];
    return [...new Set(all)];
  }
  commands(key: string): ExecCommand[] {
    let all: ExecCommand[] = [];
    for (const row of this.rows('Service', key)) {
      if (row.value === '') {
        all = [];
        continue;
      }
      const { commands, error } = parseExec(row.value);
      if (error !== null) this.warn(row, error);
      all = [...all, ...commands];
    }
    return all;
  }
}

function environmentOf(s: Settings): [string, string][] {
  let all: [string, string][] = [];
  for (const row of s.rows('Service', 'Environment')) all = row.value === '' ? [] : [...all, ...parseEnvironment(row.value)];
  return all;
}

function environmentFilesOf(s: Settings): { path: string; optional: boolean }[] {
  let all: { path: string; optional: boolean }[] = [];
  for (const row of s.rows('Service', 'EnvironmentFile')) {
    const optional = row.value.startsWith('-');
    const path = optional ? row.value.slice(1) : row.value;
    if (row.value === '') all = [];
    else if (!path.startsWith('/')) s.warn(row, `EnvironmentFile= path is not absolute, ignoring: ${path}`);
    else all.push({ path, optional });
  }
  return all;
}

function serviceOf(s: Settings): ServiceSettings {
  const execStart = s.commands('ExecStart');
  const directory = s.text('Service', 'WorkingDirectory');
  const timeout = s.span('Service', ['TimeoutSec'], DEFAULT_TIMEOUT);
  const type = s.choice<ServiceType>('Service', 'Type', s.text('Service', 'BusName') !== null ? 'dbus' : execStart.length === 0 ? 'oneshot' : 'simple', TYPES, 'service type');
  const infinite = (value: number) => (value === 0 ? FOREVER : value);
  return {
    type, execStart, remainAfterExit: s.bool('Service', 'RemainAfterExit', false),
    execStartPre: s.commands('ExecStartPre'), execStartPost: s.commands('ExecStartPost'), execReload: s.commands('ExecReload'),
    execStop: s.commands('ExecStop'), execStopPost: s.commands('ExecStopPost'),
    restart: s.choice<RestartPolicy>('Service', 'Restart', 'no', RESTARTS, 'service restart specifier'),
    restartUs: s.span('Service', ['RestartSec'], 100_000),
    timeoutStartUs: infinite(s.span('Service', ['TimeoutStartSec'], type === 'oneshot' ? FOREVER : timeout)),
    timeoutStopUs: infinite(s.span('Service', ['TimeoutStopSec'], timeout)),
    environment: environmentOf(s), environmentFiles: environmentFilesOf(s),
    workingDirectory: directory === null ? null : { path: directory.replace(/^-/, ''), optional: directory.startsWith('-') },
    user: s.text('Service', 'User'), group: s.text('Service', 'Group'),
    killMode: s.choice<KillMode>('Service', 'KillMode', 'control-group', ['control-group', 'mixed', 'process', 'none'], 'kill mode'),
    killSignal: (s.text('Service', 'KillSignal') ?? 'SIGTERM').replace(/^SIG/, ''), sendSigkill: s.bool('Service', 'SendSIGKILL', true),
    successStatus: s.words('Service', 'SuccessExitStatus'), restartPreventStatus: s.words('Service', 'RestartPreventExitStatus'),
    standardOutput: s.text('Service', 'StandardOutput') ?? 'journal', standardError: s.text('Service', 'StandardError') ?? 'inherit',
    syslogIdentifier: s.text('Service', 'SyslogIdentifier'), delegate: s.bool('Service', 'Delegate', false),
  };
}

/** Why a service cannot be used as it stands, in systemd's words; null when it can. */
function refusal(service: ServiceSettings): string | null {
  const { execStart, type, remainAfterExit, restart } = service;
  if (execStart.length === 0 && service.execStop.length === 0) return 'Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.';
  if (type !== 'oneshot' && execStart.length === 0) return 'Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.';
  if (execStart.length === 0 && !remainAfterExit) return 'Service has no ExecStart= setting, which is only allowed for RemainAfterExit=yes services. Refusing.';
  if (type !== 'oneshot' && execStart.length > 1) return 'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.';
  if (type === 'oneshot' && (restart === 'always' || restart === 'on-success')) return 'Service has Restart= set to either always or on-success, which isn\'t allowed for Type=oneshot services. Refusing.';
  return null;
}

function limits(s: Settings): { startLimitUs: number; startLimitBurst: number } {
  const old = s.span('Service', ['StartLimitInterval'], 10_000_000);
  const burst = s.parsed<number>('Service', ['StartLimitBurst'], 5, (v) => (/^\d+$/.test(v) ? Number(v) : null), (v) => `Failed to parse StartLimitBurst= value, ignoring: ${v}`);
  return {
    startLimitUs: s.span('Unit', ['StartLimitIntervalSec', 'StartLimitInterval'], old),
    startLimitBurst: s.parsed<number>('Unit', ['StartLimitBurst'], burst, (v) => (/^\d+$/.test(v) ? Number(v) : null), (v) => `Failed to parse StartLimitBurst= value, ignoring: ${v}`),
  };
}

/** Builds a unit from its files: `sources[0]` is the fragment unless `fragment` is null, the rest are drop-ins. */
export function defineUnit(name: string, fragment: UnitSource | null, dropIns: readonly UnitSource[], specifiers: Specifiers): Definition {
  const warnings: string[] = [];
  const rows = (fragment === null ? dropIns : [fragment, ...dropIns]).flatMap(({ path, text }) => {
    const { assignments, warnings: skipped } = parseUnitText(text);
    warnings.push(...skipped.map((w) => `${path}:${w.line}: ${w.text}`));
    return assignments.flatMap((row): Sourced[] => {
      if (!isKnownKey(row.section, row.key)) {
        if (!row.section.startsWith('X-')) warnings.push(isKnownKey(row.section, null) ? `${path}:${row.line}: Unknown key name '${row.key}' in section '${row.section}', ignoring.` : `${path}:${row.line}: Unknown section '${row.section}'. Ignoring.`);
        return [];
      }
      return [{ ...row, value: expandSpecifiers(row.value, specifiers), path }];
    });
  });
  const s = new Settings(rows, warnings);
  const isService = name.endsWith('.service');
  const service = isService ? serviceOf(s) : null;
  const why = service === null || fragment === null ? null : refusal(service);
  if (why !== null) warnings.push(`${name}: ${why}`);
  const conditions = rows.filter((r) => r.section === 'Unit' && /^(Condition|Assert)/.test(r.key)).map((r) => ({ kind: r.key, value: r.value }));
  const unit: UnitDefinition = {
    name, description: s.text('Unit', 'Description') ?? name, documentation: s.words('Unit', 'Documentation'),
    loadState: fragment === null && isService ? 'not-found' : why !== null ? 'bad-setting' : 'loaded',
    fragmentPath: fragment?.path ?? null, dropInPaths: dropIns.map((d) => d.path),
    wants: s.words('Unit', 'Wants'), requires: s.words('Unit', 'Requires', 'Requisite'), bindsTo: s.words('Unit', 'BindsTo'), partOf: s.words('Unit', 'PartOf'),
    conflicts: s.words('Unit', 'Conflicts'), before: s.words('Unit', 'Before'), after: s.words('Unit', 'After'),
    defaultDependencies: s.bool('Unit', 'DefaultDependencies', true), conditions, ...limits(s),
    refuseManualStart: s.bool('Unit', 'RefuseManualStart', false), refuseManualStop: s.bool('Unit', 'RefuseManualStop', false),
    wantedBy: s.words('Install', 'WantedBy'), requiredBy: s.words('Install', 'RequiredBy'), alias: s.words('Install', 'Alias'), also: s.words('Install', 'Also'),
    service, slice: s.text('Service', 'Slice') ?? 'system.slice',
  };
  return { unit, warnings };
}
