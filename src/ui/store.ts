// The state of the page itself: what is shown, in which language, which files stand in the editor. Nothing of the cluster is kept here;
// that is read from the sitting.
import { useSyncExternalStore } from 'react';
import { create } from 'zustand';
import type { CheckResult, Opened, Sitting, SittingView, Skipped, SkipUntil } from '../session/host/index.ts';
import type { OpenDocument } from './editor/documents.ts';
import { shownBefore } from './layout/remembered.ts';
import { readPreferences, readRequest, storePreferences, type Preferences } from './settings.ts';

export type Pane = 'task' | 'terminal' | 'editor' | 'map';

/** What the learner has done at the task that is shown. */
export interface TaskProgress {
  /** 0-based; stays on a solved task until the learner goes on. */
  readonly shown: number;
  readonly results: readonly CheckResult[] | null;
  readonly hints: readonly string[];
  readonly noMoreHints: boolean;
}

export interface Offers {
  readonly hints: boolean;
  /** `solved`: once the task is. */
  readonly solution: 'on' | 'solved' | 'off';
  readonly reset: boolean;
}

export type DialogName = 'palette' | 'shortcuts' | 'timeline';

/** What the learner is asked before it is done. */
export type Question = 'solution' | 'resetTask' | 'resetLab';

/** Words about the sitting as a whole. */
export type Notice = 'setAside' | 'again' | 'notKept' | 'elsewhere' | 'takenOver' | 'copied' | 'notCopied' | 'linkTooLong' | 'badLink' | 'stateOpened' | 'badFile';

interface UiState extends Preferences {
  readonly atHome: boolean;
  readonly dialog: DialogName | null;
  readonly asking: Question | null;
  readonly opened: Opened | null;
  /** Why the lab could not be opened. */
  readonly failure: string | null;
  readonly notices: readonly Notice[];
  /** Why the last skip ended, until that has been read. */
  readonly skipped: Skipped | null;
  /** What the next skip waits for. */
  readonly skipUntil: SkipUntil;
  /** The pane in front where there is room for one, and the last one used where there is room for all. */
  readonly pane: Pane;
  readonly taskShown: boolean;
  readonly filesShown: boolean;
  readonly mapShown: boolean;
  readonly documents: readonly OpenDocument[];
  /** Key of the document in front. */
  readonly active: string | null;
  /** The editor's last word, in vim's style. */
  readonly message: string;
  /** Key of a document that is shown beside what it was when the task began. */
  readonly comparing: string | null;
  /** Key of a document that is to be closed and has unsaved changes. */
  readonly closing: string | null;
  readonly progress: TaskProgress;
  /** What the task pane offers; a teacher who embeds a lab may leave some of it out. */
  readonly offers: Offers;
}

const address = new URLSearchParams(location.search);

/** What the address asks for. Only going from home to a lab changes it; any other change of the query loads the page anew. */
export let request = readRequest(address);

export const atTask = (shown: number): TaskProgress => ({ shown, results: null, hints: [], noMoreHints: false });

export const useUi = create<UiState>(() => ({
  ...readPreferences(address),
  atHome: request.home,
  dialog: null,
  asking: null,
  opened: null,
  failure: null,
  notices: [],
  skipped: null,
  skipUntil: 'anything',
  pane: 'terminal',
  ...shownBefore(),
  documents: [],
  active: null,
  message: '',
  comparing: null,
  closing: null,
  progress: atTask(request.task ?? 0),
  offers: { hints: true, solution: 'on', reset: true },
}));

/** Goes from the home page to a lab. The simulation is here already, so the page need not be loaded anew. */
export function enterLab(address: string): void {
  history.pushState(null, '', address);
  request = readRequest(new URLSearchParams(location.search));
  useUi.setState({ atHome: false, progress: atTask(request.task ?? 0) });
}

/** Says something to the learner, once. */
export function notice(word: Notice): void {
  useUi.setState(({ notices }) => ({ notices: [...notices.filter((each) => each !== word), word] }));
}

/** Changes preferences and remembers them. */
export function prefer(change: Partial<Preferences>): void {
  useUi.setState(change);
  const { language, theme, vimKeys, fontSize, screenReader } = useUi.getState();
  storePreferences({ language, theme, vimKeys, fontSize, screenReader });
}

export const useSitting = (): Sitting | undefined => useUi((state) => state.opened?.sitting);

const never = () => () => undefined;

/** A part of the sitting's view; undefined until the sitting is open. The part must be a value that stays the same while it is equal. */
export function useView<T>(part: (view: SittingView) => T): T | undefined {
  const sitting = useSitting();
  return useSyncExternalStore(sitting?.subscribe ?? never, () => (sitting ? part(sitting.view) : undefined));
}
