/** A line being typed at a prompt: the stage in which an interactive shell waits most of its life. Takes none of the language's code. */
import type { Coroutine } from '../../kernel/sys.ts';
import { readLine } from '../../lib/readline/index.ts';
import type { Completer } from '../../lib/readline/index.ts';
import type { ShellState } from './state.ts';

/** What readline gave. */
export type Typed = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupt' } | { readonly kind: 'eof' };

/** What an interactive shell keeps between two stages. */
export interface InteractiveState {
  readonly kind: 'interactive'; readonly status: number; readonly state: ShellState; readonly ended: boolean;
  /** Keys typed ahead. */ readonly pending: string;
  /** The lines there are of a command that is not whole yet. */ readonly source?: string | undefined;
  /** The next thing is to read a line after this prompt; */ readonly prompt?: string;
  /** to deal with the line; */ readonly typed?: Typed;
  /** to do what is left of a command that rests (see rest.ts). */ readonly rest?: string;
}

/** Errors: those of `complete`. */
export function* typing(kept: InteractiveState & { readonly prompt: string }, complete: Completer): Coroutine<InteractiveState> {
  const { rest: pending, ...typed } = yield* readLine(kept.prompt, kept.state.history, complete, kept.pending);
  return { ...kept, pending, typed };
}
