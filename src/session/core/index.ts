/** One learner's sitting, pure: `openSession` and its types. With all the code there is: start.ts does with less. */
import { labs } from '../../labs/index.ts';
import { programs } from '../../distro/programs.ts';
import { doingAgain } from './again.ts';
import { toEnd } from './node.ts';
import { openWorld } from './opening.ts';
import { LabSession } from './session.ts';
import type { SavedSession, Session, SessionOptions } from './types.ts';
import { playSolution } from './solution.ts';

export type * from './types.ts';
export { isWholeLog, readState, writeState } from './portable.ts';
export { programs };

/** Opens a lab. Errors: unknown lab. With `saved` (of the same build) the sitting goes on where it was. */
export function openSession(options: SessionOptions): Session {
  return toEnd(openingSession(options, Infinity));
}

/** The same in pieces: what came after a kept world is lived again, and of a link or a file everything. */
export function* openingSession(options: SessionOptions, budget: number): Generator<void, Session, void> {
  const session = begin(options);
  const { saved } = options;
  if (saved !== undefined && 'world' in saved) yield* session.restoring(saved, budget);
  else if (saved !== undefined) yield* session.replaying(saved, budget);
  else for (let n = 0; n < (options.task ?? 0); n++) playSolution(session);
  return session;
}

/** Opens a lab and does again what was saved under another build, in pieces. Errors: NotRepeatable, or what the lab's own commands fail with. */
export function* openingAgain(options: SessionOptions, saved: SavedSession, budget: number): Generator<void, Session, void> {
  const session = begin(options);
  yield* doingAgain(session, saved, budget);
  return session;
}

function begin(options: SessionOptions): LabSession {
  const lab = labs.get(options.lab);
  if (lab === undefined) throw new Error(`there is no lab ${options.lab}`);
  const opening = options.opening ?? openWorld(lab.definition, options.seed ?? 1).snapshot();
  return new LabSession({ ...options, opening, programs });
}
