// What comes after the prompt: the rest of the simulation's code, and the whole of the lab's opening.
import type { Session } from '../core/index.ts';
import { loadWhole } from './code.ts';
import { fetchOpening } from './opening.ts';

/** What is still to come for a session. */
export interface Rest {
  /** Fetches it, once, and gives it to the session. Errors: the browser's, when it cannot be fetched; it may be asked again. */
  fetch(): Promise<void>;
}

export const nothingToCome: Rest = { fetch: () => Promise.resolve() };

/** The whole world for a session that began with its front. */
export class RestOf implements Rest {
  #coming: Promise<void> | null = null;

  constructor(private readonly session: Session, private readonly lab: string) {}

  fetch(): Promise<void> {
    if (this.session.isWhole) return Promise.resolve();
    return (this.#coming ??= this.#fetch().finally(() => { this.#coming = null; }));
  }

  async #fetch(): Promise<void> {
    const { session, lab } = this;
    const { rest, openingFor } = await loadWhole();
    const opening = await fetchOpening(lab, session.seed);
    session.complete(opening ?? openingFor(lab, session.seed), rest);
  }
}
