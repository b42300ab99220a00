/**
 * The sheet that descriptions are written on: lines with an indent and tabs between cells. What stands between two flushes shares its
 * columns, so `Key:` lines align over everything up to the events. Models kubectl pkg/describe PrefixWriter over text/tabwriter.
 */
import { tabulate } from '../../base/tabwriter.ts';

const STOPS = { minWidth: 0, padding: 2 };

export class Sheet {
  #done = '';
  #open = '';

  /** Text at an indent of two spaces a level; without a line break the next call goes on in the same line. */
  write(level: number, text: string): void {
    // Control characters of the terminal are shown, not sent.
    this.#open += ' '.repeat(2 * level) + text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
  }
  /** One whole line. */
  line(level: number, text: string): void { this.write(level, `${text}\n`); }
  /** Lets the next lines find their columns anew. */
  flush(): void {
    this.#done += tabulate(this.#open, STOPS);
    this.#open = '';
  }
  text(): string {
    this.flush();
    return this.#done;
  }
}
