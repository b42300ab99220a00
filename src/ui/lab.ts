// Opening a lab, and beginning it anew: what the address asks for, what the storage kept, and a word when that did not work out.
import { openSitting, type CheckResult, type Opened } from '../session/host/index.ts';
import type { Language } from './i18n/index.ts';
import { linkedState } from './link.ts';
import { atTask, notice, prefer, request, useUi, type Notice } from './store.ts';
import type { Size } from './terminal/terminal.ts';

let isOpening = false;

/** Opens the lab the address names, once the terminal knows its size; does nothing when it is open, or about to be. */
export async function openLab(size: Size): Promise<void> {
  if (isOpening) return;
  isOpening = true;
  const linked = linkedState();
  try {
    const state = linked === 'refused' ? null : linked;
    const copy = state === null ? null : await openLinked(size, state);
    const opened = copy ?? (await openOwn(size));
    const words: readonly (Notice | false)[] = [
      opened.setAside && 'setAside', opened.again && 'again', linked === 'refused' && 'linkTooLong', state !== null && !copy && 'badLink',
      !opened.lasts && request.keep && !copy && 'notKept', opened.elsewhere && 'elsewhere',
    ];
    useUi.setState({ opened, progress: atTask(opened.sitting.view.task), notices: words.filter((word) => word !== false) });
  } catch (error) {
    useUi.setState({ failure: error instanceof Error ? error.message : String(error) });
  }
}

function openOwn(size: Size, keep = request.keep): Promise<Opened> {
  const { lab, task, seed, clock } = request;
  const named = { ...(task !== undefined && { task }), ...(seed !== undefined && { seed }) };
  return openSitting({ lab, ...size, lang: useUi.getState().language, clock, keep, lost: () => notice('takenOver'), fresh: clock === 'step', ...named });
}

/** What a link holds is somebody else's state, so the learner's own save stays as it is. Null when the link cannot be opened. */
async function openLinked(size: Size, state: string): Promise<Opened | null> {
  const room = await openOwn(size, false);
  try {
    return await room.importState(state);
  } catch {
    return null;
  } finally {
    room.sitting.stop();
  }
}

/** Goes on from a state that was handed in, in place of what is here. Errors: a text that is none, or of another lab. */
export async function takeState(state: string): Promise<void> {
  const before = useUi.getState().opened;
  if (!before) return;
  const after = await before.importState(state);
  before.sitting.stop();
  useUi.setState({ opened: after, progress: atTask(after.sitting.view.task) });
  if (after.again) notice('again');
}

/** Keeps the lab here from now on, and no longer in the page that had it. */
export async function takeOver(): Promise<void> {
  await useUi.getState().opened?.takeOver();
  useUi.setState(({ notices }) => ({ notices: notices.filter((each) => each !== 'elsewhere' && each !== 'takenOver') }));
}

/** Speaks another language: the page at once, and the lab's texts with it. */
export function speak(language: Language): void {
  prefer({ language });
  useUi.getState().opened?.sitting.setLanguage(language);
}

/** Grades the task that is being worked on, and shows what was found. */
export async function check(): Promise<readonly CheckResult[]> {
  const results = (await useUi.getState().opened?.sitting.check()) ?? [];
  useUi.setState(({ progress }) => ({ progress: { ...progress, results } }));
  return results;
}

/** Shows the next hint, which the session chooses from what the cluster looks like now; null when there is none. */
export async function revealHint(): Promise<string | null> {
  const hint = (await useUi.getState().opened?.sitting.nextHint()) ?? null;
  // Not for want of a hint: what would find one is not here, which the terminal says.
  if (hint === null && useUi.getState().opened?.sitting.view.rest !== 'here') return null;
  useUi.setState(({ progress }) => ({
    progress: hint === null ? { ...progress, noMoreHints: true } : { ...progress, hints: [...progress.hints, hint] },
  }));
  return hint;
}

const resetListeners = new Set<(scope: 'task' | 'lab') => void>();

/** Calls back after each reset; returns the way to stop that. */
export function onReset(listener: (scope: 'task' | 'lab') => void): () => void {
  resetListeners.add(listener);
  return () => void resetListeners.delete(listener);
}

/** Puts the cluster back to the start of the task that is being worked on. */
export function resetTask(): void {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  sitting.resetTask();
  useUi.setState({ progress: atTask(sitting.view.task) });
  for (const listener of resetListeners) listener('task');
}

/** Begins the lab anew, also after a crash. */
export function resetLab(): void {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  sitting.resetLab();
  useUi.setState({ progress: atTask(sitting.view.task) });
  for (const listener of resetListeners) listener('lab');
}
