/** The world of a save, as text. It is written anew only when replaying what came after it would take a moment, or the log leads elsewhere. */
import { encoding } from '../../kernel/codec/index.ts';
import type { World, WorldSnapshot } from '../../kernel/world.ts';
import type { LogEntry } from './types.ts';

/** So many system calls, half a minute of a cluster that is left alone, are replayed in a tenth of a second, by code that is not warm yet. */
const KEEP_AFTER = 10_000;

export class KeptWorld {
  #last: { readonly world: string; readonly entries: number; readonly step: number; readonly log: readonly LogEntry[] } | null = null;

  /** The world beside the opening, and how many entries of the log led to it. */
  *keeping(world: World, opening: WorldSnapshot, log: readonly LogEntry[]): Generator<void, { readonly world: string; readonly entries: number }, void> {
    const entries = log.length;
    const step = world.steps;
    if (this.#last === null || this.#last.log !== log || step - this.#last.step > KEEP_AFTER) {
      const text = yield* encoding(world.snapshot(), opening);
      this.#last = { world: text, entries, step, log };
    }
    return { world: this.#last.world, entries: this.#last.entries };
  }
}
