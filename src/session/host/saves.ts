// One save a lab, in an envelope with a version. A save that does not open is never thrown away and never shown a white page for: it is
// set aside under a key of its own, and the learner is told.
import type { KeptSession } from '../core/index.ts';
import type { Storage } from './storage.ts';

/** Raised whenever the envelope changes; the session looks after the versions of what is inside. */
const version = 2;

interface Envelope {
  readonly version: number;
  readonly savedAt: string;
  readonly session: KeptSession;
}

const keyOf = (lab: string) => `lab/${lab}`;
/** What was typed since the last save: small, and written at once when the page goes, when there is no time for more. */
const tailKey = (lab: string) => `crashloop/tail/${lab}`;

interface Tail {
  /** The end of the save it continues. */
  readonly from: KeptSession['log']['end'];
  readonly entries: KeptSession['log']['entries'];
  readonly end: KeptSession['log']['end'];
  readonly hintsShown: number;
}

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && (value as Envelope).version === version && 'session' in value;
}

export class Saves {
  constructor(
    private readonly storage: Storage,
    private readonly lab: string,
  ) {}

  get last(): boolean {
    return this.storage.lasts;
  }

  /** The lab's save, when there is one that this version can read; one that it cannot is set aside and reported. */
  async read(): Promise<{ saved: KeptSession | undefined; setAside: boolean }> {
    const value = await this.storage.get(keyOf(this.lab)).catch(() => undefined);
    if (value === undefined) return { saved: undefined, setAside: false };
    if (isEnvelope(value)) return { saved: this.#withTail(value.session), setAside: false };
    await this.setAside();
    return { saved: undefined, setAside: true };
  }

  /** Errors: the browser's, when it has no room. */
  async write(session: KeptSession): Promise<void> {
    await this.storage.set(keyOf(this.lab), { version, savedAt: new Date().toISOString(), session } satisfies Envelope);
  }

  /** Notes at once what was done since `last` was written, as the page is about to go. */
  writeTail(last: KeptSession['log'], now: Pick<KeptSession, 'log' | 'hintsShown'>): void {
    if (!this.storage.lasts) return;
    const tail: Tail = { from: last.end, entries: now.log.entries.slice(last.entries.length), end: now.log.end, hintsShown: now.hintsShown };
    try {
      localStorage.setItem(tailKey(this.lab), JSON.stringify(tail));
    } catch {
      // No room, or blocked: the save before stands.
    }
  }

  /** The save and what was typed after it, when that is known. */
  #withTail(session: KeptSession): KeptSession {
    try {
      const tail = JSON.parse(localStorage.getItem(tailKey(this.lab)) ?? 'null') as Tail | null;
      const { log } = session;
      if (tail === null || tail.from.step !== log.end.step || tail.from.at !== log.end.at || !Array.isArray(tail.entries)) return session;
      return { ...session, hintsShown: tail.hintsShown, log: { ...log, entries: [...log.entries, ...tail.entries], end: tail.end } };
    } catch {
      return session;
    }
  }

  /** Moves a save that does not open out of the way. */
  async setAside(): Promise<void> {
    const value = await this.storage.get(keyOf(this.lab));
    await this.storage.set(`${keyOf(this.lab)}/aside/${new Date().toISOString()}`, value);
    await this.storage.delete(keyOf(this.lab));
  }

  async clear(): Promise<void> {
    await this.storage.delete(keyOf(this.lab));
  }
}
