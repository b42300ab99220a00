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
