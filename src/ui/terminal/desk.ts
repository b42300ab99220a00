// The learner's terminal, kept outside the page's layout: panes come and go, what was printed and typed stays.
import { offerHandle } from '../handle.ts';
import type { Sitting } from '../../session/host/index.ts';
import { createTerminal, type TerminalView } from './terminal.ts';

let terminal: TerminalView | undefined;
let joined: Sitting | undefined;

/** The terminal; made when it is first asked for. */
export function deskTerminal(options: Parameters<typeof createTerminal>[0]): TerminalView {
  terminal ??= createTerminal(options);
  return terminal;
}

/** Joins the terminal to the sitting, once, and lets time begin. */
export function joinDesk(sitting: Sitting): void {
  if (!terminal || joined === sitting) return;
  joined = sitting;
  terminal.connect(sitting);
  sitting.resize(terminal.size.cols, terminal.size.rows);
  sitting.start();
  offerHandle(terminal, sitting);
}
