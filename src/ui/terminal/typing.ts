// Watches what is typed at a terminal, an input method's unfinished syllable included, and tells the line that it makes.
import type { Terminal } from '@xterm/xterm';
import { follow } from './typedLine.ts';

export interface Typing {
  /** Says what the line is, when something else than keys has changed it. */
  know(line: string | null): void;
  watchComposition(textarea: HTMLTextAreaElement): void;
  /** Ends what the input method is doing, and then runs. */
  afterComposing(run: () => void): void;
}

export function watchTyping(terminal: Terminal, tell: (line: string | null) => void): Typing {
  let line: string | null = '';
  let composing = '';
  const told = () => tell(line === null ? null : line + composing);
  terminal.onData((input) => {
    line = follow(line, input);
    composing = '';
    told();
  });
  return {
    know(known) {
      line = known;
      told();
    },
    afterComposing(run) {
      if (composing === '') {
        run();
        return;
      }
      terminal.textarea?.blur();
      terminal.textarea?.focus();
      // xterm sends what was composed a task later; this comes after it.
      setTimeout(run);
    },
    watchComposition(textarea) {
      textarea.addEventListener('compositionupdate', (event) => {
        composing = event.data;
        told();
      });
    },
  };
}
