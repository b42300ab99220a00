// Types a command for the learner: what a part of the map shows, what a pod's name stands for, something to try. It never presses Enter: what
// runs is the learner's decision.
import { focusPane } from '../panes.ts';
import { useUi } from '../store.ts';

/** To the end of the line, and discard it: what readline calls end-of-line and unix-line-discard. */
const clearLine = '\x05\x15';

/** Types on a terminal (`pts/0`). False when no shell waits there for a command, so that nothing was typed. */
export function typeCommand(command: string, tty = 'pts/0'): boolean {
  const sitting = useUi.getState().opened?.sitting;
  if (!sitting?.view.terminals.some((it) => it.tty === tty && it.atPrompt)) return false;
  sitting.type(`${clearLine}${command}`, tty);
  focusPane('terminal');
  return true;
}
