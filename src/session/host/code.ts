// The simulation's code comes in two parts, chunks of their own: the first is what a fresh lab's prompt takes, the rest comes after it is
// drawn. Meanwhile keys are echoed, and the world stops before anything whose code is not here.

/** Starts fetching the first part; called early, so that the fetch overlaps with drawing the page. */
export const loadStart = () => import('../core/start.ts');
/** All of it, the first part included. */
export const loadWhole = () => import('../core/index.ts');

/** What is still to come of the code a session runs. */
export interface Rest {
  readonly isHere: boolean;
  /** Fetches it, once. Errors: the browser's, when it cannot be fetched; it may be asked again. */
  fetch(): Promise<void>;
}

export const nothingToCome: Rest = { isHere: true, fetch: () => Promise.resolve() };

type Programs = ReturnType<Awaited<ReturnType<typeof loadStart>>['shellOnly']>;

/** Puts the programs that are still to come into the table that a session was given. */
export class RestOf implements Rest {
  isHere = false;
  #coming: Promise<void> | null = null;

  constructor(private readonly programs: Programs) {}

  fetch(): Promise<void> {
    if (this.isHere) return Promise.resolve();
    return (this.#coming ??= this.#fetch().finally(() => { this.#coming = null; }));
  }

  async #fetch(): Promise<void> {
    const { programs } = await loadWhole();
    for (const [name, program] of programs) this.programs.set(name, program);
    this.isHere = true;
  }
}
