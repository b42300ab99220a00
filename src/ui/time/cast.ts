// A terminal's output as an asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a line about the whole, then one for each piece that was
// printed, on the node's own clock.
import type { Recording } from '../../session/host/index.ts';
import { arrayOf } from '../../session/host/index.ts';

export function castOf({ cols, rows, printed }: Recording, title: string): string {
  const start = printed[0]?.at ?? 0;
  // A character may be cut in two by the instants at which it was printed.
  const decoder = new TextDecoder();
  const about = { version: 2, width: cols, height: rows, timestamp: Math.floor(start / 1e6), title, env: { SHELL: '/bin/bash', TERM: 'xterm-256color' } };
  const events = printed.map(({ at, bytes }) => JSON.stringify([(at - start) / 1e6, 'o', decoder.decode(arrayOf(bytes), { stream: true })]));
  return `${[JSON.stringify(about), ...events].join('\n')}\n`;
}
