/** journalctl's command line as a query: which entries, how many, in which order and shape. */
import { getopt } from '../../lib/getopt/index.ts';
import { grepPattern, OUTPUTS, parseTimestamp, type Entry, type Journal, type Output } from '../../lib/journal/index.ts';
import { unitName } from '../../lib/systemd/index.ts';

export interface Query {
  readonly units: readonly string[]; readonly kernel: boolean; readonly identifiers: readonly string[]; readonly matches: readonly string[];
  readonly priorities: readonly [low: number, high: number] | null; readonly grep: string | null; readonly sensitive: boolean | null;
  readonly since: number | null; readonly until: number | null; /** Offset of a boot (0 the current), its id, or null for all. */ readonly boot: number | string | null;
  readonly lines: number | null; readonly reverse: boolean; readonly follow: boolean; readonly tail: boolean; readonly end: boolean; readonly output: Output; readonly catalog: boolean; readonly quiet: boolean; readonly hostname: boolean;
  readonly pager: boolean; readonly full: boolean; readonly directory: string | null;
  readonly action: 'show' | 'disk-usage' | 'list-boots' | 'flush' | 'version' | 'help' | 'fields' | 'header' | 'vacuum'; readonly field: string | null;
}

const SHORT = 'hefo:aln:qmb::kD:p:g:c:S:U:t:u:NF:xrM:i:';
const LONG = {
  help: 'h', version: '', 'no-pager': '', 'pager-end': 'e', follow: 'f', force: '', output: 'o:', all: 'a', full: 'l', 'no-full': '', lines: 'n:', 'no-tail': '', reverse: 'r', quiet: 'q', merge: 'm', boot: 'b::', 'list-boots': '', 'this-boot': '',
  dmesg: 'k', system: '', user: '', directory: 'D:', file: ':', root: ':', header: '', identifier: 't:', priority: 'p:', grep: 'g:', 'case-sensitive': '::', cursor: 'c:', 'cursor-file': ':', 'after-cursor': ':', 'show-cursor': '', since: 'S:', until: 'U:',
  unit: 'u:', 'user-unit': ':', field: 'F:', fields: 'N', catalog: 'x', 'list-catalog': '', 'disk-usage': '', 'vacuum-size': ':', 'vacuum-time': ':', 'vacuum-files': ':', flush: '', rotate: '', sync: '', verify: '', machine: 'M:', 'no-hostname': '', utc: '',
  'output-fields': ':', facility: ':', 'smart-relinquish-var': '', 'relinquish-var': '', interval: ':', 'verify-key': ':', 'setup-keys': '', 'dump-catalog': '', 'update-catalog': '', namespace: ':', image: 'i:',
};
const UNAVAILABLE: readonly string[] = ['c', 'cursor-file', 'after-cursor', 'show-cursor', 'root', 'file', 'M', 'user', 'user-unit', 'output-fields', 'facility', 'verify', 'setup-keys', 'list-catalog', 'dump-catalog', 'update-catalog', 'namespace', 'i', 'header'];
const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

const priority = (text: string): number => (/^[0-7]$/.test(text) ? Number(text) : PRIORITIES.indexOf(text));

function priorityRange(text: string): readonly [number, number] | null {
  const [from = '', to] = text.split('..');
  const low = to === undefined ? 0 : priority(from);
  const high = priority(to ?? from);
  return low < 0 || high < 0 ? null : [Math.min(low, high), Math.max(low, high)];
}

/** getopt cannot know that `-n 20` and `-b -1` take the next word only when it looks right; journalctl does. */
function joinOptional(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const next = argv[i + 1];
    if (/^-[a-zA-Z]*n$/.test(word) || word === '--lines') {
      const takes = next !== undefined && /^(\d+|all)$/.test(next);
      words.push(word.startsWith('--') ? `--lines=${takes ? next : '10'}` : `${word}${takes ? next : '10'}`);
      if (takes) i++;
    } else if ((/^-[a-zA-Z]*b$/.test(word) || word === '--boot') && next !== undefined && (/^[+-]?\d+$/.test(next) || /^[0-9a-f]{32}([+-]\d+)?$/.test(next) || next === 'all')) {
      words.push(word.startsWith('--') ? `--boot=${next}` : `${word}${next}`);
      i++;
    } else words.push(word);
  }
  return words;
}

type Given = ReturnType<typeof getopt>['options'];

function times(given: Given, nowUs: number): { since: number | null; until: number | null } | string {
  const read = (name: string): number | null | string => {
    const text = given.findLast((o) => o.name === name)?.value;
    if (text === undefined || text === null) return null;
    return parseTimestamp(text, nowUs) ?? `Failed to parse timestamp: ${text}\n`;
  };
  const [since, until] = [read('S'), read('U')];
  if (typeof since === 'string') return since;
  if (typeof until === 'string') return until;
  if (since !== null && until !== null && since > until) return '--since= must be before --until=.\n';
  return { since, until };
}

function bootOf(given: Given, kernel: boolean): number | string | null | { readonly error: string } {
  const option = given.findLast((o) => o.name === 'b' || o.name === 'this-boot');
  if (option === undefined) return kernel ? 0 : null;
  const text = option.value;
  if (text === null) return 0;
  if (text === 'all') return null;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  return /^[0-9a-f]{32}$/.test(text) ? text : { error: `Failed to parse boot descriptor '${text}'\n` };
}

const ACTIONS: Readonly<Record<string, Query['action']>> = { 'disk-usage': 'disk-usage', 'list-boots': 'list-boots', flush: 'flush', rotate: 'flush', sync: 'flush', version: 'version', h: 'help', N: 'fields', F: 'fields', 'vacuum-size': 'vacuum', 'vacuum-time': 'vacuum', 'vacuum-files': 'vacuum' };

/** Reads the command line; an error is the text for standard error (exit status 1). */
export function readQuery(argv: readonly string[], nowUs: number): Query | { readonly error: string } {
  const { options: given, operands, error } = getopt(joinOptional(argv.slice(1)), SHORT, LONG);
  if (error !== null) return { error: `journalctl: ${error}\n` };
  const refused = given.find((o) => UNAVAILABLE.includes(o.name));
  if (refused !== undefined) return { error: `journalctl: ${refused.name.length === 1 ? '-' : '--'}${refused.name} is not available in this lab\n` };
  const has = (name: string) => given.some((o) => o.name === name);
  const all = (name: string) => given.flatMap((o) => (o.name === name ? [o.value!] : []));
  const last = (name: string) => given.findLast((o) => o.name === name)?.value ?? null;
  const output = last('o') ?? 'short';
  if (!(OUTPUTS as readonly string[]).includes(output)) return { error: `Unknown output format '${output}'.\n` };
  const range = last('p') === null ? null : priorityRange(last('p')!);
  if (last('p') !== null && range === null) return { error: `Unknown log level ${last('p')}\n` };
  const when = times(given, nowUs);
  if (typeof when === 'string') return { error: when };
  const boot = bootOf(given, has('k'));
  if (boot !== null && typeof boot === 'object') return boot;
  const follow = has('f');
  const lines = last('n') ?? (follow && !has('no-tail') ? '10' : has('e') ? '1000' : 'all');
  if (lines !== 'all' && !/^\d+$/.test(lines)) return { error: `Failed to parse lines '${lines}'\n` };
  const sensitive = given.findLast((o) => o.name === 'case-sensitive');
  const grep = last('g');
  if (grep !== null && grepPattern(grep, null) === null) return { error: `Bad pattern "${grep}"\n` };
  const bad = operands.find((o) => o !== '+' && !/^[A-Z_0-9]+=/.test(o) && !o.startsWith('/'));
  if (bad !== undefined) return { error: `Failed to add match '${bad}': Invalid argument\n` };
  const action = given.map((o) => ACTIONS[o.name]).find((a) => a !== undefined) ?? 'show';
  return {
    units: all('u').map(unitName), kernel: has('k'), identifiers: all('t'), matches: operands, priorities: range, grep, sensitive: sensitive === undefined ? null : sensitive.value === null || /^(1|yes|true|on)$/.test(sensitive.value),
    ...when, boot: has('e') && boot === null && !given.some((o) => o.name === 'b') ? 0 : boot, lines: lines === 'all' ? null : Number(lines), reverse: has('r') || (grep !== null && last('n') !== null && !follow && has('r')), follow, tail: !has('no-tail'), end: has('e'), output: output as Output,
    catalog: has('x'), quiet: has('q'), hostname: !has('no-hostname'), pager: !has('no-pager') && !follow, full: !has('no-full'), directory: last('D'), action, field: last('F'),
  };
}

/** `*` and `?` in a unit name. */
function globMatch(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return globMatch(pattern.slice(1), text) || (text !== '' && globMatch(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && globMatch(pattern.slice(1), text.slice(1));
}

function fieldOf(e: Entry, journal: Journal, name: string): string | undefined {
  const values: Readonly<Record<string, string | number | null | undefined>> = {
    _SYSTEMD_UNIT: e.systemdUnit, UNIT: e.unit, _PID: e.pid, SYSLOG_IDENTIFIER: e.identifier, PRIORITY: e.priority, MESSAGE: e.message, _COMM: e.comm, _EXE: e.exe, _CMDLINE: e.cmdline, _TRANSPORT: e.transport, MESSAGE_ID: e.messageId,
    _BOOT_ID: journal.boots[e.boot]?.id, _MACHINE_ID: journal.machineId, _UID: e.pid === null ? null : e.uid ?? 0,
  };
  const value = values[name];
  return value === null || value === undefined ? undefined : String(value);
}

/** Matches of one field are alternatives, different fields must all match; a path stands for _EXE. */
function matchesFields(e: Entry, journal: Journal, matches: readonly string[]): boolean {
  const byField = new Map<string, string[]>();
  for (const m of matches.filter((x) => x !== '+')) {
    const [field, value] = m.startsWith('/') ? ['_EXE', m] : [m.slice(0, m.indexOf('=')), m.slice(m.indexOf('=') + 1)];
    byField.set(field, [...(byField.get(field) ?? []), value]);
  }
  return [...byField].every(([field, values]) => values.includes(fieldOf(e, journal, field) ?? '\0'));
}

/** The filter of a query. `bootIndex` null: all boots; −1: none. */
export function filterOf(q: Query, journal: Journal): (e: Entry) => boolean {
  const current = journal.boots.length - 1;
  const boot = q.boot === null ? null : typeof q.boot === 'string' ? journal.boots.findIndex((b) => b.id === q.boot) : q.boot > 0 ? q.boot - 1 : current + q.boot;
  const grep = q.grep === null ? null : grepPattern(q.grep, q.sensitive);
  const ofUnit = (e: Entry) => q.units.some((u) => [e.systemdUnit, e.unit].some((name) => name !== null && (name === u || (/[*?]/.test(u) && globMatch(u, name)))));
  return (e) => (boot === null || e.boot === boot) && (q.since === null || e.at >= q.since) && (q.until === null || e.at <= q.until) && (q.units.length === 0 || ofUnit(e)) && (!q.kernel || e.transport === 'kernel')
    && (q.identifiers.length === 0 || q.identifiers.includes(e.identifier)) && (q.priorities === null || (e.priority >= q.priorities[0] && e.priority <= q.priorities[1]))
    && (grep === null || grep(e.message)) && (q.matches.length === 0 || matchesFields(e, journal, q.matches));
}
export { fieldOf };
