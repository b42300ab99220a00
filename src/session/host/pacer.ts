// The only reader of wall time. The kernel has no pace of its own; each frame the pacer lets the world run for the time that has
// passed, in slices of at most 8 ms of work, so that a busy cluster slows its own clock rather than the page.
//   live: virtual time follows wall time, times a speed; a hidden tab gets no frames and so stands still.
//   step: virtual time moves only while a foreground command waits, so the same keys give the same bytes whenever they are typed.

/** What is paced: a session, or anything that runs in budgets of kernel steps. */
export interface Paced {
  readonly world: { readonly now: number };
  advance(untilUs: number, budget: number): 'reached' | 'budget' | 'missing';
  settle(budget: number, limit: number): 'settled' | 'budget' | 'limit' | 'idle' | 'missing';
}

/** The host's clock and its two ways of being called back: with the next frame, and as soon as events have been served. */
export interface Host {
  nowMs(): number;
  onFrame(callback: () => void): () => void;
  soon(callback: () => void): void;
}

export type Clock = 'live' | 'step';

const sliceMs = 8;
const frameMs = { longest: 100 };
/** A call into the world should take about this long, so that a slice ends near its limit. */
const callMs = 2;
/** In step, a foreground command gets this much virtual time after the last key; then time stands still until the next one. */
const foregroundUs = 15 * 60e6;
/** How far virtual time may fall behind before the pacer stops making up for it. */
const lagMs = 250;

export class Pacer {
  #speed = 1;
  /** `step` also while the learner has paused. */
  #policy: Clock;
  /** True while what was printed has not been shown yet: the world waits, as a program waits for a slow terminal. */
  isHeld: () => boolean = () => false;
  #budget = 500;
  #lastMs: number;
  #targetUs: number;
  #limitUs = 0;
  #cancelFrame: (() => void) | null = null;
  #settling = false;
  #running = false;

  constructor(
    private readonly paced: Paced,
    clock: Clock,
    private readonly host: Host,
    private readonly tell: {
      /** After each slice: the world may have printed something. */
      readonly afterSlice: () => void;
      /** The world threw, which only our own bugs make it do; the pacer has stopped. */
      readonly failed: (error: unknown) => void;
    },
  ) {
    this.#policy = clock;
    this.#lastMs = host.nowMs();
    this.#targetUs = paced.world.now;
  }

  /** How many virtual seconds a second lasts; 0 lets time move only while a foreground command waits. */
  setSpeed(speed: number): void {
    const was = this.#policy;
    this.#policy = speed === 0 ? 'step' : 'live';
    this.#speed = speed === 0 ? 1 : speed;
    this.#lastMs = this.host.nowMs();
    this.#targetUs = this.paced.world.now;
    if (!this.#running || was === this.#policy) return;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    if (this.#policy === 'live') this.#awaitFrame();
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#lastMs = this.host.nowMs();
    this.#targetUs = this.paced.world.now;
    this.poke();
    if (this.#policy === 'live') this.#awaitFrame();
  }

  stop(): void {
    this.#running = false;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
  }

  /** An input has arrived: answer it now rather than with the next frame. */
  poke(): void {
    if (!this.#running) return;
    if (this.#policy === 'live') this.#live();
    else {
      this.#limitUs = this.paced.world.now + foregroundUs;
      if (!this.#settling) this.#settle();
    }
  }

  /** Code that the world had to wait for is here. */
  resume(): void {
    if (!this.#running) return;
    if (this.#policy === 'live') this.#live();
    else if (!this.#settling) this.#settle();
  }

  #awaitFrame(): void {
    this.#cancelFrame = this.host.onFrame(() => {
      this.#live();
      if (this.#running) this.#awaitFrame();
    });
  }

  #live(): void {
    const nowMs = this.host.nowMs();
    const passedMs = Math.min(nowMs - this.#lastMs, frameMs.longest);
    this.#lastMs = nowMs;
    if (this.isHeld()) {
      // It has printed too much at a time.
      this.#adapt(2 * callMs);
      return;
    }
    const { now } = this.paced.world;
    // Undo and reset move the world's clock; the target follows it there.
    const base = Math.min(Math.max(this.#targetUs, now), now + lagMs * 1000 * this.#speed);
    this.#targetUs = base + Math.round(passedMs * 1000 * this.#speed);
    this.#slice((budget) => this.paced.advance(this.#targetUs, budget) === 'budget');
  }

  #settle(): void {
    this.#settling = this.#slice((budget) => this.paced.settle(budget, this.#limitUs) === 'budget');
    if (this.#settling) this.#settleOn();
  }

  #settleOn(): void {
    // A held world is asked again with the next frame: asking at once would leave no time to show anything.
    const wait = (callback: () => void) => (this.isHeld() ? void this.host.onFrame(callback) : this.host.soon(callback));
    wait(() => {
      if (!this.#running) this.#settling = false;
      else if (this.isHeld()) this.#settleOn();
      else this.#settle();
    });
  }

  /** Runs until there is nothing more to do or the slice is used up; returns whether there is more. */
  #slice(runMore: (budget: number) => boolean): boolean {
    const start = this.host.nowMs();
    let before = start;
    let more = true;
    try {
      while (more && before - start < sliceMs) {
        more = runMore(this.#budget);
        const after = this.host.nowMs();
        if (more) this.#adapt(after - before);
        before = after;
      }
    } catch (error) {
      this.stop();
      this.tell.failed(error);
      return false;
    }
    this.tell.afterSlice();
    return more;
  }

  /** Moves the budget towards calls of `callMs`, at most by a factor of two at a time. */
  #adapt(tookMs: number): void {
    const factor = Math.min(2, Math.max(0.5, callMs / Math.max(0.1, tookMs)));
    this.#budget = Math.round(Math.min(1e6, Math.max(50, this.#budget * factor)));
  }
}

/** The browser as a host. */
export const browserHost: Host = {
  nowMs: () => performance.now(),
  onFrame(callback) {
    const id = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(id);
  },
  // A message rather than a timer: browsers hold nested timers back for 4 ms.
  soon(callback) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      callback();
    };
    port2.postMessage(null);
  },
};
