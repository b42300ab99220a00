/**
 * Threads by the object they wait on, in the order they began to wait. Derived from the threads' own `waitOn`, and made anew at
 * restore. Most objects have one waiter, so that one stands for itself.
 */
import type { ThreadRecord } from './state.ts';

const NOBODY: readonly ThreadRecord[] = [];

export class Waiters {
  readonly #by = new Map<number, ThreadRecord | Set<ThreadRecord>>();

  add(t: ThreadRecord): void {
    for (const object of t.waitOn) {
      const found = this.#by.get(object);
      if (found === undefined) this.#by.set(object, t);
      else if (found instanceof Set) found.add(t);
      else if (found !== t) this.#by.set(object, new Set([found, t]));
    }
  }

  remove(t: ThreadRecord): void {
    for (const object of t.waitOn) {
      const found = this.#by.get(object);
      if (found === t) this.#by.delete(object);
      else if (found instanceof Set && found.delete(t) && found.size === 0) this.#by.delete(object);
    }
  }

  /** Those who wait on `object` now; the list stays as it is when they wake. */
  of(object: number): readonly ThreadRecord[] {
    const found = this.#by.get(object);
    return found === undefined ? NOBODY : found instanceof Set ? [...found] : [found];
  }
}
