/** A terminal's output cut at the instants at which it was printed. */
import type { World } from '../../kernel/world.ts';
import type { Recording } from './types.ts';

/** Of what the terminal still holds; an old beginning may be gone. */
export function recordingOf(world: World, tty: string): Recording {
  const { data, at: end } = world.output(tty, 0);
  const base = end - data.length;
  const times = world.outputTimes(tty);
  const printed = times.map(([offset, at], i) => ({ at, bytes: data.slice(Math.max(0, offset - base), Math.max(0, (times[i + 1]?.[0] ?? end) - base)) }));
  return { ...(world.ttySize(tty) ?? { cols: 80, rows: 24 }), printed: printed.filter(({ bytes }) => bytes !== '') };
}
