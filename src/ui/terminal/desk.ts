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
let look: Look;
let wantsFocus = false;

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
  const { front } = useDesk.getState();
  if (line === null || line === '' || !joined?.view.terminals.some(({ tty, atPrompt }) => tty === front && atPrompt)) return null;
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
export function firstSeat(now: Look): TerminalView {
  look = now;
  const open = frontView();
  if (open) return open;
  const seat = createSeat(firstTty);
  useDesk.setState({ seats: [seat] });
  return seat.view;
}

function createSeat(tty: string): Seat {
  const view = createTerminal({ size: request.size, events });
  view.look(look);
  followLinks(view.xterm);
  return { tty, view };
}

/** Puts the front terminal into its place, and tells the node its size. */
export function seatFront(place: HTMLElement): void {
  const { seats, front } = useDesk.getState();
  const seat = seats.find(({ tty }) => tty === front);
  seat?.view.standIn(place);
  if (seat && joined) sitDown(seat, joined);
  fitFront();
  if (wantsFocus) seat?.view.xterm.focus();
  wantsFocus = false;
}

/** Lets the front terminal fill its place, and tells the node. */
export function fitFront(): void {
  const view = frontView();
  if (view?.fit()) joined?.resize(view.size.cols, view.size.rows, useDesk.getState().front);
}

/** Shows another terminal, and gives it the keyboard. */
export function bringToFront(tty: string): void {
  wantsFocus = true;
  useDesk.setState({ front: tty, offer: null });
}

/** Logs in once more; nothing happens when there are as many as the node lets in. */
export async function openTerminal(): Promise<void> {
  const view = frontView();
  const tty = view && await joined?.openTerminal(view.size.cols, view.size.rows);
  if (tty) bringToFront(tty);
}

/** Hangs up. The first terminal stays. */
export function closeTerminal(tty: string): void {
  const { seats, front } = useDesk.getState();
  const at = seats.findIndex((seat) => seat.tty === tty);
  if (tty === front) bringToFront(seats[at - 1]?.tty ?? firstTty);
  joined?.closeTerminal(tty);
}

/** All terminals look and speak like this from now on. */
export function setLook(now: Look): void {
  look = now;
  for (const { view } of useDesk.getState().seats) view.look(look);
  fitFront();
}

/** Takes a seat at every terminal that is there, and leaves those that are gone: opened and closed here, undone, restored. */
function takeSeats(sitting: Sitting): void {
  const { seats, front } = useDesk.getState();
  const ttys = sitting.view.terminals.map(({ tty }) => tty);
  if (ttys.join() === seats.map(({ tty }) => tty).join()) return;
  const next = ttys.map((tty) => seats.find((seat) => seat.tty === tty) ?? createSeat(tty));
  useDesk.setState({ seats: next, front: ttys.includes(front) ? front : firstTty });
  for (const { tty, view } of seats) if (!ttys.includes(tty)) view.dispose();
}

const connected = new WeakMap<TerminalView, Sitting>();

/** Connects a terminal to its login, once in a sitting; xterm can be written to when it stands on the page. */
function sitDown({ tty, view }: Seat, sitting: Sitting): void {
  if (connected.get(view) === sitting) return;
  connected.set(view, sitting);
  view.connect({
    type: (text) => sitting.type(withControl(text), tty),
    typeBytes: (bytes) => sitting.typeBytes(bytes, tty),
    connect: (output) => void sitting.connect(output, tty),
  });
}

/** Joins the terminals to the sitting, once, and lets time begin. A state that was brought in is another sitting at the same terminals. */
export function joinDesk(sitting: Sitting): void {
  const [first] = useDesk.getState().seats;
  if (!first || joined === sitting) return;
  joined = sitting;
  sitDown(first, sitting);
  takeSeats(sitting);
  for (const seat of useDesk.getState().seats) if (connected.has(seat.view)) sitDown(seat, sitting);
  sitting.subscribe(() => { if (joined === sitting) takeSeats(sitting); });
  sitting.holdWhile(() => useDesk.getState().seats.some(({ view }) => view.isBehind));
  sitting.resize(first.view.size.cols, first.view.size.rows);
  sitting.start();
  offerHandle(() => frontView() ?? first.view, sitting);
}
