// One page at a time keeps a lab: the first to open it holds a lock of the browser for as long as it is there. Another one works on a copy,
// which is not kept until it takes over. Where the browser has no locks (or refuses them) every page believes to be the only one.

/** A page waits this long before it opens on a copy … */
const waitMs = 250;
/** … and goes on asking this long: a reload may overlap with the page it replaces, whose work it has read already. */
const patienceMs = 4000;

export class Claim {
  #held = true;

  constructor(private readonly name: string, private readonly tell: { readonly lost: () => void; readonly gained: () => void }) {}

  /** Whether this page keeps the lab. */
  get held(): boolean {
    return this.#held;
  }

  async ask(): Promise<void> {
    const granted = this.#request({ signal: AbortSignal.timeout(patienceMs) });
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), waitMs));
    const answer = await Promise.race([granted, late]);
    this.#held = answer === true;
    if (answer !== null) return;
    void granted.then((held) => {
      this.#held = held;
      if (held) this.tell.gained();
    });
  }

  /** Takes the lab from whoever holds it. */
  async takeOver(): Promise<void> {
    this.#held = await this.#request({ steal: true });
  }

  #request(options: LockOptions): Promise<boolean> {
    return new Promise((answer) => {
      try {
        const forEver = navigator.locks.request(this.name, options, () => {
          answer(true);
          return new Promise<never>(() => undefined);
        });
        // Before it is held: somebody else has it. After: somebody has taken it.
        forEver.catch((error: unknown) => {
          const isRefused = error instanceof DOMException && error.name === 'SecurityError';
          answer(isRefused);
          if (!isRefused && this.#held) {
            this.#held = false;
            this.tell.lost();
          }
        });
      } catch {
        answer(true);
      }
    });
  }
}
