// One save a lab, in an envelope with a version. A save that does not open is never thrown away and never shown a white page for: it is
// set aside under a key of its own, and the learner is told.
import type { KeptSession, LogEntry, SavedSession } from '../core/index.ts';
import type { Storage } from './storage.ts';

/** Raised whenever the envelope changes; the session looks after the versions of what is inside. */
const version = 2;

interface Envelope {
  readonly version: number;
  readonly savedAt: string;
  readonly session: KeptSession;
}

const keyOf = (lab: string) => `lab/${lab}`;
/** What was done since the last save: small, and written at once when the page goes, when there is no time for more. */
const tailKey = (lab: string) => `crashloop/tail/${lab}`;

/** The log from entry `count` on; the entries before it are the save's. */
interface Tail extends Pick<SavedSession, 'task' | 'hintsShown'> {
  readonly build: string;
  readonly count: number;
  readonly entries: readonly LogEntry[];
  readonly end: SavedSession['log']['end'];
}

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && (value as Envelope).version === version && 'session' in value;
}

export class Saves {
  constructor(
    private readonly storage: Storage,
    private readonly lab: string,
    /** Whether this page is the one that keeps the lab. */
    private readonly isOurs: () => boolean = () => true,
  ) {}

  get last(): boolean {
    return this.storage.lasts;
  }

  /** The lab's save, when there is one that this version can read; one that it cannot is set aside and reported. */
  async read(): Promise<{ saved: KeptSession | SavedSession | undefined; setAside: boolean }> {
    const value = await this.storage.get(keyOf(this.lab)).catch(() => undefined);
    if (value === undefined) return { saved: undefined, setAside: false };
    if (isEnvelope(value)) return { saved: this.#withTail(value.session), setAside: false };
    await this.setAside();
    return { saved: undefined, setAside: true };
  }

  /** Errors: the browser's, when it has no room. */
  async write(session: KeptSession): Promise<void> {
    if (!this.isOurs()) return;
    await this.storage.set(keyOf(this.lab), { version, savedAt: new Date().toISOString(), session } satisfies Envelope);
    this.#dropTail();
  }

  /** Notes at once what was done after the first `count` entries, as the page is about to go. */
  writeTail({ log, task, hintsShown }: SavedSession, count: number): void {
    if (!this.storage.lasts || !this.isOurs()) return;
    const tail: Tail = { build: log.build, count, entries: log.entries.slice(count), end: log.end, task, hintsShown };
    try {
      localStorage.setItem(tailKey(this.lab), JSON.stringify(tail));
    } catch {
      // No room, or blocked: the save before stands.
    }
  }

  #dropTail(): void {
    try {
      localStorage.removeItem(tailKey(this.lab));
    } catch {
      // Blocked: then there is none.
    }
  }

  /** The save and what was done after it, when that is known. A tail of another branch than the save's is a whole log, without a world. */
  #withTail(kept: KeptSession): KeptSession | SavedSession {
    const tail = this.#readTail();
    if (tail === null || tail.build !== kept.log.build) return kept;
    const { log, lang } = kept;
    const entries = [...log.entries.slice(0, tail.count), ...tail.entries];
    const isSameBranch = log.entries.every(({ step, at }, index) => entries[index]?.step === step && entries[index].at === at) && tail.end.step >= log.end.step;
    const { task, hintsShown, end } = tail;
    if (isSameBranch && task === kept.task) return { ...kept, hintsShown, log: { ...log, entries, end } };
    return tail.count === 0 ? { log: { ...log, entries, end, task }, task, lang, hintsShown } : kept;
  }

  #readTail(): Tail | null {
    try {
      const tail = JSON.parse(localStorage.getItem(tailKey(this.lab)) ?? 'null') as Tail | null;
      return tail !== null && Array.isArray(tail.entries) && typeof tail.count === 'number' && typeof tail.end?.step === 'number' ? tail : null;
    } catch {
      return null;
    }
  }

  /** Moves a save that does not open out of the way. */
  async setAside(): Promise<void> {
    const value = await this.storage.get(keyOf(this.lab));
    await this.storage.set(`${keyOf(this.lab)}/aside/${new Date().toISOString()}`, value);
    await this.storage.delete(keyOf(this.lab));
    this.#dropTail();
  }

  async clear(): Promise<void> {
    await this.storage.delete(keyOf(this.lab));
  }
}
