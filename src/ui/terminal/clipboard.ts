// The clipboard, which a browser may withhold: then the browser's own copy (its menu, its keys) still works on what is selected.
import type { Terminal } from '@xterm/xterm';

/** Puts a text on the clipboard, where that is allowed. */
export function copy(text: string): void {
  if (text !== '') void navigator.clipboard?.writeText(text).catch(() => undefined);
}

/** Copies what the pointer has selected, as terminals on Linux do. */
export function copyOnSelection(element: HTMLElement, terminal: Terminal): void {
  element.addEventListener('mousedown', () => {
    // The button may come up anywhere; xterm has the selection by then.
    window.addEventListener('mouseup', () => setTimeout(() => copy(terminal.getSelection())), { once: true });
  });
}
