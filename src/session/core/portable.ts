/**
 * A sitting as text that may leave the page: for a host that keeps its learners' work, or a file. It holds what the learner did, on
 * every branch. What the lab itself did to the cluster is left out, for that would be the answer to its task, and put in again on the way back.
 */
import { labs } from '../../labs/index.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import { faultsOf, isInput, withOurs } from './portable-input.ts';
import { readTimeline, writeTimeline } from './portable-timeline.ts';
import type { KeptSession, LogEntry, SavedSession } from './types.ts';

const FORMAT = 'crashloop-state';
/** A week: a log that asks for more time than that is no learner's. */
const LONGEST = 7 * 24 * 3_600_000_000;

/** The text is no state of this lab; says why in a sentence. */
export class StateError extends Error {}

const isFault = (entry: LogEntry): boolean => (entry.input as LogEntry['input'] | undefined)?.kind === 'exec';

const hidden = (entry: LogEntry): LogEntry => (isFault(entry) ? { ...entry, input: { ...entry.input, argv: [] } as LogEntry['input'] } : entry);

export function writeState({ log, task, lang, hintsShown, timeline }: KeptSession): string {
  return JSON.stringify({ format: FORMAT, task, lang, hintsShown, log: { ...log, entries: log.entries.map(hidden) }, timeline: writeTimeline(timeline, log.entries, hidden) });
}

/** A state of this build or another. Errors: StateError. */
export function readState(text: string, lab: string): KeptSession {
  const saved = parse(text);
  const { log } = saved;
  if (log.lab !== lab) throw new StateError(`This state is of another lab: ${String(log.lab).slice(0, 64)}.`);
  const { definition } = labs.get(lab)!;
  const isOurs = (entries: readonly LogEntry[], end: { readonly step: number; readonly at: number }) => isLog(entries, end, definition);
  const timeline = isOurs(log.entries, log.end) ? readTimeline((saved as { readonly timeline?: unknown }).timeline, log.entries, isOurs) : null;
  if (timeline === null || ![log.entries, ...timeline.logs].every(areInputs)) throw new StateError('This state is damaged.');
  return {
    log: { ...log, entries: withOurs(log.entries, definition) }, task: saved.task, lang: saved.lang === 'ko' ? 'ko' : 'en', hintsShown: saved.hintsShown, world: '', entries: 1,
    timeline: { ...timeline, logs: timeline.logs.map((entries) => withOurs(entries, definition)) },
  };
}

function parse(text: string): SavedSession {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StateError('This is not a state of a lab.');
  }
  const saved = value as (SavedSession & { readonly format: string }) | null;
  if (typeof saved !== 'object' || saved?.format !== FORMAT || typeof saved.log !== 'object' || saved.log === null) throw new StateError('This is not a state of a lab.');
  if (!hasCounts(saved)) throw new StateError('This state is damaged.');
  return saved;
}

function hasCounts({ task, hintsShown, log }: SavedSession): boolean {
  const counts = [task, hintsShown, log.cols, log.rows].every((count) => Number.isInteger(count) && count >= 0 && count <= 1000);
  return counts && Number.isSafeInteger(log.seed) && log.version === 1 && typeof log.build === 'string' && Array.isArray(log.entries);
}

/** Whether a save of whatever version holds a whole log of this lab, from which it can be done again. */
export function isWholeLog(value: unknown, lab: string): value is SavedSession {
  const saved = value as SavedSession | null | undefined;
  return typeof saved?.log === 'object' && saved.log?.lab === lab && hasCounts(saved) && areInputs(saved.log.entries) && isLog(saved.log.entries, saved.log.end, labs.get(lab)!.definition);
}

const areInputs = (entries: readonly LogEntry[]): boolean => entries.every((entry) => isInput((entry as LogEntry | null)?.input));

/** Times and event numbers never go back, and no further than a learner's would. */
function isLog(entries: readonly LogEntry[], end: { readonly step: number; readonly at: number }, definition: LabDefinition): boolean {
  let [step, at] = [0, entries[0]?.at ?? 0];
  const limit = at + LONGEST;
  for (const moment of [...entries, end]) {
    const inOrder = Number.isSafeInteger(moment?.step) && Number.isSafeInteger(moment.at) && moment.step >= step && moment.at >= at && moment.at <= limit;
    if (!inOrder) return false;
    ({ step, at } = moment);
  }
  return entries.filter(isFault).length <= faultsOf(definition).length;
}
