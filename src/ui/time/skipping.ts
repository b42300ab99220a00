// Starts a skip, or ends the one that runs, and remembers why it ended.
import type { SkipUntil } from '../../session/host/index.ts';
import { useUi } from '../store.ts';

export const waits: readonly SkipUntil[] = ['anything', 'command', 'ready'];

/** Runs on until what was chosen, and remembers the choice. */
export async function skip(until: SkipUntil = useUi.getState().skipUntil): Promise<void> {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  useUi.setState({ skipped: null, skipUntil: until });
  if (sitting.view.skipping) sitting.stopSkipping();
  else useUi.setState({ skipped: await sitting.skip(until) });
}
