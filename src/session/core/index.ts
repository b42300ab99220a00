/** One learner's sitting, pure: `openSession` and its types. With all the code there is: start.ts does with less. */
import type { WorldSnapshot } from '../../kernel/world.ts';
import { labs } from '../../labs/index.ts';
import { doingAgain } from './again.ts';
import { toEnd } from './node.ts';
import { openingOf } from './opening.ts';
import { rest } from './rest.ts';
import { LabSession } from './session.ts';
import type { SavedSession, Session, SessionOptions } from './types.ts';
import { playSolution } from './solution.ts';

export type * from './types.ts';
export { isWholeLog, readState, writeState } from './portable.ts';
export { unpackingOpening } from './newborn.ts';
export { rest };

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

/** A lab's opening, played from the node's birth on, which takes seconds. Errors: unknown lab. */
export function openingFor(lab: string, seed: number): WorldSnapshot {
  const found = labs.get(lab);
  if (found === undefined) throw new Error(`there is no lab ${lab}`);
  return openingOf(found.definition, seed);
}

function begin(options: SessionOptions): LabSession {
  const opening = options.opening ?? openingFor(options.lab, options.seed ?? 1);
  return new LabSession({ ...options, opening, programs: rest.programs, rest });
}
