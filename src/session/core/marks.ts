/** What the timeline marks: components of the node that ended or came up between two looks. */
import type { VTime } from '../../kernel/sys.ts';
import type { ClusterView, ComponentView } from './cluster-view-types.ts';
import type { Mark } from './types.ts';

/** Marks for what changed from one view to the next. */
export function marksBetween(before: ClusterView, after: ClusterView, now: VTime): readonly Mark[] {
  if (before === after) return [];
  const known = new Map(before.components.map((component) => [component.id, component]));
  return after.components.flatMap((component) => changes(known.get(component.id), component, now));
}

function changes(before: ComponentView | undefined, after: ComponentView, now: VTime): readonly Mark[] {
  if (before === after) return [];
  const name = after.label;
  const marks: Mark[] = [];
  const exit = after.lastExit;
  if (exit !== null && exit.at !== before?.lastExit?.at && before !== undefined) marks.push({ at: exit.at, kind: 'exited', name });
  if (before !== undefined && after.restarts > before.restarts) marks.push({ at: now, kind: 'restarted', name });
  else if (after.health === 'ok' && before?.health !== 'ok') marks.push({ at: now, kind: 'started', name });
  return marks;
}
