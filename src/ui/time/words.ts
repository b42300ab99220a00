// What the page says of time: why a skip ended, what a moment was, and what happened while it lasted.
import type { Mark, Moment, Skipped } from '../../session/host/index.ts';
import type { Words } from '../i18n/index.ts';

/** Null when the learner ended it, who knows. */
export function skippedWord(outcome: Skipped, { time }: Words): string | null {
  switch (outcome.kind) {
    case 'mark': return markWord(outcome.mark, time);
    case 'prompt': return time.prompt;
    case 'nothing': return time.nothing;
    case 'cancelled': return null;
  }
}

export function markWord({ kind, name, word = '' }: Mark, time: Words['time']): string {
  return time.mark[kind](name, word);
}

export function momentWord({ kind, label }: Moment, { time }: Words): string {
  return kind === 'command' ? label.trim() || time.emptyLine : time.moment[kind](label);
}

/** `00:34:07`, the node's time. */
export const clockOf = (atUs: number): string => new Date(atUs / 1000).toISOString().slice(11, 19);
