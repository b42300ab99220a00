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
  /** Composed to the end, but not sent yet: xterm does that a task later, when the next syllable may have begun. */
  let composed = '';
  const told = () => tell(line === null ? null : line + composed + composing);
  terminal.onData((input) => {
    line = follow(line, input);
    composed = '';
    told();
  });
  return {
    know(known) {
      line = known;
      told();
    },
    afterComposing(run) {
      if (composing === '' && composed === '') {
        run();
        return;
      }
      terminal.textarea?.blur();
      terminal.textarea?.focus();
      setTimeout(run);
    },
    watchComposition(textarea) {
      textarea.addEventListener('compositionupdate', ({ data }) => {
        composing = data;
        told();
      });
      textarea.addEventListener('compositionend', ({ data }) => {
        composing = '';
        composed = data;
        told();
        setTimeout(() => {
          composed = '';
          told();
        });
      });
    },
  };
}
