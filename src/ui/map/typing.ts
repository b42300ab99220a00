// A click on the map types the command that shows the same thing. It never presses Enter: what runs is the learner's decision.
import { focusPane } from '../panes.ts';
import { useUi } from '../store.ts';

/** To the end of the line, and discard it: what readline calls end-of-line and unix-line-discard. */
const clearLine = '\x05\x15';

/** False when no shell waits for a command, so that nothing was typed. */
export function typeCommand(command: string): boolean {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting?.shellWaits) return false;
  sitting.type(`${clearLine}${command}`);
  focusPane('terminal');
  return true;
}
