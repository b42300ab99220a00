// Opens a sitting: fetches the simulation (a chunk of its own, so that the page is drawn before it is here), reads the save and falls
// back to a fresh start when there is none or it does not open.
import type { Session, SessionOptions } from '../core/index.ts';
import { build } from './build.ts';
import type { Clock } from './pacer.ts';
import { fetchOpening } from './opening.ts';
import { Saves } from './saves.ts';
import { Sitting } from './sitting.ts';
import { memory, openStorage } from './storage.ts';

export interface SittingOptions extends Omit<SessionOptions, 'saved'> {
  readonly clock: Clock;
  /** Begin anew even when there is a save (a link that names a seed or a task asks for that state, not for the last one). */
  readonly fresh: boolean;
  /** False: nothing is read from the browser's storage, and nothing kept there. */
  readonly keep: boolean;
}

export interface Opened {
  readonly sitting: Sitting;
  /** Whether the learner goes on where they left off. */
  readonly restored: boolean;
  /** A save was there and could not be opened. */
  readonly setAside: boolean;
  /** False when nothing will be kept after this visit. */
  readonly lasts: boolean;
}

/** Starts fetching the simulation; called early, so that the fetch overlaps with drawing the page. */
export const loadCore = () => import('../core/index.ts');

export async function openSitting({ clock, fresh, keep, ...options }: SittingOptions): Promise<Opened> {
  const core = loadCore();
  const [{ openSession }, storage, opening] = await Promise.all([core, keep ? openStorage() : memory(), fetchOpening(core, options.lab, options.seed ?? 1)]);
  const saves = new Saves(storage, options.lab);
  const read = fresh ? { saved: undefined, setAside: false } : await saves.read();
  let { setAside } = read;
  let session: Session | undefined;
  if (read.saved !== undefined && read.saved.log.build !== build) {
    await saves.setAside();
    setAside = true;
  } else if (read.saved !== undefined) {
    try {
      session = openSession({ ...options, build, ...(opening === undefined ? {} : { opening }), saved: read.saved });
    } catch {
      await saves.setAside();
      setAside = true;
    }
  }
  const restored = session !== undefined;
  session ??= openSession({ ...options, build, ...(opening === undefined ? {} : { opening }) });
  return { sitting: new Sitting(session, saves, clock), restored, setAside, lasts: storage.lasts };
}
