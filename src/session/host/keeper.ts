// When a sitting is saved: a quiet moment after each change, and what has been done since then at once when the page goes.
import type { Session } from '../core/index.ts';
import type { Saves } from './saves.ts';

/** Saving waits for a quiet moment of this length after the last change. */
const saveAfterMs = 800;

export class Keeper {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** As many entries of the log stand in the last save. */
  #savedEntries = 0;
  /** The world has gone elsewhere since the last save, which therefore cannot be continued. */
  #rewound = false;

  constructor(
    private readonly session: Session,
    private readonly saves: Saves,
    /** Whether the world is one to keep: not after a crash, and not half way into a task. */
    private readonly isSound: () => boolean,
  ) {}

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now().catch(() => undefined), saveAfterMs);
  }

  /** Errors: the browser's, when it has no room. */
  async now(): Promise<void> {
    this.stop();
    if (!this.isSound()) return;
    const kept = this.session.keep();
    const count = kept.log.entries.length;
    this.#rewound = false;
    await this.saves.write(kept);
    this.#savedEntries = this.#rewound ? 0 : count;
  }

  rewound(): void {
    this.#rewound = true;
    this.soon();
  }

  /** The page is about to go. */
  leave(): void {
    if (this.isSound()) this.saves.writeTail(this.session.save(), this.#rewound ? 0 : this.#savedEntries);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
