// Running one command at the prompt in the learner's sight, for hosts that ask for it: it is typed, and answered when the prompt is back.
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Session } from '../core/index.ts';
import { plainText } from '../core/screen.ts';

/** What the terminal showed between the command and the next prompt, as plain text, and `$?`. */
export interface Ran { readonly output: string; readonly exitCode: number | null }

/** The shell's prompt tells by its arrow whether the last command failed. */
const otherArrow = (prompt: string) => (prompt.includes('➜') ? prompt.replace('➜', '✖') : prompt.replace('✖', '➜'));

/** What stands between the echoed command and the next prompt, which may follow output that ends without a newline. */
export function outputOf(printed: string, promptBefore: string): string {
  const [, ...lines] = plainText(printed).split('\n');
  const last = lines.pop() ?? '';
  const prompt = [promptBefore, otherArrow(promptBefore)].find((each) => each !== '' && last.endsWith(each));
  return lines.map((line) => `${line}\n`).join('') + (prompt === undefined ? '' : last.slice(0, -prompt.length));
}

/** Far enough back for a prompt. */
const promptBytes = 1000;

export class Runs {
  #open: { readonly from: number; readonly prompt: string; readonly done: (ran: Ran) => void } | null = null;

  constructor(private readonly session: Session) {}

  get isBusy(): boolean {
    return this.#open !== null;
  }

  /** To be called just before the command is typed. */
  begin(): Promise<Ran> {
    const { at: from } = this.session.output(Number.MAX_SAFE_INTEGER);
    const prompt = plainText(decodeUtf8(this.session.output(Math.max(0, from - promptBytes)).data)).split('\n').at(-1)!;
    return new Promise((done) => { this.#open = { from, prompt, done }; });
  }

  /** To be called whenever the world has run: answers when the prompt is back. */
  answer(): void {
    if (this.#open === null || !this.session.atRest || this.session.terminals[0]?.atPrompt !== true) return;
    const { data } = this.session.output(this.#open.from);
    if (!data.includes('\n')) return;
    const { done, prompt } = this.#open;
    this.#open = null;
    done({ output: outputOf(decodeUtf8(data), prompt), exitCode: this.session.exitCode() });
  }

  forget(): void {
    this.#open = null;
  }
}
