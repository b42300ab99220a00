// Running on until something happens that a learner waits for: a component ends or starts, the foreground command is done, the editor opens.
import type { Mark, Session } from '../core/index.ts';
import type { Host } from './pacer.ts';
import { work } from './work.ts';

/** Why a skip ended. */
export type Skipped = { readonly kind: 'mark'; readonly mark: Mark } | { readonly kind: 'prompt' | 'nothing' | 'cancelled' };

/** A skip gives up after this much virtual time. */
const limitUs = 600e6;

const atPrompts = (session: Session) => session.terminals.every((it) => it.atPrompt || it.ended);

/** The run as work that gives way after each `budget` system calls. */
function* skipping(session: Session, budget: number): Generator<void, Skipped, void> {
  const until = session.world.now + limitUs;
  const wasBusy = !atPrompts(session);
  session.observe();
  while (session.world.now < until) {
    const next = Math.min(until, session.world.now + 1e6);
    while (session.advance(next, budget) === 'budget') yield;
    const mark = session.observe().find(({ kind }) => kind !== 'passed' && kind !== 'failed');
    if (mark !== undefined) return { kind: 'mark', mark };
    if ((wasBusy && atPrompts(session)) || session.editorRequest() !== null) return { kind: 'prompt' };
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
    /** Told when the run begins and, before its promise is answered, when it is over. */
    private readonly tell: { readonly begun: () => void; readonly over: () => void },
  ) {}

  /** Errors: the world's own (a bug of ours). */
  start(): Promise<Skipped> {
    this.stop();
    this.tell.begun();
    const running = work(this.host, skipping(this.session, this.budget));
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
