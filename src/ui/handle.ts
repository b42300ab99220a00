// What the page lets others read of the terminal, on the global object: for end-to-end tests and for the curious.
import type { Sitting } from '../session/host/index.ts';
import type { Size, TerminalView } from './terminal/terminal.ts';

export interface Handle {
  /** The text on the terminal in front, scrollback included. */
  screen(): string;
  /** Every byte the first terminal was sent since the lab opened, a code unit each. */
  transcript(): string;
  /** The terminal's size in cells. */
  size(): Size;
  /** The world's hash, and the log that leads there: replayed anywhere it gives the same hash. */
  world(): { readonly hash: string; readonly log: ReturnType<Sitting['exportLog']> };
}

declare global {
  var crashloop: Handle | undefined;
}

export function offerHandle(front: () => TerminalView, sitting: Sitting): void {
  globalThis.crashloop = { screen: () => front().text(), size: () => front().size, transcript: () => sitting.transcript(), world: () => ({ hash: sitting.hash(), log: sitting.exportLog() }) };
}
