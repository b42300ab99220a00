// One save a lab (and one for each task, seed or clock that a page was asked for), in an envelope with a version. A save that does not open is never thrown away and never shown a white page for: it is
// set aside under a key of its own, and the learner is told.
import type { KeptSession, SavedSession } from '../core/index.ts';
import type { Storage } from './storage.ts';

/** Raised whenever the envelope changes; the session looks after the versions of what is inside. */
const version = 2;

interface Envelope {
  readonly version: number;
  readonly savedAt: string;
  readonly session: KeptSession;
}

const keyOf = (name: string) => `lab/${name}`;
/** What was done since the last save: small, and written at once when the page goes, when there is no time for more. */
const tailKey = (name: string) => `crashloop/tail/${name}`;

/** A sitting whose log begins at entry `count`; the entries before it are the save's. */
interface Tail {
  readonly count: number;
  readonly session: SavedSession;
}

function isEnvelope(value: unknown): value is Envelope {
  const log = (value as Envelope | null)?.session?.log;
  return (value as Envelope | null)?.version === version && Array.isArray(log?.entries) && typeof log.build === 'string' && typeof log.end?.step === 'number';
}

export class Saves {
  constructor(
    private readonly storage: Storage,
    /** The lab's id, and what else the page was asked for. */
    private readonly name: string,
    /** Whether this page is the one that keeps the lab. */
    private readonly isOurs: () => boolean = () => true,
  ) {}

  get last(): boolean {
    return this.storage.lasts;
  }

  /** The lab's save, when there is one that this version can read; of one that it cannot, what may be one underneath. */
  async read(): Promise<{ saved: KeptSession | SavedSession | undefined; unknown?: unknown }> {
    const value = await this.storage.get(keyOf(this.name)).catch(() => undefined);
    if (value === undefined || isEnvelope(value)) return { saved: this.#withTail(value?.session) };
    return { saved: undefined, unknown: (value as { readonly session?: unknown } | null)?.session ?? null };
  }

  /** Errors: the browser's, when it has no room. */
  async write(session: KeptSession): Promise<void> {
    if (!this.isOurs()) return;
    await this.storage.set(keyOf(this.name), { version, savedAt: new Date().toISOString(), session } satisfies Envelope);
    this.#dropTail();
  }

  /** Notes at once what was done after the first `count` entries, as the page is about to go. */
  writeTail(session: SavedSession, count: number): void {
    if (!this.storage.lasts || !this.isOurs()) return;
    const tail: Tail = { count, session: { ...session, log: { ...session.log, entries: session.log.entries.slice(count) } } };
    try {
      localStorage.setItem(tailKey(this.name), JSON.stringify(tail));
    } catch {
      // No room, or blocked: the save before stands.
    }
  }

  #dropTail(): void {
    try {
      localStorage.removeItem(tailKey(this.name));
    } catch {
      // Blocked: then there is none.
    }
  }

  /**
   * The save and what was done after it, when that is known. A tail that begins at the beginning is a whole log: it stands for itself where
   * there is no save yet, or one of another branch.
   */
  #withTail(kept: KeptSession | undefined): KeptSession | SavedSession | undefined {
    const tail = this.#readTail();
    if (tail === null || (kept !== undefined && tail.session.log.build !== kept.log.build)) return kept;
    const { count, session } = tail;
    const entries = [...(kept?.log.entries.slice(0, count) ?? []), ...session.log.entries];
    const log = { ...session.log, entries };
    const goesOn = kept?.task === session.task && kept.log.entries.every(({ step, at }, index) => entries[index]?.step === step && entries[index].at === at) && log.end.step >= kept.log.end.step;
    if (kept !== undefined && goesOn) return { ...kept, hintsShown: session.hintsShown, log };
    return count === 0 ? { ...session, log } : kept;
  }

  #readTail(): Tail | null {
    try {
      const tail = JSON.parse(localStorage.getItem(tailKey(this.name)) ?? 'null') as Tail | null;
      return tail !== null && typeof tail.count === 'number' && Array.isArray(tail.session?.log?.entries) && typeof tail.session.log.end?.step === 'number' ? tail : null;
    } catch {
      return null;
    }
  }

  /** Moves a save that does not open out of the way. */
  async setAside(): Promise<void> {
    if (!this.isOurs()) return;
    const value = await this.storage.get(keyOf(this.name));
    await this.storage.set(`${keyOf(this.name)}/aside/${new Date().toISOString()}`, value);
    await this.storage.delete(keyOf(this.name));
    this.#dropTail();
  }

  async clear(): Promise<void> {
    await this.storage.delete(keyOf(this.name));
  }
}
