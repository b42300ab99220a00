/** The shapes of a flag set: rows of data, so that a program's flags are a table. */

/**
 * pflag's types. `duration` values are µs; `map` is `a=1,b=2` (stringToString), `boolMap` the same with booleans (feature gates);
 * `array` takes every occurrence whole, `list` (stringSlice) splits at commas; `ip`, `cidr` and `quantity` are kept as text.
 */
export type FlagType =
  | 'string' | 'bool' | 'int' | 'int32' | 'int64' | 'uint' | 'uint16' | 'uint32' | 'float32' | 'float64' | 'duration' | 'list' | 'array' | 'map' | 'boolMap' | 'ip' | 'ipList'
  | 'cidr' | 'count' | 'severity' | 'portRange' | 'intList' | 'logFormat';

export type FlagValue = string | boolean | number | readonly string[] | Readonly<Record<string, string>>;

export interface FlagSpec {
  readonly name: string;
  readonly type: FlagType;
  readonly default: FlagValue;
  readonly usage: string;
  readonly shorthand?: string;
  /** The value when it is given without one (besides bool and count). */ readonly noOptDefault?: string;
  /** The name of the value in the usage text, where upstream's is not the type's. */ readonly valueName?: string;
  /** What the usage shows as default, where it is not the default's own text; '' shows none. */ readonly defaultText?: string;
  readonly hidden?: boolean;
  readonly deprecated?: string;
}

export interface FlagSet {
  readonly specs: readonly FlagSpec[];
  readonly byName: ReadonlyMap<string, FlagSpec>;
  readonly byShorthand: ReadonlyMap<string, FlagSpec>;
}

export interface ParsedFlags {
  readonly args: readonly string[];
  /** Number of arguments before `--`; −1 without one (cobra's ArgsLenAtDash). */ readonly dash: number;
  /** pflag's error text, or null. */ readonly error: string | null;
  /** -h or --help was met. */ readonly help: boolean;
  readonly values: ReadonlyMap<string, FlagValue>;
  changed(name: string): boolean;
  string(name: string): string;
  bool(name: string): boolean;
  number(name: string): number;
  list(name: string): readonly string[];
  map(name: string): Readonly<Record<string, string>>;
}
