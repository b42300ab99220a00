// xterm, set up: it moves bytes and knows nothing of what they mean. Keys go to the sitting, output comes from it.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { arrayOf, type Sitting } from '../../session/host/index.ts';
import { terminalColours } from './colours.ts';

export interface Size {
  readonly cols: number;
  readonly rows: number;
}

export interface TerminalView {
  readonly size: Size;
  /** Stands in this element from now on; it may move from one to another and keeps its text. */
  standIn(place: HTMLElement): void;
  /** Fills the element it stands in, unless its size is fixed; returns whether the size changed. */
  fit(): boolean;
  /** Joins it to a sitting; keys typed before that are not lost. Returns the way to part them. */
  connect(sitting: Sitting): () => void;
  setDark(isDark: boolean): void;
  /** All text of the buffer, scrollback included. */
  text(): string;
  dispose(): void;
}

const fonts = '"JetBrains Mono", "SF Mono", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "D2Coding", "Noto Sans Mono CJK KR", monospace';

export function createTerminal({ label, isDark, size }: { label: string; isDark: boolean; size: Size | undefined }): TerminalView {
  const terminal = new Terminal({
    cols: size?.cols ?? 80, rows: size?.rows ?? 24,
    fontFamily: fonts, fontSize: 14, lineHeight: 1.2, scrollback: 5000, cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    minimumContrastRatio: 4.5, theme: terminalColours(isDark), macOptionIsMeta: true, allowProposedApi: true,
  });
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  const element = document.createElement('div');
  element.style.height = '100%';
  terminal.attachCustomKeyEventHandler((event) => keyIsForTheNode(terminal, event));

  let early = '';
  let typeTo = (text: string) => { early += text; };
  const keys = terminal.onData((text) => typeTo(text));

  return {
    get size() {
      return { cols: terminal.cols, rows: terminal.rows };
    },
    standIn(place) {
      place.append(element);
      if (terminal.element) return;
      terminal.open(element);
      terminal.textarea?.setAttribute('aria-label', label);
    },
    fit() {
      const before = `${terminal.cols}x${terminal.rows}`;
      if (!size && element.clientHeight > 0) fitting.fit();
      return before !== `${terminal.cols}x${terminal.rows}`;
    },
    connect(sitting) {
      typeTo = (text) => sitting.type(text);
      const binary = terminal.onBinary((bytes) => sitting.typeBytes(bytes));
      const disconnect = sitting.connect((bytes, fromStart) => {
        if (fromStart) terminal.reset();
        if (bytes !== '') terminal.write(arrayOf(bytes));
      });
      if (early !== '') sitting.type(early);
      early = '';
      return () => {
        disconnect();
        binary.dispose();
      };
    },
    setDark(dark) {
      terminal.options.theme = terminalColours(dark);
    },
    text() {
      const { active } = terminal.buffer;
      return Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join('\n').trimEnd();
    },
    dispose() {
      keys.dispose();
      terminal.dispose();
    },
  };
}

/** Whether a key goes to the node. Shift+Tab leaves the terminal, and Ctrl+C copies when something is selected. */
function keyIsForTheNode(terminal: Terminal, event: KeyboardEvent): boolean {
  if (event.key === 'Tab' && event.shiftKey) return false;
  const copies = event.ctrlKey && event.code === 'KeyC' && terminal.hasSelection();
  if (copies && event.type === 'keydown') {
    void navigator.clipboard?.writeText(terminal.getSelection()).catch(() => undefined);
    terminal.clearSelection();
  }
  // Paste: the browser's own paste event does it, with bracketed paste where the shell asked for it.
  const pastes = (event.ctrlKey || event.metaKey) && event.code === 'KeyV';
  return !copies && !pastes;
}
