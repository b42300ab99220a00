/**
 * Instants of a sitting that can be returned to. A keyframe of this visit has its world; one that was kept from an
 * earlier visit has only the log that leads there, and its world is made again when somebody goes there.
 */
import { World } from '../../kernel/world.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import type { VTime } from '../../kernel/sys.ts';
import { toEnd } from './node.ts';
import type { SessionRest } from './rest.ts';
import type { KeptInstant, KeptTimeline, LogEntry } from './types.ts';
import { Timeline } from './timeline.ts';

/** The log of a branch only grows: a keyframe shares the array and remembers how long it was. */
export interface Keyframe {
  readonly world: WorldSnapshot | null; readonly log: readonly LogEntry[]; readonly entries: number; readonly step: number; readonly at: VTime;
  readonly task: number; readonly hintsShown: number; readonly faults: number;
}

/** Runs a world to the instant at which something was logged, giving way after each `budget` system calls. */
export function* reaching(world: World, step: number, at: VTime, budget: number): Generator<void, void, void> {
  while (world.steps < step || world.now < at) {
    const left = Math.max(0, step - world.steps);
    const isLast = left <= budget;
    if (world.advance(at, isLast ? left : budget) === 'budget') {
      if (isLast) return;
      yield;
    } else if (world.now >= at) return;
  }
}

/** Applies a log's entries at their instants. */
export function* replaying(world: World, entries: readonly LogEntry[], budget: number, before: (entry: LogEntry) => void = () => undefined): Generator<void, void, void> {
  for (const entry of entries) {
    yield* reaching(world, entry.step, entry.at, budget);
    before(entry);
    world.apply(entry.input);
  }
}

/** The keyframe's world; `opening` is the lab's, before the first entry. */
export function worldOf(frame: Keyframe, opening: WorldSnapshot, { programs, rom }: Pick<SessionRest, 'programs' | 'rom'>): World {
  if (frame.world !== null) return new World(frame.world, programs, rom);
  const world = new World(opening, programs, rom);
  toEnd(replaying(world, frame.log.slice(0, frame.entries), Infinity));
  toEnd(reaching(world, frame.step, frame.at, Infinity));
  return world;
}

export function keepTimeline(timeline: Timeline<Keyframe>, taskStart: Keyframe, now: { readonly faults: number; readonly entries: number }): KeptTimeline {
  const logs: (readonly LogEntry[])[] = [];
  const instant = ({ world: _, log, ...rest }: Keyframe): KeptInstant => {
    if (!logs.includes(log)) logs.push(log);
    return { ...rest, log: logs.indexOf(log) };
  };
  const moments = timeline.rows().map((row) => ({ ...row, before: row.before && instant(row.before), tip: row.tip && instant(row.tip) }));
  const start = instant(taskStart);
  return { logs: logs.map((log) => [...log]), moments, current: timeline.current, ...(timeline.lookingBack ? { now: timeline.now } : {}), taskStart: start, ...now };
}

/** The tree back, with keyframes that have no worlds yet. Errors: a tree that is none. */
export function restoreTimeline(kept: KeptTimeline): { readonly timeline: Timeline<Keyframe>; readonly taskStart: Keyframe } {
  const frame = (instant: KeptInstant): Keyframe => ({ ...instant, world: null, log: kept.logs[instant.log]! });
  const rows = kept.moments.map((row) => ({ ...row, before: row.before && frame(row.before), tip: row.tip && frame(row.tip) }));
  return { timeline: Timeline.fromRows(rows, kept.current, kept.now), taskStart: frame(kept.taskStart) };
}
