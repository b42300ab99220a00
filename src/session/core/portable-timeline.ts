/**
 * The tree of what was done, as part of a state that leaves the page: each branch's log is written as what it has beyond
 * another's. What comes back is from anywhere, and is looked at before anything is done with it.
 */
import type { KeptInstant, KeptMoment, KeptTimeline, LogEntry, Mark } from './types.ts';

type Log = readonly LogEntry[];
/** The first `count` entries of a log before it (0: the sitting's own), then `rest`. */
interface Branch { readonly of: number; readonly count: number; readonly rest: Log }
export interface PortableTimeline extends Omit<KeptTimeline, 'logs'> { readonly branches: readonly Branch[] }

/** More entries than this in all branches together are nobody's work. */
const MOST_ENTRIES = 2_000_000;
const MOST_LETTERS = 100_000;
const MOMENTS: ReadonlySet<string> = new Set<KeptMoment['kind']>(['start', 'command', 'edit', 'task', 'reset']);
const MARKS: ReadonlySet<string> = new Set<Mark['kind']>(['exited', 'started', 'restarted', 'unready', 'stuck', 'gone', 'passed', 'failed']);

function alike(one: Log, other: Log): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

/** `main` is the sitting's own log; `hide` takes out of an entry what must not leave. */
export function writeTimeline({ logs, ...tree }: KeptTimeline, main: Log, hide: (entry: LogEntry) => LogEntry): PortableTimeline {
  const known = [main];
  const branches = logs.map((log): Branch => {
    const counts = known.map((other) => alike(other, log));
    const count = Math.max(...counts);
    known.push(log);
    return { of: counts.indexOf(count), count, rest: log.slice(count).map(hide) };
  });
  return { ...tree, branches };
}

/** Null when it is none; `isLog` judges the log that leads to an instant. */
export function readTimeline(value: unknown, main: Log, isLog: (entries: Log, end: { readonly step: number; readonly at: number }) => boolean): KeptTimeline | null {
  const { branches, ...tree } = (value ?? {}) as Partial<PortableTimeline>;
  const logs = readLogs(branches, main);
  if (logs === null || !Array.isArray(tree.moments)) return null;
  const isInstant = (it: unknown): it is KeptInstant => {
    const { log, entries, step, at, task, hintsShown, faults } = (it ?? {}) as KeptInstant;
    return [log, entries, step, at, task, hintsShown, faults].every(isCount) && entries <= (logs[log]?.length ?? -1) && isLog(logs[log]!.slice(0, entries), { step, at });
  };
  const ids = new Map<number, KeptMoment>();
  for (const moment of tree.moments as unknown[]) {
    if (!isMoment(moment, ids, isInstant)) return null;
    ids.set(moment.id, moment);
  }
  const isKnown = (id: unknown) => ids.has(id as number);
  const leadsOn = [...ids.values()].every(({ id, next }) => next === null || ids.get(next)?.parent === id);
  const stands = isKnown(tree.current) && (tree.now === undefined || isKnown(tree.now)) && isInstant(tree.taskStart) && isCount(tree.faults) && isCount(tree.entries) && tree.entries <= main.length;
  return leadsOn && stands ? { ...(tree as Omit<KeptTimeline, 'logs'>), logs } : null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= MOST_LETTERS;

function readLogs(branches: unknown, main: Log): Log[] | null {
  if (!Array.isArray(branches)) return null;
  const known = [main];
  let total = 0;
  for (const branch of branches as unknown[]) {
    const { of, count, rest } = (branch ?? {}) as Branch;
    const base = known[of];
    if (base === undefined || !isCount(count) || count > base.length || !Array.isArray(rest)) return null;
    total += count + rest.length;
    if (total > MOST_ENTRIES) return null;
    known.push([...base.slice(0, count), ...rest]);
  }
  return known.slice(1);
}

function isMoment(value: unknown, before: ReadonlyMap<number, KeptMoment>, isInstant: (it: unknown) => boolean): value is KeptMoment {
  const it = (value ?? {}) as KeptMoment;
  const hasPlace = isCount(it.id) && !before.has(it.id) && (before.size === 0 ? it.parent === null : before.has(it.parent!)) && (it.next === null || isCount(it.next));
  const isNamed = MOMENTS.has(it.kind) && isText(it.label) && isCount(it.at) && Array.isArray(it.marks) && it.marks.every(isMark);
  return hasPlace && isNamed && (it.before === null || isInstant(it.before)) && (it.tip === null || isInstant(it.tip));
}

function isMark(value: unknown): boolean {
  const { at, kind, name, word } = (value ?? {}) as Mark;
  return isCount(at) && MARKS.has(kind) && isText(name) && (word === undefined || isText(word));
}
