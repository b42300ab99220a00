// One save a lab, in an envelope with a version. A save that does not open is never thrown away and never shown a white page for: it is
// set aside under a key of its own, and the learner is told.
import type { SavedSession } from '../core/index.ts';
import type { Storage } from './storage.ts';

/** Raised whenever the envelope changes; the session looks after the versions of what is inside. */
const version = 1;

interface Envelope {
  readonly version: number;
  readonly savedAt: string;
  readonly session: SavedSession;
}

const keyOf = (lab: string) => `lab/${lab}`;

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
  async read(): Promise<{ saved: SavedSession | undefined; setAside: boolean }> {
    const value = await this.storage.get(keyOf(this.lab)).catch(() => undefined);
    if (value === undefined) return { saved: undefined, setAside: false };
    if (isEnvelope(value)) return { saved: value.session, setAside: false };
    await this.setAside();
    return { saved: undefined, setAside: true };
  }

  async write(session: SavedSession): Promise<void> {
    await this.storage.set(keyOf(this.lab), { version, savedAt: new Date().toISOString(), session } satisfies Envelope);
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
