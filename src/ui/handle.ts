// What the page lets others read of the terminal, on the global object: for end-to-end tests and for the curious.
import type { Sitting } from '../session/host/index.ts';
import type { TerminalView } from './terminal/terminal.ts';

export interface Handle {
  /** The text on the terminal, scrollback included. */
  screen(): string;
  /** Every byte the terminal was sent since the lab opened, a code unit each. */
  transcript(): string;
}

declare global {
  var crashloop: Handle | undefined;
}

export function offerHandle(terminal: TerminalView, sitting: Sitting): void {
  globalThis.crashloop = { screen: () => terminal.text(), transcript: () => sitting.transcript() };
}
