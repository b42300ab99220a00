/**
 * How a loop that runs for ever does not fill the shell's journal: now and then, before another round, the shell keeps its state together
 * with what is left to do, as source text: the loop itself (a `for` with the items that are left), and what stands after it. Only the
 * outermost loop of a text can be left like this; what is further in is done before its next round.
 */
import type { AndOr, ArithmeticFor, For, PipelineNode, While } from 'unbash';
import type { Coroutine } from '../../kernel/sys.ts';
import { shellQuote } from '../../lib/tool/quote.ts';

export type Loop = While | For | ArithmeticFor;
/** Commands and rounds between two rests. */
const ROUNDS = 500;

/** The loop that a command is; null when it is something else, or when there are here-documents, whose text stands elsewhere. */
export function loopOf(command: PipelineNode | AndOr, source: string): Loop | null {
  const isLoop = command.type === 'While' || command.type === 'For' || command.type === 'ArithmeticFor';
  return isLoop && !source.includes('<<') ? command : null;
}

export class Rest {
  #loop: Loop | null = null;
  #source = '';
  #after = '';
  #count = 0;
  /** Keeps the shell and the text it goes on with; where a shell cannot, null. */
  readonly #keep: ((source: string) => Coroutine<unknown>) | null;
  constructor(keep: ((source: string) => Coroutine<unknown>) | null) { this.#keep = keep; }

  /** `loop` is about to run as the outermost one. */
  enter(loop: Loop | null, source: string, after: string): void {
    [this.#loop, this.#source, this.#after] = [loop, source, after];
  }
  /** Something was run. */
  count(): void { this.#count++; }

  /** Before another round of a loop: `items` are those a `for` has left. */
  *before(loop: Loop, items: readonly string[] = []): Coroutine<void> {
    if (loop !== this.#loop || this.#keep === null || this.#count < ROUNDS) return;
    this.#count = 0;
    // Lines keep their numbers.
    const lines = this.#source.slice(0, loop.pos).replace(/[^\n]/g, '');
    yield* this.#keep(`${lines}${this.#text(loop, items)}${this.#after}`);
  }
  #text(loop: Loop, items: readonly string[]): string {
    const text = (node: { readonly pos: number; readonly end: number } | undefined): string => (node === undefined ? '' : this.#source.slice(node.pos, node.end));
    if (loop.type === 'While') return text(loop);
    const commands = text(loop.body).trimEnd();
    const body = `do ${commands}${commands.includes('#') ? '\n' : /[;&]$/.test(commands) ? ' ' : '; '}done`;
    if (loop.type === 'For') return `for ${loop.name.text} in ${items.map(shellQuote).join(' ')}; ${body}`;
    return `for ((; ${text(loop.test)}; ${text(loop.update)})); ${body}`;
  }
}
