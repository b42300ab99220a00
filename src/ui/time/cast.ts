// A terminal's output as an asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a line about the whole, then one for each piece that was
// printed and each change of the terminal's size, on the node's own clock. What a player would wait long for, it may cut short.
import type { Recording } from '../../session/host/index.ts';
import { arrayOf } from '../../session/host/index.ts';

/** Longest wait that is worth watching. */
const idleSeconds = 3;

export function castOf({ sizes, printed }: Recording, title: string): string {
  const start = printed[0]?.at ?? sizes[0]!.at;
  const first = sizes.findLast(({ at }) => at <= start) ?? sizes[0]!;
  // A character may be cut in two by the instants at which it was printed.
  const decoder = new TextDecoder();
  const about = { version: 2, width: first.cols, height: first.rows, timestamp: Math.floor(start / 1e6), idle_time_limit: idleSeconds, title, env: { SHELL: '/bin/bash', TERM: 'xterm-256color' } };
  const events = [
    ...sizes.filter((size) => size !== first && size.at > start).map(({ at, cols, rows }) => ({ at, code: 'r', data: `${cols}x${rows}` })),
    ...printed.map(({ at, bytes }) => ({ at, code: 'o', data: decoder.decode(arrayOf(bytes), { stream: true }) })),
  ].sort((one, other) => one.at - other.at);
  return `${[about, ...events.map(({ at, code, data }) => [(at - start) / 1e6, code, data])].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
