// xterm, set up: it moves bytes and knows nothing of what they mean. Keys go to the sitting, output comes from it. What the page wants to
// know of it (a bell, a line that is typed, a key that is the page's own) it tells through `TerminalEvents`.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { Shade } from '../theme.ts';
import { copyOnSelection } from './clipboard.ts';
import { terminalColours } from './colours.ts';
import { keyIsForTheNode, type PageKeys } from './keys.ts';
import { readPastes } from './paste.ts';
import { createPrinter } from './printing.ts';
import { watchTyping } from './typing.ts';

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** How it looks and speaks. */
export interface Look {
  readonly shade: Shade;
  readonly fontSize: number;
  readonly screenReader: boolean;
  readonly label: string;
  /** Id of the element that says how to leave. */
  readonly describedBy: string;
  readonly tooMuchOutput: string;
}

export interface TerminalEvents extends PageKeys {
  bell(): void;
  /** Something was pasted that is too long. */
  pasteRefused(): void;
  /** The line as typed so far, and what an input method is still making of it; null when keys alone do not tell. */
  typing(line: string | null): void;
}

/** Where keys go and where output comes from: one of the sitting's terminals. */
export interface Line {
  type(text: string): void;
  typeBytes(bytes: string): void;
  /** Calls back with all output from its beginning on; `fromStart` asks for an empty screen first. */
  connect(output: (bytes: string, fromStart: boolean) => void): void;
}

export interface TerminalView {
  readonly xterm: Terminal;
  readonly size: Size;
  /** More has been printed than is shown yet. */
  readonly isBehind: boolean;
  /** Stands in this element from now on; it may move from one to another and keeps its text. */
  standIn(place: HTMLElement): void;
  /** Fills the element it stands in, unless its size is fixed; returns whether the size changed. */
  fit(): boolean;
  /** Joins it to a line; keys typed before that are not lost. */
  connect(line: Line): void;
  look(look: Look): void;
  /** Types in place of the line that stands at the prompt. */
  replaceLine(text: string): void;
  /** All text of the buffer, scrollback included. */
  text(): string;
  dispose(): void;
}

const fonts = '"JetBrains Mono", "SF Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "D2Coding", "Noto Sans Mono CJK KR", monospace';

function createXterm(size: Size | undefined): Terminal {
  const terminal = new Terminal({
    cols: size?.cols ?? 80, rows: size?.rows ?? 24,
    fontFamily: fonts, lineHeight: 1.2, scrollback: 5000, cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    minimumContrastRatio: 4.5, macOptionIsMeta: true, allowProposedApi: true,
  });
  // What is printed never reaches the clipboard, whatever add-on may come one day.
  terminal.parser.registerOscHandler(52, () => true);
  return terminal;
}

/** Keeps what is typed until there is a line to type it into. */
function createKeyboard(terminal: Terminal) {
  let early = '';
  let line: Pick<Line, 'type' | 'typeBytes'> = { type: (text) => { early += text; }, typeBytes: () => undefined };
  terminal.onData((text) => line.type(text));
  terminal.onBinary((bytes) => line.typeBytes(bytes));
  return {
    type: (text: string) => line.type(text),
    /** Types into a line from now on, beginning with what was kept, which it returns. */
    plugInto(next: Line): string {
      line = next;
      const typed = early;
      early = '';
      if (typed !== '') line.type(typed);
      return typed;
    },
  };
}

function textOf(terminal: Terminal): string {
  const { active } = terminal.buffer;
  return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n').trimEnd();
}

export function createTerminal({ size, events }: { size: Size | undefined; events: TerminalEvents }): TerminalView {
  const terminal = createXterm(size);
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  const element = document.createElement('div');
  element.style.height = '100%';
  let label = '';
  let describedBy = '';

  const keyboard = createKeyboard(terminal);
  const printer = createPrinter(terminal);
  terminal.onData((text) => void (text === '\x03' && printer.drop()));
  terminal.onBell(() => events.bell());
  const typing = watchTyping(terminal, (line) => events.typing(line));
  terminal.attachCustomKeyEventHandler((event) => keyIsForTheNode(terminal, event, events));

  const describe = () => {
    terminal.textarea?.setAttribute('aria-label', label);
    terminal.textarea?.setAttribute('aria-describedby', describedBy);
  };
  const replaceLine = (text: string) => typing.afterComposing(() => {
    // Discards what stands before the cursor, in readline's way.
    keyboard.type(`\x15${text}`);
    typing.know(text);
  });

  return {
    xterm: terminal,
    get size() {
      return { cols: terminal.cols, rows: terminal.rows };
    },
    get isBehind() {
      return printer.isBehind;
    },
    standIn(place) {
      place.replaceChildren(element);
      if (terminal.element) return;
      terminal.open(element);
      describe();
      readPastes(element, terminal, () => events.pasteRefused());
      copyOnSelection(element, terminal);
      typing.watchComposition(terminal.textarea!);
    },
    fit() {
      const before = `${terminal.cols}x${terminal.rows}`;
      if (!size && element.clientHeight > 0) fitting.fit();
      return before !== `${terminal.cols}x${terminal.rows}`;
    },
    connect(line) {
      line.connect((bytes, fromStart) => {
        if (!fromStart) {
          printer.print(bytes);
          return;
        }
        typing.know(null);
        printer.drop();
        // A reset that comes after what xterm has been given already.
        printer.print(`\x1bc${bytes}`);
      });
      typing.know(keyboard.plugInto(line));
    },
    look(look) {
      Object.assign(Terminal.strings, { promptLabel: look.label, tooMuchOutput: look.tooMuchOutput });
      ({ label, describedBy } = look);
      Object.assign(terminal.options, { theme: terminalColours(look.shade), fontSize: look.fontSize, screenReaderMode: look.screenReader });
      describe();
    },
    replaceLine,
    text: () => textOf(terminal),
    dispose() {
      terminal.dispose();
      element.replaceWith();
    },
  };
}
