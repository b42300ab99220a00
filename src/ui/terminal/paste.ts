// What is pasted comes from anywhere: it must neither end its own brackets nor be more than a terminal is for.
import type { Terminal } from '@xterm/xterm';

/** As many characters as one may paste. */
export const pasteLimit = 1 << 20;

/** A pasted text without control characters except tabs and line ends; null when it is too long. */
export function pasteable(text: string): string | null {
  return text.length > pasteLimit ? null : text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]/g, '');
}

/** Reads pastes before xterm does. */
export function readPastes(element: HTMLElement, terminal: Terminal, refuse: () => void): void {
  element.addEventListener('paste', (event) => {
    event.preventDefault();
    event.stopPropagation();
    const text = pasteable(event.clipboardData?.getData('text/plain') ?? '');
    if (text === null) refuse();
    else terminal.paste(text);
  }, true);
}
