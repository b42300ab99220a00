// Which commands have ended since one last looked. The timeline has a moment for each Enter at a prompt; it has ended when the prompt is
// back. Moments that one returns to (undo, redo) are not new.
import type { Sitting } from '../../session/host/index.ts';

export interface Ended { readonly command: string; readonly exitCode: number }

export function commandsOf(sitting: Pick<Sitting, 'view' | 'shellWaits' | 'atRest' | 'exitCode'>): () => readonly Ended[] {
  const newest = () => sitting.view.timeline.moments.at(-1)?.id ?? 0;
  let known = newest();
  return () => {
    const { moments } = sitting.view.timeline;
    if (newest() === known || !sitting.shellWaits || !sitting.atRest) return [];
    const ended = moments.filter(({ id, kind, label }) => id > known && kind === 'command' && label.trim() !== '');
    known = newest();
    // Of several lines pasted at once only the last one's exit code is still known.
    return ended.map(({ label }, at) => ({ command: label, exitCode: at === ended.length - 1 ? (sitting.exitCode ?? -1) : -1 }));
  };
}
