/** Reads a recording of a real cluster (src/testing/recordings): commands with their time, output and exit code. */
import { readFileSync } from 'node:fs';

export interface Recorded {
  /** The heading it stands under, e.g. "t+33s", "the fault". */ readonly section: string;
  /** Seconds since the fault, the fix or the start. */ readonly at: number;
  /** Clock time, `hh:mm:ss`. */ readonly wall: string;
  readonly command: string; readonly output: string; readonly exitCode: number;
}

export function readRecording(name: string): readonly Recorded[] {
  const text = readFileSync(new URL(`recordings/${name}.txt`, import.meta.url), 'utf8');
  const entries: Recorded[] = [];
  let section = '';
  for (const block of text.split(/^(?=# \+|## )/m)) {
    const heading = /^## (.*)/.exec(block);
    if (heading !== null) section = heading[1]!;
    const entry = /^# \+([\d.]+)s ([\d:]+)\n\$ (.*)\n([\s\S]*)$/.exec(block);
    if (entry === null) continue;
    const [, at, wall, command, rest] = entry as unknown as [string, string, string, string, string];
    const exit = /\[exit (\d+)\]\s*$/.exec(rest);
    entries.push({ section, at: Number(at), wall, command, exitCode: exit === null ? 0 : Number(exit[1]), output: rest.replace(/(?:^|\n)\[exit \d+\]\s*$/, '\n').replace(/\n+$/, '\n').replace(/^\n$/, '') });
  }
  return entries;
}

export function secondsOf(wall: string): number {
  const [h = 0, m = 0, s = 0] = wall.split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/** When an action began, in seconds of the day: clock times are cut to seconds, but what was seen `at` after it narrows it down. */
export function began(entries: readonly Recorded[], action: string, phase: string): number {
  const seen = entries.filter((it) => it.section === action || it.section.startsWith(phase));
  const earliest = Math.max(...seen.map((it) => secondsOf(it.wall) - it.at - 0.05));
  const latest = Math.min(...seen.map((it) => secondsOf(it.wall) + 1 - it.at + 0.05));
  return (earliest + latest) / 2;
}

/**
 * When the recorded kubelet's main loop began: it was started for good at 08:19:08, and housekeeping beats at .656 of even seconds.
 * Housekeeping, retries and container GC keep in step with it, so this is what a simulated cluster's clock is laid against.
 */
export const LOOP_BEGAN = secondsOf('08:19:08') + 0.656;
