/**
 * A tree of commands, as spf13/cobra has it: rows of data with a coroutine at the leaves. Models cobra's Find and suggestions and
 * kubectl's pkg/cmd/util.
 */
import type { Coroutine } from '../../../kernel/sys.ts';
import { flagSet, type FlagSpec, type FlagSet, type FlagType, type FlagValue } from '../../../lib/flags/index.ts';
import type { Cli } from '../cli.ts';
import type { Outcome } from '../follow.ts';

/** A flag of kubectl: `missing` ones exist upstream but not here, and say so when they are used. */
export interface KubectlFlag extends FlagSpec { readonly missing?: boolean }

export interface Command {
  readonly name: string;
  /** The rest of the usage line after the command's path. */ readonly use?: string;
  readonly aliases?: readonly string[];
  readonly suggestFor?: readonly string[];
  readonly short: string;
  readonly hidden?: boolean;
  readonly flags?: readonly KubectlFlag[];
  /** Flags that subcommands have too. */ readonly persistent?: readonly KubectlFlag[];
  readonly required?: readonly string[];
  readonly children?: readonly Command[];
  /** The root's children under their headings. */ readonly groups?: readonly Group[];
  readonly run?: (cli: Cli) => Coroutine<Outcome>;
  /** What `__complete` offers for arguments: see complete.ts. */ readonly completes?: Completes;
}

/** A heading of the root's help, and the commands below it. */
export type Group = readonly [heading: string, commands: readonly Command[]];

/** What `--help` says besides the table of flags, by the command's path without `kubectl`. */
export type Texts = Readonly<Record<string, { readonly long?: string; readonly example?: string }>>;

/** What an argument may be: a resource type then names, names of one type, contexts, or nothing. */
export type Completes = 'resource' | 'type' | 'pod' | 'node' | 'workload' | 'context' | 'namespace' | 'container' | 'none';

/** A row of a flag table; the type follows from the default. */
export function flag(name: string, shorthand: string, fallback: FlagValue, usage: string, more: Partial<KubectlFlag> & { readonly type?: FlagType } = {}): KubectlFlag {
  const type = more.type ?? (typeof fallback === 'boolean' ? 'bool' : typeof fallback === 'number' ? 'int' : typeof fallback === 'string' ? 'string' : 'list');
  return { name, type, default: fallback, usage, ...(shorthand === '' ? {} : { shorthand }), ...more };
}

/** The same flag in a command that does not have it here. */
export const absent = (spec: KubectlFlag): KubectlFlag => ({ ...spec, missing: true });

/** Where in the tree a command stands. */
export interface Found {
  readonly chain: readonly Command[];
  /** What is left after the commands' names, flags included. */ readonly rest: readonly string[];
}

/** `kubectl rollout status`. */
export const commandPath = (chain: readonly Command[]) => chain.map((command) => command.name).join(' ');

/** The flags a command accepts: its own, and what it inherits. */
export function flagsOf(chain: readonly Command[]): FlagSet {
  const own = chain.at(-1)!.flags ?? [];
  return flagSet([...inherited(chain).filter(({ name }) => !own.some((flag) => flag.name === name)), ...own]);
}

/** What a command has from those above it (and its own persistent ones). */
export const inherited = (chain: readonly Command[]): readonly KubectlFlag[] => chain.flatMap((command) => command.persistent ?? []);

const takesValue = (set: FlagSet, word: string): boolean => {
  if (word.includes('=')) return false;
  const spec = word.startsWith('--') ? set.byName.get(word.slice(2)) : word.length === 2 ? set.byShorthand.get(word[1]!) : undefined;
  return spec !== undefined && spec.type !== 'bool' && spec.type !== 'count' && spec.noOptDefault === undefined;
};

/** The index of the first word that is no flag and no flag's value; −1 when there is none. */
function firstWord(set: FlagSet, words: readonly string[]): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return i;
    if (takesValue(set, word)) i++;
  }
  return -1;
}

/** Follows the names in `argv` down the tree. */
export function findCommand(root: Command, argv: readonly string[]): Found {
  let chain: readonly Command[] = [root];
  let rest = argv;
  for (;;) {
    const at = chain.at(-1)!;
    const index = at.children === undefined ? -1 : firstWord(flagsOf(chain), rest);
    const child = index < 0 ? undefined : at.children!.find(({ name, aliases }) => name === rest[index] || aliases?.includes(rest[index]!));
    if (child === undefined) return { chain, rest };
    chain = [...chain, child];
    rest = [...rest.slice(0, index), ...rest.slice(index + 1)];
  }
}

/** Levenshtein's distance without regard to case, as cobra measures it. */
function distance(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(a[i - 1] === b[j - 1] ? row[j - 1]! : Math.min(row[j - 1]!, row[j]!, next[j - 1]!) + 1);
    row = next;
  }
  return row[b.length]!;
}

/** The commands a mistyped one may have meant. */
export function suggestions(parent: Command, typed: string): string[] {
  const likely = ({ name, suggestFor }: Command) => distance(typed, name) <= 2 || name.toLowerCase().startsWith(typed.toLowerCase())
    || (suggestFor ?? []).some((other) => other.toLowerCase() === typed.toLowerCase());
  return (parent.children ?? []).filter((command) => !command.hidden && likely(command)).map(({ name }) => name);
}
