/**
 * A shell's whole state as plain JSON, so that it can be checkpointed at a prompt and handed to a subshell.
 * Mutable while a shell runs; `keep` makes the frozen copy that leaves it.
 */
import type { Dialect } from './dialect.ts';

export interface Variable {
  /** Scalars live in `value`; indexed arrays and associative arrays in `items` (keys are decimal for indexed ones). */
  value: string; items?: Record<string, string>; assoc?: boolean;
  exported?: boolean; readonly?: boolean; integer?: boolean;
}
export interface Job { readonly id: number; readonly pgid: number; readonly pids: readonly number[]; readonly text: string; stopped: boolean; /** Pids not yet waited for. */ left: readonly number[]; status: number; done: boolean }

export interface ShellState {
  dialect: Dialect;
  vars: Record<string, Variable>;
  /** Function name → source text of its body. */ functions: Record<string, string>;
  aliases: Record<string, string>;
  name: string; positional: readonly string[];
  /** set -o letters and names that are on. */ options: readonly string[];
  shopts: readonly string[];
  /** `$?` */ status: number; pipeStatus: readonly number[];
  pid: number; ppid: number; lastBackground: number; interactive: boolean;
  jobs: readonly Job[];
  history: readonly string[]; historySaved: number;
  traps: Record<string, string>;
  /** Function-local variables shadowed, innermost last. */ locals: readonly Record<string, Variable | null>[];
  directories: readonly string[]; oldCwd: string;
  umask: number; subshell: number; seconds: number; random: number; commandNumber: number;
  getoptsAt: number; hash: Record<string, string>; /** Descriptors above 2 that `exec` opened. */ fds: readonly number[];
  tty: number | null; /** It runs the text after `-c`. */ commandString?: boolean;
  /** Children that no command waits for (process substitutions); collected when they have ended. */ strays: readonly number[];
}

/** `${BASH_VERSINFO[@]}` */
export const BASH_VERSINFO: Readonly<Record<string, string>> = { 0: '5', 1: '2', 2: '15', 3: '1', 4: 'release', 5: 'x86_64-pc-linux-gnu' };
/** Functions, sourced files and `eval`s within each other. */
export const DEEPEST = 200;

/** How a subshell begins: its state and what to run. */
export interface SubshellStart { readonly kind: 'subshell'; readonly state: ShellState; readonly source: string; /** Node to run within the source: type, start, end; null = all. */ readonly node: readonly [string, number, number] | null;
  /** It has run already, and `source` is what is left (see rest.ts). */ readonly rested?: boolean }

export function keep<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export function newState(name: string, pid: number, ppid: number, dialect: Dialect): ShellState {
  return { dialect, vars: {}, functions: {}, aliases: {}, name, positional: [], options: ['braceexpand', 'hashall', 'interactive-comments'], shopts: ['cmdhist', ...(dialect === 'bash' ? [] : ['expand_aliases']), 'extquote', 'sourcepath', 'promptvars'], status: 0, pipeStatus: [0], pid, ppid,
    lastBackground: 0, interactive: false, jobs: [], history: [], historySaved: 0, traps: {}, locals: [], directories: [], oldCwd: '', umask: 0o22, subshell: 0, seconds: 0, random: pid, commandNumber: 1, getoptsAt: 0, hash: {}, fds: [], tty: null, strays: [] };
}

export const hasOption = (s: ShellState, name: string): boolean => s.options.includes(name);
export function setOption(s: ShellState, name: string, on: boolean): void {
  s.options = on ? [...new Set([...s.options, name])].sort() : s.options.filter((o) => o !== name);
}

/** Assigns a scalar (or element 0 of an array). False when the variable is readonly. */
export function assign(s: ShellState, name: string, value: string): boolean {
  const old = Object.hasOwn(s.vars, name) ? s.vars[name] : undefined;
  if (old?.readonly === true) return false;
  if (old?.items !== undefined) old.items['0'] = value;
  else s.vars[name] = { ...old, value, ...(hasOption(s, 'allexport') ? { exported: true } : {}) };
  return true;
}
/** Makes a variable local to the running function, unset; one that is local already is left as it is. */
export function makeLocal(s: ShellState, name: string): void {
  const frame = s.locals.at(-1);
  if (frame === undefined || Object.hasOwn(frame, name)) return;
  s.locals = [...s.locals.slice(0, -1), { ...frame, [name]: lookup(s, name) ?? null }];
  delete s.vars[name];
}
export function lookup(s: ShellState, name: string): Variable | undefined {
  return Object.hasOwn(s.vars, name) ? s.vars[name] : undefined;
}
export function scalar(s: ShellState, name: string): string | undefined {
  const v = lookup(s, name);
  if (v === undefined) return undefined;
  return v.items === undefined ? v.value : v.items['0'];
}
/** Keys of an array in order: numeric for indexed ones. */
export function keysOf(v: Variable): string[] {
  if (v.items === undefined) return v.value === undefined ? [] : ['0'];
  const keys = Object.keys(v.items);
  return v.assoc === true ? keys : keys.sort((a, b) => Number(a) - Number(b));
}

/** The environment that commands get. */
export function environmentOf(s: ShellState, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, v] of Object.entries(s.vars)) if (v.exported === true && v.items === undefined && v.value !== undefined) env[name] = v.value;
  return { ...env, ...extra };
}
