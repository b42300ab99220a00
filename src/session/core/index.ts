/** One learner's sitting, pure: `openSession` and its types. */
import { LabSession } from './session.ts';
import type { Session, SessionOptions } from './types.ts';
import { playSolution } from './solution.ts';

export type * from './types.ts';
export { readState, writeState } from './portable.ts';
export { unpackOpening } from './opening.ts';

/** Opens a lab. Errors: unknown lab. With `saved` (of the same build) the sitting goes on where it was. */
export function openSession(options: SessionOptions): Session {
  const session = new LabSession(options);
  const { saved } = options;
  if (saved !== undefined && 'world' in saved) session.restore(saved);
  else if (saved !== undefined) session.replay(saved);
  else for (let n = 0; n < (options.task ?? 0); n++) playSolution(session);
  return session;
}
