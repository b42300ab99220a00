// Running one command at the prompt in the learner's sight, for hosts that ask for it: it is typed, and answered when the prompt is back.
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Session } from '../core/index.ts';
import { plainText } from '../core/screen.ts';

/** What the terminal showed between the command and the next prompt, as plain text, and `$?`. */
export interface Ran { readonly output: string; readonly exitCode: number | null }

export class Runs {
  #open: { readonly from: number; readonly done: (ran: Ran) => void } | null = null;

  constructor(private readonly session: Session) {}

  get isBusy(): boolean {
    return this.#open !== null;
  }

  /** To be called just before the command is typed. */
  begin(): Promise<Ran> {
    const { at: from } = this.session.output(Number.MAX_SAFE_INTEGER);
    return new Promise((done) => { this.#open = { from, done }; });
  }

  /** To be called whenever the world has run: answers when the prompt is back. */
  answer(): void {
    if (this.#open === null || !this.session.atRest || this.session.terminals[0]?.atPrompt !== true) return;
    const { data } = this.session.output(this.#open.from);
    if (!data.includes('\n')) return;
    const { done } = this.#open;
    this.#open = null;
    const shown = plainText(decodeUtf8(data));
    done({ output: shown.slice(shown.indexOf('\n') + 1, shown.lastIndexOf('\n') + 1), exitCode: this.session.exitCode() });
  }

  forget(): void {
    this.#open = null;
  }
}
