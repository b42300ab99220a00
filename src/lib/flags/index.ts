/**
 * Command-line flags as Go's pflag parses them, with its error texts: `unknown flag: --xyz`, `flag needs an argument: --n`,
 * `invalid argument "abc" for "--port" flag: strconv.ParseInt: …`. Flags and arguments may be mixed; `--` ends the flags.
 */
import { goQuote } from '../../base/goquote.ts';
import { parseFlagValue } from './values.ts';
import type { FlagSet, FlagSpec, FlagValue, ParsedFlags } from './types.ts';

export type { FlagSet, FlagSpec, FlagType, FlagValue, ParsedFlags } from './types.ts';
export { flagUsages, type UsageOptions } from './usage.ts';
export { flagSet } from './set.ts';
export {
  authenticationFlags, authorizationFlags, featureGateError, featureGateFlags, flag, globalFlags, leaderElectionFlags, loggingFlags, metricsFlags, sectionedUsage, sectionsSet, secureServingFlags, type FlagSection,
} from './component.ts';
export { parseGoDuration } from './values.ts';

interface Progress { readonly values: Map<string, FlagValue>; readonly changed: Set<string>; readonly args: string[]; dash: number; error: string | null }

/** A usage error ends the parse; `help` is set when -h or --help was met and the set has no such flag. */
class FlagError { readonly message: string; constructor(message: string) { this.message = message; } }

function setValue(progress: Progress, spec: FlagSpec, text: string): void {
  const shown = spec.shorthand ? `-${spec.shorthand}, --${spec.name}` : `--${spec.name}`;
  const previous = progress.changed.has(spec.name) ? progress.values.get(spec.name) : undefined;
  const parsed = parseFlagValue(spec, text, previous);
  if ('error' in parsed) throw new FlagError(`invalid argument ${goQuote(text)} for ${goQuote(shown)} flag: ${parsed.error}`);
  progress.values.set(spec.name, parsed.value);
  progress.changed.add(spec.name);
}

/** What a flag is worth when it is given without a value; undefined when it needs one. */
const bareValue = (spec: FlagSpec) => spec.noOptDefault ?? (spec.type === 'bool' ? 'true' : spec.type === 'count' ? '+1' : undefined);

function longFlag(set: FlagSet, progress: Progress, argument: string, rest: string[], ignoreUnknown: boolean): void {
  const body = argument.slice(2);
  if (body.startsWith('-') || body.startsWith('=')) throw new FlagError(`bad flag syntax: ${argument}`);
  const equals = body.indexOf('=');
  const name = equals < 0 ? body : body.slice(0, equals);
  const spec = set.byName.get(name) ?? set.byName.get(name.replace(/_/g, '-'));
  if (!spec) {
    if (name === 'help') throw new FlagError('pflag: help requested');
    if (ignoreUnknown) return;
    throw new FlagError(`unknown flag: --${name}`);
  }
  if (equals >= 0) return setValue(progress, spec, body.slice(equals + 1));
  const bare = bareValue(spec);
  if (bare !== undefined) return setValue(progress, spec, bare);
  const next = rest.shift();
  if (next === undefined) throw new FlagError(`flag needs an argument: --${name}`);
  setValue(progress, spec, next);
}

function shortFlags(set: FlagSet, progress: Progress, argument: string, rest: string[], ignoreUnknown: boolean): void {
  let cluster = argument.slice(1);
  while (cluster !== '') {
    const letter = [...cluster][0]!;
    const spec = set.byShorthand.get(letter);
    if (!spec) {
      if (letter === 'h') throw new FlagError('pflag: help requested');
      if (ignoreUnknown) return;
      throw new FlagError(`unknown shorthand flag: ${quoteChar(letter)} in -${cluster}`);
    }
    const tail = cluster.slice(letter.length);
    const bare = bareValue(spec);
    if (tail.startsWith('=') && tail.length > 1) return setValue(progress, spec, tail.slice(1));
    if (bare !== undefined) { setValue(progress, spec, bare); cluster = tail; continue; }
    if (tail !== '') return setValue(progress, spec, tail);
    const next = rest.shift();
    if (next === undefined) throw new FlagError(`flag needs an argument: ${quoteChar(letter)} in -${cluster}`);
    return setValue(progress, spec, next);
  }
}

const quoteChar = (letter: string) => `'${letter}'`;

/** Options of a parse. `interspersed` (default true) lets flags follow arguments. */
export interface ParseOptions { readonly interspersed?: boolean; readonly ignoreUnknown?: boolean }

/** Parses arguments (without argv[0]). The error, when there is one, is pflag's text without any prefix. */
export function parseFlags(set: FlagSet, argv: readonly string[], options: ParseOptions = {}): ParsedFlags {
  const progress: Progress = { values: new Map(), changed: new Set(), args: [], dash: -1, error: null };
  for (const spec of set.specs) progress.values.set(spec.name, spec.default);
  const rest = [...argv];
  try {
    for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
      if (argument === '--') {
        progress.dash = progress.args.length;
        progress.args.push(...rest.splice(0));
      } else if (argument.startsWith('--')) longFlag(set, progress, argument, rest, options.ignoreUnknown ?? false);
      else if (argument.startsWith('-') && argument.length > 1) shortFlags(set, progress, argument, rest, options.ignoreUnknown ?? false);
      else {
        progress.args.push(argument);
        if (options.interspersed === false) progress.args.push(...rest.splice(0));
      }
    }
  } catch (caught) {
    if (!(caught instanceof FlagError)) throw caught;
    progress.error = caught.message;
  }
  return new Flags(progress);
}

/** Typed access to what was parsed; asking for a flag the set does not have, or as the wrong type, is a bug and throws. */
class Flags implements ParsedFlags {
  readonly args: readonly string[];
  readonly dash: number;
  readonly error: string | null;
  readonly values: ReadonlyMap<string, FlagValue>;
  readonly #changed: ReadonlySet<string>;
  constructor(progress: Progress) {
    this.args = progress.args;
    this.dash = progress.dash;
    this.error = progress.error === 'pflag: help requested' ? null : progress.error;
    this.help = progress.error === 'pflag: help requested';
    this.values = progress.values;
    this.#changed = progress.changed;
  }
  readonly help: boolean;
  changed(name: string): boolean { return this.#changed.has(name); }
  string(name: string): string { return this.#typed(name, 'string'); }
  bool(name: string): boolean { return this.#typed(name, 'boolean'); }
  number(name: string): number { return this.#typed(name, 'number'); }
  list(name: string): readonly string[] { return this.#typed(name, 'object'); }
  map(name: string): Readonly<Record<string, string>> { return this.#typed(name, 'object'); }
  #typed<T>(name: string, type: string): T {
    const value = this.values.get(name);
    if (typeof value !== type) throw new Error(`flag ${name} is ${typeof value}, not ${type}`);
    return value as T;
  }
}
