// The tree of what was done as a list that can be read from top to bottom: a moment goes on below the one before it, and each branch that
// was left stands indented under the moment where it was left.
import type { Moment, TimelineView } from '../../session/host/index.ts';

export interface Row {
  readonly moment: Moment;
  /** Branches one is away from the one the learner is on. */
  readonly depth: number;
  /** Whether it leads to where the learner stands, or on from there. */
  readonly isOurs: boolean;
}

/** Rows in reading order; the learner's own branch keeps to the left. */
export function rowsOf({ moments, current }: TimelineView): readonly Row[] {
  const children = new Map<number, Moment[]>();
  const byId = new Map(moments.map((moment) => [moment.id, moment]));
  for (const moment of moments) if (moment.parent !== null) children.set(moment.parent, [...(children.get(moment.parent) ?? []), moment]);
  const ours = new Set<number>();
  for (let at = byId.get(current); at !== undefined; at = at.parent === null ? undefined : byId.get(at.parent)) ours.add(at.id);
  const rows: Row[] = [];
  const stack: { moment: Moment; depth: number }[] = moments[0] ? [{ moment: moments[0], depth: 0 }] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { moment, depth } = next;
    rows.push({ moment, depth, isOurs: ours.has(moment.id) });
    const after = children.get(moment.id) ?? [];
    const main = after.find(({ id }) => ours.has(id)) ?? after.at(-1);
    // What is pushed last is read first: the branches that were left, then the way on.
    if (main) stack.push({ moment: main, depth });
    for (const branch of after) if (branch !== main) stack.push({ moment: branch, depth: depth + 1 });
  }
  return rows;
}
