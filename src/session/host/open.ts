// Opens a sitting: fetches the simulation (chunks of their own, so that the page is drawn before they are here), reads the save and falls
// back to a fresh start when there is none or it does not open.
import type { KeptSession, SavedSession, Session, SessionOptions } from '../core/index.ts';
import { build } from './build.ts';
import { Claim } from './claim.ts';
import { loadStart, loadWhole } from './code.ts';
import type { Clock } from './pacer.ts';
import { fetchFront, fetchOpening, prefetch } from './opening.ts';
import { pack, unpack } from './packing.ts';
import { RestOf, type Rest } from './rest.ts';
import { resume, type Resumed } from './resume.ts';
import { Saves } from './saves.ts';
import { Sitting } from './sitting.ts';
import { memory, openStorage } from './storage.ts';

export interface SittingOptions extends Omit<SessionOptions, 'saved'> {
  readonly clock: Clock;
  /** Begin anew even when there is a save. */
  readonly fresh: boolean;
  /** False: nothing is read from the browser's storage, and nothing kept there. */
  readonly keep: boolean;
  /** Another page has taken the lab over: what is done here is no longer kept. */
  readonly lost?: () => void;
}

export interface Opened {
  readonly sitting: Sitting;
  /** Whether the learner goes on where they left off. */
  readonly restored: boolean;
  /** It was kept by another build of the simulation: what the learner did has been done again, branches that were left apart. */
  readonly again: boolean;
  /** A save was there and could not be opened. */
  readonly setAside: boolean;
  /** False when nothing will be kept after this visit. */
  readonly lasts: boolean;
  /** The sitting as text that opens it again, in this page or another. */
  exportState(): Promise<string>;
  /** A sitting in place of this one, from such a text. Errors: a text that is none, or of another lab. */
  importState(state: string): Promise<Opened>;
  /** Another page has the lab: what is done here is a copy and not kept, until this page takes over. */
  readonly elsewhere: boolean;
  takeOver(): Promise<void>;
}

/** A state is at most this long once it is unpacked. */
const stateBytes = 64 << 20;

/** Under which name a sitting is kept: one that asks for a task, a seed or the step clock is another than the lab's own. */
function nameOf({ lab, task, seed, clock }: SittingOptions): string {
  return [lab, ...(task === undefined ? [] : [`task ${task + 1}`]), ...(seed === undefined ? [] : [`seed ${seed}`]), ...(clock === 'step' ? ['step'] : [])].join(', ');
}

export async function openSitting(wanted: SittingOptions): Promise<Opened> {
  const { clock, fresh, keep, lost, ...options } = wanted;
  const name = nameOf(wanted);
  const claim = new Claim(`crashloop/${name}`, () => lost?.());
  const claimed = keep ? claim.ask() : undefined;
  const { lab, seed: asked = 1 } = options;
  const front = fetchFront(lab, asked);
  const wholeComes = () => void Promise.all([loadWhole(), prefetch('world', lab, asked)]);
  // There is a save, then, and before it is read what it takes can be on its way.
  if (keep && !fresh && claim.isReload) wholeComes();
  else void loadStart();
  const storage = await (keep ? openStorage() : memory());
  const saves = new Saves(storage, name, () => claim.held);
  const read = fresh ? { saved: undefined } : await saves.read();
  const found = read.saved ?? read.unknown;
  // What is kept may have anything under way, and the tasks before a later one are played first: that takes all the code.
  const isFresh = found === undefined && (options.task ?? 0) === 0;
  if (!isFresh) wholeComes();
  await claimed;
  const openingOf = async (seed: number) => (seed === asked ? fetchOpening(lab, asked) : undefined);
  const goOn = (saved: KeptSession | SavedSession) => resume(options, saved, openingOf);
  const resumed = found === undefined ? null : await (read.saved ? goOn(read.saved) : goOnOf(read.unknown, goOn)).catch(() => null);
  const setAside = found !== undefined && resumed === null;
  // What another build kept stays where it can be found.
  if (setAside || resumed?.again === true) await saves.setAside();
  // The sitting that is shown: an imported one takes its place, also when the page goes.
  let current: Sitting | undefined;
  if (keep) window.addEventListener('pagehide', () => current?.leave());
  const openedOn = (session: Session, how: Pick<Opened, 'restored' | 'again' | 'setAside'>, rest?: Rest): Opened => {
    const sitting = new Sitting(session, saves, clock, undefined, rest);
    current = sitting;
    return {
      sitting, ...how, lasts: storage.lasts, elsewhere: !claim.held,
      async takeOver() {
        await claim.takeOver();
        await current?.save();
      },
      async exportState() {
        const { writeState } = await loadWhole();
        await rest?.fetch();
        return pack(writeState(session.portable()));
      },
      async importState(state) {
        const { readState } = await loadWhole();
        const next = await goOn(readState(await unpack(state, stateBytes).catch(() => ''), options.lab));
        next.session.setLang(session.lang);
        return openedOn(next.session, { restored: true, again: next.again, setAside: false });
      },
    };
  };
  if (resumed !== null) {
    const opened = openedOn(resumed.session, { restored: true, again: resumed.again, setAside });
    if (resumed.again) void opened.sitting.save().catch(() => undefined);
    return opened;
  }
  const anew = { restored: false, again: false, setAside };
  const begun = isFresh ? await beginByFront(await front, { ...options, build }) : undefined;
  if (begun !== undefined) return openedOn(begun, anew, new RestOf(begun, lab));
  const { openSession } = await loadWhole();
  const opening = await openingOf(asked);
  return openedOn(openSession({ ...options, build, ...(opening !== undefined && { opening }) }), anew);
}

/** Undefined when there is no front, or a damaged one. */
async function beginByFront(front: string | undefined, options: SessionOptions): Promise<Session | undefined> {
  if (front === undefined) return undefined;
  const { startSession } = await loadStart();
  try {
    return startSession(front, options);
  } catch {
    return undefined;
  }
}

/** A save of another version of ours has at least its log where it always was. */
async function goOnOf(unknown: unknown, goOn: (saved: SavedSession) => Promise<Resumed>): Promise<Resumed> {
  const saved = unknown as SavedSession | null;
  return goOn({ ...saved!, log: { ...saved!.log, build: '' } });
}
