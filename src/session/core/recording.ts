/** A terminal's output cut at the instants at which it was printed, and the sizes it had. */
import type { Input, World } from '../../kernel/world.ts';
import type { LogEntry, Recording } from './types.ts';

/** Of what the terminal still holds; an old beginning may be gone. `entries` is the log that led here. */
export function recordingOf(world: World, tty: string, entries: readonly LogEntry[]): Recording {
  const { data, at: end } = world.output(tty, 0);
  const base = end - data.length;
  const times = world.outputTimes(tty);
  const printed = times.map(([offset, at], i) => ({ at, bytes: data.slice(Math.max(0, offset - base), Math.max(0, (times[i + 1]?.[0] ?? end) - base)) })).filter(({ bytes }) => bytes !== '');
  const sizes = entries.flatMap(({ at, input }) => (isSize(input, tty) ? [{ at, cols: input.cols, rows: input.rows }] : []));
  return { sizes: sizes.length > 0 ? sizes : [{ at: world.birth, cols: 80, rows: 24 }], printed };
}

const isSize = (input: Input, tty: string): input is Extract<Input, { kind: 'login' | 'resize' }> => (input.kind === 'login' || input.kind === 'resize') && input.tty === tty;
