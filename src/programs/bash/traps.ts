/** What `trap` has set: run when a signal has come, and after a command that failed. */
import { poll } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { Interrupted } from './errors.ts';
import { SIGNALS } from './signals.ts';
import { hasOption } from './state.ts';
import type { ShellState } from './state.ts';

interface Runs { readonly state: ShellState; run(source: string): Coroutine<number> }

export class Traps {
  readonly #shell: Runs;
  /** A trap does not set off another. */
  #running = false;
  constructor(shell: Runs) { this.#shell = shell; }

  /** Is there a trap for a signal? */
  get waiting(): boolean {
    return Object.entries(this.#shell.state.traps).some(([name, action]) => action !== '' && Object.hasOwn(SIGNALS, name));
  }
  /** Runs what the trap says, with `$?` as it was. ERR is no matter of functions, unless `set -E` says so. */
  *run(name: string): Coroutine<void> {
    const { state } = this.#shell;
    const { status, traps, locals } = state;
    const action = traps[name];
    if (action === undefined || action === '' || this.#running || (name === 'ERR' && locals.length > 0 && !hasOption(state, 'errtrace'))) return;
    this.#running = true;
    try {
      yield* this.#shell.run(action);
    } finally {
      this.#running = false;
    }
    state.status = status;
  }
  /** Takes the signals that have come. → 128 + n of the last, or null. Errors: Interrupted, for ^C without a trap. */
  *signalled(): Coroutine<number | null> {
    let last: number | null = null;
    for (;;) {
      const { signal } = yield* poll({ signals: true, timeout: 0 });
      if (signal === null) return last;
      if (this.#shell.state.traps[signal] !== undefined) yield* this.run(signal);
      else if (signal === 'INT') throw new Interrupted('interrupted');
      last = 128 + (SIGNALS[signal] ?? 0);
    }
  }
}
