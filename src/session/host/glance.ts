// What the checks say of this moment, looked at again as time passes: not more often than once a second, and giving way. The last change is
// always looked at, also where time stands still after it.
import type { CheckResult, Session } from '../core/index.ts';
import type { Host } from './pacer.ts';
import { work, type Work } from './work.ts';

const leastMs = 1000;

export class Glance {
  #running: Work<readonly CheckResult[]> | null = null;
  #lastMs = -Infinity;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly host: Host,
    private readonly budget: number,
    private readonly tell: { readonly seen: (checks: readonly CheckResult[]) => void; readonly failed: (error: unknown) => void },
  ) {}

  /** Looks again, once the last look is over and old enough. */
  soon(): void {
    clearTimeout(this.#later);
    const nowMs = this.host.nowMs();
    const waitMs = this.#running !== null ? leastMs : this.#lastMs + leastMs - nowMs;
    if (waitMs > 0) {
      this.#later = setTimeout(() => this.soon(), waitMs);
      return;
    }
    this.#lastMs = nowMs;
    const { task } = this.session;
    const running = work(this.host, this.session.looking(this.budget));
    this.#running = running;
    running.done.then((checks) => {
      if (this.#running !== running) return;
      this.#running = null;
      if (task === this.session.task) this.tell.seen(checks);
    }, (error: unknown) => this.tell.failed(error));
  }

  /** The world has gone elsewhere: what is being looked at no longer counts. */
  forget(): void {
    clearTimeout(this.#later);
    this.#running?.cancel();
    this.#running = null;
    this.#lastMs = -Infinity;
  }
}
