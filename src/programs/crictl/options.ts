/** Flags as urfave/cli reads them: before or after each other, `-n x`, `--name x`, `--name=x`; the first word ends them. */

/** name → takes a value? Aliases map to the long name. */
export interface FlagSet { readonly values: readonly string[]; readonly switches: readonly string[]; readonly aliases: Readonly<Record<string, string>> }
export interface Parsed { readonly values: Readonly<Record<string, string>>; readonly switches: ReadonlySet<string>; readonly args: readonly string[]; readonly lists: Readonly<Record<string, readonly string[]>> }

/** A wrong flag, in Go's flag package's words. */
export class FlagError extends Error {}

/** `-aq` for `-a -q`, where each letter is a flag (crictl's UseShortOptionHandling). */
function apart(word: string, set: FlagSet): readonly string[] {
  const letters = /^-([A-Za-z]{2,})$/.exec(word)?.[1];
  const isKnown = letters === undefined || letters in set.aliases || [...set.switches, ...set.values].includes(letters);
  return isKnown || ![...letters].every((letter) => letter in set.aliases) ? [word] : [...letters].map((letter) => `-${letter}`);
}

/** Parses until the first argument that is no flag. */
export function parseFlags(given: readonly string[], set: FlagSet): Parsed {
  const argv = [...given];
  const values: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  const switches = new Set<string>();
  let at = 0;
  for (; at < argv.length; at++) {
    argv.splice(at, 1, ...apart(argv[at]!, set));
    const word = argv[at]!;
    if (word === '--') { at++; break; }
    if (!word.startsWith('-') || word === '-') break;
    const [raw = '', ...rest] = word.replace(/^--?/, '').split('=');
    const assigned = rest.length > 0 ? rest.join('=') : null;
    const name = set.aliases[raw] ?? raw;
    if (set.switches.includes(name)) {
      if (assigned !== 'false') switches.add(name);
    } else if (set.values.includes(name)) {
      const value = assigned ?? argv[++at];
      if (value === undefined) throw new FlagError(`flag needs an argument: -${raw}`);
      values[name] = value;
      (lists[name] ??= []).push(value);
    } else throw new FlagError(`flag provided but not defined: -${raw}`);
  }
  return { values, switches, lists, args: argv.slice(at) };
}

export const GLOBAL: FlagSet = {
  values: ['config', 'runtime-endpoint', 'image-endpoint', 'timeout', 'profile-cpu', 'profile-mem', 'tracing-endpoint', 'tracing-sampling-rate-per-million'], switches: ['debug', 'enable-tracing', 'help', 'version'],
  aliases: { c: 'config', r: 'runtime-endpoint', i: 'image-endpoint', t: 'timeout', D: 'debug', h: 'help', v: 'version' },
};

const LISTING = { o: 'output', q: 'quiet', v: 'verbose', l: 'latest', n: 'last', h: 'help' };
/** Per command. */
export const COMMANDS: Readonly<Record<string, FlagSet>> = {
  ps: { values: ['id', 'name', 'image', 'pod', 'state', 'label', 'output', 'last', 'namespace'], switches: ['all', 'quiet', 'verbose', 'latest', 'no-trunc', 'resolve-image-path', 'help'], aliases: { ...LISTING, a: 'all', p: 'pod', s: 'state', r: 'resolve-image-path' } },
  pods: { values: ['id', 'name', 'namespace', 'state', 'label', 'output', 'last'], switches: ['quiet', 'verbose', 'latest', 'no-trunc', 'help'], aliases: { ...LISTING, s: 'state' } },
  images: { values: ['output', 'filter'], switches: ['quiet', 'verbose', 'digests', 'no-trunc', 'pinned', 'help'], aliases: { o: 'output', q: 'quiet', v: 'verbose', f: 'filter', h: 'help' } },
  logs: { values: ['tail', 'since', 'limit-bytes'], switches: ['follow', 'timestamps', 'previous', 'reopen', 'help'], aliases: { f: 'follow', t: 'timestamps', p: 'previous', r: 'reopen', h: 'help' } },
  inspect: { values: ['output', 'template'], switches: ['quiet', 'help'], aliases: { o: 'output', q: 'quiet', h: 'help' } },
  inspectp: { values: ['output', 'template'], switches: ['quiet', 'help'], aliases: { o: 'output', q: 'quiet', h: 'help' } },
  inspecti: { values: ['output', 'template'], switches: ['quiet', 'help'], aliases: { o: 'output', q: 'quiet', h: 'help' } },
  stop: { values: ['timeout'], switches: ['help'], aliases: { t: 'timeout', h: 'help' } },
  rm: { values: [], switches: ['force', 'all', 'keep-logs', 'help'], aliases: { f: 'force', a: 'all', h: 'help' } },
  stopp: { values: [], switches: ['help'], aliases: { h: 'help' } },
  rmp: { values: [], switches: ['force', 'all', 'help'], aliases: { f: 'force', a: 'all', h: 'help' } },
  rmi: { values: [], switches: ['all', 'prune', 'help'], aliases: { a: 'all', q: 'prune', h: 'help' } },
  pull: { values: ['creds', 'auth'], switches: ['help'], aliases: { h: 'help' } },
  exec: { values: ['timeout'], switches: ['sync', 'tty', 'interactive', 'help'], aliases: { s: 'sync', t: 'tty', i: 'interactive', h: 'help' } },
  version: { values: [], switches: ['help'], aliases: { h: 'help' } },
  info: { values: ['output', 'template'], switches: ['quiet', 'help'], aliases: { o: 'output', q: 'quiet', h: 'help' } },
};
/** Other names of commands. */
export const ALIASES: Readonly<Record<string, string>> = { image: 'images', img: 'images' };
/** Commands that crictl has and this one does not. */
export const ABSENT = ['attach', 'checkpoint', 'completion', 'config', 'create', 'events', 'event', 'imagefsinfo', 'metricdescs', 'metricsp', 'port-forward', 'run', 'runp', 'runtime-config', 'start', 'stats', 'statsp', 'update', 'update-runtime-config'];
