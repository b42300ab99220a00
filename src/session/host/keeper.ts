// When a sitting is saved: a quiet moment after each change, and what has been done since then at once when the page goes. A save is made
// in slices, while the sitting goes on.
import type { Session } from '../core/index.ts';
import type { Host } from './pacer.ts';
import type { Saves } from './saves.ts';
import { work } from './work.ts';

/** Saving waits for a quiet moment of this length after the last change. */
const saveAfterMs = 800;

export class Keeper {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often the world has gone elsewhere: a save from before that cannot be continued. */
  #rewinds = 0;
  /** As many entries of the log stand in the last save, as of so many rewinds. */
  #saved = { entries: 0, rewinds: 0 };
  /** Saves are written one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly session: Session,
    private readonly saves: Saves,
    private readonly host: Host,
    /** Whether the world is one to keep: not after a crash, and not half way into a task. */
    private readonly isSound: () => boolean,
  ) {}

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now().catch(() => undefined), saveAfterMs);
  }

  /** Errors: the browser's, when it has no room. */
  now(): Promise<void> {
    this.stop();
    const write = () => this.#write();
    return (this.#last = this.#last.then(write, write));
  }

  async #write(): Promise<void> {
    if (!this.isSound()) return;
    const rewinds = this.#rewinds;
    const kept = await work(this.host, this.session.keeping()).done;
    if (!this.isSound()) return;
    await this.saves.write(kept);
    this.#saved = { entries: kept.log.entries.length, rewinds };
  }

  rewound(): void {
    this.#rewinds++;
    this.soon();
  }

  /** The page is about to go. */
  leave(): void {
    if (this.isSound()) this.saves.writeTail(this.session.save(), this.#saved.rewinds === this.#rewinds ? this.#saved.entries : 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
