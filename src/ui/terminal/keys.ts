// The few keys that are the page's and not the node's.
import type { Terminal } from '@xterm/xterm';
import { copy } from './clipboard.ts';

export interface PageKeys {
  /** Opens the search. */
  find(): void;
  /** Larger (1), smaller (-1), as it was (0). */
  zoom(by: -1 | 0 | 1): void;
  /** Takes what is offered in place of the line; false when nothing is. */
  accept(): boolean;
}

const zooms: Readonly<Record<string, -1 | 0 | 1>> = { '+': 1, '=': 1, '-': -1, 0: 0 };

/** What a key does to the page; undefined when it goes to the node. */
function pageAction(terminal: Terminal, event: KeyboardEvent, page: PageKeys): (() => void) | undefined {
  const { code, key, shiftKey } = event;
  if (event.altKey || !(event.ctrlKey || event.metaKey)) return undefined;
  if (code === 'KeyC' && terminal.hasSelection()) {
    return () => {
      copy(terminal.getSelection());
      if (!shiftKey) terminal.clearSelection();
    };
  }
  if (code === 'KeyC' && shiftKey) return () => undefined;
  if (code === 'KeyF' && shiftKey) return () => page.find();
  const zoom = zooms[key];
  return zoom === undefined ? undefined : () => page.zoom(zoom);
}

/** Whether a key goes to the node. */
export function keyIsForTheNode(terminal: Terminal, event: KeyboardEvent, page: PageKeys): boolean {
  // Shift+Tab leaves the terminal, as it leaves any other field.
  if (event.key === 'Tab' && event.shiftKey) return false;
  // The browser's own paste event does it, with brackets where the shell asked for them.
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyV') return false;
  if (event.key === 'Tab' && event.type === 'keydown' && page.accept()) {
    event.preventDefault();
    return false;
  }
  const action = pageAction(terminal, event, page);
  if (!action) return true;
  if (event.type === 'keydown') action();
  event.preventDefault();
  return false;
}
