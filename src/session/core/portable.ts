/**
 * A sitting as text that may leave the page: for a host that keeps its learners' work, or a file. It holds what the learner did, on
 * every branch. What the lab itself did to the cluster is left out, for that would be the answer to its task, and put in again on the way back.
 */
import { labs } from '../../labs/index.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import { readTimeline, writeTimeline } from './portable-timeline.ts';
import type { KeptSession, LogEntry, SavedSession } from './types.ts';

const FORMAT = 'crashloop-state';
/** A week: a log that asks for more time than that is no learner's. */
const LONGEST = 7 * 24 * 3_600_000_000;
const KINDS: ReadonlySet<string> = new Set(['login', 'keys', 'resize', 'device', 'file', 'exec', 'power']);

/** The text is no state of this lab and build; says why in a sentence. */
export class StateError extends Error {}

const isFault = (entry: LogEntry): boolean => entry.input.kind === 'exec';

const hidden = (entry: LogEntry): LogEntry => (isFault(entry) ? { ...entry, input: { ...entry.input, argv: [] } as LogEntry['input'] } : entry);

export function writeState({ log, task, lang, hintsShown, timeline }: KeptSession): string {
  return JSON.stringify({ format: FORMAT, task, lang, hintsShown, log: { ...log, entries: log.entries.map(hidden) }, timeline: writeTimeline(timeline, log.entries, hidden) });
}

/** Errors: StateError. */
export function readState(text: string, lab: string, build: string): KeptSession {
  const saved = parse(text);
  const { log } = saved;
  if (log.lab !== lab) throw new StateError(`This state is of another lab: ${String(log.lab).slice(0, 64)}.`);
  if (log.build !== build) throw new StateError(`This state is of another build: ${String(log.build).slice(0, 64)}.`);
  const { definition } = labs.get(lab)!;
  const isOurs = (entries: readonly LogEntry[], end: { readonly step: number; readonly at: number }) => isLog(entries, end, definition);
  const timeline = isOurs(log.entries, log.end) ? readTimeline((saved as { readonly timeline?: unknown }).timeline, log.entries, isOurs) : null;
  if (timeline === null) throw new StateError('This state is damaged.');
  return {
    log: { ...log, entries: withFaults(log.entries, definition) }, task: saved.task, lang: saved.lang === 'ko' ? 'ko' : 'en', hintsShown: saved.hintsShown, world: '', entries: 1,
    timeline: { ...timeline, logs: timeline.logs.map((entries) => withFaults(entries, definition)) },
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
  const counts = [saved.task, saved.hintsShown, saved.log.cols, saved.log.rows].every((count) => Number.isInteger(count) && count >= 0 && count <= 1000) && Number.isSafeInteger(saved.log.seed);
  if (!counts || saved.log.version !== 1 || !Array.isArray(saved.log.entries)) throw new StateError('This state is damaged.');
  return saved;
}

/** Times and event numbers never go back, and no further than a learner's would. */
function isLog(entries: readonly LogEntry[], end: { readonly step: number; readonly at: number }, definition: LabDefinition): boolean {
  let [step, at] = [0, entries[0]?.at ?? 0];
  const limit = at + LONGEST;
  for (const moment of [...entries, { ...end, input: { kind: 'login' } }] as readonly LogEntry[]) {
    const inOrder = Number.isSafeInteger(moment?.step) && Number.isSafeInteger(moment.at) && moment.step >= step && moment.at >= at && moment.at <= limit;
    if (!inOrder || !KINDS.has(moment.input?.kind)) return false;
    ({ step, at } = moment);
  }
  return entries.filter(isFault).length <= faultsOf(definition).length;
}

/** Commands of the faults that arrive during a sitting, in their order. */
const faultsOf = (definition: LabDefinition): string[] => definition.tasks.slice(1).flatMap(({ faults }) => faults.flatMap(({ run }) => run));

function withFaults(entries: readonly LogEntry[], definition: LabDefinition): readonly LogEntry[] {
  const commands = faultsOf(definition);
  let next = 0;
  return entries.map((entry) => (entry.input.kind === 'exec' ? { ...entry, input: { ...entry.input, argv: ['/bin/bash', '-c', commands[next++]!] } } : entry));
}
