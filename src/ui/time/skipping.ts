// Starts a skip, or ends the one that runs, and remembers why it ended.
import { useUi } from '../store.ts';

export async function skip(): Promise<void> {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting) return;
  useUi.setState({ skipped: null });
  if (sitting.view.skipping) sitting.stopSkipping();
  else useUi.setState({ skipped: await sitting.skip() });
}
