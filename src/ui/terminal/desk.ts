// The learner's terminals, kept outside the page's layout: panes come and go, what was printed and typed stays.
import { create } from 'zustand';
import type { Sitting } from '../../session/host/index.ts';
import { offerHandle } from '../handle.ts';
import { fontSizeOf, fontSizes } from '../settings.ts';
import { withControl } from '../keys/control.ts';
import { prefer, request, useUi } from '../store.ts';
import { isCommandOf } from './commands.ts';
import { followLinks } from './following.ts';
import { offerFor } from './jamo.ts';
import { createTerminal, type Look, type TerminalEvents, type TerminalView } from './terminal.ts';

export interface Seat {
  /** `pts/0`; the tty it is logged in on. */
  readonly tty: string;
  readonly view: TerminalView;
}

interface Desk {
  readonly seats: readonly Seat[];
  /** The tty in front. */
  readonly front: string;
  readonly searching: boolean;
  /** The command that the line in Hangul stands for. */
  readonly offer: string | null;
  readonly pasteRefused: boolean;
  /** Goes up with each bell. */
  readonly bells: number;
}

const firstTty = 'pts/0';

export const useDesk = create<Desk>(() => ({ seats: [], front: firstTty, searching: false, offer: null, pasteRefused: false, bells: 0 }));

let joined: Sitting | undefined;

export function frontView(): TerminalView | undefined {
  const { seats, front } = useDesk.getState();
  return seats.find(({ tty }) => tty === front)?.view;
}

/** Larger (1), smaller (-1), as usual (0). */
export function zoom(by: -1 | 0 | 1): void {
  prefer({ fontSize: by === 0 ? fontSizes.usual : fontSizeOf(useUi.getState().fontSize + by) });
}

/** Types the offered command in place of the line. */
export function acceptOffer(): boolean {
  const { offer } = useDesk.getState();
  const view = frontView();
  if (offer === null || !view) return false;
  view.replaceLine(offer);
  view.xterm.focus();
  return true;
}

function offerOf(line: string | null): string | null {
  if (line === null || line === '' || !joined?.shellWaits) return null;
  return offerFor(line, isCommandOf(joined));
}

const events: TerminalEvents = {
  find: () => useDesk.setState({ searching: true }),
  zoom,
  accept: acceptOffer,
  bell: () => useDesk.setState(({ bells }) => ({ bells: bells + 1 })),
  pasteRefused: () => useDesk.setState({ pasteRefused: true }),
  typing: (line) => useDesk.setState({ offer: offerOf(line), pasteRefused: false }),
};

/** The terminal that is there from the beginning; made when it is first asked for. */
export function firstSeat(look: Look): TerminalView {
  const open = frontView();
  if (open) return open;
  const view = createTerminal({ size: request.size, events });
  view.look(look);
  followLinks(view.xterm);
  useDesk.setState({ seats: [{ tty: firstTty, view }] });
  return view;
}

/** Lets the front terminal fill its place, and tells the node. */
export function fitFront(): void {
  const view = frontView();
  if (view?.fit()) joined?.resize(view.size.cols, view.size.rows);
}

/** All terminals look and speak like this from now on. */
export function setLook(look: Look): void {
  for (const { view } of useDesk.getState().seats) view.look(look);
  fitFront();
}

/** Joins the terminals to the sitting, once, and lets time begin. */
export function joinDesk(sitting: Sitting): void {
  const view = frontView();
  if (!view || joined === sitting) return;
  joined = sitting;
  view.connect({ type: (text) => sitting.type(withControl(text)), typeBytes: (bytes) => sitting.typeBytes(bytes), connect: (output) => void sitting.connect(output) });
  sitting.holdWhile(() => useDesk.getState().seats.some((seat) => seat.view.isBehind));
  sitting.resize(view.size.cols, view.size.rows);
  sitting.start();
  offerHandle(view, sitting);
}
