// Running on until something happens that a learner waits for: a pod or unit changes, one gets ready, the foreground command is done, the
// editor opens.
import type { Mark, Session } from '../core/index.ts';
import type { Host } from './pacer.ts';
import { work } from './work.ts';

/** Until any of it happens, until a command is done (or something asks for the editor), until something gets ready. */
export type SkipUntil = 'anything' | 'command' | 'ready';

/** Why a skip ended. */
export type Skipped = { readonly kind: 'mark'; readonly mark: Mark } | { readonly kind: 'prompt' | 'nothing' | 'cancelled' };

/** A skip gives up after this much virtual time. */
const limitUs = 600e6;
/** How often a run is shown while it lasts. */
const shownMs = 100;

const marksFor: Readonly<Record<SkipUntil, ReadonlySet<Mark['kind']>>> = {
  anything: new Set(['exited', 'started', 'restarted', 'unready', 'stuck', 'gone']),
  command: new Set(),
  ready: new Set(['started']),
};

const atPrompts = (session: Session) => session.terminals.every((it) => it.atPrompt || it.ended);

/** The run as work that gives way after each `budget` system calls. */
function* skipping(session: Session, wanted: SkipUntil, budget: number): Generator<void, Skipped, void> {
  const until = session.world.now + limitUs;
  const wasBusy = !atPrompts(session);
  const request = session.editorRequest()?.id;
  session.observe();
  while (session.world.now < until) {
    const next = Math.min(until, session.world.now + 1e6);
    while (session.advance(next, budget) === 'budget') yield;
    const mark = session.observe().find(({ kind }) => marksFor[wanted].has(kind));
    if (mark !== undefined) return { kind: 'mark', mark };
    const asked = session.editorRequest()?.id;
    if (wanted !== 'ready' && ((wasBusy && atPrompts(session)) || (asked !== undefined && asked !== request))) return { kind: 'prompt' };
    yield;
  }
  return { kind: 'nothing' };
}

export class Skip {
  #stop: (() => void) | null = null;

  constructor(
    private readonly session: Session,
    private readonly host: Host,
    private readonly budget: number,
    private readonly tell: {
      readonly begun: () => void;
      /** Some of it has passed. */
      readonly going: () => void;
      /** It is over; its promise is answered after that. */
      readonly over: () => void;
    },
  ) {}

  /** Errors: the world's own (a bug of ours). */
  start(wanted: SkipUntil): Promise<Skipped> {
    this.stop();
    this.tell.begun();
    let shownAt = this.host.nowMs();
    const running = work(this.host, skipping(this.session, wanted, this.budget), () => {
      if (this.host.nowMs() - shownAt < shownMs) return;
      shownAt = this.host.nowMs();
      this.tell.going();
    });
    return new Promise((resolve, reject) => {
      const end = (why: Skipped) => {
        this.#stop = null;
        this.tell.over();
        resolve(why);
      };
      this.#stop = () => {
        running.cancel();
        end({ kind: 'cancelled' });
      };
      running.done.then(end, reject);
    });
  }

  /** Ends the run where it is. */
  stop(): void {
    this.#stop?.();
  }
}
