// When a sitting is saved: a quiet moment after each change, now and then while only the cluster lives on, and what has been done since
// then at once when the page goes. A save is made in slices, while the sitting goes on.
import type { Session } from '../core/index.ts';
import type { Host } from './pacer.ts';
import type { Saves } from './saves.ts';
import { work } from './work.ts';

/** Saving waits for a quiet moment of this length after the last change. */
const saveAfterMs = 800;
/** A cluster that is left alone is saved as often as this, when much has happened: what came after a save is lived again by a reload. */
const aloneMs = 20_000;
const muchSteps = 10_000;

export class Keeper {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #alone: ReturnType<typeof setInterval> | undefined;
  /** How often the world has gone elsewhere: a save from before that cannot be continued. */
  #rewinds = 0;
  /** As many entries of the log stand in the last save, as of so many rewinds and system calls. */
  #saved = { entries: 0, rewinds: 0, steps: 0 };
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
    this.#alone ??= setInterval(() => this.#soonIfMuch(), aloneMs);
  }

  /** Errors: the browser's, when it has no room. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    const write = () => this.#write();
    return (this.#last = this.#last.then(write, write));
  }

  async #write(): Promise<void> {
    // A front is not kept; what was typed at it is in the log.
    if (!this.isSound() || !this.session.isWhole) return;
    const rewinds = this.#rewinds;
    const { steps } = this.session.world;
    const kept = await work(this.host, this.session.keeping()).done;
    if (!this.isSound()) return;
    await this.saves.write(kept);
    this.#saved = { entries: kept.log.entries.length, rewinds, steps };
  }

  #soonIfMuch(): void {
    if (this.session.world.steps - this.#saved.steps > muchSteps) this.soon();
  }

  rewound(): void {
    this.#rewinds++;
    this.soon();
  }

  /** The page is about to go. */
  leave(): void {
    if (this.isSound()) this.saves.writeTail(this.session.save(), this.#saved.rewinds === this.#rewinds ? this.#saved.entries : 0);
  }

  /** No save is made until the next change. */
  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#alone);
    this.#timer = this.#alone = undefined;
  }
}
