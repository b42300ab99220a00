/** What the timeline marks: components of the node that ended, came up, got stuck or went between two looks. */
import type { VTime } from '../../kernel/sys.ts';
import type { ClusterView, ComponentView, Health } from './cluster-view-types.ts';
import type { Mark } from './types.ts';

/** Marks for what changed from one view to the next. */
export function marksBetween(before: ClusterView, after: ClusterView, now: VTime): readonly Mark[] {
  if (before === after) return [];
  const known = new Map(before.components.map((component) => [component.id, component]));
  const changed = after.components.flatMap((component) => changes(known.get(component.id), component, now));
  return [...changed, ...departures(before, after, now)];
}

const STUCK: ReadonlySet<Health> = new Set(['backOff', 'failed']);

function changes(before: ComponentView | undefined, after: ComponentView, now: VTime): readonly Mark[] {
  if (before === after) return [];
  const name = after.label;
  const marks: Mark[] = [];
  const exit = after.lastExit;
  if (exit !== null && exit.at !== before?.lastExit?.at && before !== undefined) marks.push({ at: exit.at, kind: 'exited', name });
  if (before !== undefined && after.restarts > before.restarts) marks.push({ at: now, kind: 'restarted', name });
  else if (after.health === 'ok' && before?.health !== 'ok') marks.push({ at: now, kind: 'started', name });
  else if (after.health === 'unready' && before?.health === 'ok' && marks.length === 0) marks.push({ at: now, kind: 'unready', name });
  // One that has ended before is told of by its exits and restarts.
  else if (exit === null && STUCK.has(after.health) && !STUCK.has(before?.health ?? 'ok')) marks.push({ at: now, kind: 'stuck', name, word: after.word });
  return marks;
}

/** What is not there any more. A node that is off has nothing, and nothing on it has left. */
function departures(before: ClusterView, after: ClusterView, now: VTime): readonly Mark[] {
  if (after.components.length === 0) return [];
  const there = new Set(after.components.filter(({ health }) => health !== 'absent').map(({ id }) => id));
  return before.components.filter(({ id, health }) => health !== 'absent' && !there.has(id)).map(({ label }): Mark => ({ at: now, kind: 'gone', name: label }));
}
