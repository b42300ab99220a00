// Goes on from what was kept: as it was, under the build that kept it, or by doing the same again under this one. No journal ever runs
// under other code; what was done is keys, files and instants, which every build understands.
import type { KeptSession, SavedSession, Session, SessionOptions } from '../core/index.ts';
import { build } from './build.ts';
import { loadWhole } from './code.ts';
import { browserHost } from './pacer.ts';
import { work } from './work.ts';

/** System calls between two looks at the clock. */
const budget = 2000;

export interface Resumed {
  readonly session: Session;
  /** It was kept by another build, and what was done has been done again. */
  readonly again: boolean;
}

type Opening = NonNullable<SessionOptions['opening']>;

/** Errors: what cannot be gone on from. */
export async function resume(options: SessionOptions, saved: KeptSession | SavedSession, openingOf: (seed: number) => Promise<Opening | undefined>): Promise<Resumed> {
  const { isWholeLog, openingSession, openingAgain } = await loadWhole();
  // A log goes on from the login it began with, so its seed and its first screen come with it.
  const { seed, cols, rows } = saved.log;
  const opening = await openingOf(seed);
  const asked: SessionOptions = { ...options, build, seed, cols, rows, ...(opening !== undefined && { opening }) };
  if (saved.log.build === build) {
    try {
      return { session: await work(browserHost, openingSession({ ...asked, saved }, budget)).done, again: false };
    } catch {
      // Its world is damaged; its log need not be.
    }
  }
  if (!isWholeLog(saved, options.lab)) throw new Error('The log is not whole.');
  return { session: await work(browserHost, openingAgain(asked, saved, budget)).done, again: true };
}
