// Opening a lab, and beginning it anew: what the address asks for, what the storage kept, and a word when that did not work out.
import { openSitting, type CheckResult } from '../session/host/index.ts';
import type { Language } from './i18n/index.ts';
import { atTask, prefer, request, useUi, type Notice } from './store.ts';
import type { Size } from './terminal/terminal.ts';

let isOpening = false;

/** Opens the lab the address names, once the terminal knows its size; does nothing when it is open, or about to be. */
export async function openLab(size: Size): Promise<void> {
  if (isOpening) return;
  isOpening = true;
  const { lab, task, seed, clock, keep } = request;
  const { language } = useUi.getState();
  try {
    const opened = await openSitting({
      lab, ...size, lang: language, clock, keep, lost: () => notice('takenOver'), fresh: task !== undefined || seed !== undefined || clock === 'step',
      ...(task !== undefined && { task }), ...(seed !== undefined && { seed }),
    });
    const { sitting, setAside, lasts, elsewhere } = opened;
    useUi.setState({
      opened,
      progress: atTask(sitting.view.task),
      notices: [...(setAside ? ['setAside' as const] : []), ...(lasts || !keep ? [] : ['notKept' as const]), ...(elsewhere ? ['elsewhere' as const] : [])],
    });
  } catch (error) {
    useUi.setState({ failure: error instanceof Error ? error.message : String(error) });
  }
}

/** Says something to the learner, once. */
export function notice(word: Notice): void {
  useUi.setState(({ notices }) => ({ notices: [...notices.filter((each) => each !== word), word] }));
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
export function revealHint(): string | null {
  const hint = useUi.getState().opened?.sitting.nextHint() ?? null;
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
