// Opening a lab, and beginning it anew: what the address asks for, what the storage kept, and a word when that did not work out.
import { openSitting } from '../session/host/index.ts';
import type { Language } from './i18n/index.ts';
import { atTask, prefer, request, useUi } from './store.ts';
import type { Size } from './terminal/terminal.ts';

let isOpening = false;

/** Opens the lab the address names, once the terminal knows its size; does nothing when it is open, or about to be. */
export async function openLab(size: Size): Promise<void> {
  if (isOpening) return;
  isOpening = true;
  const { lab, task, seed, clock } = request;
  const { language } = useUi.getState();
  try {
    const opened = await openSitting({
      lab, ...size, lang: language, clock, fresh: task !== undefined || seed !== undefined || clock === 'step',
      ...(task !== undefined && { task }), ...(seed !== undefined && { seed }),
    });
    const { sitting, setAside, lasts } = opened;
    useUi.setState({
      opened,
      progress: atTask(sitting.view.task),
      notices: [...(setAside ? ['setAside' as const] : []), ...(lasts ? [] : ['notKept' as const])],
    });
  } catch (error) {
    useUi.setState({ failure: error instanceof Error ? error.message : String(error) });
  }
}

/** Speaks another language: the page at once, and the lab's texts with it. */
export function speak(language: Language): void {
  prefer({ language });
  useUi.getState().opened?.sitting.setLanguage(language);
}

/** Puts the cluster back to the start of the task that is being worked on. */
export function resetTask(): void {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  sitting.resetTask();
  useUi.setState({ progress: atTask(sitting.view.task) });
}

/** Begins the lab anew, also after a crash. */
export function resetLab(): void {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  sitting.resetLab();
  useUi.setState({ progress: atTask(sitting.view.task) });
}
