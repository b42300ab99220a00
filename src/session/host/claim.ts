// One page at a time keeps a lab: the first to open it holds a lock of the browser for as long as it is there. Another one works on a copy,
// which is not kept until it takes over. Where the browser has no locks (or refuses them) every page believes to be the only one.

/** A page asks this long before it believes that another one holds the lab … */
const patienceMs = 250;
/** … and this long when its tab had the lab a moment ago: a reload may overlap with the page it replaces. */
const reloadMs = 5000;
/** It asks again and again rather than waiting in line: a page that is busy starting would leave the line before it hears that its turn came. */
const againMs = 50;

export class Claim {
  #held = true;

  constructor(private readonly name: string, private readonly lost: () => void) {}

  /** Whether this page keeps the lab. */
  get held(): boolean {
    return this.#held;
  }

  /** Whether this tab had the lab a moment ago: the page is being loaded anew. */
  get isReload(): boolean {
    try {
      return sessionStorage.getItem(this.name) !== null;
    } catch {
      return false;
    }
  }

  async ask(): Promise<void> {
    const tries = (this.isReload ? reloadMs : patienceMs) / againMs;
    let held = await this.#request({ ifAvailable: true });
    for (let n = 0; !held && n < tries; n++) {
      await new Promise((again) => setTimeout(again, againMs));
      held = await this.#request({ ifAvailable: true });
    }
    this.#note(held);
  }

  /** Takes the lab from whoever holds it. */
  async takeOver(): Promise<void> {
    this.#note(await this.#request({ steal: true }));
  }

  #note(held: boolean): void {
    this.#held = held;
    try {
      if (held) sessionStorage.setItem(this.name, 'held');
      else sessionStorage.removeItem(this.name);
    } catch {
      // Blocked: a reload is then not told from another tab.
    }
  }

  #request(options: LockOptions): Promise<boolean> {
    return new Promise((answer) => {
      let granted = false;
      try {
        const forEver = navigator.locks.request(this.name, options, (lock) => {
          granted = lock !== null;
          answer(granted);
          return lock === null ? undefined : new Promise<never>(() => undefined);
        });
        // Before it is held: somebody else has it. After: somebody has taken it.
        forEver.catch((error: unknown) => {
          const isRefused = error instanceof DOMException && error.name === 'SecurityError';
          answer(isRefused);
          if (granted && this.#held) {
            this.#note(false);
            this.lost();
          }
        });
      } catch {
        answer(true);
      }
    });
  }
}
