/**
 * Who is to be woken when. A timer is not taken back when its thread wakes for another reason: its token is then an old one, and it
 * is dropped when it comes up, or with the others once there are many.
 */
import { MissingPart } from './errno.ts';
import { compactTimers, isLive, popTimer, pushTimer } from './heap.ts';
import type { KernelState, ThreadRecord, Timer } from './state.ts';
import type { VTime } from './sys.ts';

export class Alarms {
  readonly #state: KernelState;
  #stale = 0;
  constructor(state: KernelState) { this.#state = state; }

  set(t: ThreadRecord, at: VTime): void {
    pushTimer(this.#state.timers, { at, seq: this.#state.seq++, pid: t.pid, tid: t.tid, token: t.token });
  }

  /** When the next thread is due; in a front (law T7), its horizon at the latest. */
  get next(): VTime | null {
    this.#dropStale();
    const { timers: [first], horizon = null } = this.#state;
    return first === undefined || (horizon !== null && horizon <= first.at) ? horizon : first.at;
  }

  /** The thread that is due next; null when it has woken meanwhile. Errors: MissingPart, at the horizon. */
  get first(): ThreadRecord | null {
    if (this.next === this.#state.horizon) throw new MissingPart('what happens next');
    return this.#sleeper(this.#state.timers[0]!);
  }

  /** Takes the first timer; → its thread, unless that has woken meanwhile. */
  take(): ThreadRecord | null {
    const t = this.#sleeper(popTimer(this.#state.timers)!);
    if (t === null) this.#stale = Math.max(0, this.#stale - 1);
    return t;
  }

  #sleeper({ pid, tid, token }: Timer): ThreadRecord | null {
    const t = this.#state.processes.get(pid)?.threads.get(tid);
    return t !== undefined && t.token === token && t.status !== 'ready' ? t : null;
  }

  #dropStale(): void {
    const { timers } = this.#state;
    while (timers.length > 0 && !isLive(this.#state, timers[0]!)) popTimer(timers);
    if (++this.#stale > 4096 && timers.length > 1024) {
      this.#stale = 0;
      this.#state.timers = compactTimers(timers, (timer) => isLive(this.#state, timer));
    }
  }
}
